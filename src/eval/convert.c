#include "convert.h"

#include <math.h>

/* "1.00" counts as "1". */
static struct str without_zero_decimals(struct str s)
{
    size_t n = s.n;
    while (n > 0 && s.p[n - 1] == '0')
        n--;
    return n > 0 && n < s.n && s.p[n - 1] == '.' ? str_slice(s, 0, n - 1) : s;
}

/* As the processor converts: what does not fit is the smallest number. */
static int64_t float_to_int64(double number)
{
    return number >= -0x1p63 && number < 0x1p63 ? (int64_t)number : INT64_MIN;
}

int64_t value_to_int64(struct value value)
{
    int64_t number = 0;
    switch (value.type) {
    case VALUE_BOOL:
        return value.boolean;
    case VALUE_FLOAT64:
        return float_to_int64(value.number);
    case VALUE_STRING:
        return parse_go_int(without_zero_decimals(value_str(value)), 0, &number) ? number : 0;
    default:
        return value_is_integer(value) && value.type != VALUE_DURATION ? value.integer : 0;
    }
}

double value_to_float64(struct value value)
{
    double number = 0;
    switch (value.type) {
    case VALUE_BOOL:
        return value.boolean;
    case VALUE_FLOAT64:
        return value.number;
    case VALUE_STRING:
        return parse_go_float(value_str(value), &number) ? number : 0;
    case VALUE_UINT64:
        return (double)(uint64_t)value.integer;
    default:
        return value_is_integer(value) && value.type != VALUE_DURATION ? (double)value.integer : 0;
    }
}
