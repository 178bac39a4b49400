#include <math.h>

#include "unit.h"
#include "yaml/yaml.h"

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
    struct arena arena = {0};
    struct str text = str_format(&arena, "k: %s\n", scalars[_i].text);
    const struct yaml_stream *stream = yaml_parse_bytes(&arena, text, 1, &limits_default);
    const struct yaml_node *node = yaml_value(yaml_root(stream), "k");
    ck_assert_msg(node && node->kind == scalars[_i].kind, "%s", scalars[_i].text);
    if (node->kind == YAML_NUMBER)
        ck_assert_msg(node->number == scalars[_i].number, "%s", scalars[_i].text);
    if (node->kind == YAML_BOOL)
        ck_assert_msg(node->boolean == (scalars[_i].number == 1), "%s", scalars[_i].text);
    arena_release(&arena);
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
    struct arena arena = {0};
    struct str text = str_format(&arena, "%s: x\n", keys[_i].text);
    const struct yaml_stream *stream = yaml_parse_bytes(&arena, text, 1, &limits_default);
    ck_assert_uint_eq(yaml_root(stream)->map.count, 1);
    ck_assert_str(yaml_root(stream)->map.entries[0].key, keys[_i].key);
    arena_release(&arena);
}
END_TEST

START_TEST(infinite_numbers_and_null_keys_are_refused)
{
    const char *const texts[] = {"k: .inf", "- .nan", "~: x", "{a: 1}: x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena arena = {0};
        const struct yaml_stream *stream =
            yaml_parse_bytes(&arena, str_from_c(texts[i]), 1, &limits_default);
        ck_assert_msg(!stream->complete, "%s", texts[i]);
        arena_release(&arena);
    }
}
END_TEST

START_TEST(binary_is_decoded)
{
    struct arena arena = {0};
    const struct yaml_stream *stream =
        yaml_parse_bytes(&arena, STR("k: !!binary aGVsbG8="), 1, &limits_default);
    ck_assert_str(yaml_text(yaml_value(yaml_root(stream), "k")), "hello");
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("yaml/scalar", EACH(scalars_are_what_helm_reads, scalars),
           EACH(keys_become_strings, keys), ONCE(infinite_numbers_and_null_keys_are_refused),
           ONCE(binary_is_decoded))
