#include <math.h>
#include <stdlib.h>

#include "private.h"

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
    if (text.n > 5 || (text.n && !(text.p[0] && strchr("yYnNtTfFoO~.+-", text.p[0]))))
        return false;
    if (STR_IS_ONE_OF(text, nulls)) {
        node->kind = YAML_NULL;
    } else if (STR_IS_ONE_OF(text, truths) || STR_IS_ONE_OF(text, falsehoods)) {
        node->kind = YAML_BOOL;
        node->boolean = STR_IS_ONE_OF(text, truths);
    } else if (STR_IS_ONE_OF(text, infinities) || STR_IS_ONE_OF(text, negative) ||
               STR_IS_ONE_OF(text, nan)) {
        node->kind = YAML_NUMBER;
        node->number = STR_IS_ONE_OF(text, nan) ? (double)NAN : (double)INFINITY;
        if (STR_IS_ONE_OF(text, negative))
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
    bool sign = text.n && (text.p[0] == '-' || text.p[0] == '+');
    struct integer integer = {.negative = sign && text.p[0] == '-'};
    if (sign)
        text = str_from(text, 1);
    unsigned base = 10;
    if (text.n > 1 && text.p[0] == '0') {
        char mark = (char)(text.p[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
        text = str_from(text, mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    }
    uint64_t most = integer.negative ? (uint64_t)1 << 63 : sign ? INT64_MAX : UINT64_MAX;
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

/* Go's rule for "_" in numbers that begin with a point: only between digits. */
static bool has_stray_underscore(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '_' && (i == 0 || !digits(str_slice(text, i - 1, i), 0) ||
                                 !digits(str_slice(text, i + 1, i + 2), 0)))
            return true;
    }
    return false;
}

enum number_kind { NO_NUMBER, AN_INTEGER, A_LARGE_INTEGER, A_FLOAT };

static enum number_kind resolve_number(struct arena *arena, struct yaml_node *node)
{
    char first = node->text.n ? node->text.p[0] : 0;
    bool begins = (first >= '0' && first <= '9') || first == '.' || first == '-' || first == '+';
    if (!begins || (first == '.' && has_stray_underscore(node->text)))
        return NO_NUMBER;
    struct str plain = str_replace(arena, node->text, STR("_"), STR(""));
    struct integer integer;
    enum number_kind kind = A_FLOAT;
    double number;
    if (parse_integer(plain, &integer)) {
        number = integer.negative ? -(double)integer.magnitude : (double)integer.magnitude;
        bool large = !integer.negative && integer.magnitude > INT64_MAX;
        kind = large ? A_LARGE_INTEGER : AN_INTEGER;
    } else {
        number = has_float_shape(plain) ? strtod(str_to_c(arena, plain), NULL) : (double)INFINITY;
        if (isinf(number))
            return NO_NUMBER;
    }
    node->kind = YAML_NUMBER;
    node->number = number;
    return kind;
}

static int base64_digit(char c)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c ? strchr(alphabet, c) : NULL;
    return found ? (int)(found - alphabet) : -1;
}

/* Base 64 as Go's StdEncoding reads it: padded, line ends ignored. */
static bool decode_binary(struct arena *arena, struct yaml_node *node)
{
    struct text decoded = {.arena = arena};
    uint32_t bits = 0;
    size_t count = 0, padding = 0;
    for (size_t i = 0; i < node->text.n; i++) {
        char c = node->text.p[i];
        if (is_break(c))
            continue;
        int digit = c == '=' ? 0 : base64_digit(c);
        padding += c == '=';
        if (digit < 0 || (padding && c != '='))
            return false;
        bits = bits << 6 | (uint32_t)digit;
        if (++count % 4 == 0) {
            for (int shift = 16; shift >= 0; shift -= 8)
                text_add_char(&decoded, (char)(bits >> shift & 0xFF));
            bits = 0;
        }
    }
    if (count % 4 || padding > 2)
        return false;
    struct str bytes = text_str(&decoded);
    /* JSON, through which Helm sends values, holds no bytes that are not UTF-8. */
    node->text = utf8_make_valid(arena, str_slice(bytes, 0, bytes.n - padding));
    return true;
}

/* Takes a number and the character behind it, if any is wanted, from the start of the text. */
static bool take_number(struct str *text, size_t least, size_t most, char behind,
                        unsigned *ret_number)
{
    size_t count = digits(*text, 0);
    if (count < least || count > most)
        return false;
    *ret_number = 0;
    for (size_t i = 0; i < count; i++)
        *ret_number = *ret_number * 10 + digit_of(text->p[i]);
    *text = str_from(*text, count);
    if (!behind)
        return true;
    bool follows = text->n && text->p[0] == behind;
    *text = str_from(*text, follows ? 1 : 0);
    return follows;
}

static bool take_date(struct str *text)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned year, month, day;
    if (!take_number(text, 4, 4, '-', &year) || !take_number(text, 1, 2, '-', &month) ||
        !take_number(text, 1, 2, 0, &day) || month < 1 || month > 12)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day >= 1 && day <= days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

static bool take_clock(struct str *text)
{
    unsigned hour, minute, second;
    if (!take_number(text, 1, 2, ':', &hour) || !take_number(text, 1, 2, ':', &minute) ||
        !take_number(text, 1, 2, 0, &second))
        return false;
    if (text->n > 1 && (text->p[0] == '.' || text->p[0] == ',') && digits(*text, 1))
        *text = str_from(*text, 1 + digits(*text, 1));
    return hour < 24 && minute < 60 && second < 60;
}

static bool is_zone(struct str text)
{
    unsigned hours, minutes;
    if (str_is(text, "Z"))
        return true;
    if (!text.n || (text.p[0] != '+' && text.p[0] != '-'))
        return false;
    text = str_from(text, 1);
    return take_number(&text, 2, 2, ':', &hours) && take_number(&text, 2, 2, 0, &minutes) &&
           !text.n && hours <= 24 && minutes <= 60;
}

/* The forms of a point in time that goyaml.v2 knows; it matters for the tag !!timestamp only, as
 * Helm sees a string all the same. */
static bool is_timestamp(struct str text)
{
    if (!take_date(&text))
        return false;
    if (!text.n)
        return true;
    char separator = text.p[0];
    text = str_from(text, 1);
    if ((separator != 'T' && separator != 't' && separator != ' ') || !take_clock(&text))
        return false;
    return separator == ' ' ? !text.n : is_zone(text);
}

static const char *standard_tag(const char *tag)
{
    static const char prefix[] = "tag:yaml.org,2002:";
    bool standard = tag && strncmp(tag, prefix, sizeof prefix - 1) == 0;
    return standard ? tag + sizeof prefix - 1 : "";
}

/* Nothing but a string begins with a letter, a few short words apart. */
static bool is_surely_string(struct str text)
{
    char first = text.n ? (char)(text.p[0] | 0x20) : 0;
    return first >= 'a' && first <= 'z' && (text.n > 5 || !strchr("yntfo", first));
}

bool scalar_resolve(struct arena *arena, struct yaml_node *node, const char *tag, bool implicit)
{
    node->kind = YAML_STRING;
    if (!tag && (!implicit || is_surely_string(node->text)))
        return true;
    const char *name = standard_tag(tag);
    if (strcmp(name, "binary") == 0)
        return decode_binary(arena, node);
    if (strcmp(name, "timestamp") == 0)
        return is_timestamp(node->text);
    bool whole = strcmp(name, "int") == 0, real = strcmp(name, "float") == 0;
    bool truth = strcmp(name, "bool") == 0, nothing = strcmp(name, "null") == 0;
    bool typed = whole || real || truth || nothing;
    if (!typed && (tag || !implicit))
        return true;
    enum number_kind number = NO_NUMBER;
    if (resolve_word(node))
        number = node->kind == YAML_NUMBER ? A_FLOAT : NO_NUMBER;
    else
        number = resolve_number(arena, node);
    return !typed || (nothing && node->kind == YAML_NULL) || (truth && node->kind == YAML_BOOL) ||
           (whole && (number == AN_INTEGER || number == A_LARGE_INTEGER)) ||
           (real && (number == AN_INTEGER || number == A_FLOAT));
}

/* Go's strconv.FormatFloat(f, 'g', -1, 32), which sigs.k8s.io/yaml uses for keys: the fewest digits
 * that read back as the same single-precision number. */
static struct str float_key(struct arena *arena, double number)
{
    static const double beyond_single = 0x1.ffffffp127; /* what rounds to infinity */
    if (isnan(number))
        return STR(".nan");
    if (fabs(number) >= beyond_single)
        return number < 0 ? STR("-.inf") : STR(".inf");
    float single = (float)number;
    int precision = 0;
    struct str text = str_format(arena, "%.0e", (double)single);
    while (strtof(text.p, NULL) != single)
        text = str_format(arena, "%.*e", ++precision, (double)single);
    long exponent = strtol(text.p + str_find_char(text, 'e') + 1, NULL, 10);
    if (exponent < -4 || exponent >= 6)
        return text;
    int decimals = precision - (int)exponent;
    return str_format(arena, "%.*f", decimals > 0 ? decimals : 0, (double)single);
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

bool scalar_is_integer(struct arena *arena, const struct yaml_node *node)
{
    struct integer integer;
    return parse_integer(str_replace(arena, node->text, STR("_"), STR("")), &integer);
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
