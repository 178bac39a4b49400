#include "quote.h"

#include <utf8proc.h>

#include "letter.h"
#include "text.h"
#include "utf8.h"

bool is_go_printable(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 0x20 && code_point < 0x7F;
    if (code_point > 0x10FFFF)
        return false;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_SO;
}

static const struct {
    char plain, escaped;
} escapes[] = {
    {'\a', 'a'}, {'\b', 'b'}, {'\f', 'f'},  {'\n', 'n'}, {'\r', 'r'},
    {'\t', 't'}, {'\v', 'v'}, {'\\', '\\'}, {'"', '"'},
};

static char escape_of(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (code_point == (unsigned char)escapes[i].plain)
            return escapes[i].escaped;
    }
    return 0;
}

static void add_quoted(struct text *text, struct str bytes, uint32_t code_point, bool ascii_only)
{
    bool is_printable = is_go_printable(code_point) && !(ascii_only && code_point >= 0x80);
    char escape = escape_of(code_point);
    bool is_invalid = code_point == 0xFFFD && bytes.n == 1;
    if (escape)
        text_format(text, "\\%c", escape);
    else if (is_invalid || (code_point < 0x80 && !is_printable))
        text_format(text, "\\x%02x", (unsigned char)bytes.p[0]);
    else if (is_printable)
        text_add(text, bytes);
    else
        text_format(text, code_point < 0x10000 ? "\\u%04x" : "\\U%08x", code_point);
}

static struct str quote(struct arena *arena, struct str s, bool ascii_only)
{
    struct text text = {.arena = arena};
    text_add_char(&text, '"');
    while (s.n) {
        uint32_t code_point;
        size_t length = utf8_decode(s, &code_point);
        add_quoted(&text, str_slice(s, 0, length), code_point, ascii_only);
        s = str_from(s, length);
    }
    text_add_char(&text, '"');
    return text_str(&text);
}

struct str quote_go(struct arena *arena, struct str s)
{
    return quote(arena, s, false);
}

struct str quote_go_ascii(struct arena *arena, struct str s)
{
    return quote(arena, s, true);
}

struct str quote_go_character(struct arena *arena, uint32_t code_point)
{
    char bytes[4] = {0};
    size_t length = code_point ? utf8_write(code_point, bytes) : 1;
    if (code_point == '\'')
        return STR("'\\''");
    if (code_point == '"')
        return STR("'\"'");
    struct str quoted = quote_go(arena, (struct str){bytes, length});
    return str_format(arena, "'%.*s'", STR_ARG(str_slice(quoted, 1, quoted.n - 1)));
}

struct str quote_code_point(struct arena *arena, uint32_t code_point)
{
    char bytes[4];
    if (!is_go_printable(code_point))
        return str_format(arena, "U+%04X", code_point);
    size_t length = utf8_write(code_point, bytes);
    return str_format(arena, "U+%04X '%.*s'", code_point, (int)length, bytes);
}

/* Reads `count` digits to a base off the rest. */
static bool read_digits(struct str *rest, size_t count, int base, uint32_t *ret_number)
{
    uint32_t number = 0;
    if (rest->n < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        int digit = digit_value(rest->p[i]);
        if (digit >= base)
            return false;
        number = number * (uint32_t)base + (uint32_t)digit;
    }
    *rest = str_from(*rest, count);
    *ret_number = number;
    return true;
}

static bool is_code_point(uint32_t number)
{
    return number <= 0x10FFFF && (number < 0xD800 || number > 0xDFFF);
}

/* One character behind a backslash. A byte written as \x or octal is no code point. */
static bool read_escape(struct str *rest, char quote, uint32_t *ret_number, bool *ret_is_byte)
{
    if (!rest->n)
        return false;
    char c = rest->p[0];
    *ret_is_byte = c == 'x' || (c >= '0' && c <= '7');
    if (*ret_is_byte && c != 'x')
        return read_digits(rest, 3, 8, ret_number) && *ret_number <= 255;
    *rest = str_from(*rest, 1);
    if (c == 'x')
        return read_digits(rest, 2, 16, ret_number);
    if (c == 'u' || c == 'U')
        return read_digits(rest, c == 'u' ? 4 : 8, 16, ret_number) && is_code_point(*ret_number);
    if (c == '\'' || c == '"') {
        *ret_number = (unsigned char)c;
        return c == quote;
    }
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (c == escapes[i].escaped) {
            *ret_number = (unsigned char)escapes[i].plain;
            return true;
        }
    }
    return false;
}

/* One character of a string or constant. */
static bool read_character(struct str *rest, char quote, uint32_t *ret_number, bool *ret_is_byte)
{
    *ret_is_byte = false;
    if (rest->p[0] == quote || rest->p[0] == '\n')
        return false;
    if (rest->p[0] == '\\') {
        *rest = str_from(*rest, 1);
        return read_escape(rest, quote, ret_number, ret_is_byte);
    }
    *rest = str_from(*rest, utf8_decode(*rest, ret_number));
    return true;
}

/* Raw strings lose their carriage returns. */
static bool unquote_raw(struct arena *arena, struct str inner, struct str *ret_text)
{
    if (str_find_char(inner, '`') != STR_NOT_FOUND)
        return false;
    *ret_text = str_replace(arena, inner, STR("\r"), STR(""));
    return true;
}

bool unquote_go(struct arena *arena, struct str quoted, struct str *ret_text)
{
    if (quoted.n < 2 || quoted.p[0] != quoted.p[quoted.n - 1])
        return false;
    struct str inner = str_slice(quoted, 1, quoted.n - 1);
    if (quoted.p[0] == '`')
        return unquote_raw(arena, inner, ret_text);
    if (quoted.p[0] != '"')
        return false;
    if (str_find_char(inner, '\\') == STR_NOT_FOUND &&
        str_find_char(inner, '\n') == STR_NOT_FOUND && str_find_char(inner, '"') == STR_NOT_FOUND &&
        utf8_find_invalid(inner) == STR_NOT_FOUND) {
        *ret_text = inner;
        return true;
    }
    struct text text = {.arena = arena};
    while (inner.n) {
        uint32_t number;
        bool is_byte;
        if (!read_character(&inner, '"', &number, &is_byte))
            return false;
        if (is_byte)
            text_add_char(&text, (char)number);
        else
            text_add_code_point(&text, number);
    }
    *ret_text = text_str(&text);
    return true;
}

bool unquote_character(struct str quoted, uint32_t *ret_code_point)
{
    bool is_byte;
    if (quoted.n < 3 || quoted.p[0] != '\'' || quoted.p[quoted.n - 1] != '\'')
        return false;
    struct str inner = str_slice(quoted, 1, quoted.n - 1);
    return read_character(&inner, '\'', ret_code_point, &is_byte) && !inner.n;
}
