#include <jansson.h>

#include "eval/eval.h"
#include "unit.h"

/* Every template of snippets/engine.json gives what Helm's engine made of it, or fails with the
 * same message. */

struct outcome {
    bool done;
    struct str text; /* the output, or why there is none */
};

static struct str member(const json_t *object, const char *name)
{
    const json_t *text = json_object_get(object, name);
    return (struct str){json_string_value(text), json_string_length(text)};
}

static struct outcome render_template(struct arena *arena, struct tree *tree,
                                      struct template_store *store)
{
    struct diagnostics problems = {.arena = arena};
    struct chart_load_options load = {.limits = &limits_default};
    struct rendered_list files = {0};
    struct render_failure failure;
    const struct chart_package *package =
        chart_package_load(arena, tree, STR(""), &load, &problems);
    ck_assert_ptr_nonnull(package);
    const struct chart_instance *root =
        chart_instantiate(arena, package, value_map_new(arena, MAP_ANY), &problems);
    ck_assert_ptr_nonnull(root);
    struct render_options how = {.release = STR("rel"),
                                 .namespace = STR("ns"),
                                 .helm = 4,
                                 .capabilities = capabilities_default(arena, 4),
                                 .limits = &limits_default};
    if (!render(arena, store, root, &how, &files, &failure))
        return (struct outcome){false, failure.message};
    return (struct outcome){true, files.items[0].text};
}

static bool check_case(struct arena *arena, const json_t *group, const json_t *one)
{
    bool has_values = json_object_get(one, "values") != NULL;
    const struct tree_memory_file files[] = {
        {STR("Chart.yaml"), STR("apiVersion: v2\nname: c\nversion: 1.2.3\nappVersion: \"9.8\"\n")},
        {STR("templates/x.yaml"), member(one, "template")},
        {STR("values.yaml"), member(has_values ? one : group, "values")},
    };
    struct tree *tree = tree_open_memory(arena, files, sizeof files / sizeof *files);
    struct template_store *store = template_store_new(arena, &limits_default);
    struct outcome outcome = render_template(arena, tree, store);
    bool is_good = outcome.done == !json_object_get(one, "error") &&
                   str_equal(outcome.text, member(one, outcome.done ? "output" : "error"));
    if (!is_good)
        fprintf(stderr, "%s\n  gives %.*s\n", json_string_value(json_object_get(one, "template")),
                STR_ARG(outcome.text));
    tree_close(tree);
    template_store_close(store);
    arena_reset(arena);
    return is_good;
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
            !check_case(&arena, group, one);
    }
    ck_assert_uint_gt(group_index, 0);
    ck_assert_uint_eq(wrong, 0);
    json_decref(recorded);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("engine", ONCE(templates_give_what_the_engine_gave))
