#include "oracle_unit.h"

/* Every template of snippets/engine.json gives what Helm's engine made of it, or fails with the
 * same message. */

static size_t check_case(struct arena *arena, const json_t *group, const json_t *one)
{
    bool has_values = json_object_get(one, "values") != NULL;
    const struct tree_memory_file files[] = {
        {STR("Chart.yaml"), STR("apiVersion: v2\nname: c\nversion: 1.2.3\nappVersion: \"9.8\"\n")},
        {STR("templates/x.yaml"), member(one, "template")},
        {STR("values.yaml"), member(has_values ? one : group, "values")},
    };
    struct outcome outcome = render_chart(arena, files, sizeof files / sizeof *files, false);
    bool is_good = outcome.done == !json_object_get(one, "error") &&
                   str_equal(outcome.text, member(one, outcome.done ? "output" : "error"));
    size_t wrong = count_wrong(one, is_good, outcome);
    arena_reset(arena);
    return wrong;
}

START_TEST(templates_give_what_the_engine_gave)
{
    struct arena arena = {0};
    json_error_t error;
    json_t *recorded = json_load_file(RECORDED, JSON_ALLOW_NUL, &error);
    size_t group_index;
    size_t index;
    size_t wrong = 0;
    json_t *group;
    json_t *one;
    ck_assert_msg(recorded != NULL, "%s: %d", error.text, error.line);
    json_array_foreach(json_object_get(recorded, "groups"), group_index, group)
    {
        ck_assert_uint_gt(json_array_size(json_object_get(group, "cases")), 0);
        json_array_foreach(json_object_get(group, "cases"), index, one) wrong +=
            check_case(&arena, group, one);
    }
    ck_assert_uint_gt(group_index, 0);
    ck_assert_uint_eq(wrong, 0);
    json_decref(recorded);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("engine", ONCE(templates_give_what_the_engine_gave))
