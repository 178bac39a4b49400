/* First, since Check has a macro of the name of a function that is declared there. */
#include "eval/evaluation.h"

#include <math.h>

#include "unit.h"

/* The expected texts are those of Go's fmt.Sprintf. */

static struct str formatted(struct arena *arena, const char *format, const struct value *arguments,
                            size_t count)
{
    struct evaluation evaluation = {.arena = arena, .limits = &limits_default, .helm = 4};
    struct call call = {.evaluation = &evaluation, .arena = arena};
    struct str text;
    ck_assert(format_printf(&call, str_from_c(format), arguments, count, &text));
    return text;
}

static void check_one(const char *format, struct value value, const char *expected)
{
    struct arena arena = {0};
    ck_assert_str(formatted(&arena, format, &value, 1), expected);
    arena_release(&arena);
}

START_TEST(a_value_is_printed_under_a_verb)
{
    const struct {
        const char *format;
        struct value value;
        const char *expected;
    } samples[] = {
        {"%d", value_int(-42), "-42"},
        {"%6d|", value_int(-42), "   -42|"},
        {"%-6d|", value_int(-42), "-42   |"},
        {"%06d", value_int(-42), "-00042"},
        {"%+d", value_int(-42), "-42"},
        {"%.4d", value_int(-42), "-0042"},
        {"%x", value_int(-42), "-2a"},
        {"%#x", value_int(-42), "-0x2a"},
        {"%#X", value_int(-42), "-0X2A"},
        {"%b", value_int(-42), "-101010"},
        {"%#b", value_int(-42), "-0b101010"},
        {"%o", value_int(-42), "-52"},
        {"%#o", value_int(-42), "-052"},
        {"%O", value_int(-42), "-0o52"},
        {"%c", value_int(-42), "\357\277\275"},
        {"%U", value_int(-42), "U+FFFFFFFFFFFFFFD6"},
        {"%v", value_int(-42), "-42"},
        {"%#v", value_int(-42), "-42"},
        {"%s", value_int(-42), "%!s(int=-42)"},
        {"%t", value_int(-42), "%!t(int=-42)"},
        {"%f", value_int(-42), "%!f(int=-42)"},
        {"%\303\251", value_int(-42), "%!\303\251(int=-42)"},
        {"%6.3d|", value_int(-42), "  -042|"},
        {"%06.3d|", value_int(-42), "  -042|"},
        {"%w", value_int(-42), "%!w(int=-42)"},
        {"%c", value_int(8364), "\342\202\254"},
        {"%q", value_int(8364), "'\342\202\254'"},
        {"%+q", value_int(8364), "'\\u20ac'"},
        {"%U", value_int(8364), "U+20AC"},
        {"%#U", value_int(8364), "U+20AC '\342\202\254'"},
        {"%#.6U", value_int(8364), "U+0020AC '\342\202\254'"},
        {"%12U|", value_int(8364), "      U+20AC|"},
        {"%03c|", value_int(8364), "00\342\202\254|"},
        {"%q", value_int(39), "'\\''"},
        {"%c", value_int(39), "'"},
        {"%.0d|", value_int(0), "|"},
        {"%5.0d|", value_int(0), "     |"},
        {"%#x", value_int(0), "0x0"},
        {"%#o", value_int(0), "0"},
        {"%v", value_integer(VALUE_UINT8, 200), "200"},
        {"%#v", value_integer(VALUE_UINT8, 200), "0xc8"},
        {"%d", value_integer(VALUE_UINT8, 200), "200"},
        {"%T", value_integer(VALUE_UINT8, 200), "uint8"},
        {"%x", value_integer(VALUE_UINT8, 200), "c8"},
        {"%d", value_integer(VALUE_UINT64, -1), "18446744073709551615"},
        {"%x", value_integer(VALUE_UINT64, -1), "ffffffffffffffff"},
        {"%#v", value_integer(VALUE_UINT64, -1), "0xffffffffffffffff"},
        {"%U", value_integer(VALUE_UINT64, -1), "U+FFFFFFFFFFFFFFFF"},
        {"%v", value_integer(VALUE_DURATION, 3661500000000), "1h1m1.5s"},
        {"%s", value_integer(VALUE_DURATION, 3661500000000), "1h1m1.5s"},
        {"%d", value_integer(VALUE_DURATION, 3661500000000), "3661500000000"},
        {"%q", value_integer(VALUE_DURATION, 3661500000000), "\"1h1m1.5s\""},
        {"%12s|", value_integer(VALUE_DURATION, 3661500000000), "    1h1m1.5s|"},
        {"%#v", value_integer(VALUE_DURATION, 3661500000000), "3661500000000"},
        {"%f", value_integer(VALUE_DURATION, 3661500000000), "%!f(time.Duration=3661500000000)"},
        {"%T", value_integer(VALUE_DURATION, 3661500000000), "time.Duration"},
        {"%x", value_integer(VALUE_DURATION, 3661500000000), "3168316d312e3573"},
        {"%v", value_integer(VALUE_DURATION, -1500), "-1.5\302\265s"},
        {"%v", value_float(1234567), "1.234567e+06"},
        {"%g", value_float(1234567), "1.234567e+06"},
        {"%f", value_float(1234567), "1234567.000000"},
        {"%.2f", value_float(1234567), "1234567.00"},
        {"%e", value_float(1234567), "1.234567e+06"},
        {"%E", value_float(1234567), "1.234567E+06"},
        {"%G", value_float(1234567), "1.234567E+06"},
        {"%F", value_float(1234567), "1234567.000000"},
        {"%10.1f|", value_float(1234567), " 1234567.0|"},
        {"%-10.1f|", value_float(1234567), "1234567.0 |"},
        {"%010.1f", value_float(1234567), "01234567.0"},
        {"%+.1f", value_float(1234567), "+1234567.0"},
        {"% .1f", value_float(1234567), " 1234567.0"},
        {"%d", value_float(1234567), "%!d(float64=1.234567e+06)"},
        {"%s", value_float(1234567), "%!s(float64=1.234567e+06)"},
        {"%b", value_float(1234567), "5302424889720832p-32"},
        {"%x", value_float(1234567), "0x1.2d687p+20"},
        {"%X", value_float(1234567), "0X1.2D687P+20"},
        {"%.3x", value_float(1234567), "0x1.2d7p+20"},
        {"%#g", value_float(1234567), "1.234567e+06"},
        {"%#.3x", value_float(1234567), "0x1.2d7p+20"},
        {"%.3g", value_float(1234567), "1.23e+06"},
        {"%20g|", value_float(1234567), "        1.234567e+06|"},
        {"%v", value_float(0), "0"},
        {"%#g", value_float(0), "0.00000"},
        {"%b", value_float(0), "0p-1074"},
        {"%x", value_float(0), "0x0p+00"},
        {"%#.0f", value_float(0), "0."},
        {"%v", value_float(INFINITY), "+Inf"},
        {"%06f|", value_float(INFINITY), "  +Inf|"},
        {"% f", value_float(INFINITY), " Inf"},
        {"%+f", value_float(INFINITY), "+Inf"},
        {"%d", value_float(INFINITY), "%!d(float64=+Inf)"},
        {"%v", value_float(-INFINITY), "-Inf"},
        {"%v", value_float(NAN), "NaN"},
        {"%+f", value_float(NAN), "+NaN"},
        {"%06f|", value_float(NAN), "   NaN|"},
        {"%t", value_bool(true), "true"},
        {"%v", value_bool(true), "true"},
        {"%6t|", value_bool(true), "  true|"},
        {"%d", value_bool(true), "%!d(bool=true)"},
        {"%06v|", value_bool(true), "00true|"},
        {"%q", value_bool(true), "%!q(bool=true)"},
        {"%s", value_string(STR("h\303\251\"")), "h\303\251\""},
        {"%5s|", value_string(STR("h\303\251\"")), "  h\303\251\"|"},
        {"%-5s|", value_string(STR("h\303\251\"")), "h\303\251\"  |"},
        {"%05s|", value_string(STR("h\303\251\"")), "00h\303\251\"|"},
        {"%.2s", value_string(STR("h\303\251\"")), "h\303\251"},
        {"%q", value_string(STR("h\303\251\"")), "\"h\303\251\\\"\""},
        {"%+q", value_string(STR("h\303\251\"")), "\"h\\u00e9\\\"\""},
        {"%#q", value_string(STR("h\303\251\"")), "`h\303\251\"`"},
        {"%x", value_string(STR("h\303\251\"")), "68c3a922"},
        {"%X", value_string(STR("h\303\251\"")), "68C3A922"},
        {"% x", value_string(STR("h\303\251\"")), "68 c3 a9 22"},
        {"%#x", value_string(STR("h\303\251\"")), "0x68c3a922"},
        {"%# X", value_string(STR("h\303\251\"")), "0X68 0XC3 0XA9 0X22"},
        {"%.1x", value_string(STR("h\303\251\"")), "68"},
        {"%v", value_string(STR("h\303\251\"")), "h\303\251\""},
        {"%#v", value_string(STR("h\303\251\"")), "\"h\303\251\\\"\""},
        {"%d", value_string(STR("h\303\251\"")), "%!d(string=h\303\251\")"},
        {"%5d", value_string(STR("h\303\251\"")), "%!d(string=  h\303\251\")"},
        {"%T", value_string(STR("h\303\251\"")), "string"},
        {"%.3T", value_string(STR("h\303\251\"")), "str"},
        {"%v", value_nil(), "<nil>"},
        {"%s", value_nil(), "%!s(<nil>)"},
        {"%d", value_nil(), "%!d(<nil>)"},
        {"%T", value_nil(), "<nil>"},
        {"%6v|", value_nil(), " <nil>|"},
        {"%p", value_nil(), "%!p(<nil>)"},
        {"%v", value_bytes(STR("ab")), "[97 98]"},
        {"%s", value_bytes(STR("ab")), "ab"},
        {"%x", value_bytes(STR("ab")), "6162"},
        {"%q", value_bytes(STR("ab")), "\"ab\""},
        {"%d", value_bytes(STR("ab")), "[97 98]"},
        {"%#v", value_bytes(STR("ab")), "[]byte{0x61, 0x62}"},
        {"%o", value_bytes(STR("ab")), "[141 142]"},
        {"%f", value_bytes(STR("ab")), "[%!f(uint8=97) %!f(uint8=98)]"},
        {"%T", value_bytes(STR("ab")), "[]uint8"},
        {"%w", value_bytes(STR("ab")), "[%!w(uint8=97) %!w(uint8=98)]"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check_one(samples[i].format, samples[i].value, samples[i].expected);
}
END_TEST

static const struct {
    const char *format, *expected;
} lists[] = {
    {"%v", "[1 <nil> a [true]]"},
    {"%d", "[1 <nil> %!d(string=a) [%!d(bool=true)]]"},
    {"%s", "[%!s(int=1) <nil> a [%!s(bool=true)]]"},
    {"%q", "['\\x01' <nil> \"a\" [%!q(bool=true)]]"},
    {"%#v", "[]interface {}{1, interface {}(nil), \"a\", []interface {}{true}}"},
    {"%3v", "[  1 <nil>   a [true]]"},
    {"%w", "%!w([]interface {}=[1 <nil> a [true]])"},
    {"%T", "[]interface {}"},
};

START_TEST(a_list_is_printed_item_by_item)
{
    struct arena arena = {0};
    struct value_list *inner = value_list_new(&arena, LIST_ANY, 1);
    struct value_list *list = value_list_new(&arena, LIST_ANY, 4);
    value_list_add(&arena, inner, value_bool(true));
    value_list_add(&arena, list, value_int(1));
    value_list_add(&arena, list, value_nil());
    value_list_add(&arena, list, value_string(STR("a")));
    value_list_add(&arena, list, value_of_list(inner));
    struct value value = value_of_list(list);
    ck_assert_str(formatted(&arena, lists[_i].format, &value, 1), lists[_i].expected);
    arena_release(&arena);
}
END_TEST

static const struct {
    const char *format, *expected;
} maps[] = {
    {"%v", "map[a:<nil> b:1.5]"},
    {"%d", "map[%!d(string=a):<nil> %!d(string=b):%!d(float64=1.5)]"},
    {"%#v", "map[string]interface {}{\"a\":interface {}(nil), \"b\":1.5}"},
    {"%+v", "map[a:<nil> b:1.5]"},
    {"%s", "map[a:<nil> b:%!s(float64=1.5)]"},
    {"%T", "map[string]interface {}"},
};

START_TEST(a_map_is_printed_in_the_order_of_its_keys)
{
    struct arena arena = {0};
    struct value_map *map = value_map_new(&arena, MAP_ANY);
    value_map_set(map, STR("b"), value_float(1.5));
    value_map_set(map, STR("a"), value_nil());
    struct value value = value_of_map(map);
    ck_assert_str(formatted(&arena, maps[_i].format, &value, 1), maps[_i].expected);
    arena_release(&arena);
}
END_TEST

static const struct {
    const char *format, *expected;
} formats[] = {
    {"%d%%", "7%%!(EXTRA int=3)"},
    {"%[2]d %[1]d", "3 7"},
    {"%[3]d", "%!d(BADINDEX)"},
    {"%[x]d", "%!d(BADINDEX)"},
    {"%[", "%!(NOVERB)"},
    {"%[2]*[1]d|", "  7|"},
    {"%*d|", "      3|"},
    {"%-*d|", "3      |"},
    {"%.*f", "%!f(int=0000003)"},
    {"%d %d %d", "7 3 %!d(MISSING)"},
    {"%!", "%!!(int=7)%!(EXTRA int=3)"},
    {"%", "%!(NOVERB)%!(EXTRA int=7, int=3)"},
    {"%d", "7%!(EXTRA int=3)"},
    {"100%", "100%!(NOVERB)%!(EXTRA int=7, int=3)"},
    {"%z %z", "%!z(int=7) %!z(int=3)"},
    {"%.d", "7%!(EXTRA int=3)"},
    {"%.", "%!.(int=7)%!(EXTRA int=3)"},
    {"%[1]2d", "%!d(BADINDEX)"},
    {"%1000000000d", "%!(NOVERB)%!(EXTRA int=7, int=3)"},
    {"no verbs", "no verbs%!(EXTRA int=7, int=3)"},
};

START_TEST(a_format_takes_its_arguments)
{
    struct arena arena = {0};
    const struct value arguments[] = {value_int(7), value_int(3)};
    ck_assert_str(formatted(&arena, formats[_i].format, arguments, 2), formats[_i].expected);
    arena_release(&arena);
}
END_TEST

START_TEST(a_width_is_no_number_beyond_int64)
{
    struct arena arena = {0};
    const struct value arguments[] = {value_integer(VALUE_UINT64, -5), value_int(3)};
    ck_assert_str(formatted(&arena, "%*d", arguments, 2), "%!(BADWIDTH)3");
    arena_release(&arena);
}
END_TEST

START_TEST(a_map_that_holds_itself_fails)
{
    struct arena arena = {0};
    struct limits limits = limits_default;
    struct evaluation evaluation = {.arena = &arena, .limits = &limits, .helm = 4};
    struct call call = {.evaluation = &evaluation, .arena = &arena};
    struct value_map *map = value_map_new(&arena, MAP_ANY);
    struct value value = value_of_map(map);
    struct str text;
    value_map_set(map, STR("a"), value);
    value_map_set(map, STR("b"), value);
    ck_assert(!format_printf(&call, STR("%v"), &value, 1, &text));
    ck_assert(str_contains(call.error, STR("render_bytes")));
    arena_release(&arena);
}
END_TEST

START_TEST(an_action_prints_no_value_for_nil)
{
    struct arena arena = {0};
    ck_assert_str(value_to_output(&arena, value_nil(), 4), "<no value>");
    ck_assert_str(value_to_text(&arena, value_nil(), 4), "<nil>");
    ck_assert_str(value_to_output(&arena, value_float(1e6), 4), "1e+06");
    ck_assert_str(value_to_output(&arena, value_string(STR("a")), 4), "a");
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("eval/format", ONCE(a_value_is_printed_under_a_verb),
           EACH(a_list_is_printed_item_by_item, lists),
           EACH(a_map_is_printed_in_the_order_of_its_keys, maps),
           EACH(a_format_takes_its_arguments, formats), ONCE(a_width_is_no_number_beyond_int64),
           ONCE(a_map_that_holds_itself_fails), ONCE(an_action_prints_no_value_for_nil))
