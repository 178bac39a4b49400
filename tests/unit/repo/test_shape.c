#include "unit.h"

#include "repo/repo.h"

static const char config_text[] = "version: 1\n"
                                  "environments: {dev: {}, production: {}}\n"
                                  "applications: {list: [{name: web, chart: charts/web}]}\n"
                                  "layers:\n"
                                  "  - {path: 'values/base.yaml', optional: true}\n"
                                  "  - {path: 'values/env/{env}/{app}.yaml', optional: true}\n"
                                  "  - {path: '{env}/{app}.yaml', optional: true}\n"
                                  "  - {path: '{chart}/values-{env}.yaml', optional: true}\n";

static struct layer_shapes find_shapes(struct arena *arena, bool with_chart_in_values)
{
    struct tree_memory_file *files = arena_make_array(arena, struct tree_memory_file, 3);
    files[0] = (struct tree_memory_file){STR(".bulkhead.yaml"), str_from_c(config_text)};
    files[1] =
        (struct tree_memory_file){STR("charts/web/Chart.yaml"), STR("name: web\nversion: 1.0.0\n")};
    files[2] = (struct tree_memory_file){
        with_chart_in_values ? STR("values/x/Chart.yaml") : STR("values/base.yaml"), STR("")};
    struct tree *tree = tree_open_memory(arena, files, 3);
    struct diagnostics sink = {.arena = arena};
    struct config *config = arena_make(arena, struct config);
    ck_assert(config_load(arena, tree, STR(".bulkhead.yaml"), &sink, config));
    const struct model *model = model_load(arena, tree, config, 1, &sink);
    ck_assert_ptr_nonnull(model);
    return layer_shapes_find(arena, tree, model);
}

START_TEST(placeholders_stand_for_any_one_name)
{
    struct arena arena = {0};
    struct layer_shapes shapes = find_shapes(&arena, true);
    ck_assert(layer_shapes_fit(&shapes, STR("values/env/qa/web.yaml")));
    ck_assert(!layer_shapes_fit(&shapes, STR("values/env/qa/apps/web.yaml")));
    ck_assert(layer_shapes_fit(&shapes, STR("charts/web/values-qa.yaml")));
    ck_assert(!layer_shapes_fit(&shapes, STR("charts/other/values-qa.yaml")));
    ck_assert(!layer_shapes_fit(&shapes, STR("charts/web/templates/values-qa.yaml")));
    arena_release(&arena);
}
END_TEST

START_TEST(a_leading_placeholder_takes_known_names_only)
{
    struct arena arena = {0};
    struct layer_shapes shapes = find_shapes(&arena, true);
    ck_assert(layer_shapes_fit(&shapes, STR("dev/wbe.yaml")));
    ck_assert(!layer_shapes_fit(&shapes, STR("docs/web.yaml")));
    arena_release(&arena);
}
END_TEST

START_TEST(a_folder_of_two_patterns_holds_values_unless_it_holds_a_chart)
{
    struct arena arena = {0};
    struct layer_shapes shapes = find_shapes(&arena, false);
    ck_assert(layer_shapes_fit(&shapes, STR("values/any/where.yaml")));
    shapes = find_shapes(&arena, true);
    ck_assert(!layer_shapes_fit(&shapes, STR("values/any/where.yaml")));
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("shape", ONCE(placeholders_stand_for_any_one_name),
           ONCE(a_leading_placeholder_takes_known_names_only),
           ONCE(a_folder_of_two_patterns_holds_values_unless_it_holds_a_chart))
