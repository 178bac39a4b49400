#include "renderer.h"

struct renderer {
    struct arena *arena;
    struct tree *tree;
    struct chart_load_options options;
    struct template_store *templates;
    struct map packages; /* path → struct loaded */
};

struct loaded {
    const struct chart_package *package; /* NULL: it is no chart */
};

struct renderer *renderer_new(struct arena *arena, struct tree *tree,
                              const struct chart_load_options *options)
{
    struct renderer *renderer = arena_make(arena, struct renderer);
    renderer->arena = arena;
    renderer->tree = tree;
    renderer->options = *options;
    renderer->templates = template_store_new(arena, options->limits);
    return renderer;
}

void renderer_close(struct renderer *renderer)
{
    template_store_close(renderer->templates);
}

const struct chart_package *renderer_load(struct renderer *renderer, struct str path,
                                          struct diagnostics *sink)
{
    struct loaded *loaded = map_get(&renderer->packages, path);
    if (!loaded) {
        loaded = arena_make(renderer->arena, struct loaded);
        loaded->package =
            chart_package_load(renderer->arena, renderer->tree, path, &renderer->options, sink);
        map_put(renderer->arena, &renderer->packages, path, loaded);
    }
    return loaded->package;
}

static bool report(struct diagnostics *sink, struct span span, struct str message)
{
    diagnostics_add(sink, SEVERITY_ERROR, "render", span, "%.*s", STR_ARG(message));
    return false;
}

bool renderer_render(struct renderer *renderer, struct arena *arena,
                     const struct renderer_input *input, struct diagnostics *sink,
                     struct rendering *ret_rendering)
{
    struct rendering rendering = {0};
    struct render_failure failure;
    struct str problem;
    *ret_rendering = rendering;
    rendering.root = chart_instantiate(arena, input->package, input->values, sink);
    if (!rendering.root)
        return false;
    ret_rendering->root = rendering.root;
    if (!render(arena, renderer->templates, rendering.root, input->options, &rendering.files,
                &failure))
        return report(sink, failure.span, failure.message);
    *ret_rendering = rendering;
    if (!manifests_sort(arena, &rendering.files, renderer->options.limits, &rendering.manifests,
                        &problem))
        return report(sink, (struct span){0}, problem);
    *ret_rendering = rendering;
    return true;
}

struct value_map *release_file_values(struct arena *arena, const struct release *release)
{
    struct value_map *values = value_map_new(arena, MAP_ANY);
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct layer *layer = release->layers[i].layer;
        bool is_file = layer && layer->kind == LAYER_FILE;
        if (is_file && layer->root && layer->root->kind == YAML_MAP)
            value_map_merge(values, value_from_yaml(arena, layer->root).map);
    }
    return values;
}
