#include "base/base.h"
#include "format_private.h"

/* fmt.Sprintf: the format is read here, each verb is printed by format_argument. */

enum { FORMAT_MOST = 1000000 }; /* width and precision, as in Go */

/* A format being worked through. */
struct formatting {
    struct text text;
    struct str rest;
    const struct value *arguments;
    size_t count, at;
    const char *bracket; /* the next "]", looked for once; the end when there is none */
    bool reordered;      /* some directive had an index, so surplus arguments are not told */
    bool good_index;     /* every index of this directive was right */
    bool after_index;    /* an index stands directly before what is read now */
};

static bool next_is(const struct formatting *formatting, char c)
{
    return formatting->rest.n && formatting->rest.p[0] == c;
}

static void skip(struct formatting *formatting, size_t bytes)
{
    formatting->rest = str_from(formatting->rest, bytes);
}

static bool is_too_large(int64_t number)
{
    return number > FORMAT_MOST || number < -FORMAT_MOST;
}

/* The digits at the start of *text. One that is far too large takes everything with it, so that
 * the directive has no verb. */
static bool read_digits(struct str *text, int *ret_number)
{
    size_t n = 0;
    *ret_number = 0;
    for (; n < text->n && text->p[n] >= '0' && text->p[n] <= '9'; n++) {
        if (is_too_large(*ret_number)) {
            *text = str_from(*text, text->n);
            *ret_number = 0;
            return false;
        }
        *ret_number = *ret_number * 10 + (text->p[n] - '0');
    }
    *text = str_from(*text, n);
    return n > 0;
}

/* How many bytes the index at the start of the rest has, "[3]" three; one when it has no end. */
static size_t index_length(struct formatting *formatting)
{
    const struct str rest = formatting->rest;
    const char *end = rest.p + rest.n;
    if (!formatting->bracket || formatting->bracket < rest.p) {
        size_t found = str_find_char(rest, ']');
        formatting->bracket = found == STR_NOT_FOUND ? end : rest.p + found;
    }
    if (rest.n < 3 || formatting->bracket == end)
        return 1;
    return (size_t)(formatting->bracket - rest.p) + 1;
}

/* "[3]" chooses the argument. */
static void read_index(struct formatting *formatting)
{
    int number;
    formatting->after_index = false;
    if (!next_is(formatting, '['))
        return;
    formatting->reordered = true;
    size_t length = index_length(formatting);
    struct str digits = str_slice(formatting->rest, 1, length > 1 ? length - 1 : 1);
    formatting->after_index = read_digits(&digits, &number) && !digits.n;
    skip(formatting, length);
    if (formatting->after_index && number > 0 && (size_t)number <= formatting->count)
        formatting->at = (size_t)number - 1;
    else
        formatting->good_index = false;
}

static void read_flags(struct formatting *formatting, struct directive *directive)
{
    for (; formatting->rest.n; skip(formatting, 1)) {
        switch (formatting->rest.p[0]) {
        case '#':
            directive->sharp = true;
            break;
        case '0':
            directive->zero = true;
            break;
        case '+':
            directive->plus = true;
            break;
        case '-':
            directive->minus = true;
            break;
        case ' ':
            directive->space = true;
            break;
        default:
            return;
        }
    }
}

/* "*": the next argument is the number. */
static bool take_number(struct formatting *formatting, int *ret_number)
{
    *ret_number = 0;
    skip(formatting, 1);
    formatting->after_index = false;
    if (formatting->at >= formatting->count)
        return false;
    struct value value = formatting->arguments[formatting->at++];
    bool is_beyond = value.type == VALUE_UINT64 && value.integer < 0;
    if (!value_is_integer(value) || is_beyond || is_too_large(value.integer))
        return false;
    *ret_number = (int)value.integer;
    return true;
}

static void read_width(struct formatting *formatting, struct directive *directive)
{
    if (!next_is(formatting, '*')) {
        directive->has_width = read_digits(&formatting->rest, &directive->width);
        if (formatting->after_index && directive->has_width)
            formatting->good_index = false; /* "%[3]2d" */
        return;
    }
    directive->has_width = take_number(formatting, &directive->width);
    if (!directive->has_width)
        text_add_c(&formatting->text, "%!(BADWIDTH)");
    if (directive->width < 0) {
        directive->width = -directive->width;
        directive->minus = true;
        directive->zero = false;
    }
}

static void read_precision(struct formatting *formatting, struct directive *directive)
{
    if (formatting->rest.n < 2 || !next_is(formatting, '.'))
        return;
    skip(formatting, 1);
    if (formatting->after_index)
        formatting->good_index = false; /* "%[3].2d" */
    read_index(formatting);
    if (!next_is(formatting, '*')) {
        read_digits(&formatting->rest, &directive->precision);
        directive->has_precision = true;
        return;
    }
    directive->has_precision =
        take_number(formatting, &directive->precision) && directive->precision >= 0;
    if (!directive->has_precision) {
        directive->precision = 0;
        text_add_c(&formatting->text, "%!(BADPREC)");
    }
}

/* The flags of %v mean another form of value, not of number. */
static void settle_flags(struct directive *directive)
{
    if (directive->minus)
        directive->zero = false;
    if (format_verb_is(directive, "vw")) {
        directive->sharp_v = directive->sharp;
        directive->plus_v = directive->plus;
        directive->sharp = false;
        directive->plus = false;
    }
}

static void add_directive(struct formatting *formatting, unsigned helm)
{
    struct directive directive = {.helm = helm};
    formatting->good_index = true;
    read_flags(formatting, &directive);
    read_index(formatting);
    read_width(formatting, &directive);
    read_precision(formatting, &directive);
    if (!formatting->after_index)
        read_index(formatting);
    if (!formatting->rest.n) {
        text_add_c(&formatting->text, "%!(NOVERB)");
        return;
    }
    char shown[4];
    skip(formatting, utf8_decode(formatting->rest, &directive.verb));
    int length = (int)utf8_write(directive.verb, shown);
    settle_flags(&directive);
    if (directive.verb == '%')
        text_add_char(&formatting->text, '%');
    else if (!formatting->good_index)
        text_format(&formatting->text, "%%!%.*s(BADINDEX)", length, shown);
    else if (formatting->at >= formatting->count)
        text_format(&formatting->text, "%%!%.*s(MISSING)", length, shown);
    else
        format_argument(&formatting->text, &directive, formatting->arguments[formatting->at++]);
}

static void tell_surplus(struct formatting *formatting, unsigned helm)
{
    struct directive plain = {.verb = 'v', .helm = helm};
    text_add_c(&formatting->text, "%!(EXTRA ");
    for (size_t i = formatting->at; i < formatting->count; i++) {
        struct value value = formatting->arguments[i];
        if (i > formatting->at)
            text_add_c(&formatting->text, ", ");
        if (value.type != VALUE_NIL)
            text_format(&formatting->text, "%s=", value_type_name(value, helm));
        format_value(&formatting->text, &plain, value, 0);
    }
    text_add_char(&formatting->text, ')');
}

bool format_printf(struct call *call, struct str format, const struct value *arguments,
                   size_t count, struct str *ret_text)
{
    struct formatting formatting = {
        .text = {.arena = call->arena}, .rest = format, .arguments = arguments, .count = count};
    while (formatting.rest.n) {
        size_t length = str_find_char(formatting.rest, '%');
        text_add(&formatting.text, str_slice(formatting.rest, 0, length));
        if (length == STR_NOT_FOUND)
            break;
        size_t before = formatting.text.n;
        skip(&formatting, length + 1);
        add_directive(&formatting, call_helm(call));
        if (!format_spend(call, formatting.text.n - before))
            return false;
    }
    size_t before = formatting.text.n;
    if (!formatting.reordered && formatting.at < count)
        tell_surplus(&formatting, call_helm(call));
    *ret_text = text_str(&formatting.text);
    return format_spend(call, formatting.text.n - before);
}
