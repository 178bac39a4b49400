#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/base.h"
#include "format_private.h"

static struct str digits_of(char buffer[72], uint64_t number, unsigned base, bool upper)
{
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    size_t at = 72;
    do
        buffer[--at] = digits[number % base];
    while ((number /= base) > 0);
    return (struct str){buffer + at, 72 - at};
}

static const char *prefix_of(const struct directive *directive, unsigned base)
{
    if (directive->verb == 'O')
        return "0o";
    if (!directive->sharp)
        return "";
    switch (base) {
    case 2:
        return "0b";
    case 8:
        return "0";
    case 16:
        return directive->verb == 'X' ? "0X" : "0x";
    default:
        return "";
    }
}

/* How many zeros stand before the digits: to the precision, or to the width with the flag 0. */
static size_t leading_zeros(const struct directive *directive, size_t digits, bool has_sign)
{
    size_t wanted = 0;
    if (directive->has_precision)
        wanted = (size_t)directive->precision;
    else if (directive->zero && !directive->minus && directive->has_width)
        wanted = (size_t)directive->width - (has_sign && directive->width > 0);
    return wanted > digits ? wanted - digits : 0;
}

static void add_number(struct text *text, const struct directive *directive, bool is_negative,
                       uint64_t number, unsigned base)
{
    char buffer[72];
    struct text body = {.arena = text->arena};
    bool has_sign = is_negative || directive->plus || directive->space;
    struct str digits = digits_of(buffer, number, base, directive->verb == 'X');
    if (directive->has_precision && !directive->precision && !number)
        digits = STR("");
    if (is_negative)
        text_add_char(&body, '-');
    else if (has_sign)
        text_add_char(&body, directive->plus ? '+' : ' ');
    const char *prefix = prefix_of(directive, base);
    size_t zeros = leading_zeros(directive, digits.n, has_sign);
    /* The sharp flag of %o is a leading zero, which the padding may have made. */
    if (directive->verb == 'O' || base != 8 || !(zeros || (digits.n && digits.p[0] == '0')))
        text_add_c(&body, prefix);
    text_add_repeated(&body, '0', zeros);
    text_add(&body, digits);
    struct directive plain = *directive;
    plain.zero = false;
    if (directive->has_precision && !directive->precision && !number)
        body.n = 0;
    format_pad(text, &plain, text_str(&body));
}

static void add_code_point(struct text *text, const struct directive *directive, uint64_t number)
{
    char bytes[4];
    uint32_t code_point = number > 0x10FFFF ? 0xFFFD : (uint32_t)number;
    struct str character = {bytes, utf8_encode(code_point, bytes)};
    if (directive->verb == 'c') {
        format_pad(text, directive, character);
        return;
    }
    if (directive->verb == 'U') {
        struct str shown = number > 0x10FFFF ? str_format(text->arena, "U+%04" PRIX64, number)
                                             : quote_code_point(text->arena, (uint32_t)number);
        size_t space = str_find_char(shown, ' ');
        if (!directive->sharp && space != STR_NOT_FOUND)
            shown = str_slice(shown, 0, space);
        format_pad(text, directive, shown);
        return;
    }
    struct str quoted = quote_go(text->arena, character);
    struct str inner = str_slice(quoted, 1, quoted.n - 1);
    if (code_point == '\'')
        inner = STR("\\'");
    else if (code_point == '"')
        inner = STR("\"");
    format_pad(text, directive, str_format(text->arena, "'%.*s'", STR_ARG(inner)));
}

static unsigned base_of(char verb)
{
    switch (verb) {
    case 'd':
    case 'v':
        return 10;
    case 'b':
        return 2;
    case 'o':
    case 'O':
        return 8;
    case 'x':
    case 'X':
        return 16;
    default:
        return 0;
    }
}

void format_integer(struct text *text, const struct directive *directive, struct value value)
{
    bool is_unsigned =
        value.type == VALUE_UINT8 || value.type == VALUE_UINT32 || value.type == VALUE_UINT64;
    bool is_negative = !is_unsigned && value.integer < 0;
    uint64_t number = is_negative ? 0 - (uint64_t)value.integer : (uint64_t)value.integer;
    unsigned base = base_of(directive->verb);
    struct directive own = *directive;
    if (is_unsigned && directive->sharp_v) {
        own.sharp = true;
        own.verb = 'x';
        base = 16;
    }
    if (base)
        add_number(text, &own, is_negative, number, base);
    else if (directive->verb && strchr("cqU", directive->verb))
        add_code_point(text, directive, is_negative ? UINT64_MAX : number);
    else
        format_bad_verb(text, directive, value);
}

/* With the flag "#" a float keeps its point, and %g its zeros. */
static struct str with_point(struct arena *arena, struct str number, char verb, int precision)
{
    size_t exponent = str_find_char(number, 'e');
    if (exponent == STR_NOT_FOUND)
        exponent = str_find_char(number, 'E');
    struct str tail = exponent == STR_NOT_FOUND ? STR("") : str_from(number, exponent);
    struct str head = str_slice(number, 0, number.n - tail.n);
    struct text text = {.arena = arena};
    int digits = verb == 'g' || verb == 'G' ? (precision < 0 ? 6 : precision) : 0;
    bool seen_nonzero = false;
    text_add(&text, head);
    for (size_t i = 0; i < head.n; i++) {
        bool is_digit = head.p[i] >= '0' && head.p[i] <= '9';
        seen_nonzero |= is_digit && head.p[i] != '0';
        digits -= is_digit && seen_nonzero;
    }
    if (str_find_char(head, '.') == STR_NOT_FOUND) {
        if (str_is(head, "0") || str_is(head, "-0") || str_is(head, "+0"))
            digits--;
        text_add_char(&text, '.');
    }
    if (digits > 0)
        text_add_repeated(&text, '0', (size_t)digits);
    text_add(&text, tail);
    return text_str(&text);
}

static void add_float(struct text *text, const struct directive *directive, double number,
                      char verb, int precision)
{
    struct str body = format_go_float(text->arena, fabs(number), verb, precision);
    bool is_finite = isfinite(number);
    if (isinf(number))
        body = STR("Inf");
    if (directive->sharp && is_finite)
        body = with_point(text->arena, body, verb, precision);
    bool is_negative = signbit(number) && !isnan(number);
    const char *sign = is_negative ? "-" : directive->plus ? "+" : directive->space ? " " : "";
    if (isinf(number) && !is_negative && directive->plus)
        sign = "+";
    bool zeros = directive->zero && !directive->minus && directive->has_width && is_finite;
    size_t used = body.n + strlen(sign);
    size_t padding = zeros && (size_t)directive->width > used ? (size_t)directive->width - used : 0;
    struct text all = {.arena = text->arena};
    text_add_c(&all, sign);
    text_add_repeated(&all, '0', padding);
    text_add(&all, body);
    struct directive plain = *directive;
    plain.zero = false;
    format_pad(text, &plain, text_str(&all));
}

void format_float(struct text *text, const struct directive *directive, double number)
{
    int given = directive->has_precision ? directive->precision : -1;
    char verb = directive->verb;
    if (verb == 'v')
        add_float(text, directive, number, 'g', given);
    else if (verb == 'F')
        add_float(text, directive, number, 'f', directive->has_precision ? given : 6);
    else if (verb && strchr("eEf", verb))
        add_float(text, directive, number, verb, directive->has_precision ? given : 6);
    else if (verb && strchr("gG", verb))
        add_float(text, directive, number, verb, given);
    else
        format_bad_verb(text, directive, value_float(number));
}
