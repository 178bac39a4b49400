#include "unit.h"

#include "eval/eval.h"

static struct value dot_of(struct arena *arena)
{
    struct str text = STR("a: 1\nlist: [x, z]\nname: web\n");
    const struct yaml_stream *stream = yaml_parse_bytes(arena, text, 0, &limits_default);
    return value_from_yaml(arena, yaml_root(stream));
}

static const struct {
    const char *text;
    bool holds;
} conditions[] = {
    {"true", true},
    {"eq .name \"web\"", true},
    {"gt (int .a) 1", false},
    {".missing", false},
    {"and .a\n  (has \"z\" .list)", true},
    {".list | len | eq 3", false},
    {"regexMatch `^w.b$` .name", true},
    {".missing.of.it", false},
    {".name.of.it", false},
    {"kindIs \"invalid\" .list.first.of.it", true},
};

START_TEST(a_condition_is_tested_as_if_tests)
{
    struct arena arena = {0};
    const struct rule_language *language = rule_language_new(&arena, &limits_default);
    struct rule_expression_problem problem = {0};
    bool holds = !conditions[_i].holds;
    const struct rule_expression *condition = rule_expression_parse(
        &arena, language, str_from_c(conditions[_i].text), RULE_CONDITION, &problem);
    ck_assert_ptr_nonnull(condition);
    ck_assert(rule_condition_test(&arena, condition, dot_of(&arena), &holds, &problem));
    ck_assert_int_eq(holds, conditions[_i].holds);
    arena_release(&arena);
}
END_TEST

static const struct {
    const char *text, *message, *near;
    enum rule_expression_form form;
} wrong[] = {
    {"nonsense .a", "function \"nonsense\" not defined", "nonsense .a", RULE_CONDITION},
    {"and true\n  (nonsense 1)", "function \"nonsense\" not defined", "(nonsense 1)",
     RULE_CONDITION},
    {"", "missing value for command", "", RULE_CONDITION},
    {"if .a", "unexpected EOF", "if .a", RULE_CONDITION},
    {"1 }}{{ 2", "this is no single pipeline", "1 }}{{ 2", RULE_CONDITION},
    {"a {{ .a", "unclosed action", "a {{ .a", RULE_TEXT},
};

START_TEST(what_is_no_expression_is_told)
{
    struct arena arena = {0};
    const struct rule_language *language = rule_language_new(&arena, &limits_default);
    struct rule_expression_problem problem = {0};
    ck_assert_ptr_null(rule_expression_parse(&arena, language, str_from_c(wrong[_i].text),
                                             wrong[_i].form, &problem));
    ck_assert_str(problem.message, wrong[_i].message);
    ck_assert_str(problem.near, wrong[_i].near);
    arena_release(&arena);
}
END_TEST

START_TEST(a_condition_that_fails_says_why)
{
    struct arena arena = {0};
    const struct rule_language *language = rule_language_new(&arena, &limits_default);
    struct rule_expression_problem problem = {0};
    bool holds;
    const struct rule_expression *condition = rule_expression_parse(
        &arena, language, STR("and true\n  (gt .name 1)"), RULE_CONDITION, &problem);
    ck_assert(!rule_condition_test(&arena, condition, dot_of(&arena), &holds, &problem));
    ck_assert_str(problem.message,
                  "error calling gt: incompatible types for comparison: string and int");
    ck_assert_str(problem.near, "(gt .name 1)");
    arena_release(&arena);
}
END_TEST

START_TEST(a_text_is_written)
{
    struct arena arena = {0};
    const struct rule_language *language = rule_language_new(&arena, &limits_default);
    struct rule_expression_problem problem = {0};
    struct str text = {0};
    const struct rule_expression *expression = rule_expression_parse(
        &arena, language, STR("{{ .name | upper }} has {{ len .list }}"), RULE_TEXT, &problem);
    ck_assert(rule_text_write(&arena, expression, dot_of(&arena), &text, &problem));
    ck_assert_str(text, "WEB has 2");
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("rule_expression", EACH(a_condition_is_tested_as_if_tests, conditions),
           EACH(what_is_no_expression_is_told, wrong), ONCE(a_condition_that_fails_says_why),
           ONCE(a_text_is_written))
