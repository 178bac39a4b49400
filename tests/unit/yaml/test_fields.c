#include "unit.h"
#include "yaml/yaml.h"

/* A scalar of Chart.yaml as it is written, and what .Chart.AppVersion is in Helm 4.1.4. */
static const struct {
    const char *written, *text;
} scalars[] = {
    {"1.10", "1.1"},
    {"1.0", "1"},
    {"1e3", "1000"},
    {"1E-7", "1e-07"},
    {"100000.0", "100000"},
    {"1000000.0", "1e+06"},
    {"+5", "5"},
    {"-0", "0"},
    {"-0x10", "-16"},
    {"0b11", "3"},
    {"0o17", "15"},
    {"1_000", "1000"},
    {"012", "10"},
    {".5", "0.5"},
    {"12345678901234567890", "12345678901234567890"},
    {"99999999999999999999", "1e+20"},
    {"9007199254740993", "9007199254740993"},
    {"123456789.5", "1.2345679e+08"},
    {"16777217.0", "1.6777216e+07"},
    {"1e39", "+Inf"},
    {"n", "false"},
    {"Off", "false"},
    {"true", "true"},
    {"2024-01-01", "2024-01-01"},
    {"x", "x"},
};

START_TEST(scalars_become_the_strings_of_go)
{
    struct arena arena = {0};
    const struct yaml_stream *stream =
        yaml_parse_bytes(&arena, str_from_c(scalars[_i].written), 0, &limits_default);
    const struct yaml_node *copy = yaml_copy_for_fields(&arena, yaml_root(stream));
    ck_assert_str(yaml_text(copy), scalars[_i].text);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("yaml/fields", EACH(scalars_become_the_strings_of_go, scalars))
