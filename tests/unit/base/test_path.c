#include "unit.h"

START_TEST(parts_of_a_path)
{
    struct arena arena = {0};
    ck_assert_str(path_directory(STR("a/b/c.yaml")), "a/b");
    ck_assert_str(path_directory(STR("c.yaml")), "");
    ck_assert_str(path_name(STR("a/b/c.yaml")), "c.yaml");
    ck_assert_str(path_stem(STR("a/values.dev.yaml")), "values.dev");
    ck_assert_str(path_stem(STR("a/.hidden")), ".hidden");
    ck_assert_str(path_join(&arena, STR(""), STR("b")), "b");
    ck_assert_str(path_join(&arena, STR("a"), STR("")), "a");
    ck_assert_str(path_clean(&arena, STR("./a//b/../c/")), "a/c");
    ck_assert_ptr_null(path_clean(&arena, STR("a/../../b")).p);
    ck_assert(path_is_below(STR("a/b"), STR("a")));
    ck_assert(path_is_below(STR("a"), STR("a")));
    ck_assert(!path_is_below(STR("ab"), STR("a")));
    arena_release(&arena);
}
END_TEST

static const struct {
    const char *pattern, *path;
    bool matches;
} globs[] = {
    {"*.yaml", "a.yaml", true},
    {"*.yaml", "a/b.yaml", false},
    {"**/*.yaml", "a.yaml", true},
    {"**/*.yaml", "a/b/c.yaml", true},
    {"a/**/c", "a/c", true},
    {"a/**/c", "a/b/b/c", true},
    {"a/**/c", "ab/c", false},
    {"a/**", "a/b/c", true},
    {"values-?.yaml", "values-1.yaml", true},
    {"values-?.yaml", "values-.yaml", false},
    {"[a-c]x", "bx", true},
    {"[!a-c]x", "bx", false},
    {"[!a-c]x", "dx", true},
    {"[ab", "[ab", true},
    {"{dev,prod}/*.yaml", "prod/a.yaml", true},
    {"{dev,prod}/*.yaml", "test/a.yaml", false},
    {"{a,b{c,d}}", "bd", true},
    {"{a,b{c,d}}", "b", false},
    {"", "", true},
    {"*", "", true},
    {"a", "", false},
};

START_TEST(globs_match_like_anchored_ignore_lines)
{
    bool matches = glob_match(str_from_c(globs[_i].pattern), str_from_c(globs[_i].path));
    ck_assert_msg(matches == globs[_i].matches, "%s against %s", globs[_i].pattern, globs[_i].path);
}
END_TEST

START_TEST(hostile_globs_end)
{
    struct str pattern = STR("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b");
    struct str path = STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    ck_assert(!glob_match(pattern, path));
}
END_TEST

UNIT_TESTS("base/path", ONCE(parts_of_a_path), EACH(globs_match_like_anchored_ignore_lines, globs),
           ONCE(hostile_globs_end))
