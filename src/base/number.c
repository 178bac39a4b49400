#include "number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "letter.h"
#include "text.h"

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
        bool is_digit = digit_value(c) < (is_hexadecimal ? 16 : 10);
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
    *ret_number = 0;
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
        int digit = digit_value(text.p[i]);
        if (digit >= base)
            return false;
        if (__builtin_mul_overflow(number, (uint64_t)base, &number) ||
            __builtin_add_overflow(number, (uint64_t)digit, &number)) {
            *ret_number = UINT64_MAX;
            return false;
        }
    }
    if (has_underscore && !underscores_are_fine(whole))
        return false;
    *ret_number = number;
    return true;
}

bool parse_go_int(struct str text, int base, int64_t *ret_number)
{
    bool is_negative = text.n && text.p[0] == '-';
    uint64_t most = (uint64_t)INT64_MAX + is_negative;
    uint64_t number;
    if (text.n && (text.p[0] == '+' || text.p[0] == '-'))
        text = str_from(text, 1);
    bool fits = parse_go_uint(text, base, &number) && number <= most;
    if (number > most)
        number = most;
    *ret_number = (int64_t)(is_negative ? 0 - number : number);
    return fits;
}

/* How many characters of one class stand at an index. */
static size_t run_of(struct str text, size_t at, int base)
{
    size_t n = 0;
    while (at + n < text.n && (digit_value(text.p[at + n]) < base || text.p[at + n] == '_'))
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

/* The exponent behind "e" or "p"; it stops growing where no number is left that it could make. */
static int64_t exponent_of(struct str text)
{
    bool is_negative = text.n && text.p[0] == '-';
    int64_t exponent = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] >= '0' && text.p[i] <= '9' && exponent < 10000)
            exponent = exponent * 10 + (text.p[i] - '0');
    }
    return is_negative ? -exponent : exponent;
}

/* The digits of a number without point and underscores. A double hangs on no more than its first
 * 767 digits and on whether anything but zeros follows them. */
struct significant {
    char digits[800];
    size_t count;
    int64_t scale; /* how many digits the point was moved to the right, less those left out */
    bool is_cut;   /* something but zeros was left out */
};

static void take_digit(struct significant *number, char c, bool behind_point)
{
    bool is_kept = (number->count || c != '0') && number->count < sizeof number->digits;
    bool is_left_out = !is_kept && number->count;
    if (is_kept)
        number->digits[number->count++] = c;
    number->is_cut |= is_left_out && c != '0';
    number->scale += is_left_out - behind_point;
}

/* Takes the digits off the text. */
static void take_digits(struct str *text, int base, struct significant *ret_number)
{
    bool behind_point = false;
    size_t at = 0;
    for (; at < text->n; at++) {
        char c = text->p[at];
        if (c == '.')
            behind_point = true;
        else if (digit_value(c) < base)
            take_digit(ret_number, c, behind_point);
        else if (c != '_')
            break;
    }
    *text = str_from(*text, at);
}

/* Reads what is_float_syntax accepted, by a text of bounded length. */
static double read_float(struct str text)
{
    struct significant number = {0};
    char copy[sizeof number.digits + 40];
    bool is_hexadecimal = text.n > 1 && (text.p[1] | 0x20) == 'x';
    if (is_hexadecimal)
        text = str_from(text, 2);
    take_digits(&text, is_hexadecimal ? 16 : 10, &number);
    if (!number.count)
        return 0;
    if (number.is_cut)
        number.digits[number.count - 1] = '1';
    int64_t exponent = number.scale * (is_hexadecimal ? 4 : 1);
    if (text.n)
        exponent += exponent_of(str_from(text, 1));
    snprintf(copy, sizeof copy, "%s%.*s%c%" PRId64, is_hexadecimal ? "0x" : "", (int)number.count,
             number.digits, is_hexadecimal ? 'p' : 'e', exponent);
    return strtod(copy, NULL);
}

bool parse_go_float(struct str text, double *ret_number)
{
    struct str whole = text;
    bool has_sign = text.n && (text.p[0] == '+' || text.p[0] == '-');
    bool is_special;
    *ret_number = 0;
    if (has_sign)
        text = str_from(text, 1);
    is_special = parse_special(text, has_sign, ret_number);
    if (!is_special) {
        if (!is_float_syntax(text) ||
            (str_find_char(text, '_') != STR_NOT_FOUND && !underscores_are_fine(whole)))
            return false;
        *ret_number = read_float(text);
    }
    bool fits = is_special || !isinf(*ret_number);
    if (has_sign && whole.p[0] == '-')
        *ret_number = -*ret_number;
    return fits;
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

/* A finite number ≥ 0 as mantissa × 2^exponent with the 53 bits of the format. */
static uint64_t split_binary(double number, int *ret_exponent)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    uint64_t mantissa = bits & ((UINT64_C(1) << 52) - 1);
    int exponent = (int)(bits >> 52 & 0x7FF);
    if (exponent)
        mantissa |= UINT64_C(1) << 52;
    *ret_exponent = (exponent ? exponent : 1) - 1075;
    return mantissa;
}

/* "4503599627370496p-52" */
static void add_binary(struct text *text, double number)
{
    int exponent;
    uint64_t mantissa = split_binary(number, &exponent);
    text_format(text, "%" PRIu64 "p%+d", mantissa, exponent);
}

/* "0x1.8p+01": one bit before the point, 13 digits behind it when they are all there. */
static void add_hexadecimal(struct text *text, double number, char verb, int precision)
{
    enum { FRACTION_DIGITS = 13 };
    const char *digits = verb == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    int exponent;
    uint64_t mantissa = split_binary(number, &exponent);
    exponent = mantissa ? exponent + 52 : 0;
    for (; mantissa && !(mantissa >> 52); exponent--)
        mantissa <<= 1;
    if (precision >= 0 && precision < FRACTION_DIGITS) {
        uint64_t unit = UINT64_C(1) << 4 * (FRACTION_DIGITS - precision);
        uint64_t rest = mantissa % unit;
        mantissa -= rest;
        if (rest > unit / 2 || (rest == unit / 2 && mantissa & unit))
            mantissa += unit;
        if (mantissa >> 53) {
            mantissa >>= 1;
            exponent++;
        }
    }
    text_format(text, "0%c%c", verb, (char)('0' + (mantissa >> 52)));
    uint64_t fraction = mantissa & ((UINT64_C(1) << 52) - 1);
    if (precision > 0 || (precision < 0 && fraction))
        text_add_char(text, '.');
    int count = 0;
    for (; count < FRACTION_DIGITS && (precision < 0 ? fraction > 0 : count < precision); count++) {
        text_add_char(text, digits[fraction >> 48]);
        fraction = (fraction << 4) & ((UINT64_C(1) << 52) - 1);
    }
    if (precision > count)
        text_add_repeated(text, '0', (size_t)(precision - count));
    add_exponent(text, (char)(verb == 'X' ? 'P' : 'p'), exponent);
}

static void add_decimal(struct text *text, double number, char verb, int precision)
{
    char few[512];
    char format[] = {'%', '.', '*', verb, '\0'};
    int length = snprintf(few, sizeof few, format, precision, number);
    if ((size_t)length < sizeof few) {
        text_add(text, (struct str){few, (size_t)length});
        return;
    }
    char *many = arena_make_array(text->arena, char, (size_t)length + 1);
    snprintf(many, (size_t)length + 1, format, precision, number);
    text_add(text, (struct str){many, (size_t)length});
}

/* What most numbers of charts are; they have no exponent in either form. */
static bool is_small_integer(double number)
{
    return number < 1e6 && number == (double)(uint32_t)number;
}

static void add_small_integer(struct text *text, double number)
{
    char digits[6];
    size_t n = 0;
    for (uint32_t rest = (uint32_t)number; rest || !n; rest /= 10)
        digits[n++] = (char)('0' + rest % 10);
    while (n > 0)
        text_add_char(text, digits[--n]);
}

struct str format_go_float(struct arena *arena, double number, char verb, int precision)
{
    if (isnan(number))
        return STR("NaN");
    if (isinf(number))
        return number < 0 ? STR("-Inf") : STR("+Inf");
    struct text text = {.arena = arena};
    if (signbit(number))
        text_add_char(&text, '-');
    number = fabs(number);
    if (verb == 'b')
        add_binary(&text, number);
    else if (verb == 'x' || verb == 'X')
        add_hexadecimal(&text, number, verb, precision);
    else if (precision < 0 && (verb == 'g' || verb == 'f') && is_small_integer(number))
        add_small_integer(&text, number);
    else if (precision < 0)
        add_shortest(&text, number, verb);
    else
        add_decimal(&text, number, verb, precision);
    return text_str(&text);
}
