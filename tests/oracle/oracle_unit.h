#ifndef BULKHEAD_TESTS_ORACLE_UNIT_H
#define BULKHEAD_TESTS_ORACLE_UNIT_H

#include <jansson.h>

#include "kube/kube.h"
#include "unit.h"

/* What the tests of recorded cases share: a chart in memory in, what Helm made of it to compare. */
struct outcome {
    bool done;
    struct str text; /* the output, or why there is none */
};

static inline struct str member(const json_t *object, const char *name)
{
    const json_t *text = json_object_get(object, name);
    return (struct str){json_string_value(text), json_string_length(text)};
}

static inline struct outcome rendering_failed(const struct diagnostics *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        if (strcmp(problems->items[i].kind, "render") == 0)
            return (struct outcome){false, problems->items[i].message};
    }
    return (struct outcome){true, STR("")};
}

/* Renders the chart: its first manifest, or the output of its first template as it is. */
static inline struct outcome render_chart(struct arena *arena, const struct tree_memory_file *files,
                                          size_t count, bool is_manifest)
{
    struct diagnostics problems = {.arena = arena};
    struct chart_load_options load = {.limits = &limits_default};
    struct tree *tree = tree_open_memory(arena, files, count);
    struct renderer *renderer = renderer_new(arena, tree, &load);
    struct render_options how = {.release = STR("rel"),
                                 .namespace = STR("ns"),
                                 .helm = 4,
                                 .capabilities = capabilities_default(arena, 4),
                                 .limits = &limits_default};
    struct renderer_input input = {.package = renderer_load(renderer, STR(""), &problems),
                                   .values = value_map_new(arena, MAP_ANY),
                                   .options = &how};
    struct rendering rendering = {0};
    struct outcome outcome = rendering_failed(&problems);
    if (outcome.done) {
        ck_assert_ptr_nonnull(input.package);
        renderer_render(renderer, arena, &input, &problems, &rendering);
        outcome = rendering_failed(&problems);
    }
    if (!is_manifest && rendering.files.count)
        outcome = (struct outcome){true, rendering.files.items[0].text};
    else if (outcome.done && rendering.manifests.count)
        outcome.text = rendering.manifests.items[0].text;
    renderer_close(renderer);
    tree_close(tree);
    return outcome;
}

/* Tells what a case gives that is not as recorded. Returns 1 for such a case, else 0. */
static inline size_t count_wrong(const json_t *one, bool is_good, struct outcome outcome)
{
    if (!is_good)
        fprintf(stderr, "%s\n  gives %.*s\n", json_string_value(json_object_get(one, "template")),
                STR_ARG(outcome.text));
    return !is_good;
}

#endif
