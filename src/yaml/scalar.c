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

struct integer {
    bool negative;
    uint64_t magnitude;
};

static unsigned digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 99;
}

/* Go's strconv.ParseInt and ParseUint with base 0 and 64 bits. */
static bool parse_integer(struct str text, struct integer *ret_integer)
{
    struct integer integer = {.negative = text.n && text.p[0] == '-'};
    if (text.n && (text.p[0] == '-' || text.p[0] == '+'))
        text = str_from(text, 1);
    unsigned base = 10;
    if (text.n > 1 && text.p[0] == '0') {
        char mark = (char)(text.p[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
        text = str_from(text, mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    }
    uint64_t most = integer.negative ? (uint64_t)1 << 63 : UINT64_MAX;
    for (size_t i = 0; i < text.n; i++) {
        unsigned digit = digit_of(text.p[i]);
        if (digit >= base || integer.magnitude > (most - digit) / base)
            return false;
        integer.magnitude = integer.magnitude * base + digit;
    }
    *ret_integer = integer;
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
    struct str plain = str_replace(arena, node->text, STR("_"), STR(""));
    struct integer integer;
    double number;
    if (parse_integer(plain, &integer)) {
        number = integer.negative ? -(double)integer.magnitude : (double)integer.magnitude;
    } else {
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

/* Go's strconv.FormatFloat(f, 'g', -1, 32), which sigs.k8s.io/yaml uses for keys: the fewest digits
 * that read back as the same single-precision number. */
static struct str float_key(struct arena *arena, double number)
{
    if (isnan(number))
        return STR(".nan");
    if (isinf(number))
        return number < 0 ? STR("-.inf") : STR(".inf");
    int digits = 1;
    struct str text = str_format(arena, "%.0e", number);
    while (digits < 9 && strtof(text.p, NULL) != (float)number)
        text = str_format(arena, "%.*e", digits++, number);
    long exponent = strtol(text.p + str_find_char(text, 'e') + 1, NULL, 10);
    if (exponent < -4 || exponent >= 6)
        return text;
    int decimals = digits - 1 - (int)exponent;
    return str_format(arena, "%.*f", decimals > 0 ? decimals : 0, number);
}

static struct str number_key(struct arena *arena, const struct yaml_node *node)
{
    struct integer integer;
    struct str plain = str_replace(arena, node->text, STR("_"), STR(""));
    if (!parse_integer(plain, &integer))
        return float_key(arena, node->number);
    if (!integer.negative && integer.magnitude > INT64_MAX)
        return (struct str){0}; /* Go's uint64 is no key for sigs.k8s.io/yaml */
    bool minus = integer.negative && integer.magnitude;
    return str_format(arena, "%s%llu", minus ? "-" : "", (unsigned long long)integer.magnitude);
}

struct str scalar_key(struct arena *arena, const struct yaml_node *node)
{
    switch (node->kind) {
    case YAML_STRING:
        return node->text;
    case YAML_BOOL:
        return node->boolean ? STR("true") : STR("false");
    case YAML_NUMBER:
        return number_key(arena, node);
    default:
        return (struct str){0};
    }
}
