#include "unit.h"
#include "values/values.h"

/* What the library says of every kind of text stands in tests/oracle/snippets/engine.json. */

UNIT_ARENA(arena)

static bool no_date(struct arena *unused, struct str text, struct value *ret_value)
{
    (void)unused;
    *ret_value = value_string(text);
    return true;
}
static const struct toml_options options = {.read_date = no_date};

static struct str problem_of(struct str text)
{
    struct value value;
    struct str problem = STR("none");
    value_from_toml(&arena, text, &options, &value, &problem);
    return problem;
}

static struct str repeated(const char *text, size_t times)
{
    struct text out = {.arena = &arena};
    for (size_t i = 0; i < times; i++)
        text_add_c(&out, text);
    return text_str(&out);
}

START_TEST(nesting_is_bounded)
{
    struct str lists = str_join(&arena, STR("a = "), repeated("[", 100000));
    struct str keys = str_join(&arena, repeated("a.", 100000), STR("a = 1"));
    struct str tables = str_join(&arena, STR("a = "), repeated("{a=", 100000));
    struct str header = str_join(&arena, STR("[a"), repeated(".a", 100000));
    ck_assert_str(problem_of(lists), "toml: line 1 (last key \"a\"): lists and tables lie too deep "
                                     "within each other");
    ck_assert_str(problem_of(keys), "toml: line 1: tables lie too deep within each other");
    ck_assert(str_contains(problem_of(tables), STR("too deep")));
    ck_assert(str_contains(problem_of(header), STR("too deep")));
}
END_TEST

START_TEST(much_text_takes_no_quadratic_time)
{
    struct value value;
    struct str problem;
    struct text text = {.arena = &arena};
    for (int i = 200000; i > 0; i--)
        text_format(&text, "k%d = %d\n", i, i);
    for (int i = 0; i < 100000; i++)
        text_add_c(&text, "[[t]]\na.b.c = 1\n");
    ck_assert(value_from_toml(&arena, text_str(&text), &options, &value, &problem));
    ck_assert_uint_eq(value.map->count, 200001);
    ck_assert_int_eq(value_map_get(value.map, STR("k7"))->integer, 7);
    ck_assert_uint_eq(value_map_get(value.map, STR("t"))->list->count, 100000);
}
END_TEST

START_TEST(dates_are_handed_out_normalized)
{
    struct value value;
    struct str problem;
    ck_assert(
        value_from_toml(&arena, STR("a = 2024-01-02 03:04:05z \n"), &options, &value, &problem));
    ck_assert_str(value_str(*value_map_get(value.map, STR("a"))), "2024-01-02T03:04:05Z");
}
END_TEST

UNIT_TESTS("values/from_toml", ONCE(nesting_is_bounded), ONCE(much_text_takes_no_quadratic_time),
           ONCE(dates_are_handed_out_normalized))
