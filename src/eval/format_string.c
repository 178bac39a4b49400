#include "base/base.h"
#include "format_private.h"

/* At most `most` characters of the text. */
static struct str truncated(struct str s, int most)
{
    struct str rest = s;
    for (int i = 0; i < most && rest.n; i++) {
        uint32_t code_point;
        rest = str_from(rest, utf8_decode(rest, &code_point));
    }
    return str_slice(s, 0, s.n - rest.n);
}

static void add_hexadecimal(struct text *text, const struct directive *directive, struct str s)
{
    struct text body = {.arena = text->arena};
    bool is_upper = directive->verb == 'X';
    const char *digits = is_upper ? "0123456789ABCDEF" : "0123456789abcdef";
    if (directive->has_precision)
        s = str_slice(s, 0, (size_t)directive->precision);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char byte = (unsigned char)s.p[i];
        if (i && directive->space)
            text_add_char(&body, ' ');
        if (directive->sharp && (!i || directive->space))
            text_add_c(&body, is_upper ? "0X" : "0x");
        text_add_char(&body, digits[byte >> 4]);
        text_add_char(&body, digits[byte & 15]);
    }
    format_pad(text, directive, text_str(&body));
}

static bool can_be_raw(struct str s)
{
    for (struct str rest = s; rest.n;) {
        uint32_t code_point;
        size_t length = utf8_decode(rest, &code_point);
        if (code_point == 0xFEFF || code_point == '`' || code_point == 0x7F ||
            (code_point == 0xFFFD && length == 1) || (code_point < ' ' && code_point != '\t'))
            return false;
        rest = str_from(rest, length);
    }
    return true;
}

static struct str quoted(struct arena *arena, const struct directive *directive, struct str s)
{
    if (directive->sharp && can_be_raw(s))
        return str_format(arena, "`%.*s`", STR_ARG(s));
    return directive->plus ? quote_go_ascii(arena, s) : quote_go(arena, s);
}

void format_plain(struct text *text, const struct directive *directive, struct str s)
{
    format_pad(text, directive, directive->has_precision ? truncated(s, directive->precision) : s);
}

static void add_quoted(struct text *text, const struct directive *directive, struct str s)
{
    if (directive->has_precision)
        s = truncated(s, directive->precision);
    format_pad(text, directive, quoted(text->arena, directive, s));
}

void format_string(struct text *text, const struct directive *directive, struct value value)
{
    struct str s = value_str(value);
    switch (directive->verb) {
    case 'v':
        if (directive->sharp_v)
            add_quoted(text, directive, s);
        else
            format_plain(text, directive, s);
        break;
    case 's':
        format_plain(text, directive, s);
        break;
    case 'q':
        add_quoted(text, directive, s);
        break;
    case 'x':
    case 'X':
        add_hexadecimal(text, directive, s);
        break;
    default:
        format_bad_verb(text, directive, value);
    }
}

void format_bad_verb(struct text *text, const struct directive *directive, struct value value)
{
    char verb[4];
    struct directive plain = *directive;
    plain.verb = 'v';
    plain.without_methods = true;
    text_add_c(text, "%!");
    text_add(text, (struct str){verb, utf8_write(directive->verb, verb)});
    text_add_char(text, '(');
    if (value.type == VALUE_NIL) {
        text_add_c(text, "<nil>");
    } else {
        text_format(text, "%s=", value_type_name(value, directive->helm));
        format_value(text, &plain, value, 0);
    }
    text_add_char(text, ')');
}
