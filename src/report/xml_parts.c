#include "xml_parts.h"

static bool is_allowed(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

/* In attributes line ends and tabs would be read as blanks, so they are written as numbers. */
static void add_escaped(struct text *out, struct str s, bool is_attribute)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c;
        i += utf8_decode(str_from(s, i), &c);
        if (c == '<')
            text_add_c(out, "&lt;");
        else if (c == '>')
            text_add_c(out, "&gt;");
        else if (c == '&')
            text_add_c(out, "&amp;");
        else if (c == '"' && is_attribute)
            text_add_c(out, "&quot;");
        else if (c == '\r' || (is_attribute && (c == '\t' || c == '\n')))
            text_format(out, "&#%u;", c);
        else
            text_add_code_point(out, is_allowed(c) ? c : 0xFFFD);
    }
}

void xml_add_attribute(struct text *out, const char *name, struct str value)
{
    text_format(out, " %s=\"", name);
    add_escaped(out, value, true);
    text_add_char(out, '"');
}

void xml_add_number(struct text *out, const char *name, size_t value)
{
    text_format(out, " %s=\"%zu\"", name, value);
}

void xml_add_text(struct text *out, struct str text)
{
    add_escaped(out, text, false);
}
