#include <math.h>

#include "convert.h"
#include "format.h"
#include "functions.h"
#include "random.h"

/* Sprig's arithmetic (numeric.go): everything is converted first, integers are int64 and wrap. */

static int64_t integer_at(const struct call *call, size_t index)
{
    return value_to_int64(call->arguments[index]);
}

static bool run_int64(struct call *call, struct value *ret_value)
{
    *ret_value = value_int64(integer_at(call, 0));
    return true;
}

static bool run_int(struct call *call, struct value *ret_value)
{
    *ret_value = value_int(integer_at(call, 0));
    return true;
}

static bool run_float64(struct call *call, struct value *ret_value)
{
    *ret_value = value_float(value_to_float64(call->arguments[0]));
    return true;
}

/* What is too large becomes the largest, as strconv.Atoi returns it beside its error. */
static bool run_atoi(struct call *call, struct value *ret_value)
{
    int64_t number;
    parse_go_int(value_str(call->arguments[0]), 10, &number);
    *ret_value = value_int(number);
    return true;
}

static bool run_to_decimal(struct call *call, struct value *ret_value)
{
    struct str text = value_to_text(call->arena, call->arguments[0], call_helm(call));
    int64_t number;
    *ret_value = value_int64(parse_go_int(text, 8, &number) ? number : 0);
    return true;
}

static bool run_add1(struct call *call, struct value *ret_value)
{
    *ret_value = value_int64((int64_t)((uint64_t)integer_at(call, 0) + 1));
    return true;
}

static bool run_add(struct call *call, struct value *ret_value)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < call->count; i++)
        sum += (uint64_t)integer_at(call, i);
    *ret_value = value_int64((int64_t)sum);
    return true;
}

static bool run_sub(struct call *call, struct value *ret_value)
{
    *ret_value =
        value_int64((int64_t)((uint64_t)integer_at(call, 0) - (uint64_t)integer_at(call, 1)));
    return true;
}

static bool run_mul(struct call *call, struct value *ret_value)
{
    uint64_t product = 1;
    for (size_t i = 0; i < call->count; i++)
        product *= (uint64_t)integer_at(call, i);
    *ret_value = value_int64((int64_t)product);
    return true;
}

static bool divide(struct call *call, bool wants_rest, struct value *ret_value)
{
    int64_t a = integer_at(call, 0);
    int64_t b = integer_at(call, 1);
    if (!b)
        return call_fail(call, "runtime error: integer divide by zero");
    if (b == -1)
        *ret_value = value_int64(wants_rest ? 0 : (int64_t)(0 - (uint64_t)a));
    else
        *ret_value = value_int64(wants_rest ? a % b : a / b);
    return true;
}

static bool run_div(struct call *call, struct value *ret_value)
{
    return divide(call, false, ret_value);
}

static bool run_mod(struct call *call, struct value *ret_value)
{
    return divide(call, true, ret_value);
}

static bool run_max(struct call *call, struct value *ret_value)
{
    int64_t most = integer_at(call, 0);
    for (size_t i = 1; i < call->count; i++)
        most = integer_at(call, i) > most ? integer_at(call, i) : most;
    *ret_value = value_int64(most);
    return true;
}

static bool run_min(struct call *call, struct value *ret_value)
{
    int64_t least = integer_at(call, 0);
    for (size_t i = 1; i < call->count; i++)
        least = integer_at(call, i) < least ? integer_at(call, i) : least;
    *ret_value = value_int64(least);
    return true;
}

static double float_at(const struct call *call, size_t index)
{
    return value_to_float64(call->arguments[index]);
}

/* math.Max: infinity wins over NaN, and 0 over -0. */
static double larger(double a, double b)
{
    if (a == INFINITY || b == INFINITY)
        return INFINITY;
    if (isnan(a) || isnan(b))
        return NAN;
    if (a == 0 && b == 0)
        return signbit(a) ? b : a;
    return a > b ? a : b;
}

static bool run_maxf(struct call *call, struct value *ret_value)
{
    double most = float_at(call, 0);
    for (size_t i = 1; i < call->count; i++)
        most = larger(most, float_at(call, i));
    *ret_value = value_float(most);
    return true;
}

static bool run_minf(struct call *call, struct value *ret_value)
{
    double least = float_at(call, 0);
    for (size_t i = 1; i < call->count; i++)
        least = -larger(-least, -float_at(call, i));
    *ret_value = value_float(least);
    return true;
}

static bool run_floor(struct call *call, struct value *ret_value)
{
    *ret_value = value_float(floor(float_at(call, 0)));
    return true;
}

static bool run_ceil(struct call *call, struct value *ret_value)
{
    *ret_value = value_float(ceil(float_at(call, 0)));
    return true;
}

/* 10^places as Go's math.Pow has it, which beyond 10^22 is not always the nearest double. */
static double power_of_ten(int64_t places)
{
    enum { EXPONENT_MOST = 4096 };
    uint64_t left = places < 0 ? 0 - (uint64_t)places : (uint64_t)places;
    int exponent = 0;
    int square_exponent;
    double square = frexp(10, &square_exponent);
    double power = 1;
    for (; left; left >>= 1) {
        if (square_exponent > EXPONENT_MOST) {
            exponent += square_exponent;
            break;
        }
        if (left & 1) {
            power *= square;
            exponent += square_exponent;
        }
        square *= square;
        square_exponent *= 2;
        if (square < 0.5) {
            square += square;
            square_exponent--;
        }
    }
    return places < 0 ? ldexp(1 / power, -exponent) : ldexp(power, exponent);
}

static bool run_round(struct call *call, struct value *ret_value)
{
    double limit = call->count > 2 ? call->arguments[2].number : 0.5;
    double power = power_of_ten(call->arguments[1].integer);
    double digit = power * float_at(call, 0);
    double whole;
    double rounded = modf(digit, &whole) >= limit ? ceil(digit) : floor(digit);
    *ret_value = value_float(rounded / power);
    return true;
}

/* --- decimals: Sprig computes with decimal digits and not with binary ones --- */

typedef struct decimal decimal_operation(struct arena *arena, struct decimal a, struct decimal b);

static struct decimal decimal_subtract(struct arena *arena, struct decimal a, struct decimal b)
{
    return decimal_add(arena, a, decimal_negate(b));
}

static bool decimal_from_value(struct call *call, struct value value, struct decimal *ret_number)
{
    double number = value_to_float64(value);
    if (!isfinite(number))
        return call_fail(call, "Cannot create a Decimal from %s",
                         isnan(number) ? "NaN"
                         : number < 0  ? "-Inf"
                                       : "+Inf");
    *ret_number = decimal_from_double(call->arena, number);
    return true;
}

/* Pays for the next operation: from the largest to the smallest double there are 700 digits, and
 * for each one of the number, zeros before its point too, as many steps as a double has digits. */
static bool spend_digits(struct call *call, struct decimal number)
{
    enum { DOUBLE_DIGITS = 700, STEPS = 17 };
    uint64_t digits = number.digits.n;
    if (number.point > (int64_t)digits)
        digits = (uint64_t)number.point;
    return call_spend(call, STEPS * digits + DOUBLE_DIGITS);
}

static bool compute(struct call *call, struct value first, size_t from,
                    decimal_operation *operation, struct value *ret_value)
{
    struct decimal result = {0};
    if (!decimal_from_value(call, first, &result))
        return false;
    for (size_t i = from; i < call->count; i++) {
        struct decimal number = {0};
        if (!decimal_from_value(call, call->arguments[i], &number) || !spend_digits(call, result))
            return false;
        if (operation == decimal_divide && !number.digits.n)
            return call_fail(call, "decimal division by 0");
        result = operation(call->arena, result, number);
    }
    *ret_value = value_float(decimal_to_double(call->arena, result));
    return true;
}

static bool run_add1f(struct call *call, struct value *ret_value)
{
    struct decimal number = {0};
    if (!decimal_from_value(call, call->arguments[0], &number))
        return false;
    number = decimal_add(call->arena, number, decimal_from_double(call->arena, 1));
    *ret_value = value_float(decimal_to_double(call->arena, number));
    return true;
}

static bool run_addf(struct call *call, struct value *ret_value)
{
    return compute(call, value_float(0), 0, decimal_add, ret_value);
}

static bool run_subf(struct call *call, struct value *ret_value)
{
    return compute(call, call->arguments[0], 1, decimal_subtract, ret_value);
}

static bool run_mulf(struct call *call, struct value *ret_value)
{
    return compute(call, call->arguments[0], 1, decimal_multiply, ret_value);
}

static bool run_divf(struct call *call, struct value *ret_value)
{
    return compute(call, call->arguments[0], 1, decimal_divide, ret_value);
}

static bool run_rand_int(struct call *call, struct value *ret_value)
{
    int64_t low = call->arguments[0].integer;
    int64_t high = call->arguments[1].integer;
    uint64_t range = (uint64_t)high - (uint64_t)low; /* of a negative one Go's is negative, too */
    if (!range || range > INT64_MAX)
        return call_fail(call, "invalid argument to Intn");
    *ret_value = value_int((int64_t)((uint64_t)low + random_next(call) % range));
    return true;
}

static const struct function table[] = {
    FUNCTION("int64", run_int64, PARAMETER_ANY),
    FUNCTION("int", run_int, PARAMETER_ANY),
    FUNCTION("float64", run_float64, PARAMETER_ANY),
    FUNCTION("atoi", run_atoi, PARAMETER_STRING),
    FUNCTION("toDecimal", run_to_decimal, PARAMETER_ANY),
    FUNCTION("add1", run_add1, PARAMETER_ANY),
    VARIADIC("add", run_add, PARAMETER_ANY),
    FUNCTION("sub", run_sub, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("mul", run_mul, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("div", run_div, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("mod", run_mod, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("max", run_max, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("biggest", run_max, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("min", run_min, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("maxf", run_maxf, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("minf", run_minf, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("floor", run_floor, PARAMETER_ANY),
    FUNCTION("ceil", run_ceil, PARAMETER_ANY),
    VARIADIC("round", run_round, PARAMETER_ANY, PARAMETER_INT, PARAMETER_FLOAT64),
    FUNCTION("add1f", run_add1f, PARAMETER_ANY),
    VARIADIC("addf", run_addf, PARAMETER_ANY),
    VARIADIC("subf", run_subf, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("mulf", run_mulf, PARAMETER_ANY, PARAMETER_ANY),
    VARIADIC("divf", run_divf, PARAMETER_ANY, PARAMETER_ANY),
    FUNCTION("randInt", run_rand_int, PARAMETER_INT, PARAMETER_INT),
};
const struct function_family funcs_math = FUNCTION_FAMILY(table);
