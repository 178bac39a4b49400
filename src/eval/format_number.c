#include <inttypes.h>
#include <math.h>

#include "base/base.h"
#include "format_private.h"

enum { DIGITS_MOST = 64 }; /* of an integer to base 2 */

static struct str digits_of(char buffer[DIGITS_MOST], uint64_t number, unsigned base, bool upper)
{
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    size_t at = DIGITS_MOST;
    do
        buffer[--at] = digits[number % base];
    while ((number /= base) > 0);
    return (struct str){buffer + at, DIGITS_MOST - at};
}

/* What stands between the sign and the digits. The flag "#" of %o asks for a leading zero, which
 * the digits may already have. */
static struct str prefix_of(const struct directive *directive, unsigned base, bool has_zero)
{
    bool is_zero_missing = directive->sharp && base == 8 && !has_zero;
    if (directive->verb == 'O')
        return is_zero_missing ? STR("0o0") : STR("0o");
    if (is_zero_missing)
        return STR("0");
    if (directive->sharp && base == 2)
        return STR("0b");
    if (directive->sharp && base == 16)
        return directive->verb == 'X' ? STR("0X") : STR("0x");
    return STR("");
}

/* How many digits are wanted: the precision, or the width with the flag 0. */
static size_t wanted_digits(const struct directive *directive, bool has_sign)
{
    if (directive->has_precision)
        return (size_t)directive->precision;
    if (!directive->zero || directive->minus || !directive->has_width || !directive->width)
        return 0;
    return (size_t)directive->width - has_sign;
}

static void add_spaces(struct text *text, const struct directive *directive, size_t used)
{
    size_t width = directive->has_width ? (size_t)directive->width : 0;
    text_add_repeated(text, ' ', width > used ? width - used : 0);
}

static void add_integer(struct text *text, const struct directive *directive, bool is_negative,
                        uint64_t number, unsigned base)
{
    char buffer[DIGITS_MOST];
    if (directive->has_precision && !directive->precision && !number) {
        add_spaces(text, directive, 0);
        return;
    }
    struct str sign = is_negative        ? STR("-")
                      : directive->plus  ? STR("+")
                      : directive->space ? STR(" ")
                                         : STR("");
    struct str digits = digits_of(buffer, number, base, directive->verb == 'X');
    size_t wanted = wanted_digits(directive, sign.n > 0);
    size_t zeros = wanted > digits.n ? wanted - digits.n : 0;
    struct str prefix = prefix_of(directive, base, zeros || digits.p[0] == '0');
    size_t used = sign.n + prefix.n + zeros + digits.n;
    if (!directive->minus)
        add_spaces(text, directive, used);
    text_add(text, sign);
    text_add(text, prefix);
    text_add_repeated(text, '0', zeros);
    text_add(text, digits);
    if (directive->minus)
        add_spaces(text, directive, used);
}

void format_unsigned(struct text *text, const struct directive *directive, uint64_t number,
                     unsigned base)
{
    add_integer(text, directive, false, number, base);
}

/* %U: at least four digits, and with "#" the character itself. */
static void add_unicode(struct text *text, const struct directive *directive, uint64_t number)
{
    char buffer[DIGITS_MOST];
    struct directive own = *directive;
    struct text body = {.arena = text->arena};
    struct str digits = digits_of(buffer, number, 16, true);
    size_t wanted =
        directive->has_precision && directive->precision > 4 ? (size_t)directive->precision : 4;
    own.zero = false;
    text_add_c(&body, "U+");
    text_add_repeated(&body, '0', wanted > digits.n ? wanted - digits.n : 0);
    text_add(&body, digits);
    if (directive->sharp && number <= 0x10FFFF && is_go_printable((uint32_t)number)) {
        char character[4];
        size_t length = utf8_write((uint32_t)number, character);
        text_format(&body, " '%.*s'", (int)length, character);
    }
    format_pad(text, &own, text_str(&body));
}

static void add_character(struct text *text, const struct directive *directive, uint64_t number)
{
    char bytes[4];
    uint32_t code_point = number > 0x10FFFF ? 0xFFFD : (uint32_t)number;
    struct str character = {bytes, utf8_write(code_point, bytes)};
    if (directive->verb == 'c') {
        format_pad(text, directive, character);
        return;
    }
    struct str quoted =
        directive->plus ? quote_go_ascii(text->arena, character) : quote_go(text->arena, character);
    struct str inner = str_slice(quoted, 1, quoted.n - 1);
    if (code_point == '\'')
        inner = STR("\\'");
    else if (code_point == '"')
        inner = STR("\"");
    format_pad(text, directive, str_format(text->arena, "'%.*s'", STR_ARG(inner)));
}

static unsigned base_of(uint32_t verb)
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
    uint64_t bits = (uint64_t)value.integer;
    unsigned base = base_of(directive->verb);
    if (is_unsigned && directive->sharp_v && format_verb_is(directive, "v")) {
        struct directive own = *directive;
        own.sharp = true;
        format_unsigned(text, &own, bits, 16);
    } else if (base) {
        add_integer(text, directive, is_negative, is_negative ? 0 - bits : bits, base);
    } else if (format_verb_is(directive, "cq")) {
        add_character(text, directive, bits);
    } else if (format_verb_is(directive, "U")) {
        add_unicode(text, directive, bits);
    } else {
        format_bad_verb(text, directive, value);
    }
}

/* Where the exponent of a float begins. */
static size_t exponent_at(struct str number, char verb)
{
    const char *letters = verb == 'x' || verb == 'X' ? "pP" : "eE";
    size_t at = 0;
    while (at < number.n && number.p[at] != letters[0] && number.p[at] != letters[1])
        at++;
    return at;
}

/* With the flag "#" a float keeps its point, and %g and %x their zeros. */
static struct str with_point(struct arena *arena, struct str number, char verb, int precision)
{
    size_t exponent = exponent_at(number, verb);
    struct str head = str_slice(number, 0, exponent);
    struct text text = {.arena = arena};
    int digits = strchr("gGx", verb) ? (precision < 0 ? 6 : precision) : 0;
    bool has_point = false;
    bool seen_nonzero = false;
    text_add(&text, head);
    for (size_t i = 0; i < head.n; i++) {
        if (head.p[i] == '.') {
            has_point = true;
            continue;
        }
        seen_nonzero |= head.p[i] != '0';
        digits -= seen_nonzero;
    }
    if (!has_point) {
        digits -= str_is(head, "0");
        text_add_char(&text, '.');
    }
    if (digits > 0)
        text_add_repeated(&text, '0', (size_t)digits);
    text_add(&text, str_from(number, exponent));
    return text_str(&text);
}

/* An infinity always has its sign, no float is padded with zeros before it. */
static void add_float(struct text *text, const struct directive *directive, double number,
                      char verb, int precision)
{
    struct directive own = *directive;
    if (directive->has_precision)
        precision = directive->precision;
    bool is_negative = signbit(number) && !isnan(number);
    bool shows_sign = is_negative || directive->plus || directive->space || isinf(number);
    struct str sign = is_negative                            ? STR("-")
                      : directive->space && !directive->plus ? STR(" ")
                                                             : STR("+");
    struct str body =
        isinf(number) ? STR("Inf") : format_go_float(text->arena, fabs(number), verb, precision);
    if (directive->sharp && verb != 'b' && isfinite(number))
        body = with_point(text->arena, body, verb, precision);
    if (!shows_sign)
        sign = STR("");
    if (!isfinite(number))
        own.zero = false;
    struct text all = {.arena = text->arena};
    text_add(&all, sign);
    if (own.zero && !own.minus && own.has_width && (size_t)own.width > sign.n + body.n)
        text_add_repeated(&all, '0', (size_t)own.width - sign.n - body.n);
    text_add(&all, body);
    format_pad(text, &own, text_str(&all));
}

void format_float(struct text *text, const struct directive *directive, double number)
{
    char verb = (char)directive->verb;
    if (format_verb_is(directive, "v"))
        add_float(text, directive, number, 'g', -1);
    else if (format_verb_is(directive, "bgGxX"))
        add_float(text, directive, number, verb, -1);
    else if (format_verb_is(directive, "efE"))
        add_float(text, directive, number, verb, 6);
    else if (format_verb_is(directive, "F"))
        add_float(text, directive, number, 'f', 6);
    else
        format_bad_verb(text, directive, value_float(number));
}
