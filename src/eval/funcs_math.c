#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

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
    struct str text = value_str(call->arguments[0]);
    int64_t number = 0;
    double size = 0;
    struct str digits = text.n && strchr("+-", text.p[0]) && text.p[0] ? str_from(text, 1) : text;
    bool is_digits = digits.n > 0;
    for (size_t i = 0; i < digits.n; i++)
        is_digits &= digits.p[i] >= '0' && digits.p[i] <= '9';
    if (!parse_go_int(text, 10, &number))
        number = 0;
    if (!number && is_digits && (parse_go_float(text, &size) || isinf(size)) && size != 0)
        number = size < 0 ? INT64_MIN : INT64_MAX;
    *ret_value = value_int(number);
    return true;
}

static bool run_to_decimal(struct call *call, struct value *ret_value)
{
    struct str text = value_to_text(call->arena, call->arguments[0], call_helm(call));
    int64_t number = 0;
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

static bool run_maxf(struct call *call, struct value *ret_value)
{
    double most = float_at(call, 0);
    for (size_t i = 1; i < call->count; i++) {
        double number = float_at(call, i);
        most = isnan(most) || isnan(number) ? NAN : number > most ? number : most;
    }
    *ret_value = value_float(most);
    return true;
}

static bool run_minf(struct call *call, struct value *ret_value)
{
    double least = float_at(call, 0);
    for (size_t i = 1; i < call->count; i++) {
        double number = float_at(call, i);
        least = isnan(least) || isnan(number) ? NAN : number < least ? number : least;
    }
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

static bool run_round(struct call *call, struct value *ret_value)
{
    double limit = call->count > 2 ? call->arguments[2].number : 0.5;
    double power = pow(10, (double)call->arguments[1].integer);
    double digit = power * float_at(call, 0);
    double whole;
    double rounded = modf(digit, &whole) >= limit ? ceil(digit) : floor(digit);
    *ret_value = value_float(rounded / power);
    return true;
}

/* --- decimals: Sprig computes with decimal digits and not with binary ones --- */

enum decimal_operation { DECIMAL_ADD, DECIMAL_SUBTRACT, DECIMAL_MULTIPLY, DECIMAL_DIVIDE };

/* A long double has enough digits that the result is the double nearest to the decimal one for all
 * numbers that a chart computes with; the text of the shortest digits removes what is left. */
static double decimal_result(long double number)
{
    char text[64];
    double result = (double)number;
    snprintf(text, sizeof text, "%.17Lg", number);
    struct str shortest = {text, strlen(text)};
    return parse_go_float(shortest, &result) ? result : (double)number;
}

static long double decimal_of(double number)
{
    char text[64];
    snprintf(text, sizeof text, "%.17g", number);
    for (int precision = 1; precision < 17; precision++) {
        char shorter[64];
        snprintf(shorter, sizeof shorter, "%.*g", precision, number);
        if (strtod(shorter, NULL) == number)
            return strtold(shorter, NULL);
    }
    return strtold(text, NULL);
}

static bool compute(struct call *call, long double result, size_t from,
                    enum decimal_operation operation, struct value *ret_value)
{
    for (size_t i = from; i < call->count; i++) {
        long double number = decimal_of(float_at(call, i));
        switch (operation) {
        case DECIMAL_ADD:
            result += number;
            break;
        case DECIMAL_SUBTRACT:
            result -= number;
            break;
        case DECIMAL_MULTIPLY:
            result *= number;
            break;
        case DECIMAL_DIVIDE:
            if (number == 0)
                return call_fail(call, "decimal division by 0");
            /* Sixteen digits behind the point, as shopspring/decimal keeps them. */
            result = roundl(result / number * 1e16L) / 1e16L;
            break;
        }
    }
    *ret_value = value_float(decimal_result(result));
    return true;
}

static bool run_add1f(struct call *call, struct value *ret_value)
{
    return compute(call, 1, 0, DECIMAL_ADD, ret_value);
}

static bool run_addf(struct call *call, struct value *ret_value)
{
    return compute(call, 0, 0, DECIMAL_ADD, ret_value);
}

static bool run_subf(struct call *call, struct value *ret_value)
{
    return compute(call, decimal_of(float_at(call, 0)), 1, DECIMAL_SUBTRACT, ret_value);
}

static bool run_mulf(struct call *call, struct value *ret_value)
{
    return compute(call, decimal_of(float_at(call, 0)), 1, DECIMAL_MULTIPLY, ret_value);
}

static bool run_divf(struct call *call, struct value *ret_value)
{
    return compute(call, decimal_of(float_at(call, 0)), 1, DECIMAL_DIVIDE, ret_value);
}

static bool run_rand_int(struct call *call, struct value *ret_value)
{
    int64_t low = call->arguments[0].integer;
    int64_t high = call->arguments[1].integer;
    if (high <= low)
        return call_fail(call, "invalid argument to Intn");
    uint64_t range = (uint64_t)high - (uint64_t)low;
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
