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

/* Renders the chart as Helm 3 or 4: its first manifest, or the output of its first template as it
 * is. */
static inline struct outcome render_chart(struct arena *arena, const struct tree_memory_file *files,
                                          size_t count, unsigned helm, bool is_manifest)
{
    struct diagnostics problems = {.arena = arena};
    struct chart_load_options load = {.limits = &limits_default, .helm = helm};
    struct tree *tree = tree_open_memory(arena, files, count);
    struct renderer *renderer = renderer_new(arena, tree, &load);
    struct render_options how = {.release = STR("rel"),
                                 .namespace = STR("ns"),
                                 .helm = helm,
                                 .capabilities = capabilities_default(arena, helm),
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

/* True when the output has the shape, an expression for all of it, and the case knows one. */
static inline bool has_shape(struct arena *arena, const json_t *one, struct str text)
{
    struct regex_match match;
    struct str problem;
    struct str shape = str_format(arena, "\\A(?:%.*s)\\z", STR_ARG(member(one, "shape")));
    struct regex *regex = regex_compile(arena, shape, &problem);
    ck_assert_ptr_nonnull(regex);
    bool found = regex_find(regex, text, 0, limits_default.regex_steps, &match) == REGEX_FOUND;
    regex_release(regex);
    return found;
}

/* Whether a template of chart c gives what is recorded: output, error or shape; as Helm 3 what
 * stands in `helm3`, if anything, whose errors are not recorded. */
static inline size_t check_template(struct arena *arena, const json_t *group, const json_t *one,
                                    unsigned helm)
{
    bool has_values = json_object_get(one, "values") != NULL;
    const struct tree_memory_file files[] = {
        {STR("Chart.yaml"), STR("apiVersion: v2\nname: c\nversion: 1.2.3\nappVersion: \"9.8\"\n")},
        {STR("templates/x.yaml"), member(one, "template")},
        {STR("values.yaml"), member(has_values ? one : group, "values")},
    };
    struct outcome outcome = render_chart(arena, files, sizeof files / sizeof *files, helm, false);
    const json_t *other = helm == 3 ? json_object_get(one, "helm3") : NULL;
    const json_t *wanted = other ? other : one;
    bool is_good;
    if (json_object_get(one, "shape"))
        is_good = outcome.done && has_shape(arena, one, outcome.text);
    else if (json_object_get(wanted, "output"))
        is_good = outcome.done &&
                  str_equal(utf8_make_valid(arena, outcome.text), member(wanted, "output"));
    else
        is_good = !outcome.done && (helm == 3 || str_equal(outcome.text, member(wanted, "error")));
    size_t wrong = count_wrong(one, is_good, outcome);
    arena_reset(arena);
    return wrong;
}

/* How many of the recorded templates give something else. */
static inline size_t check_templates(const json_t *recorded, unsigned helm)
{
    struct arena arena = {0};
    size_t group_index;
    size_t index;
    size_t wrong = 0;
    json_t *group;
    json_t *one;
    json_array_foreach(json_object_get(recorded, "groups"), group_index, group)
    {
        ck_assert_uint_gt(json_array_size(json_object_get(group, "cases")), 0);
        json_array_foreach(json_object_get(group, "cases"), index, one) wrong +=
            check_template(&arena, group, one, helm);
    }
    ck_assert_uint_gt(group_index, 0);
    arena_release(&arena);
    return wrong;
}

#endif
