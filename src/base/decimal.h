#ifndef BULKHEAD_BASE_DECIMAL_H
#define BULKHEAD_BASE_DECIMAL_H

#include "str.h"

/* Exact decimal numbers of any length, as Go's github.com/shopspring/decimal computes with them. */

/* ±0.d₁d₂d₃… × 10^point. Without leading and trailing zeros; no digits at all are zero, which has
 * no sign. */
struct decimal {
    bool is_negative;
    struct str digits; /* '0' to '9' */
    int64_t point;
};

/* The fewest digits that read back as the number, which must be finite. */
struct decimal decimal_from_double(struct arena *arena, double number);
/* The nearest double; infinite when there is none that large. */
double decimal_to_double(struct arena *arena, struct decimal number);

struct decimal decimal_negate(struct decimal number);
struct decimal decimal_add(struct arena *arena, struct decimal a, struct decimal b);
struct decimal decimal_multiply(struct arena *arena, struct decimal a, struct decimal b);
/* To 16 digits behind the point, halves away from zero. The divisor has at most 17 digits, as
 * those from a double; by zero gives zero. */
struct decimal decimal_divide(struct arena *arena, struct decimal a, struct decimal b);

#endif
