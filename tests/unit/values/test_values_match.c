#include "unit.h"

#include "values/values.h"

struct seen {
    struct arena *arena;
    struct text text;
};

static void note(void *context, struct str path, struct value value)
{
    struct seen *seen = context;
    struct str text = value.type == VALUE_STRING ? value_str(value) : STR("…");
    if (value.type == VALUE_NIL)
        text = STR("nil");
    text_format(&seen->text, "%.*s=%.*s ", STR_ARG(path), STR_ARG(text));
}

static const struct {
    const char *pattern, *found;
} patterns[] = {
    {"a.b", "a.b=x "},
    {"a.c", "a.c=nil "},
    {"a.b.c", "a.b.c=nil "},
    {"list[1].k", "list[1].k=z "},
    {"list[2]", "list[2]=nil "},
    {"", "=… "},
    {"a.*", "a.b=x a.d\\.e=… "},
    {"a.d\\.e.b", "a.d\\.e.b=w "},
    {"list.*.k", "list[0].k=v list[1].k=z "},
    {"**.b", "a.b=x a.d\\.e.b=w "},
    {"**.k", "list[0].k=v list[1].k=z "},
    {"a.**.b", "a.b=x a.d\\.e.b=w "},
    {"none.*", ""},
    {"none.**", ""},
    {"*.none", ""},
};

START_TEST(a_pattern_finds_its_places)
{
    struct arena arena = {0};
    struct str text = STR("a: {b: x, d.e: {b: w}}\nlist: [{k: v}, {k: z}]\n");
    const struct yaml_stream *stream = yaml_parse_bytes(&arena, text, 0, &limits_default);
    struct seen seen = {&arena, {.arena = &arena}};
    values_match(&arena, value_from_yaml(&arena, yaml_root(stream)),
                 str_from_c(patterns[_i].pattern), note, &seen);
    ck_assert_str(text_str(&seen.text), patterns[_i].found);
    arena_release(&arena);
}
END_TEST

START_TEST(a_map_that_holds_itself_comes_to_an_end)
{
    struct arena arena = {0};
    struct value_map *map = value_map_new(&arena, MAP_ANY);
    value_map_set(map, STR("a"), value_of_map(map));
    struct seen seen = {&arena, {.arena = &arena}};
    values_match(&arena, value_of_map(map), STR("**.none"), note, &seen);
    ck_assert_str(text_str(&seen.text), "");
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("values_match", EACH(a_pattern_finds_its_places, patterns),
           ONCE(a_map_that_holds_itself_comes_to_an_end))
