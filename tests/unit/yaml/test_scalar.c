#include <math.h>

#include "yaml_unit.h"

/* Expected values: sigs.k8s.io/yaml 1.6.0 over go.yaml.in/yaml/v2 2.4.3. */

static const struct yaml_node *scalar(const char *written)
{
    return value_of(str_format(&arena, "k: %s\n", written).p);
}

static void is_number(const char *written, double expected)
{
    const struct yaml_node *node = scalar(written);
    ck_assert_msg(node->kind == YAML_NUMBER, "%s is a %s", written, yaml_kind_name(node->kind));
    ck_assert_msg(node->number == expected, "%s is %.17g, expected %.17g", written, node->number,
                  expected);
}

static void is_string(const char *written, const char *expected)
{
    const struct yaml_node *node = scalar(written);
    ck_assert_msg(node->kind == YAML_STRING, "%s is a %s", written, yaml_kind_name(node->kind));
    ck_assert_str(node->text, expected);
}

static void is_kept(const char *written)
{
    is_string(written, written);
}

START_TEST(words_of_yaml_1_1_are_booleans)
{
    static const char *const words[] = {"y",    "Y",  "yes", "Yes",   "YES", "true", "True",
                                        "TRUE", "on", "On",  "ON",    "n",   "N",    "no",
                                        "No",   "NO", "off", "false", "Off", "OFF",  "FALSE"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const struct yaml_node *node = scalar(words[i]);
        ck_assert_msg(node->kind == YAML_BOOL, "%s is no boolean", words[i]);
        ck_assert_int_eq(node->boolean, i < 11);
        ck_assert_str(node->text, words[i]);
    }
    is_kept("yEs");
    is_kept("tRUE");
    is_kept("oN");
    is_kept("enabled");
}
END_TEST

START_TEST(nothing_and_its_words_are_null)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL", "!!null ''"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ck_assert_msg(scalar(words[i])->kind == YAML_NULL, "%s is not null", words[i]);
    is_kept("nULL");
    is_string("''", "");
    is_string("\"null\"", "null");
}
END_TEST

START_TEST(integers_have_go_s_bases)
{
    is_number("0", 0);
    is_number("-17", -17);
    is_number("+17", 17);
    is_number("0644", 420);
    is_number("0o17", 15);
    is_number("0O17", 15);
    is_number("0x1F", 31);
    is_number("-0X1f", -31);
    is_number("0b101", 5);
    is_number("-0b11", -3);
    is_number("1_000", 1000);
    is_number("0x_1", 1);
    is_number("1_", 1);
    is_number("08", 8);
    is_number("09.5", 9.5);
    is_number("18446744073709551615", 18446744073709551615.0);
    is_number("-9223372036854775809", -9223372036854775809.0);
    is_number("123456789012345678901234567890", 123456789012345678901234567890.0);
    is_kept("0o");
    is_kept("0x");
    is_kept("0b12");
    is_kept("0xg");
    is_kept("_1");
    is_kept("--1");
    is_kept("1-");
}
END_TEST

START_TEST(floats_need_a_digit_and_stay_finite)
{
    is_number("1.10", 1.1);
    is_number("1.", 1);
    is_number(".5", 0.5);
    is_number("-.5", -0.5);
    is_number("1e3", 1000);
    is_number("1E+3", 1000);
    is_number("1.e3", 1000);
    is_number("1_0.5", 10.5);
    is_number(".1_0", 0.1);
    is_number("1e-400", 0);
    ck_assert(signbit(scalar("-0.0")->number));
    is_kept(".");
    is_kept("-.");
    is_kept(".e1");
    is_kept("1e");
    is_kept("1e3.5");
    is_kept("1e999");
    is_kept("._1");
    is_kept(".1_");
    is_kept("1.2.3");
}
END_TEST

START_TEST(times_and_sexagesimals_are_strings_as_written)
{
    is_kept("2001-12-14");
    is_kept("2001-12-14t21:59:43.10-05:00");
    is_kept("12:30:45");
    is_kept("190:20:30.15");
}
END_TEST

START_TEST(quoted_and_block_text_is_never_resolved)
{
    is_string("\"1\"", "1");
    is_string("'yes'", "yes");
    is_string("|-\n 5", "5");
    is_string(">-\n null", "null");
    is_string("\"a\\n\\u00e9\\x41\"", "a\n\xC3\xA9"
                                      "A");
    is_string("'it''s'", "it's");
}
END_TEST

START_TEST(tags_say_what_a_scalar_is)
{
    is_string("!!str 5", "5");
    is_string("!!str", "");
    is_number("!!int '5'", 5);
    is_number("!!float 1", 1);
    is_string("! yes", "yes");
    ck_assert_int_eq(scalar("!!bool 'yes'")->kind, YAML_BOOL);
    is_string("!!timestamp 2024-02-29", "2024-02-29");
    is_string("!!timestamp 2024-2-9T1:02:03.5Z", "2024-2-9T1:02:03.5Z");
    is_string("!foo 5", "5");
    is_string("!!binary aGVsbG8=", "hello");
    is_string("!!binary |\n aGVs\n bG8=\n", "hello");
    is_string("!!binary /w==", "\xEF\xBF\xBD");
}
END_TEST

START_TEST(a_tag_that_does_not_fit_is_a_problem)
{
    static const char *const wrong[] = {"!!int x",
                                        "!!int 1.5",
                                        "!!int ''",
                                        "!!float yes",
                                        "!!bool 5",
                                        "!!null x",
                                        "!!binary a",
                                        "!!binary 'aGVs bG8='",
                                        "!!binary ====",
                                        "!!timestamp 5",
                                        "!!float 0xFFFFFFFFFFFFFFFF",
                                        "!!timestamp 2023-02-29"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct yaml_stream *stream = parse(str_format(&arena, "k: %s\nl: 1\n", wrong[i]).p);
        ck_assert_msg(!stream->complete, "%s is accepted", wrong[i]);
        ck_assert_uint_eq(stream->problems.count, 1);
        ck_assert_ptr_nonnull(yaml_value(yaml_root(stream), "l"));
    }
}
END_TEST

START_TEST(json_holds_no_infinity)
{
    only_problem("k: .inf\n", "syntax", 3);
    only_problem("k: [1, {a: -.Inf}]\n", "syntax", 11);
    only_problem("k: .NAN\n", "syntax", 3);
    /* Helm never sees the first one. */
    only_problem("k: .inf\nk: 1\n", "duplicate-key", 8);
    ck_assert(parse("k: .iNF\n")->complete);
}
END_TEST

START_TEST(helm_does_not_know_the_escaped_slash)
{
    only_problem("k: \"http:\\/\\/x\"\n", "syntax", 9);
    ck_assert(parse("k: \"C:\\\\/x\"\n")->complete);
    ck_assert(parse("k: 'a\\/b'\n")->complete);
}
END_TEST

/* Expected values: sigs.k8s.io/yaml 1.6.0, asked by a program of its own. */
static const struct {
    const char *text;
    enum yaml_kind kind;
    double number; /* booleans: 1 is true */
} scalars[] = {
    {"", YAML_NULL, 0},
    {"~", YAML_NULL, 0},
    {"null", YAML_NULL, 0},
    {"Null", YAML_NULL, 0},
    {"nULL", YAML_STRING, 0},
    {"true", YAML_BOOL, 1},
    {"yes", YAML_BOOL, 1},
    {"On", YAML_BOOL, 1},
    {"y", YAML_BOOL, 1},
    {"N", YAML_BOOL, 0},
    {"off", YAML_BOOL, 0},
    {"yEs", YAML_STRING, 0},
    {"0", YAML_NUMBER, 0},
    {"-0", YAML_NUMBER, 0},
    {"+1", YAML_NUMBER, 1},
    {"0644", YAML_NUMBER, 420},
    {"08", YAML_NUMBER, 8},
    {"0o17", YAML_NUMBER, 15},
    {"0x1F", YAML_NUMBER, 31},
    {"0xg", YAML_STRING, 0},
    {"0b101", YAML_NUMBER, 5},
    {"-0b11", YAML_NUMBER, -3},
    {"0b12", YAML_STRING, 0},
    {"1_000", YAML_NUMBER, 1000},
    {"_1", YAML_STRING, 0},
    {"1.5", YAML_NUMBER, 1.5},
    {"1.", YAML_NUMBER, 1},
    {".5", YAML_NUMBER, 0.5},
    {".1_0", YAML_NUMBER, 0.1},
    {"-.", YAML_STRING, 0},
    {"1e3", YAML_NUMBER, 1000},
    {"1e", YAML_STRING, 0},
    {"1e999", YAML_STRING, 0},
    {"1.2.3", YAML_STRING, 0},
    {"12:30:45", YAML_STRING, 0},
    {"2001-12-14", YAML_STRING, 0},
    {"9223372036854775808", YAML_NUMBER, 9223372036854775808.0},
    {"123456789012345678901234567890", YAML_NUMBER, 123456789012345678901234567890.0},
    {"'0644'", YAML_STRING, 0},
    {"\"yes\"", YAML_STRING, 0},
    {"!!str 5", YAML_STRING, 0},
    {"!!int '5'", YAML_NUMBER, 5},
    {"!!float 1", YAML_NUMBER, 1},
    {"!foo 5", YAML_STRING, 0},
    {"!!bool yes", YAML_BOOL, 1},
};

START_TEST(scalars_are_what_helm_reads)
{
    struct str text = str_format(&arena, "k: %s\n", scalars[_i].text);
    const struct yaml_stream *stream = yaml_parse_bytes(&arena, text, 1, &limits_default);
    const struct yaml_node *node = yaml_value(yaml_root(stream), "k");
    ck_assert_msg(node && node->kind == scalars[_i].kind, "%s", scalars[_i].text);
    if (node->kind == YAML_NUMBER)
        ck_assert_msg(node->number == scalars[_i].number, "%s", scalars[_i].text);
    if (node->kind == YAML_BOOL)
        ck_assert_msg(node->boolean == (scalars[_i].number == 1), "%s", scalars[_i].text);
}
END_TEST

static const struct {
    const char *text, *key;
} keys[] = {
    {"n", "false"},
    {"yes", "true"},
    {"1", "1"},
    {"0x10", "16"},
    {"1.5", "1.5"},
    {"-0", "0"},
    {"1e3", "1000"},
    {"1e6", "1e+06"},
    {"'1'", "1"},
    {".inf", ".inf"},
    {"2001-12-14", "2001-12-14"},
    {"9223372036854775807", "9223372036854775807"},
};

START_TEST(keys_become_strings)
{
    struct str text = str_format(&arena, "%s: x\n", keys[_i].text);
    const struct yaml_stream *stream = yaml_parse_bytes(&arena, text, 1, &limits_default);
    ck_assert_uint_eq(yaml_root(stream)->map.count, 1);
    ck_assert_str(yaml_root(stream)->map.entries[0].key, keys[_i].key);
}
END_TEST

START_TEST(infinite_numbers_and_null_keys_are_refused)
{
    const char *const texts[] = {"k: .inf", "- .nan", "~: x", "{a: 1}: x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct yaml_stream *stream =
            yaml_parse_bytes(&arena, str_from_c(texts[i]), 1, &limits_default);
        ck_assert_msg(!stream->complete, "%s", texts[i]);
    }
}
END_TEST

START_TEST(binary_is_decoded)
{
    const struct yaml_stream *stream =
        yaml_parse_bytes(&arena, STR("k: !!binary aGVsbG8="), 1, &limits_default);
    ck_assert_str(yaml_text(yaml_value(yaml_root(stream), "k")), "hello");
}
END_TEST

UNIT_TESTS("yaml/scalar", ONCE(words_of_yaml_1_1_are_booleans),
           ONCE(nothing_and_its_words_are_null), ONCE(integers_have_go_s_bases),
           ONCE(floats_need_a_digit_and_stay_finite),
           ONCE(times_and_sexagesimals_are_strings_as_written),
           ONCE(quoted_and_block_text_is_never_resolved), ONCE(tags_say_what_a_scalar_is),
           ONCE(a_tag_that_does_not_fit_is_a_problem), ONCE(json_holds_no_infinity),
           ONCE(helm_does_not_know_the_escaped_slash), EACH(scalars_are_what_helm_reads, scalars),
           EACH(keys_become_strings, keys), ONCE(infinite_numbers_and_null_keys_are_refused),
           ONCE(binary_is_decoded))
