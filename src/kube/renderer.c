#include "renderer.h"

#include "origin.h"

struct renderer {
    struct arena *arena;
    struct tree *tree;
    struct chart_load_options options;
    struct template_store *templates;
    struct tree *zones;
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
    renderer->zones = tree_open_disk(arena, STR("/usr/share/zoneinfo"), options->limits);
    renderer->templates = template_store_new(arena, options->helm == 3 ? 3 : 4, options->limits);
    return renderer;
}

void renderer_close(struct renderer *renderer)
{
    template_store_close(renderer->templates);
    tree_close(renderer->zones);
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

/* --- values.schema.json --- */

/* Who wrote what the violation is about: of a property that is not allowed, the property; node ==
 * NULL when it is not known. */
static struct merged_value writer_of(struct arena *arena, const struct origins *origins,
                                     const struct schema_violation *violation)
{
    static const struct str opening = {"additional properties '", 23};
    if (!str_starts_with(violation->text, opening) || !origins->merged)
        return origin_find(arena, origins, violation->path, violation->value);
    struct str name = str_from(violation->text, opening.n);
    name = str_slice(name, 0, str_find_char(name, '\''));
    struct merged_value writer =
        merged_at(origins->merged, values_path_key(arena, violation->path, name));
    return writer.node ? writer : origin_find(arena, origins, violation->path, violation->value);
}

static void report_violation(struct arena *arena, const struct schema_violation *violation,
                             const struct merged_value *writer, struct diagnostics *sink)
{
    const struct yaml_node *node = writer->node;
    struct str path = violation->path.n ? violation->path : STR("values");
    struct str place = STR("");
    if (node && writer->layer->file && !node->span.file)
        place = str_format(arena, "%.*s:%u: ", STR_ARG(writer->layer->path),
                           file_line_of(writer->layer->file, node->span.start));
    bool is_key = node && node->kind >= YAML_LIST && writer->key_span.file;
    struct span span = node ? node->span : (struct span){0};
    diagnostics_add(sink, SEVERITY_ERROR, "schema", is_key ? writer->key_span : span,
                    "%.*s%.*s: %.*s", STR_ARG(place), STR_ARG(path), STR_ARG(violation->text));
}

static bool check_schemas(struct arena *arena, const struct renderer_input *input,
                          const struct chart_instance *root, struct diagnostics *sink)
{
    struct schema_violation_list violations = {0};
    struct str text;
    if (input->skips_schemas || chart_check_schemas(arena, root, &text, &violations))
        return true;
    struct origins origins = origins_of(arena, input->package, input->layers, input->layer_count);
    for (size_t i = 0; i < violations.count; i++) {
        const struct schema_violation *violation = &violations.items[i];
        struct merged_value writer = writer_of(arena, &origins, violation);
        report_violation(arena, violation, &writer, sink);
    }
    return report(sink, (struct span){0}, text);
}

/* --- kubeVersion --- */

static bool check_kube_version(struct arena *arena, const struct renderer_input *input,
                               struct diagnostics *sink)
{
    const struct capabilities *capabilities = input->options->capabilities;
    const struct yaml_node *node = yaml_value(input->package->chart->metadata, "kubeVersion");
    struct str wanted = yaml_text(node);
    struct semver version;
    if (!input->checks_kube_version || !wanted.n)
        return true;
    const struct semver_constraint *constraint = semver_constraint_parse(arena, wanted);
    if (constraint && semver_parse(capabilities->normalized, &version) &&
        semver_satisfies(&version, constraint))
        return true;
    return report(sink, node->span,
                  str_format(arena,
                             "chart requires kubeVersion: %.*s which is incompatible with "
                             "Kubernetes %.*s",
                             STR_ARG(wanted), STR_ARG(capabilities->kube_version)));
}

static bool sort_manifests(struct arena *arena, const struct render_options *options,
                           struct rendering *rendering)
{
    struct manifest_list manifests = {0};
    if (manifests_sort(arena, &rendering->files, options, &manifests,
                       &rendering->failure.message)) {
        rendering->manifests = manifests;
        return true;
    }
    rendering->failure.reason = RENDER_NOT_YAML;
    rendering->broken = manifests.items[0];
    return false;
}

bool renderer_render(struct renderer *renderer, struct arena *arena,
                     const struct renderer_input *input, struct diagnostics *sink,
                     struct rendering *ret_rendering)
{
    struct rendering rendering = {.failure = {.reason = RENDER_VALUES}};
    rendering.root = chart_instantiate(arena, input->package, input->values, sink);
    *ret_rendering = rendering;
    if (!rendering.root || !check_schemas(arena, input, rendering.root, sink))
        return false;
    if (!check_kube_version(arena, input, sink))
        return false;
    struct render_options options = *input->options;
    options.zones = renderer->zones;
    bool done = render(arena, renderer->templates, rendering.root, &options, &rendering.files,
                       &rendering.failure) &&
                sort_manifests(arena, &options, &rendering);
    *ret_rendering = rendering;
    return done || report(sink, rendering.failure.span, rendering.failure.message);
}

const struct reads *renderer_reads(struct renderer *renderer, struct arena *arena,
                                   const struct chart_package *package,
                                   const struct reads_texts *texts)
{
    return reads_find(arena, renderer->templates, package, texts, renderer->options.limits);
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
