#include "release.h"

static struct origins origins_of_release(struct arena *arena, const struct chart_package *package,
                                         const struct release *release)
{
    const struct layer **layers =
        arena_make_array(arena, const struct layer *, release->layer_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct layer *layer = release->layers[i].layer;
        if (layer && layer->kind != LAYER_CHART)
            layers[count++] = layer;
    }
    return origins_of(arena, package, layers, count);
}

const struct rendered_release *release_render(struct arena *arena, struct renderer *renderer,
                                              const struct release *release, bool is_traced,
                                              struct diagnostics *sink)
{
    struct rendered_release *rendered = arena_make(arena, struct rendered_release);
    struct render_options options = {
        .release = release->release_name,
        .namespace = release->namespace,
        .helm = 4,
        .capabilities = capabilities_default(arena, 4),
        .limits = &limits_default,
        .is_traced = is_traced,
    };
    rendered->release = release;
    rendered->package = renderer_load(renderer, release->chart->directory, sink);
    struct renderer_input input = {
        .package = rendered->package,
        .values = release_file_values(arena, release),
        .options = &options,
    };
    if (!input.package || !renderer_render(renderer, arena, &input, sink, &rendered->rendering))
        return NULL;
    rendered->objects = objects_of(arena, &rendered->rendering, release);
    if (is_traced)
        rendered->origins = origins_of_release(arena, rendered->package, release);
    return rendered;
}

struct cause release_cause(struct arena *arena, const struct rendered_release *rendered,
                           const struct object *object, struct str field)
{
    const struct manifest *manifest = &rendered->rendering.manifests.items[object->manifest_number];
    if (object->at.n)
        field = str_format(arena, "%.*s%s%.*s", STR_ARG(object->at), field.n ? "." : "",
                           STR_ARG(field));
    return cause_find(arena, &rendered->origins, &rendered->rendering, manifest, field);
}
