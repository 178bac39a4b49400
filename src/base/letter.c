#include "letter.h"

#include <utf8proc.h>

#include "text.h"
#include "utf8.h"

static utf8proc_category_t category_of(uint32_t c)
{
    return c > 0x10FFFF ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)c);
}

int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

bool is_go_space(uint32_t c)
{
    return (c >= 9 && c <= 13) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

bool is_go_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return category_of(c) >= UTF8PROC_CATEGORY_LU && category_of(c) <= UTF8PROC_CATEGORY_LO;
}

bool is_go_upper(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z' : category_of(c) == UTF8PROC_CATEGORY_LU;
}

bool is_go_lower(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : category_of(c) == UTF8PROC_CATEGORY_LL;
}

bool is_go_digit(uint32_t c)
{
    return c < 0x80 ? c >= '0' && c <= '9' : category_of(c) == UTF8PROC_CATEGORY_ND;
}

bool is_go_number(uint32_t c)
{
    if (c < 0x80)
        return c >= '0' && c <= '9';
    return category_of(c) >= UTF8PROC_CATEGORY_ND && category_of(c) <= UTF8PROC_CATEGORY_NO;
}

bool is_go_punctuation(uint32_t c)
{
    return category_of(c) >= UTF8PROC_CATEGORY_PC && category_of(c) <= UTF8PROC_CATEGORY_PO;
}

/* Its upper case, U+1E9E, is not what Unicode's table of simple mappings says. */
enum { SHARP_S = 0xDF };

uint32_t to_go_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    return c == SHARP_S || c > 0x10FFFF ? c : (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
}

uint32_t to_go_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return c > 0x10FFFF ? c : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

uint32_t to_go_title(uint32_t c)
{
    return c < 0x80 || c == SHARP_S || c > 0x10FFFF
               ? to_go_upper(c)
               : (uint32_t)utf8proc_totitle((utf8proc_int32_t)c);
}

struct str trim_go_space(struct str s)
{
    uint32_t c;
    for (size_t n = 0; s.n; s = str_from(s, n)) {
        n = utf8_decode(s, &c);
        if (!is_go_space(c))
            break;
    }
    for (size_t start = 0; s.n; s = str_slice(s, 0, start)) {
        start = utf8_last_start(s);
        utf8_decode(str_from(s, start), &c);
        if (!is_go_space(c))
            break;
    }
    return s;
}

struct str map_characters(struct arena *arena, struct str s, uint32_t (*map)(uint32_t code_point))
{
    struct text text = {.arena = arena};
    while (s.n) {
        uint32_t c;
        s = str_from(s, utf8_decode(s, &c));
        text_add_code_point(&text, map(c));
    }
    return text_str(&text);
}
