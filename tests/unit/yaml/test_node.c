#include "yaml_unit.h"

START_TEST(finding_in_small_and_large_maps)
{
    struct text text = {.arena = &arena};
    for (int i = 0; i < 100; i++)
        text_format(&text, "key%d: %d\n", i, i);
    const struct yaml_node *large = root_of(text_str(&text).p);
    ck_assert_ptr_nonnull(large->map.index);
    ck_assert(yaml_value(large, "key0")->number == 0);
    ck_assert(yaml_value(large, "key99")->number == 99);
    ck_assert_ptr_null(yaml_value(large, "key100"));
    const struct yaml_node *small = root_of("a: 1\nb:\n");
    ck_assert_ptr_null(small->map.index);
    ck_assert_int_eq(yaml_value(small, "b")->kind, YAML_NULL);
    ck_assert_ptr_null(yaml_value(small, "c"));
    ck_assert_ptr_null(yaml_find(root_of("[a]"), STR("a")));
    ck_assert_ptr_null(yaml_find(NULL, STR("a")));
}
END_TEST

START_TEST(of_many_equal_keys_the_last_is_found)
{
    struct text text = {.arena = &arena};
    for (int i = 0; i < 100; i++)
        text_format(&text, "key%d: %d\n", i % 50, i);
    const struct yaml_node *root = root_of(text_str(&text).p);
    ck_assert_uint_eq(root->map.count, 50);
    ck_assert(yaml_value(root, "key0")->number == 50);
    ck_assert(yaml_value(root, "key49")->number == 99);
}
END_TEST

START_TEST(paths_lead_through_maps)
{
    const struct yaml_node *root = root_of("a: {b: {c: 5}, d: [1]}\n");
    ck_assert(yaml_at(root, STR("a.b.c"))->number == 5);
    ck_assert_ptr_null(yaml_at(root, STR("a.b.x")));
    ck_assert_ptr_null(yaml_at(root, STR("a.d.0")));
    ck_assert_ptr_eq(yaml_at(root, STR("")), root);
    ck_assert_ptr_null(yaml_at(NULL, STR("a")));
}
END_TEST

START_TEST(text_of_scalars)
{
    const struct yaml_node *root = root_of("a: 'x'\nb: 0644\nc: yes\nd: ~\ne: []\n");
    ck_assert_str(yaml_text(yaml_value(root, "a")), "x");
    ck_assert_str(yaml_text(yaml_value(root, "b")), "0644");
    ck_assert_str(yaml_text(yaml_value(root, "c")), "yes");
    ck_assert_ptr_null(yaml_text(yaml_value(root, "d")).p);
    ck_assert_ptr_null(yaml_text(yaml_value(root, "e")).p);
    ck_assert_ptr_null(yaml_text(NULL).p);
}
END_TEST

static bool equal(const char *a, const char *b)
{
    return yaml_equal(root_of(a), root_of(b));
}

START_TEST(equality_is_that_of_values)
{
    ck_assert(equal("{a: 1, b: [x, ~]}", "b:\n- 'x'\n-\na: 0x1\n"));
    ck_assert(equal("1000", "1e3"));
    ck_assert(!equal("1", "'1'"));
    ck_assert(!equal("{a: 1}", "{a: 1, b: 2}"));
    ck_assert(!equal("{a: 1, c: 2}", "{a: 1, b: 2}"));
    ck_assert(!equal("[a, b]", "[b, a]"));
    ck_assert(!equal("yes", "no"));
    ck_assert(!equal("{a: ~}", "{}"));
}
END_TEST

START_TEST(blank_is_nothing_but_not_false)
{
    static const char *const blank[] = {"", "~", "''", "[]", "{}"};
    static const char *const full[] = {"0", "no", "x", "[~]", "{a: }"};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_msg(yaml_is_blank(root_of(blank[i])), "%s is not blank", blank[i]);
        ck_assert_msg(!yaml_is_blank(root_of(full[i])), "%s is blank", full[i]);
    }
}
END_TEST

static struct str brief(const char *text, size_t most)
{
    return yaml_brief(&arena, root_of(text), most);
}

START_TEST(brief_fits_on_a_line)
{
    ck_assert_str(brief("pool: dev\nl:\n- a\n- ''\n- ~\n", 80), "{pool: dev, l: [a, \"\", null]}");
    ck_assert_str(brief("abcdef", 6), "abcdef");
    ck_assert_str(brief("abcdefg", 6), "abcdef…");
    ck_assert_str(brief("\xC3\xA9\xC3\xA9", 3), "\xC3\xA9…");
    ck_assert_str(brief("|\n one\n two\n", 80), "one…");
    ck_assert_str(brief("[one, two, three]", 7), "[one, t…");
}
END_TEST

UNIT_TESTS("yaml/node", ONCE(finding_in_small_and_large_maps),
           ONCE(of_many_equal_keys_the_last_is_found), ONCE(paths_lead_through_maps),
           ONCE(text_of_scalars), ONCE(equality_is_that_of_values),
           ONCE(blank_is_nothing_but_not_false), ONCE(brief_fits_on_a_line))
