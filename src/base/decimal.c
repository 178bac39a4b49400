#include "decimal.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "number.h"

enum { DIVISION_DIGITS = 16 };

/* Takes the zeros off both ends. */
static struct decimal normal(bool is_negative, struct str digits, int64_t point)
{
    while (digits.n && digits.p[0] == '0') {
        digits = str_from(digits, 1);
        point--;
    }
    while (digits.n && digits.p[digits.n - 1] == '0')
        digits.n--;
    if (!digits.n)
        return (struct decimal){0};
    return (struct decimal){is_negative, digits, point};
}

struct decimal decimal_from_double(struct arena *arena, double number)
{
    if (number == 0)
        return (struct decimal){0};
    struct float_digits shortest = shortest_digits(fabs(number));
    struct str digits = str_copy(arena, (struct str){shortest.digits, (size_t)shortest.count});
    return normal(number < 0, digits, shortest.point);
}

double decimal_to_double(struct arena *arena, struct decimal number)
{
    double result = 0;
    if (!number.digits.n)
        return 0;
    struct str text = str_join(arena, STR("0."), number.digits);
    parse_go_float(str_join(arena, text, str_format(arena, "e%" PRId64, number.point)), &result);
    return number.is_negative ? -result : result;
}

struct decimal decimal_negate(struct decimal number)
{
    number.is_negative = number.digits.n && !number.is_negative;
    return number;
}

/* The digit of a weight: 10^(weight - 1) is that of the first digit of a number whose point is
 * `weight`. */
static int digit_at(struct decimal number, int64_t weight)
{
    int64_t index = number.point - weight;
    return index >= 0 && index < (int64_t)number.digits.n ? number.digits.p[index] - '0' : 0;
}

static int compare_sizes(struct decimal a, struct decimal b)
{
    if (a.point != b.point)
        return a.point < b.point ? -1 : 1;
    return str_compare(a.digits, b.digits);
}

/* The weight below that of the last digit. */
static int64_t end_of(struct decimal number)
{
    return number.point - (int64_t)number.digits.n;
}

struct decimal decimal_add(struct arena *arena, struct decimal a, struct decimal b)
{
    if (!a.digits.n)
        return b;
    if (!b.digits.n)
        return a;
    if (compare_sizes(a, b) < 0) {
        struct decimal smaller = a;
        a = b;
        b = smaller;
    }
    int64_t low = end_of(a) < end_of(b) ? end_of(a) : end_of(b);
    size_t count = (size_t)(a.point - low) + 1;
    char *digits = arena_make_array(arena, char, count);
    int sign = a.is_negative == b.is_negative ? 1 : -1;
    int carry = 0;
    for (size_t i = count; i-- > 0;) {
        int64_t weight = a.point + 1 - (int64_t)i;
        int sum = digit_at(a, weight) + sign * digit_at(b, weight) + carry;
        carry = sum < 0 ? -1 : sum / 10;
        digits[i] = (char)('0' + sum - 10 * carry);
    }
    return normal(a.is_negative, (struct str){digits, count}, a.point + 1);
}

struct decimal decimal_multiply(struct arena *arena, struct decimal a, struct decimal b)
{
    if (!a.digits.n || !b.digits.n)
        return (struct decimal){0};
    size_t count = a.digits.n + b.digits.n;
    char *digits = arena_make_array(arena, char, count);
    memset(digits, '0', count);
    for (size_t i = a.digits.n; i-- > 0;) {
        int carry = 0;
        for (size_t k = b.digits.n; k-- > 0;) {
            int sum =
                (a.digits.p[i] - '0') * (b.digits.p[k] - '0') + carry + (digits[i + k + 1] - '0');
            digits[i + k + 1] = (char)('0' + sum % 10);
            carry = sum / 10;
        }
        digits[i] = (char)('0' + carry);
    }
    return normal(a.is_negative != b.is_negative, (struct str){digits, count}, a.point + b.point);
}

struct decimal decimal_divide(struct arena *arena, struct decimal a, struct decimal b)
{
    uint64_t divisor = 0;
    for (size_t i = 0; i < b.digits.n; i++)
        divisor = divisor * 10 + (uint64_t)(b.digits.p[i] - '0');
    /* a / b = (a's digits / divisor) × 10^(end_of(a) - end_of(b)): the first digit of the quotient
     * is of the weight a.point - end_of(b), the last one of -15. */
    int64_t first = a.point - end_of(b);
    if (!a.digits.n || !divisor || first < -DIVISION_DIGITS)
        return (struct decimal){0};
    size_t count = (size_t)(first + DIVISION_DIGITS);
    char *digits = arena_make_array(arena, char, count + 1);
    uint64_t rest = 0; /* < divisor < 10^17, so that ten times it fits */
    digits[0] = '0';
    for (size_t i = 0; i < count; i++) {
        rest = rest * 10 + (uint64_t)digit_at(a, a.point - (int64_t)i);
        digits[i + 1] = (char)('0' + rest / divisor);
        rest %= divisor;
    }
    bool rounds_up = false;
    /* Half of a unit: the next digit decides, since what follows it cannot take it below five. */
    rest = rest * 10 + (uint64_t)digit_at(a, a.point - (int64_t)count);
    rounds_up = rest / divisor >= 5;
    for (size_t i = count + 1; rounds_up && i-- > 0;) {
        rounds_up = digits[i] == '9';
        digits[i] = (char)(rounds_up ? '0' : digits[i] + 1);
    }
    return normal(a.is_negative != b.is_negative, (struct str){digits, count + 1}, first + 1);
}
