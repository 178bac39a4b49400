#include "argocd.h"

enum { MOST_NESTED_CHARTS = 10 };

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

static void read_rendered(struct argocd *argocd, const struct rendered_file *rendered,
                          const struct argocd_origin *origin)
{
    struct arena *arena = argocd->deployer->arena;
    if (!str_contains(rendered->text, STR("argoproj.io/")))
        return;
    const struct file *file = tree_file(argocd->deployer->tree, rendered->file->file);
    const struct yaml_stream *stream = node_parse_rendered(arena, rendered->text, file);
    for (size_t i = 0; i < stream->document_count; i++) {
        const struct yaml_node *object = stream->documents[i].root;
        if (str_is(node_text(object, "kind"), "Application"))
            argocd_read_application(argocd, object, origin);
        else if (str_is(node_text(object, "kind"), "ApplicationSet"))
            argocd_read_set(argocd, object, origin);
    }
}

void argocd_read_chart(struct argocd *argocd, const struct deployment *deployment)
{
    struct deployer *deployer = argocd->deployer;
    struct rendered_list files = {0};
    struct argocd_origin origin = {.environment = deployment->environment};
    origin.maker = deployment->manifest ? (const void *)deployment->manifest : deployment;
    if (deployer->depth >= MOST_NESTED_CHARTS) {
        deployer_unresolved(deployer, deployment->span,
                            "charts make Applications of each other more than %d times",
                            MOST_NESTED_CHARTS);
        return;
    }
    bool was_in_chart = deployer->is_in_chart;
    deployer->depth++;
    deployer->is_in_chart = true;
    if (render_chart(deployer, deployment, &files)) {
        for (size_t i = 0; i < files.count; i++)
            read_rendered(argocd, &files.items[i], &origin);
    }
    deployer->is_in_chart = was_in_chart;
    deployer->depth--;
}
