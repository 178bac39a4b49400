#ifndef BULKHEAD_BASE_LETTER_H
#define BULKHEAD_BASE_LETTER_H

#include "str.h"

/* What an ASCII digit or letter counts in a number to base 36, in either case: 0 to 35; 99 for any
 * other character. */
int digit_value(char c);
static inline bool is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool is_ascii_alphanumeric(char c)
{
    return digit_value(c) < 36;
}

/* Characters as Go's package unicode sorts and maps them. */
bool is_go_space(uint32_t code_point);
bool is_go_letter(uint32_t code_point);
bool is_go_upper(uint32_t code_point);
bool is_go_lower(uint32_t code_point);
bool is_go_digit(uint32_t code_point); /* decimal ones */
bool is_go_number(uint32_t code_point);
bool is_go_punctuation(uint32_t code_point);

uint32_t to_go_upper(uint32_t code_point);
uint32_t to_go_lower(uint32_t code_point);
uint32_t to_go_title(uint32_t code_point);

/* strings.TrimSpace: without what Unicode calls white space at both ends. */
struct str trim_go_space(struct str s);
/* Every character mapped; invalid bytes become U+FFFD, as in Go's strings.Map. */
struct str map_characters(struct arena *arena, struct str s, uint32_t (*map)(uint32_t code_point));

#endif
