#include "lsp/typed.h"

#include "unit.h"

UNIT_ARENA(arena)

/* The cursor stands at the bar. */
static const struct typed_case {
    const char *text, *parent, *word, *key;
    bool is_item;
} samples[] = {
    {"|", "", "", NULL, false},
    {"a: 1\nre|", "", "re", NULL, false},
    {"a:\n  re|", "a", "re", NULL, false},
    {"a:\n  b: 1\n\n  # a comment\n  re|", "a", "re", NULL, false},
    {"a:\n  b:\n    c: 1\n  re|", "a", "re", NULL, false},
    {"a.b:\n  re|", "a\\.b", "re", NULL, false},
    {"a:\n  b: x|", "a", "x", "b", false},
    {"a:\n  - |", "a[0]", "", NULL, true},
    {"a:\n- |", "a[0]", "", NULL, true},
    {"a:\n- b: 1\n  re|", "a[0]", "re", NULL, false},
    {"a:\n- b: 1\n- c: |", "a[0]", "", "c", false},
    {"x:\n  a:\n  - b:\n      re|", "x.a[0].b", "re", NULL, false},
    {"\"a\":\n  re|", "a", "re", NULL, false},
};

static size_t cursor(const char *text, struct str *ret_text)
{
    struct str whole = str_from_c(text);
    size_t at = str_find_char(whole, '|');
    *ret_text = str_replace(&arena, whole, STR("|"), STR(""));
    return at;
}

START_TEST(indentation_says_where)
{
    const struct typed_case *each = &samples[_i];
    struct str text;
    size_t at = cursor(each->text, &text);
    struct typed typed;
    ck_assert(typed_find(&arena, text, at, &typed));
    ck_assert_str(typed.parent, each->parent);
    ck_assert_str(typed.word, each->word);
    ck_assert_int_eq(typed.is_item, each->is_item);
    ck_assert_int_eq(typed.is_value, each->key != NULL);
    ck_assert_str(typed.key, each->key ? each->key : "");
}
END_TEST

static const char *const nothing[] = {"# no|", "a: {b|", "a: >\n  te|", "a: text\n  te|"};

START_TEST(nothing_is_typed_in_comments_and_texts)
{
    struct str text;
    size_t at = cursor(nothing[_i], &text);
    struct typed typed;
    ck_assert(!typed_find(&arena, text, at, &typed));
}
END_TEST

UNIT_TESTS("lsp/typed", EACH(indentation_says_where, samples),
           EACH(nothing_is_typed_in_comments_and_texts, nothing))
