#include "eval_unit.h"

#include <math.h>

/* Results are "type|value" and errors "!text" as Sprig 3.3.0 gives them within text/template. */

static bool run(struct arena *arena, const char *name, const struct value *arguments, size_t count,
                struct str *ret_text)
{
    struct limits limits = limits_default;
    limits.render_bytes = 1024UL * 1024;
    struct value value;
    bool ok = call_function(arena, &limits, name, arguments, count, &value, ret_text);
    if (ok)
        *ret_text = str_format(arena, "%s|%.*s", value_type_name(value, 4),
                               STR_ARG(value_to_text(arena, value, 4)));
    else
        *ret_text = str_join(arena, STR("!"), *ret_text);
    return ok;
}

START_TEST(arithmetic_is_that_of_sprig)
{
    const struct {
        const char *function;
        struct value arguments[6];
        size_t count;
        const char *expected;
    } samples[] = {
        {"int64", {value_string(STR("0x1F"))}, 1, "int64|31"},
        {"int64", {value_string(STR(" 1"))}, 1, "int64|0"},
        {"int64", {value_string(STR("1e3"))}, 1, "int64|0"},
        {"int64", {value_string(STR("10.00"))}, 1, "int64|10"},
        {"int64", {value_string(STR("1.5"))}, 1, "int64|0"},
        {"int64", {value_bool(true)}, 1, "int64|1"},
        {"int64", {value_nil()}, 1, "int64|0"},
        {"int64", {value_float(1e+300)}, 1, "int64|-9223372036854775808"},
        {"int64", {value_float(-2.9)}, 1, "int64|-2"},
        {"int64", {value_string(STR("9223372036854775808"))}, 1, "int64|0"},
        {"int64", {value_string(STR("017"))}, 1, "int64|15"},
        {"int64", {value_string(STR("08"))}, 1, "int64|0"},
        {"int64", {value_string(STR("1_000"))}, 1, "int64|1000"},
        {"int", {value_string(STR("7"))}, 1, "int|7"},
        {"int", {value_float(3.99)}, 1, "int|3"},
        {"float64", {value_string(STR("1e3"))}, 1, "float64|1000"},
        {"float64", {value_string(STR("0x1p-2"))}, 1, "float64|0.25"},
        {"float64", {value_string(STR("x"))}, 1, "float64|0"},
        {"float64", {value_bool(true)}, 1, "float64|1"},
        {"float64", {value_string(STR("1e400"))}, 1, "float64|0"},
        {"atoi", {value_string(STR("12"))}, 1, "int|12"},
        {"atoi", {value_string(STR("+5"))}, 1, "int|5"},
        {"atoi", {value_string(STR("1.5"))}, 1, "int|0"},
        {"atoi", {value_string(STR("99999999999999999999x"))}, 1, "int|9223372036854775807"},
        {"atoi", {value_string(STR("-99999999999999999999"))}, 1, "int|-9223372036854775808"},
        {"toDecimal", {value_string(STR("777"))}, 1, "int64|511"},
        {"toDecimal", {value_int(17)}, 1, "int64|15"},
        {"toDecimal", {value_string(STR("8"))}, 1, "int64|0"},
        {"toDecimal", {value_float(1e+06)}, 1, "int64|0"},
        {"add1", {value_int(INT64_MAX)}, 1, "int64|-9223372036854775808"},
        {"add", {value_nil()}, 0, "int64|0"},
        {"add", {value_int(1), value_string(STR("2")), value_float(3.7)}, 3, "int64|6"},
        {"sub", {value_int(1), value_int(5)}, 2, "int64|-4"},
        {"mul", {value_int(3), value_int(4), value_string(STR("5"))}, 3, "int64|60"},
        {"div", {value_int(7), value_int(-2)}, 2, "int64|-3"},
        {"div", {value_int(1), value_int(0)}, 2, "!runtime error: integer divide by zero"},
        {"div", {value_int(INT64_MIN), value_int(-1)}, 2, "int64|-9223372036854775808"},
        {"mod", {value_int(-7), value_int(3)}, 2, "int64|-1"},
        {"mod", {value_int(INT64_MIN), value_int(-1)}, 2, "int64|0"},
        {"mod",
         {value_int(1), value_string(STR("x"))},
         2,
         "!runtime error: integer divide by zero"},
        {"max", {value_int(1), value_int(5), value_int(3)}, 3, "int64|5"},
        {"biggest", {value_int(2), value_int(9)}, 2, "int64|9"},
        {"min", {value_int(4), value_int(-4)}, 2, "int64|-4"},
        {"maxf", {value_float(1.5), value_string(STR("2.5"))}, 2, "float64|2.5"},
        {"maxf", {value_float(NAN), value_float(INFINITY)}, 2, "float64|+Inf"},
        {"maxf", {value_float(NAN), value_int(1)}, 2, "float64|NaN"},
        {"minf", {value_float(1.5), value_int(-2)}, 2, "float64|-2"},
        {"floor", {value_float(1.9)}, 1, "float64|1"},
        {"ceil", {value_string(STR("1.1"))}, 1, "float64|2"},
        {"round", {value_float(123.5555), value_int(3)}, 2, "float64|123.556"},
        {"round", {value_float(2.5), value_int(0)}, 2, "float64|3"},
        {"round", {value_float(2.4), value_int(0), value_float(0.3)}, 3, "float64|3"},
        {"round", {value_float(-2.5), value_int(0)}, 2, "float64|-3"},
        {"round", {value_float(1.5), value_int(40)}, 2, "float64|1.5"},
        {"round", {value_float(12345), value_int(-2)}, 2, "float64|12300"},
        {"round", {value_float(1), value_int(400)}, 2, "float64|NaN"},
        {"add1f", {value_float(0.1)}, 1, "float64|1.1"},
        {"addf", {value_float(0.1), value_float(0.2)}, 2, "float64|0.3"},
        {"addf", {value_float(1e+308), value_float(5e-324)}, 2, "float64|1e+308"},
        {"addf", {value_nil()}, 0, "float64|0"},
        {"subf", {value_float(0.3), value_float(0.1)}, 2, "float64|0.2"},
        {"subf", {value_int(1), value_int(1)}, 2, "float64|0"},
        {"mulf", {value_float(1.1), value_float(1.1)}, 2, "float64|1.21"},
        {"mulf", {value_float(1e+200), value_float(1e+200)}, 2, "float64|+Inf"},
        {"mulf", {value_float(-1e-200), value_float(1e-200)}, 2, "float64|-0"},
        {"mulf", {value_int(-1), value_int(0)}, 2, "float64|0"},
        {"divf", {value_int(1), value_int(3)}, 2, "float64|0.3333333333333333"},
        {"divf", {value_int(2), value_int(3)}, 2, "float64|0.6666666666666667"},
        {"divf", {value_int(-2), value_int(3)}, 2, "float64|-0.6666666666666667"},
        {"divf", {value_int(1), value_float(1e+17)}, 2, "float64|0"},
        {"divf", {value_int(5), value_float(1e+17)}, 2, "float64|1e-16"},
        {"divf", {value_float(1e+16), value_int(3)}, 2, "float64|3.3333333333333335e+15"},
        {"divf", {value_int(1), value_int(0)}, 2, "!decimal division by 0"},
        {"addf", {value_string(STR("nan"))}, 1, "!Cannot create a Decimal from NaN"},
        {"mulf", {value_int(1), value_string(STR("inf"))}, 2, "!Cannot create a Decimal from +Inf"},
        {"subf",
         {value_string(STR("-inf")), value_int(1)},
         2,
         "!Cannot create a Decimal from -Inf"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct arena arena = {0};
        struct str text;
        bool ok = run(&arena, samples[i].function, samples[i].arguments, samples[i].count, &text);
        ck_assert_int_eq(ok, samples[i].expected[0] != '!');
        ck_assert_str(text, samples[i].expected);
        arena_release(&arena);
    }
}
END_TEST

START_TEST(numbers_that_grow_without_end_fail)
{
    enum { COUNT = 20000 };
    static struct value numbers[COUNT];
    struct arena arena = {0};
    struct str text;
    for (size_t i = 0; i < COUNT; i++)
        numbers[i] = value_float(5e-324);
    ck_assert(!run(&arena, "divf", numbers, COUNT, &text));
    ck_assert(str_contains(text, STR("render_bytes")));
    for (size_t i = 0; i < COUNT; i++)
        numbers[i] = value_float(1.2345678901234567);
    ck_assert(!run(&arena, "mulf", numbers, COUNT, &text));
    arena_release(&arena);
}
END_TEST

START_TEST(random_numbers_stay_in_their_range)
{
    struct arena arena = {0};
    struct str text;
    const struct value one[] = {value_int(7), value_int(8)};
    const struct value none[] = {value_int(7), value_int(7)};
    const struct value too_wide[] = {value_int(INT64_MIN), value_int(INT64_MAX)};
    ck_assert(run(&arena, "randInt", one, 2, &text));
    ck_assert_str(text, "int|7");
    ck_assert(!run(&arena, "randInt", none, 2, &text));
    ck_assert_str(text, "!invalid argument to Intn");
    ck_assert(!run(&arena, "randInt", too_wide, 2, &text));
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("eval/funcs_math", ONCE(arithmetic_is_that_of_sprig),
           ONCE(numbers_that_grow_without_end_fail), ONCE(random_numbers_stay_in_their_range))
