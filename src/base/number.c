#include "number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "text.h"

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

/* Takes the prefix of base 0 off. */
static int take_base(struct str *text)
{
    static const struct {
        char letter;
        int base;
    } prefixes[] = {{'x', 16}, {'o', 8}, {'b', 2}};
    if (text->n < 2 || text->p[0] != '0')
        return 10;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if ((text->p[1] | 0x20) == prefixes[i].letter) {
            *text = str_from(*text, text->n > 2 ? 2 : 1);
            return prefixes[i].base;
        }
    }
    *text = str_from(*text, 1);
    return 8;
}

/* Underscores stand between digits, and one may stand behind the prefix. */
static bool underscores_are_fine(struct str text)
{
    bool is_hexadecimal = false;
    char before = '^'; /* "0" a digit, "_" an underscore, "!" anything else */
    if (text.n && (text.p[0] == '+' || text.p[0] == '-'))
        text = str_from(text, 1);
    if (text.n >= 2 && text.p[0] == '0' && strchr("xXoObB", text.p[1]) && text.p[1]) {
        is_hexadecimal = (text.p[1] | 0x20) == 'x';
        text = str_from(text, 2);
        before = '0';
    }
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool is_digit = digit_of(c) < (is_hexadecimal ? 16 : 10);
        if ((c == '_' && before != '0') || (c != '_' && !is_digit && before == '_'))
            return false;
        before = is_digit ? '0' : c == '_' ? '_' : '!';
    }
    return before != '_';
}

bool parse_go_uint(struct str text, int base, uint64_t *ret_number)
{
    struct str whole = text;
    bool may_separate = base == 0;
    uint64_t number = 0;
    if (base == 0)
        base = take_base(&text);
    if (!text.n)
        return false;
    bool has_underscore = false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '_' && may_separate) {
            has_underscore = true;
            continue;
        }
        int digit = digit_of(text.p[i]);
        if (digit >= base || __builtin_mul_overflow(number, (uint64_t)base, &number) ||
            __builtin_add_overflow(number, (uint64_t)digit, &number))
            return false;
    }
    if (has_underscore && !underscores_are_fine(whole))
        return false;
    *ret_number = number;
    return true;
}

bool parse_go_int(struct str text, int base, int64_t *ret_number)
{
    bool is_negative = text.n && text.p[0] == '-';
    uint64_t number;
    if (text.n && (text.p[0] == '+' || text.p[0] == '-'))
        text = str_from(text, 1);
    if (!parse_go_uint(text, base, &number) || number > (uint64_t)INT64_MAX + is_negative)
        return false;
    *ret_number = (int64_t)(is_negative ? 0 - number : number);
    return true;
}

/* How many characters of one class stand at an index. */
static size_t run_of(struct str text, size_t at, int base)
{
    size_t n = 0;
    while (at + n < text.n && (digit_of(text.p[at + n]) < base || text.p[at + n] == '_'))
        n++;
    return n;
}

/* Digits, a point, digits, an exponent: of hexadecimal numbers the exponent is a must. */
static bool is_float_syntax(struct str text)
{
    bool is_hexadecimal = text.n > 1 && text.p[0] == '0' && (text.p[1] | 0x20) == 'x';
    int base = is_hexadecimal ? 16 : 10;
    size_t at = is_hexadecimal ? 2 : 0;
    size_t digits = run_of(text, at, base);
    at += digits;
    if (at < text.n && text.p[at] == '.') {
        size_t fraction = run_of(text, at + 1, base);
        at += 1 + fraction;
        digits += fraction;
    }
    if (!digits)
        return false;
    if (at == text.n)
        return !is_hexadecimal;
    if ((text.p[at] | 0x20) != (is_hexadecimal ? 'p' : 'e'))
        return false;
    at++;
    if (at < text.n && (text.p[at] == '+' || text.p[at] == '-'))
        at++;
    size_t exponent = run_of(text, at, 10);
    return exponent && at + exponent == text.n;
}

static bool parse_special(struct str text, bool has_sign, double *ret_number)
{
    if (str_equal_ignoring_case(text, STR("inf")) || str_equal_ignoring_case(text, STR("infinity")))
        *ret_number = INFINITY;
    else if (!has_sign && str_equal_ignoring_case(text, STR("nan")))
        *ret_number = NAN;
    else
        return false;
    return true;
}

bool parse_go_float(struct str text, double *ret_number)
{
    char digits[512];
    struct str whole = text;
    bool has_sign = text.n && (text.p[0] == '+' || text.p[0] == '-');
    bool is_negative = has_sign && text.p[0] == '-';
    if (has_sign)
        text = str_from(text, 1);
    if (!parse_special(text, has_sign, ret_number)) {
        if (!is_float_syntax(text) || text.n >= sizeof digits ||
            (str_find_char(text, '_') != STR_NOT_FOUND && !underscores_are_fine(whole)))
            return false;
        size_t n = 0;
        for (size_t i = 0; i < text.n; i++) {
            if (text.p[i] != '_')
                digits[n++] = text.p[i];
        }
        digits[n] = '\0';
        *ret_number = strtod(digits, NULL);
        if (isinf(*ret_number)) {
            *ret_number = is_negative ? -INFINITY : INFINITY;
            return false;
        }
    }
    if (is_negative)
        *ret_number = -*ret_number;
    return true;
}

struct float_digits shortest_digits(double number)
{
    char text[40];
    struct float_digits result = {0};
    for (int precision = 0; precision < 17; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, number);
        if (strtod(text, NULL) == number)
            break;
    }
    const char *at = text;
    for (; *at != 'e'; at++) {
        if (*at != '.')
            result.digits[result.count++] = *at;
    }
    while (result.count > 1 && result.digits[result.count - 1] == '0')
        result.count--;
    result.point = (int)strtol(at + 1, NULL, 10) + 1;
    return result;
}

static void add_exponent(struct text *text, char letter, int exponent)
{
    text_format(text, "%c%c%02d", letter, exponent < 0 ? '-' : '+', abs(exponent));
}

static void add_scientific(struct text *text, const struct float_digits *digits, char letter)
{
    text_add_char(text, digits->digits[0]);
    if (digits->count > 1) {
        text_add_char(text, '.');
        text_add(text, (struct str){digits->digits + 1, (size_t)digits->count - 1});
    }
    add_exponent(text, letter, digits->digits[0] == '0' ? 0 : digits->point - 1);
}

static void add_positional(struct text *text, const struct float_digits *digits)
{
    int whole = digits->point > 0 ? digits->point : 0;
    for (int i = 0; i < whole; i++)
        text_add_char(text, i < digits->count ? digits->digits[i] : '0');
    if (!whole)
        text_add_char(text, '0');
    if (digits->count <= digits->point)
        return;
    text_add_char(text, '.');
    for (int i = digits->point; i < digits->count; i++)
        text_add_char(text, i < 0 ? '0' : digits->digits[i]);
}

static void add_shortest(struct text *text, double number, char verb)
{
    struct float_digits digits = {.digits = "0", .count = 1, .point = 1};
    char letter = verb == 'E' || verb == 'G' ? 'E' : 'e';
    if (number != 0)
        digits = shortest_digits(number);
    int exponent = digits.point - 1;
    bool is_general = verb == 'g' || verb == 'G';
    if (verb == 'f' || (is_general && exponent >= -4 && exponent < 6))
        add_positional(text, &digits);
    else
        add_scientific(text, &digits, letter);
}

struct str format_go_float(struct arena *arena, double number, char verb, int precision)
{
    if (isnan(number))
        return STR("NaN");
    if (isinf(number))
        return number < 0 ? STR("-Inf") : STR("+Inf");
    struct text text = {.arena = arena};
    if (precision < 0) {
        if (signbit(number))
            text_add_char(&text, '-');
        add_shortest(&text, fabs(number), verb);
        return text_str(&text);
    }
    char format[] = {'%', '.', '*', verb, '\0'};
    char few[64];
    int length = snprintf(few, sizeof few, format, precision, number);
    char *many = arena_make_array(arena, char, (size_t)length + 1);
    snprintf(many, (size_t)length + 1, format, precision, number);
    return (struct str){many, (size_t)length};
}
