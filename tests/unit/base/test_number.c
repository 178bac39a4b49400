#include "unit.h"

#include <math.h>

/* The expected results are those of Go's package strconv. */

static const struct {
    double number;
    char verb;
    int precision;
    const char *expected;
} floats[] = {
    {0, 'g', -1, "0"},
    {0, 'g', 3, "0"},
    {0, 'e', -1, "0e+00"},
    {0, 'e', 3, "0.000e+00"},
    {0, 'f', -1, "0"},
    {0, 'f', 3, "0.000"},
    {0, 'b', -1, "0p-1074"},
    {0, 'x', -1, "0x0p+00"},
    {0, 'x', 3, "0x0.000p+00"},
    {1, 'g', -1, "1"},
    {1, 'g', 3, "1"},
    {1, 'e', -1, "1e+00"},
    {1, 'e', 3, "1.000e+00"},
    {1, 'f', -1, "1"},
    {1, 'f', 3, "1.000"},
    {1, 'b', -1, "4503599627370496p-52"},
    {1, 'x', -1, "0x1p+00"},
    {1, 'x', 3, "0x1.000p+00"},
    {-1, 'g', -1, "-1"},
    {-1, 'g', 3, "-1"},
    {-1, 'e', -1, "-1e+00"},
    {-1, 'e', 3, "-1.000e+00"},
    {-1, 'f', -1, "-1"},
    {-1, 'f', 3, "-1.000"},
    {-1, 'b', -1, "-4503599627370496p-52"},
    {-1, 'x', -1, "-0x1p+00"},
    {-1, 'x', 3, "-0x1.000p+00"},
    {0.1, 'g', -1, "0.1"},
    {0.1, 'g', 3, "0.1"},
    {0.1, 'e', -1, "1e-01"},
    {0.1, 'e', 3, "1.000e-01"},
    {0.1, 'f', -1, "0.1"},
    {0.1, 'f', 3, "0.100"},
    {0.1, 'b', -1, "7205759403792794p-56"},
    {0.1, 'x', -1, "0x1.999999999999ap-04"},
    {0.1, 'x', 3, "0x1.99ap-04"},
    {100000, 'g', -1, "100000"},
    {100000, 'g', 3, "1e+05"},
    {100000, 'e', -1, "1e+05"},
    {100000, 'e', 3, "1.000e+05"},
    {100000, 'f', -1, "100000"},
    {100000, 'f', 3, "100000.000"},
    {100000, 'b', -1, "6871947673600000p-36"},
    {100000, 'x', -1, "0x1.86ap+16"},
    {100000, 'x', 3, "0x1.86ap+16"},
    {1e+06, 'g', -1, "1e+06"},
    {1e+06, 'g', 3, "1e+06"},
    {1e+06, 'e', -1, "1e+06"},
    {1e+06, 'e', 3, "1.000e+06"},
    {1e+06, 'f', -1, "1000000"},
    {1e+06, 'f', 3, "1000000.000"},
    {1e+06, 'b', -1, "8589934592000000p-33"},
    {1e+06, 'x', -1, "0x1.e848p+19"},
    {1e+06, 'x', 3, "0x1.e84p+19"},
    {1e+21, 'g', -1, "1e+21"},
    {1e+21, 'g', 3, "1e+21"},
    {1e+21, 'e', -1, "1e+21"},
    {1e+21, 'e', 3, "1.000e+21"},
    {1e+21, 'f', -1, "1000000000000000000000"},
    {1e+21, 'f', 3, "1000000000000000000000.000"},
    {1e+21, 'b', -1, "7629394531250000p+17"},
    {1e+21, 'x', -1, "0x1.b1ae4d6e2ef5p+69"},
    {1e+21, 'x', 3, "0x1.b1bp+69"},
    {1e-05, 'g', -1, "1e-05"},
    {1e-05, 'g', 3, "1e-05"},
    {1e-05, 'e', -1, "1e-05"},
    {1e-05, 'e', 3, "1.000e-05"},
    {1e-05, 'f', -1, "0.00001"},
    {1e-05, 'f', 3, "0.000"},
    {1e-05, 'b', -1, "5902958103587057p-69"},
    {1e-05, 'x', -1, "0x1.4f8b588e368f1p-17"},
    {1e-05, 'x', 3, "0x1.4f9p-17"},
    {123456.789, 'g', -1, "123456.789"},
    {123456.789, 'g', 3, "1.23e+05"},
    {123456.789, 'e', -1, "1.23456789e+05"},
    {123456.789, 'e', 3, "1.235e+05"},
    {123456.789, 'f', -1, "123456.789"},
    {123456.789, 'f', 3, "123456.789"},
    {123456.789, 'b', -1, "8483885939586761p-36"},
    {123456.789, 'x', -1, "0x1.e240c9fbe76c9p+16"},
    {123456.789, 'x', 3, "0x1.e24p+16"},
    {1.7976931348623157e+308, 'g', -1, "1.7976931348623157e+308"},
    {1.7976931348623157e+308, 'g', 3, "1.8e+308"},
    {1.7976931348623157e+308, 'e', -1, "1.7976931348623157e+308"},
    {1.7976931348623157e+308, 'e', 3, "1.798e+308"},
    {1.7976931348623157e+308, 'b', -1, "9007199254740991p+971"},
    {1.7976931348623157e+308, 'x', -1, "0x1.fffffffffffffp+1023"},
    {1.7976931348623157e+308, 'x', 3, "0x1.000p+1024"},
    {5e-324, 'g', -1, "5e-324"},
    {5e-324, 'g', 3, "4.94e-324"},
    {5e-324, 'e', -1, "5e-324"},
    {5e-324, 'e', 3, "4.941e-324"},
    {5e-324, 'f', -1,
     "0."
     "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "000000000000000000000000000000000000000000005"},
    {5e-324, 'f', 3, "0.000"},
    {5e-324, 'b', -1, "1p-1074"},
    {5e-324, 'x', -1, "0x1p-1074"},
    {5e-324, 'x', 3, "0x1.000p-1074"},
    {3.141592653589793, 'g', -1, "3.141592653589793"},
    {3.141592653589793, 'g', 3, "3.14"},
    {3.141592653589793, 'e', -1, "3.141592653589793e+00"},
    {3.141592653589793, 'e', 3, "3.142e+00"},
    {3.141592653589793, 'f', -1, "3.141592653589793"},
    {3.141592653589793, 'f', 3, "3.142"},
    {3.141592653589793, 'b', -1, "7074237752028440p-51"},
    {3.141592653589793, 'x', -1, "0x1.921fb54442d18p+01"},
    {3.141592653589793, 'x', 3, "0x1.922p+01"},
};

START_TEST(floats_are_written_as_go_writes_them)
{
    struct arena arena = {0};
    ck_assert_str(format_go_float(&arena, floats[_i].number, floats[_i].verb, floats[_i].precision),
                  floats[_i].expected);
    arena_release(&arena);
}
END_TEST

static const struct {
    const char *text;
    int base;
    bool fits;
    int64_t number;
} integers[] = {
    {"0", 10, true, 0},
    {"-1", 0, true, -1},
    {"+5", 0, true, 5},
    {"0x1F", 0, true, 31},
    {"0b11", 0, true, 3},
    {"0o17", 0, true, 15},
    {"017", 0, true, 15},
    {"017", 10, true, 17},
    {"777", 8, true, 511},
    {"08", 0, false, 0},
    {"1_000", 0, true, 1000},
    {"1_000", 10, false, 0},
    {"0x_1F", 0, true, 31},
    {"1__0", 0, false, 0},
    {"1_", 0, false, 0},
    {" 1", 0, false, 0},
    {"", 0, false, 0},
    {"-", 0, false, 0},
    {"+-1", 0, false, 0},
    {"9223372036854775807", 10, true, INT64_MAX},
    {"9223372036854775808", 10, false, INT64_MAX},
    {"-9223372036854775808", 10, true, INT64_MIN},
    {"-9223372036854775809", 10, false, INT64_MIN},
    {"99999999999999999999x", 10, false, INT64_MAX},
};

START_TEST(integers_are_read_as_go_reads_them)
{
    int64_t number = 1;
    bool fits = parse_go_int(str_from_c(integers[_i].text), integers[_i].base, &number);
    ck_assert_int_eq(fits, integers[_i].fits);
    ck_assert_int_eq(number, integers[_i].number);
}
END_TEST

static const struct {
    const char *text;
    bool fits;
    double number;
} read_floats[] = {
    {"1e3", true, 1000},
    {".5", true, 0.5},
    {"1.", true, 1},
    {"0x1p-2", true, 0.25},
    {"0x1.8p3", true, 12},
    {"-inf", true, -INFINITY},
    {"Infinity", true, INFINITY},
    {"1e400", false, INFINITY},
    {"-1e400", false, -INFINITY},
    {"1e-400", true, 0},
    {".", false, 0},
    {"0x1", false, 0},
    {"1e", false, 0},
    {" 1", false, 0},
    {"1_000", true, 1000},
    {"1__0", false, 0},
    {"0x_1p0", true, 1},
    {"-nan", false, 0},
};

START_TEST(floats_are_read_as_go_reads_them)
{
    double number = 1;
    bool fits = parse_go_float(str_from_c(read_floats[_i].text), &number);
    ck_assert_int_eq(fits, read_floats[_i].fits);
    ck_assert(number == read_floats[_i].number);
}
END_TEST

/* The digits and zeros that are written here decide the last bit, however many stand between. */
START_TEST(long_floats_are_rounded_by_all_their_digits)
{
    static const struct {
        const char *head;
        size_t zeros;
        const char *tail;
        double number;
    } samples[] = {
        {"9007199254740993.", 850, "", 9007199254740992},
        {"9007199254740993.", 850, "1", 9007199254740994},
        {"0.", 20000, "1e20001", 1},
        {"0.", 600, "1", 0},
        {"1", 300, "", 1e300},
        {"0x1.00000000000008", 900, "p0", 1},
        {"0x1.00000000000008", 900, "1p0", 0x1.0000000000001p0},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct arena arena = {0};
        struct text text = {.arena = &arena};
        double number;
        text_add_c(&text, samples[i].head);
        text_add_repeated(&text, '0', samples[i].zeros);
        text_add_c(&text, samples[i].tail);
        ck_assert(parse_go_float(text_str(&text), &number));
        ck_assert_msg(number == samples[i].number, "case %zu is %a", i, number);
        arena_release(&arena);
    }
}
END_TEST

UNIT_TESTS("base/number", EACH(floats_are_written_as_go_writes_them, floats),
           EACH(integers_are_read_as_go_reads_them, integers),
           EACH(floats_are_read_as_go_reads_them, read_floats),
           ONCE(long_floats_are_rounded_by_all_their_digits))
