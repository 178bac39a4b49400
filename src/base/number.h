#ifndef BULKHEAD_BASE_NUMBER_H
#define BULKHEAD_BASE_NUMBER_H

#include "str.h"

/* Numbers as Go writes and reads them (package strconv). */

/* strconv.ParseInt and ParseUint for 64 bits. Base 0: the prefix decides (0x, 0o, 0b, 0), and
 * underscores may separate digits. False: it is no number, then *ret_number is 0, or does not fit,
 * then it is the nearest that does. */
bool parse_go_int(struct str text, int base, int64_t *ret_number);
bool parse_go_uint(struct str text, int base, uint64_t *ret_number);
/* strconv.ParseFloat for 64 bits: decimal and hexadecimal, "inf", "infinity" and "nan" in any case.
 * False: it is no number, then *ret_number is 0, or too large, then it is an infinity. */
bool parse_go_float(struct str text, double *ret_number);

/* strconv.FormatFloat(number, verb, precision, 64) with verb 'b', 'e', 'E', 'f', 'g', 'G', 'x' or
 * 'X'; precision -1 is the fewest digits that read back as the same number, which is what %v prints
 * with 'g'. */
struct str format_go_float(struct arena *arena, double number, char verb, int precision);

/* The shortest decimal digits of a finite positive number, and where its point is: the value is
 * 0.DIGITS × 10^point. */
struct float_digits {
    char digits[20];
    int count;
    int point;
};
struct float_digits shortest_digits(double number);

#endif
