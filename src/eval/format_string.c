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
    const char *prefix = directive->verb == 'X' ? "0X" : "0x";
    if (directive->has_precision)
        s = str_slice(s, 0, (size_t)directive->precision);
    for (size_t i = 0; i < s.n; i++) {
        if (i && directive->space)
            text_add_char(&body, ' ');
        if (directive->sharp && (!i || directive->space))
            text_add_c(&body, prefix);
        text_format(&body, directive->verb == 'X' ? "%02X" : "%02x", (unsigned char)s.p[i]);
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

void format_string(struct text *text, const struct directive *directive, struct value value)
{
    struct str s = value_str(value);
    switch (directive->verb) {
    case 'v':
        if (directive->sharp_v) {
            format_pad(text, directive, quote_go(text->arena, s));
            break;
        }
        __attribute__((fallthrough));
    case 's':
        format_pad(text, directive,
                   directive->has_precision ? truncated(s, directive->precision) : s);
        break;
    case 'q':
        if (directive->has_precision)
            s = truncated(s, directive->precision);
        format_pad(text, directive, quoted(text->arena, directive, s));
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
    struct directive plain = {.verb = 'v', .helm = directive->helm};
    text_format(text, "%%!%c(", directive->verb);
    if (value.type == VALUE_NIL) {
        text_add_c(text, "<nil>");
    } else {
        text_format(text, "%s=", value_type_name(value, directive->helm));
        format_value(text, &plain, value, 0);
    }
    text_add_char(text, ')');
}
