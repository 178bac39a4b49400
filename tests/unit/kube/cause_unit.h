#ifndef BULKHEAD_TESTS_CAUSE_UNIT_H
#define BULKHEAD_TESTS_CAUSE_UNIT_H

#include "kube/kube.h"

#include "unit.h"

/* A chart "web" with one template, rendered with a trace. */
struct sample {
    const char *values;   /* of the chart */
    const char *template; /* templates/web.yaml */
    const char *helpers;  /* templates/_helpers.tpl; NULL: none */
    const char *layer;    /* a values file over the chart's; NULL: none */
};

struct rendered_sample {
    struct arena *arena;
    struct tree *tree;
    struct origins origins;
    struct rendering rendering;
    bool is_done;
};

static inline struct rendered_sample render_files(struct arena *arena,
                                                  const struct tree_memory_file *files,
                                                  size_t count, const char *layer)
{
    struct rendered_sample sample = {.arena = arena};
    struct diagnostics problems = {.arena = arena};
    struct chart_load_options load = {.limits = &limits_default};
    struct render_options how = {.release = STR("rel"),
                                 .namespace = STR("ns"),
                                 .helm = 4,
                                 .capabilities = capabilities_default(arena, 4),
                                 .limits = &limits_default,
                                 .is_traced = true};
    sample.tree = tree_open_memory(arena, files, count);
    struct renderer *renderer = renderer_new(arena, sample.tree, &load);
    const struct chart_package *package = renderer_load(renderer, STR("web"), &problems);
    ck_assert_ptr_nonnull(package);
    const struct layer *layers[] = {layer_parse(
        arena, STR("layer.yaml"), str_from_c(layer ? layer : ""), 0, LAYER_FILE, &limits_default)};
    struct value values = value_from_yaml(arena, layers[0]->root);
    struct renderer_input input = {
        .package = package,
        .values = values.type == VALUE_MAP ? values.map : value_map_new(arena, MAP_ANY),
        .options = &how};
    sample.is_done = renderer_render(renderer, arena, &input, &problems, &sample.rendering);
    sample.origins = origins_of(arena, package, layers, 1);
    renderer_close(renderer);
    return sample;
}

static inline struct rendered_sample render_sample(struct arena *arena, const struct sample *sample)
{
    struct tree_memory_file files[] = {
        {STR("web/Chart.yaml"),
         STR("apiVersion: v2\nname: web\nversion: 1.0.0\nappVersion: '9'\n")},
        {STR("web/values.yaml"), str_from_c(sample->values)},
        {STR("web/templates/web.yaml"), str_from_c(sample->template)},
        {STR("web/templates/_helpers.tpl"), str_from_c(sample->helpers ? sample->helpers : "")},
    };
    return render_files(arena, files, sizeof files / sizeof *files, sample->layer);
}

static inline struct str join_paths(struct arena *arena, const struct cause_place_list *places)
{
    struct str_list paths = {0};
    for (size_t i = 0; i < places->count; i++)
        vector_push(arena, &paths, places->items[i].path);
    return str_list_join(arena, &paths, STR(" "));
}

/* "KIND PLACES | CONDITIONS" of a cause, and what is missing in front. */
static inline struct str describe(struct arena *arena, const struct cause *cause)
{
    static const char *const kinds[] = {"unknown", "template", "built-in", "values"};
    struct str places = join_paths(arena, &cause->places);
    struct str conditions = join_paths(arena, &cause->conditions);
    return str_format(arena, "%s%.*s%s%s%s%.*s%s%.*s", cause->is_missing ? "no " : "",
                      STR_ARG(cause->missing), cause->is_missing ? ": " : "", kinds[cause->kind],
                      places.n ? " " : "", STR_ARG(places), conditions.n ? " | " : "",
                      STR_ARG(conditions));
}

#endif
