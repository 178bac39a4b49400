#ifndef BULKHEAD_BASE_UTF8_H
#define BULKHEAD_BASE_UTF8_H

#include "str.h"

/* Reads one code point at the start of a non-empty slice as Go does: returns its length in bytes
 * and stores it; an invalid byte gives U+FFFD and length 1 (RFC 3629: no surrogates, no overlong
 * forms). */
static inline size_t utf8_decode(struct str s, uint32_t *ret_code_point);
/* Writes a code point, up to four bytes, and returns how many. Not encodable ones become U+FFFD. */
size_t utf8_write(uint32_t code_point, char out[4]);
/* Code points in s; an invalid byte counts as one. */
size_t utf8_length(struct str s);
/* Where the last character of a text that is not empty begins; an invalid byte is one. */
size_t utf8_last_start(struct str s);
/* Offset of the first invalid byte, or STR_NOT_FOUND. */
size_t utf8_find_invalid(struct str s);
/* The bytes as UTF-8: each wrong byte becomes U+FFFD; themselves when none is wrong. */
struct str utf8_make_valid(struct arena *arena, struct str s);

/* utf8_decode of what does not begin with an ASCII character. */
size_t utf8_decode_sequence(struct str s, uint32_t *ret_code_point);
static inline size_t utf8_decode(struct str s, uint32_t *ret_code_point)
{
    if ((unsigned char)s.p[0] >= 0x80)
        return utf8_decode_sequence(s, ret_code_point);
    *ret_code_point = (unsigned char)s.p[0];
    return 1;
}

#endif
