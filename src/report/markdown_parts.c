#include "markdown_parts.h"

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

void markdown_add_code(struct text *out, struct str text)
{
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < text.n; i++) {
        run = text.p[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    text_add_repeated(out, '`', longest + 1);
    text_add_c(out, longest ? " " : "");
    for (size_t i = 0; i < text.n; i++)
        text_add_char(out, is_line_end(text.p[i]) ? ' ' : text.p[i]);
    text_add_c(out, longest ? " " : "");
    text_add_repeated(out, '`', longest + 1);
}

void markdown_add_plain(struct text *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (str_find_char(STR("\\`*_[]<>|#&~"), c) != STR_NOT_FOUND)
            text_add_char(out, '\\');
        text_add_char(out, is_line_end(c) ? ' ' : c);
    }
}
