#include <math.h>
#include <stdlib.h>

#include "private.h"

static bool is_one_of(struct str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(text, words[i]))
            return true;
    }
    return false;
}

#define ONE_OF(text, words) is_one_of(text, words, sizeof(words) / sizeof *(words))

static bool resolve_word(struct yaml_node *node)
{
    static const char *const truths[] = {"y",    "Y",    "yes", "Yes", "YES", "true",
                                         "True", "TRUE", "on",  "On",  "ON"};
    static const char *const falsehoods[] = {"n",     "N",     "no",  "No",  "NO", "false",
                                             "False", "FALSE", "off", "Off", "OFF"};
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    static const char *const infinities[] = {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"};
    static const char *const negative[] = {"-.inf", "-.Inf", "-.INF"};
    static const char *const nan[] = {".nan", ".NaN", ".NAN"};
    struct str text = node->text;
    if (ONE_OF(text, nulls)) {
        node->kind = YAML_NULL;
    } else if (ONE_OF(text, truths) || ONE_OF(text, falsehoods)) {
        node->kind = YAML_BOOL;
        node->boolean = ONE_OF(text, truths);
    } else if (ONE_OF(text, infinities) || ONE_OF(text, negative) || ONE_OF(text, nan)) {
        node->kind = YAML_NUMBER;
        node->number = ONE_OF(text, nan) ? (double)NAN : (double)INFINITY;
        if (ONE_OF(text, negative))
            node->number = -node->number;
    } else {
        return false;
    }
    return true;
}

/* Go's strconv.ParseInt and ParseUint with base 0 and 64 bits, as a double. */
static bool parse_integer(struct str text, double *ret_number)
{
    bool negative = text.n && text.p[0] == '-';
    if (text.n && (text.p[0] == '-' || text.p[0] == '+'))
        text = str_from(text, 1);
    unsigned base = 10;
    if (text.n > 1 && text.p[0] == '0') {
        char mark = (char)(text.p[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
        text = str_from(text, mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    }
    uint64_t value = 0;
    uint64_t most = negative ? (uint64_t)1 << 63 : UINT64_MAX;
    for (size_t i = 0; i < text.n; i++) {
        char c = (char)(text.p[i] | 0x20);
        unsigned digit = c >= 'a' && c <= 'f'                   ? (unsigned)(c - 'a') + 10
                         : text.p[i] >= '0' && text.p[i] <= '9' ? (unsigned)(text.p[i] - '0')
                                                                : 99;
        if (digit >= base || value > (most - digit) / base)
            return false;
        value = value * base + digit;
    }
    *ret_number = negative ? -(double)value : (double)value;
    return text.n > 0;
}

static size_t digits(struct str text, size_t from)
{
    size_t n = 0;
    while (from + n < text.n && text.p[from + n] >= '0' && text.p[from + n] <= '9')
        n++;
    return n;
}

/* [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? */
static bool has_float_shape(struct str text)
{
    size_t at = text.n && (text.p[0] == '-' || text.p[0] == '+') ? 1 : 0;
    size_t whole = digits(text, at);
    at += whole;
    if (at < text.n && text.p[at] == '.') {
        size_t fraction = digits(text, at + 1);
        if (!whole && !fraction)
            return false;
        at += 1 + fraction;
    } else if (!whole) {
        return false;
    }
    if (at < text.n && (text.p[at] == 'e' || text.p[at] == 'E')) {
        at++;
        if (at < text.n && (text.p[at] == '-' || text.p[at] == '+'))
            at++;
        size_t exponent = digits(text, at);
        if (!exponent)
            return false;
        at += exponent;
    }
    return at == text.n;
}

static bool resolve_number(struct arena *arena, struct yaml_node *node)
{
    char first = node->text.n ? node->text.p[0] : 0;
    bool begins = (first >= '0' && first <= '9') || first == '.' || first == '-' || first == '+';
    if (!begins)
        return false;
    struct str plain =
        first == '.' ? node->text : str_replace(arena, node->text, STR("_"), STR(""));
    double number;
    if (first == '.' || !parse_integer(plain, &number)) {
        if (!has_float_shape(plain))
            return false;
        number = strtod(str_to_c(arena, plain), NULL);
        if (isinf(number))
            return false;
    }
    node->kind = YAML_NUMBER;
    node->number = number;
    return true;
}

static int base64_digit(char c)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c ? strchr(alphabet, c) : NULL;
    return found ? (int)(found - alphabet) : -1;
}

static bool decode_binary(struct arena *arena, struct yaml_node *node)
{
    struct text decoded = {.arena = arena};
    uint32_t bits = 0;
    unsigned bit_count = 0;
    for (size_t i = 0; i < node->text.n; i++) {
        char c = node->text.p[i];
        if (c == '\n' || c == '\r' || c == ' ' || c == '=')
            continue;
        int digit = base64_digit(c);
        if (digit < 0)
            return false;
        bits = (bits << 6 | (uint32_t)digit) & 0xFFFFF;
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            text_add_char(&decoded, (char)(bits >> bit_count & 0xFF));
        }
    }
    node->kind = YAML_STRING;
    node->text = text_str(&decoded);
    return true;
}

static bool is_tag(const char *tag, const char *name)
{
    static const char prefix[] = "tag:yaml.org,2002:";
    return tag && strncmp(tag, prefix, sizeof prefix - 1) == 0 &&
           strcmp(tag + sizeof prefix - 1, name) == 0;
}

bool scalar_resolve(struct arena *arena, struct yaml_node *node, const char *tag, bool plain)
{
    static const char *const resolved[] = {"int", "float", "bool", "null"};
    bool by_tag = false;
    for (size_t i = 0; i < sizeof resolved / sizeof *resolved; i++)
        by_tag = by_tag || is_tag(tag, resolved[i]);
    node->kind = YAML_STRING;
    if (is_tag(tag, "binary"))
        return decode_binary(arena, node);
    bool untagged = !tag || strcmp(tag, "") == 0;
    if (!by_tag && !(untagged && plain))
        return true;
    bool known = resolve_word(node) || resolve_number(arena, node);
    return known || !by_tag;
}

/* Go's strconv.FormatFloat(f, 'g', -1, 64): the fewest digits that read back the same. */
static struct str format_float(struct arena *arena, double number)
{
    for (int precision = 1; precision <= 17; precision++) {
        struct str text = str_format(arena, "%.*g", precision, number);
        if (strtod(text.p, NULL) == number)
            return text;
    }
    return str_format(arena, "%g", number);
}

struct str scalar_key(struct arena *arena, const struct yaml_node *node)
{
    switch (node->kind) {
    case YAML_STRING:
        return node->text;
    case YAML_BOOL:
        return node->boolean ? STR("true") : STR("false");
    case YAML_NUMBER:
        if (fabs(node->number) < 1e15 && node->number == floor(node->number))
            return str_format(arena, "%.0f", node->number);
        return format_float(arena, node->number);
    default:
        return (struct str){0};
    }
}
