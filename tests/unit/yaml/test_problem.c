#include "yaml_unit.h"

static void says(const char *text, size_t at, const char *words)
{
    const struct diagnostic *problem = only_problem(text, "syntax", at);
    ck_assert_msg(str_contains(problem->message, str_from_c(words)), "%s: \"%.*s\" lacks \"%s\"",
                  text, STR_ARG(problem->message), words);
}

START_TEST(problems_say_what_was_found)
{
    says("a:\n\tb: 1\n", 3, "a tab");
    says("k: @x\n", 3, "cannot begin with \"@\"");
    says("k: `x\n", 3, "cannot begin with \"`\"");
    says("a: b: c\n", 4, "a key with a colon cannot stand here");
    says("a: 1\nb\nc: 2\n", 7, "neither a key with a colon");
    says("a: 1\n  b: 2\n", 8, "");
    says("a:\n  b: 1\n c: 2\n", 11, "a key at the indentation of its map");
    says("a: ['1'\nb: 2\n", 8, "\",\" or \"]\"");
    says("a: {b: '1'\nc: 2\n", 11, "\",\" or \"}\"");
    says("k: \"a\n", 6, "never closed");
    says("k: \"\\q\"\n", 4, "escape");
    says("k: *\n", 4, "\"*\" begins an alias");
    says("k: & a\n", 4, "\"&\" begins an anchor");
    says("k: |x\n  a\n", 4, "behind | or >");
    says(" a: 1\nb: 2\n", 6, "behind the end of the document");
    says("k: !x!y z\n", 3, "prefix that is not declared");
}
END_TEST

START_TEST(the_beginning_of_what_is_broken_is_related)
{
    const char *text = "a: 1\nk: [1,\n  '2'\nl: 3\n";
    const struct diagnostic *problem = only_problem(text, "syntax", 18);
    ck_assert_uint_eq(problem->related.file, 1);
    ck_assert_uint_eq(problem->related.start, 8);
}
END_TEST

START_TEST(control_characters_are_named)
{
    const struct diagnostic *problem = only_problem("k: a\x1B[0m\n", "encoding", 4);
    ck_assert(str_ends_with(problem->message, STR("U+001B")));
}
END_TEST

UNIT_TESTS("yaml/problem", ONCE(problems_say_what_was_found),
           ONCE(the_beginning_of_what_is_broken_is_related), ONCE(control_characters_are_named))
