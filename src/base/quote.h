#ifndef BULKHEAD_BASE_QUOTE_H
#define BULKHEAD_BASE_QUOTE_H

#include "str.h"

/* Go's quoting (package strconv). */

/* unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space. */
bool is_go_printable(uint32_t code_point);
/* strconv.Quote, as %q prints a string: in double quotes, with Go's escapes. */
struct str quote_go(struct arena *arena, struct str s);
/* strconv.QuoteToASCII, %+q: everything beyond ASCII is escaped. */
struct str quote_go_ascii(struct arena *arena, struct str s);
/* strconv.QuoteRune, %q of a rune: in single quotes. */
struct str quote_go_character(struct arena *arena, uint32_t code_point);
/* As %#U prints a code point: U+0022 '"'. */
struct str quote_code_point(struct arena *arena, uint32_t code_point);
/* strconv.Unquote of a Go string ("…" or `…`): false when it is none. What is invalid UTF-8 between
 * double quotes becomes U+FFFD. */
bool unquote_go(struct arena *arena, struct str quoted, struct str *ret_text);
/* The code point of a Go character constant ('a', '\n', '\u1234'): false when it is none. */
bool unquote_character(struct str quoted, uint32_t *ret_code_point);

#endif
