#include "utf8.h"

#include "text.h"

enum { REPLACEMENT = 0xFFFD };

/* The second byte's range depends on the first one (RFC 3629, section 4). */
static bool second_byte_fits(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return second >= 0x80 && second <= 0xBF;
    }
}

/* 0: no byte begins a longer sequence so. */
static size_t sequence_length(unsigned char first)
{
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF)
        return 3;
    if (first >= 0xF0 && first <= 0xF4)
        return 4;
    return 0;
}

size_t utf8_decode_sequence(struct str s, uint32_t *ret_code_point)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t length = sequence_length(p[0]);
    *ret_code_point = REPLACEMENT;
    if (length == 0 || length > s.n || !second_byte_fits(p[0], p[1]))
        return 1;
    uint32_t code_point = p[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 1;
        code_point = code_point << 6 | (p[i] & 0x3Fu);
    }
    *ret_code_point = code_point;
    return length;
}

size_t utf8_write(uint32_t code_point, char out[4])
{
    bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (code_point > 0x10FFFF || surrogate)
        code_point = REPLACEMENT;
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    out[0] = (char)((0xF00u >> length & 0xFF) | code_point);
    return length;
}

size_t utf8_last_start(struct str s)
{
    size_t at = s.n - 1;
    while (at > 0 && s.n - at < 4 && ((unsigned char)s.p[at] & 0xC0) == 0x80)
        at--;
    uint32_t c;
    return at + utf8_decode(str_from(s, at), &c) == s.n ? at : s.n - 1;
}

size_t utf8_length(struct str s)
{
    size_t length = 0;
    for (size_t i = 0; i < s.n; length++) {
        uint32_t code_point;
        i += utf8_decode(str_from(s, i), &code_point);
    }
    return length;
}

size_t utf8_find_invalid(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t code_point;
        size_t length = utf8_decode(str_from(s, i), &code_point);
        if (length == 1 && (unsigned char)s.p[i] >= 0x80)
            return i;
        i += length;
    }
    return STR_NOT_FOUND;
}

struct str utf8_make_valid(struct arena *arena, struct str s)
{
    if (utf8_find_invalid(s) == STR_NOT_FOUND)
        return s;
    struct text text = {.arena = arena};
    while (s.n) {
        uint32_t code_point;
        s = str_from(s, utf8_decode(s, &code_point));
        text_add_code_point(&text, code_point);
    }
    return text_str(&text);
}
