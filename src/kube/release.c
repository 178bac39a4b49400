#include "release.h"

struct layers {
    const struct layer **items;
    size_t count;
};

/* The values files, without the chart's defaults. */
static struct layers layers_of(struct arena *arena, const struct release *release)
{
    struct layers layers = {
        .items = arena_make_array(arena, const struct layer *, release->layer_count + 1),
    };
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct layer *layer = release->layers[i].layer;
        if (layer && layer->kind != LAYER_CHART)
            layers.items[layers.count++] = layer;
    }
    return layers;
}

bool dependency_is_off(const struct chart_dependency *dependency, const struct merged *values)
{
    struct str rest = dependency->condition;
    while (values && rest.p) {
        const struct yaml_node *node = merged_at(values, str_trim(str_cut(&rest, ','))).node;
        if (node && node->kind == YAML_BOOL)
            return !node->boolean;
    }
    return false;
}

const struct chart_dependency *package_missing_dependency(const struct chart_package *package,
                                                          const struct merged *values)
{
    for (size_t i = 0; i < package->missing_count; i++) {
        if (!dependency_is_off(package->missing[i], values))
            return package->missing[i];
    }
    const struct chart_dependency *missing = NULL;
    for (size_t i = 0; i < package->subchart_count && !missing; i++)
        missing = package_missing_dependency(package->subcharts[i], NULL);
    return missing;
}

/* What is remembered of how it was rendered. */
struct memory {
    bool is_traced;
    struct branches *branches;
};

/* False: it failed, and what was made until then is in *rendered. */
static bool render_into(struct arena *arena, struct renderer *renderer,
                        const struct release *release, const struct value_map *values,
                        struct memory memory, struct diagnostics *sink,
                        struct rendered_release *rendered)
{
    struct render_options options = {
        .release = release->release_name,
        .namespace = release->namespace,
        .helm = 4,
        .capabilities = capabilities_default(arena, 4),
        .limits = &limits_default,
        .is_traced = memory.is_traced,
        .branches = memory.branches,
    };
    rendered->release = release;
    rendered->package = renderer_load(renderer, release->chart->directory, sink);
    struct layers layers = layers_of(arena, release);
    struct renderer_input input = {
        .package = rendered->package,
        .values = values,
        .options = &options,
        .layers = layers.items,
        .layer_count = layers.count,
    };
    if (!input.package)
        return false;
    if (memory.is_traced)
        rendered->origins = origins_of(arena, input.package, layers.items, layers.count);
    return renderer_render(renderer, arena, &input, sink, &rendered->rendering);
}

const struct rendered_release *release_render(struct arena *arena, struct renderer *renderer,
                                              const struct release *release, bool is_traced,
                                              struct diagnostics *sink)
{
    struct rendered_release *rendered = arena_make(arena, struct rendered_release);
    const struct value_map *values = release_file_values(arena, release);
    struct memory memory = {.is_traced = is_traced};
    if (!render_into(arena, renderer, release, values, memory, sink, rendered))
        return NULL;
    rendered->objects = objects_of(arena, &rendered->rendering, release);
    return rendered;
}

bool release_note_branches(struct arena *arena, struct renderer *renderer,
                           const struct release *release, const struct value_map *values,
                           struct branches *branches)
{
    struct rendered_release rendered = {0};
    struct diagnostics problems = {.arena = arena};
    return release->chart &&
           render_into(arena, renderer, release, values, (struct memory){.branches = branches},
                       &problems, &rendered);
}

const struct rendered_release *release_render_with(struct arena *arena, struct renderer *renderer,
                                                   const struct release *release,
                                                   const struct value_map *values,
                                                   struct diagnostics *sink)
{
    struct rendered_release *rendered = arena_make(arena, struct rendered_release);
    if (!render_into(arena, renderer, release, values, (struct memory){0}, sink, rendered))
        return NULL;
    rendered->objects = objects_of(arena, &rendered->rendering, release);
    return rendered;
}

static const struct diagnostic *first_error(const struct diagnostics *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        if (problems->items[i].severity == SEVERITY_ERROR)
            return &problems->items[i];
    }
    return NULL;
}

/* The chart or the values, whose problems have places of their own. */
static struct release_failure explain_problem(struct arena *arena,
                                              const struct diagnostics *problems)
{
    struct release_failure failure = {.reason = RENDER_VALUES};
    const struct diagnostic *problem = first_error(problems);
    failure.message = problem ? problem->message : STR("its chart cannot be loaded");
    failure.violations.arena = arena;
    for (size_t i = 0; i < problems->count; i++) {
        if (strcmp(problems->items[i].kind, "schema") == 0)
            vector_push(arena, &failure.violations, problems->items[i]);
    }
    if (problem && problem->span.file)
        vector_push(arena, &failure.cause.steps, ((struct cause_step){.span = problem->span}));
    return failure;
}

struct release_failure release_explain_failure(struct arena *arena, struct renderer *renderer,
                                               const struct release *release)
{
    struct rendered_release rendered = {0};
    struct diagnostics problems = {.arena = arena};
    render_into(arena, renderer, release, release_file_values(arena, release),
                (struct memory){.is_traced = true}, &problems, &rendered);
    const struct render_failure *failure = &rendered.rendering.failure;
    if (!rendered.package || failure->reason == RENDER_VALUES)
        return explain_problem(arena, &problems);
    return (struct release_failure){
        failure->reason, failure->message,
        cause_of_failure(arena, &rendered.origins, &rendered.rendering)};
}

struct cause release_cause_of(struct arena *arena, const struct rendered_release *rendered,
                              const struct object *object, struct str field, struct text_part part)
{
    const struct manifest *manifest = &rendered->rendering.manifests.items[object->manifest_number];
    if (object->at.n)
        field = str_format(arena, "%.*s%s%.*s", STR_ARG(object->at), field.n ? "." : "",
                           STR_ARG(field));
    return cause_find_part(arena, &rendered->origins, &rendered->rendering, manifest, field, part);
}

struct cause release_cause(struct arena *arena, const struct rendered_release *rendered,
                           const struct object *object, struct str field)
{
    return release_cause_of(arena, rendered, object, field, (struct text_part){0});
}
