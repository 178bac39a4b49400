#include "unit.h"

#include <math.h>

/* The expected results are those of github.com/shopspring/decimal 1.4.0. */

typedef struct decimal operation(struct arena *arena, struct decimal a, struct decimal b);

static const struct {
    operation *compute;
    double a, b, expected;
} samples[] = {
    {decimal_add, 0.1, 0.2, 0.3},
    {decimal_add, 1, -1, 0},
    {decimal_add, 0, 5, 5},
    {decimal_add, 99.5, 0.5, 100},
    {decimal_add, 1000, -0.001, 999.999},
    {decimal_add, -0.001, 1000, 999.999},
    {decimal_add, -2.5, -2.5, -5},
    {decimal_add, 1e308, 5e-324, 1e308},
    {decimal_multiply, 1.1, 1.1, 1.21},
    {decimal_multiply, -3, 0, 0},
    {decimal_multiply, 999, 999, 998001},
    {decimal_multiply, 1e200, 1e200, INFINITY},
    {decimal_multiply, 1e-200, 1e-200, 0},
    {decimal_divide, 1, 3, 0.3333333333333333},
    {decimal_divide, -2, 3, -0.6666666666666667},
    {decimal_divide, 1, 1e17, 0},
    {decimal_divide, 4, 1e17, 0},
    {decimal_divide, 5, 1e17, 1e-16},
    {decimal_divide, 99, 1e17, 1e-15},
    {decimal_divide, 0, 3, 0},
    {decimal_divide, 1e300, 1e-10, INFINITY},
};

START_TEST(numbers_are_computed_exactly)
{
    struct arena arena = {0};
    struct decimal a = decimal_from_double(&arena, samples[_i].a);
    struct decimal b = decimal_from_double(&arena, samples[_i].b);
    double result = decimal_to_double(&arena, samples[_i].compute(&arena, a, b));
    ck_assert_msg(result == samples[_i].expected, "%.17g", result);
    arena_release(&arena);
}
END_TEST

START_TEST(zero_has_no_sign)
{
    struct arena arena = {0};
    struct decimal zero = decimal_from_double(&arena, -0.0);
    ck_assert(!decimal_negate(zero).is_negative);
    ck_assert(!signbit(decimal_to_double(&arena, zero)));
    ck_assert(decimal_negate(decimal_from_double(&arena, 1.5)).is_negative);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("base/decimal", EACH(numbers_are_computed_exactly, samples), ONCE(zero_has_no_sign))
