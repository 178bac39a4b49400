#include "unit.h"

START_TEST(slices_are_cut_to_what_there_is)
{
    ck_assert_str(str_slice(STR("abcdef"), 2, 4), "cd");
    ck_assert_str(str_slice(STR("abc"), 1, 99), "bc");
    ck_assert_str(str_slice(STR("abc"), 5, 9), "");
}
END_TEST

START_TEST(find_gives_the_first_occurrence)
{
    ck_assert_uint_eq(str_find(STR("a.b.c"), STR(".")), 1);
    ck_assert_uint_eq(str_find(STR("aab"), STR("ab")), 1);
    ck_assert_uint_eq(str_find(STR("abc"), STR("abcd")), STR_NOT_FOUND);
    ck_assert_uint_eq(str_find_last_char(STR("a/b/c"), '/'), 3);
}
END_TEST

START_TEST(cut_walks_over_parts_and_ends_with_null)
{
    struct str rest = STR("a//b");
    ck_assert_str(str_cut(&rest, '/'), "a");
    ck_assert_str(str_cut(&rest, '/'), "");
    ck_assert_ptr_nonnull(rest.p);
    ck_assert_str(str_cut(&rest, '/'), "b");
    ck_assert_ptr_null(rest.p);
}
END_TEST

START_TEST(format_and_replace_live_in_the_arena)
{
    struct arena arena = {0};
    ck_assert_str(str_format(&arena, "%s-%d", "x", 7), "x-7");
    ck_assert_str(str_replace(&arena, STR("{a}/{a}"), STR("{a}"), STR("bc")), "bc/bc");
    ck_assert_str(str_replace(&arena, STR("abc"), STR("x"), STR("y")), "abc");
    ck_assert_str(str_trim(STR(" \ta b\r\n")), "a b");
    arena_release(&arena);
}
END_TEST

/* The vectors of the hash's authors. */
START_TEST(a_fingerprint_is_fnv_1a)
{
    ck_assert_uint_eq(str_fingerprint(STR("")), 0xcbf29ce484222325u);
    ck_assert_uint_eq(str_fingerprint(STR("a")), 0xaf63dc4c8601ec8cu);
    ck_assert_uint_eq(str_fingerprint(STR("foobar")), 0x85944171f73967e8u);
}
END_TEST

UNIT_TESTS("base/str", ONCE(slices_are_cut_to_what_there_is), ONCE(find_gives_the_first_occurrence),
           ONCE(cut_walks_over_parts_and_ends_with_null),
           ONCE(format_and_replace_live_in_the_arena), ONCE(a_fingerprint_is_fnv_1a))
