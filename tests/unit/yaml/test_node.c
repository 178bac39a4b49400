#include "unit.h"
#include "yaml/yaml.h"

static struct arena arena;

static const struct yaml_node *value(const char *text)
{
    return yaml_root(yaml_parse_bytes(&arena, str_from_c(text), 1, &limits_default));
}

START_TEST(values_are_compared_as_values)
{
    ck_assert(yaml_equal(value("{a: 1, b: [x, z]}"), value("b:\n  - x\n  - 'z'\na: 0x1\n")));
    ck_assert(!yaml_equal(value("[a, b]"), value("[b, a]")));
    ck_assert(!yaml_equal(value("1"), value("'1'")));
    ck_assert(!yaml_equal(value("{a: 1}"), value("{a: 1, b: 2}")));
    ck_assert(yaml_equal(value("~"), value("")));
    ck_assert(!yaml_equal(value("yes"), value("no")));
    arena_release(&arena);
}
END_TEST

START_TEST(blank_is_null_and_what_is_empty)
{
    ck_assert(yaml_is_blank(value("~")));
    ck_assert(yaml_is_blank(value("''")));
    ck_assert(yaml_is_blank(value("[]")));
    ck_assert(yaml_is_blank(value("{}")));
    ck_assert(!yaml_is_blank(value("0")));
    ck_assert(!yaml_is_blank(value("false")));
    arena_release(&arena);
}
END_TEST

START_TEST(paths_lead_through_maps)
{
    const struct yaml_node *root = value("a: {b: {c: 5}}\nl: [1]\n");
    ck_assert_double_eq(yaml_at(root, STR("a.b.c"))->number, 5);
    ck_assert_ptr_null(yaml_at(root, STR("a.x.c")));
    ck_assert_ptr_null(yaml_at(root, STR("l.0")));
    ck_assert_ptr_eq(yaml_at(root, STR("")), root);
    ck_assert_ptr_null(yaml_value(NULL, "a"));
    arena_release(&arena);
}
END_TEST

START_TEST(brief_values_fit_on_a_line)
{
    ck_assert_str(yaml_brief(&arena, value("a: {pool: dev}\nb: [x, '']\nc:\n"), 80),
                  "{a: {pool: dev}, b: [x, \"\"], c: null}");
    ck_assert_str(yaml_brief(&arena, value("abcdefgh"), 4), "abcd…");
    ck_assert_str(yaml_brief(&arena, value("aäöü"), 4), "aä…");
    ck_assert_str(yaml_brief(&arena, value("|\n  one\n  two\n"), 80), "one…");
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("yaml/node", ONCE(values_are_compared_as_values), ONCE(blank_is_null_and_what_is_empty),
           ONCE(paths_lead_through_maps), ONCE(brief_values_fit_on_a_line))
