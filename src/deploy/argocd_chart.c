#include "argocd.h"

enum { MOST_NESTED_CHARTS = 10 };

bool argocd_chart_makes_applications(struct deployer *deployer, struct str directory)
{
    struct str templates = path_join(deployer->arena, directory, STR("templates"));
    struct str_list paths = tree_below(deployer->tree, templates);
    for (size_t i = 0; i < paths.count; i++) {
        const struct file *file = tree_find(deployer->tree, paths.items[i]);
        if (file && file->state == FILE_READ && str_contains(file->bytes, STR("argoproj.io/")) &&
            str_contains(file->bytes, STR("kind: Application")))
            return true;
    }
    return false;
}

/* --- rendering --- */

static struct value_map *values_of(struct deployer *deployer, const struct deployment *deployment)
{
    struct value_map *values = value_map_new(deployer->arena, MAP_ANY);
    for (size_t i = 0; i < deployment->layers.count; i++) {
        const struct deployed_layer *named = &deployment->layers.items[i];
        const struct layer *layer = named->layer;
        if (!layer && tree_has_file(deployer->tree, named->path))
            layer = layer_load(deployer->arena, deployer->tree, named->path, LAYER_FILE,
                               &limits_default);
        if (layer && layer->kind == LAYER_FILE && layer->root->kind == YAML_MAP)
            value_map_merge(values, value_from_yaml(deployer->arena, layer->root).map);
    }
    return values;
}

static bool render_chart(struct deployer *deployer, const struct deployment *deployment,
                         struct rendered_list *ret_files)
{
    struct chart_load_options loading = {.limits = &limits_default, .helm = 4};
    struct render_options options = {
        .release = deployment->release_name,
        .namespace = deployment->namespace,
        .helm = 4,
        .capabilities = capabilities_default(deployer->arena, 4),
        .limits = &limits_default,
    };
    struct diagnostics quiet = {.arena = deployer->arena};
    struct render_failure failure = {.message = STR("the chart cannot be loaded")};
    const struct chart_package *package = chart_package_load(
        deployer->arena, deployer->tree, deployment->chart_directory, &loading, &quiet);
    const struct chart_instance *instance =
        package
            ? chart_instantiate(deployer->arena, package, values_of(deployer, deployment), &quiet)
            : NULL;
    if (!deployer->templates)
        deployer->templates = template_store_new(deployer->arena, 4, &limits_default);
    if (instance &&
        render(deployer->arena, deployer->templates, instance, &options, ret_files, &failure))
        return true;
    deployer_unresolved(deployer, deployment->span,
                        "the Applications of %.*s cannot be rendered: %.*s",
                        STR_ARG(deployment->chart_directory), STR_ARG(failure.message));
    return false;
}

/* --- places: a rendered line is found again in its template when it stands there as it is --- */

struct line_place {
    struct str rendered;
    const struct chart_file *file;
};

static struct span place(void *context, struct span span)
{
    const struct line_place *place = context;
    struct str before = str_slice(place->rendered, 0, span.start);
    size_t start = str_find_last_char(before, '\n');
    start = start == STR_NOT_FOUND ? 0 : start + 1;
    struct str line = str_from(place->rendered, start);
    line = str_trim(str_slice(line, 0, str_find_char(line, '\n')));
    size_t at = line.n > 2 ? str_find(place->file->bytes, line) : STR_NOT_FOUND;
    if (at == STR_NOT_FOUND) {
        /* A value that was filled in: its key is still there. */
        line = str_slice(line, 0, str_find(line, STR(": ")));
        at = line.n > 2 ? str_find(place->file->bytes, line) : STR_NOT_FOUND;
    }
    if (at == STR_NOT_FOUND)
        at = str_find(place->file->bytes, STR("kind: Application"));
    uint32_t offset = at == STR_NOT_FOUND ? 0 : (uint32_t)at;
    return (struct span){place->file->file, offset, offset + (uint32_t)line.n};
}

static void read_rendered(struct argocd *argocd, const struct rendered_file *rendered,
                          const struct argocd_origin *origin)
{
    struct arena *arena = argocd->deployer->arena;
    struct line_place context = {rendered->text, rendered->file};
    struct node_change change = {.span = place, .context = &context};
    if (!str_contains(rendered->text, STR("argoproj.io/")))
        return;
    const struct yaml_stream *stream = yaml_parse_bytes(arena, rendered->text, 0, &limits_default);
    for (size_t i = 0; i < stream->document_count; i++) {
        const struct yaml_node *object = stream->documents[i].root;
        struct yaml_node *placed = node_copy(arena, object, &change);
        if (str_is(node_text(object, "kind"), "Application"))
            argocd_read_application(argocd, placed, origin);
        else if (str_is(node_text(object, "kind"), "ApplicationSet"))
            argocd_read_set(argocd, placed, origin);
    }
}

void argocd_read_chart(struct argocd *argocd, const struct deployment *deployment)
{
    struct deployer *deployer = argocd->deployer;
    struct rendered_list files = {0};
    struct argocd_origin origin = {.environment = deployment->environment};
    if (deployer->depth >= MOST_NESTED_CHARTS) {
        deployer_unresolved(deployer, deployment->span,
                            "charts make Applications of each other more than %d times",
                            MOST_NESTED_CHARTS);
        return;
    }
    deployer->depth++;
    if (render_chart(deployer, deployment, &files)) {
        for (size_t i = 0; i < files.count; i++)
            read_rendered(argocd, &files.items[i], &origin);
    }
    deployer->depth--;
}
