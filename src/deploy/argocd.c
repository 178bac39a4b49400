#include "argocd.h"

static void read_list(struct argocd *argocd, const struct yaml_node *list,
                      const struct argocd_origin *origin)
{
    struct node_list items = node_items(list, "items");
    for (size_t i = 0; i < items.count; i++)
        argocd_read_object(argocd, items.items[i], origin);
}

/* One document is read once, whoever leads to it. */
static bool is_new(struct argocd *argocd, const struct yaml_node *object)
{
    struct deployer *deployer = argocd->deployer;
    const struct file *file = tree_file(deployer->tree, object->span.file);
    if (!file)
        return true;
    struct str key =
        str_format(deployer->arena, "%.*s@%u", STR_ARG(file->path), object->span.start);
    if (map_has(&deployer->seen, key))
        return false;
    map_put(deployer->arena, &deployer->seen, key, deployer);
    return true;
}

void argocd_read_object(struct argocd *argocd, const struct yaml_node *object,
                        const struct argocd_origin *origin)
{
    struct str kind = node_text(object, "kind");
    if (str_is(kind, "Application") && is_new(argocd, object))
        argocd_read_application(argocd, object, origin);
    else if (str_is(kind, "ApplicationSet") && is_new(argocd, object))
        argocd_read_set(argocd, object, origin);
    else if (str_ends_with(kind, STR("List")))
        read_list(argocd, object, origin);
}

/* --- clusters --- */

static void add_configured_clusters(struct argocd *argocd)
{
    const struct config_argocd *config = &argocd->deployer->config->argocd;
    for (size_t i = 0; i < config->clusters.count; i++) {
        const struct config_cluster *cluster = &config->clusters.items[i];
        vector_push(argocd->deployer->arena, &argocd->clusters,
                    ((struct argocd_cluster){cluster->name, cluster->server, cluster->labels,
                                             cluster->annotations}));
    }
}

/* A Secret that declares a cluster to Argo CD. */
static void add_cluster_secret(struct argocd *argocd, const struct yaml_node *secret)
{
    const struct yaml_node *labels = yaml_at(secret, STR("metadata.labels"));
    struct str type = yaml_text(yaml_value(labels, "argocd.argoproj.io/secret-type"));
    struct str name = node_text(secret, "stringData.name");
    if (!str_is(node_text(secret, "kind"), "Secret") || !str_is(type, "cluster"))
        return;
    vector_push(argocd->deployer->arena, &argocd->clusters,
                ((struct argocd_cluster){
                    .name = name.n ? name : node_text(secret, "metadata.name"),
                    .server = node_text(secret, "stringData.server"),
                    .labels = labels,
                    .annotations = yaml_at(secret, STR("metadata.annotations")),
                }));
}

static bool has_text(struct deployer *deployer, struct str path, const char *text)
{
    const struct file *file = tree_find(deployer->tree, path);
    return file && file->state == FILE_READ && str_contains(file->bytes, str_from_c(text));
}

static void find_cluster_secrets(struct argocd *argocd)
{
    struct deployer *deployer = argocd->deployer;
    const struct str_list *paths = tree_paths(deployer->tree);
    for (size_t i = 0; i < paths->count; i++) {
        struct str path = paths->items[i];
        bool candidate = path_is_yaml(path) && !str_contains(path, STR("/templates/")) &&
                         has_text(deployer, path, "argocd.argoproj.io/secret-type: cluster");
        const struct yaml_stream *stream = candidate ? deployer_parse(deployer, path) : NULL;
        for (size_t k = 0; stream && k < stream->document_count; k++)
            add_cluster_secret(argocd, stream->documents[k].root);
    }
}

/* --- files --- */

static void read_file(struct argocd *argocd, struct str path)
{
    const struct yaml_stream *stream = deployer_parse(argocd->deployer, path);
    struct argocd_origin none = {0};
    for (size_t i = 0; stream && i < stream->document_count; i++)
        argocd_read_object(argocd, stream->documents[i].root, &none);
}

static void read_files(struct argocd *argocd)
{
    struct deployer *deployer = argocd->deployer;
    const struct str_list *globs = &deployer->config->argocd.files;
    for (size_t i = 0; i < globs->count; i++) {
        struct str pattern = path_join(deployer->arena, deployer->config->root, globs->items[i]);
        struct str_list paths = tree_glob(deployer->tree, deployer->arena, pattern);
        if (!paths.count)
            diagnostics_add(deployer->sink, SEVERITY_WARNING, "pattern", (struct span){0},
                            "no file matches %.*s", STR_ARG(pattern));
        for (size_t k = 0; k < paths.count; k++) {
            bool is_template = str_contains(paths.items[k], STR("/templates/"));
            if (!is_template && has_text(deployer, paths.items[k], "argoproj.io/"))
                read_file(argocd, paths.items[k]);
        }
    }
}

/* --- charts that are deployed by hand --- */

/* The environments for which a file is there that the pattern of a layer leads to. */
static struct str_list environments_of_files(struct deployer *deployer, struct str pattern)
{
    struct str_list found = {0};
    size_t at = str_find(pattern, STR("{env}"));
    if (at == STR_NOT_FOUND)
        return found;
    struct str glob = str_replace(deployer->arena, pattern, STR("{env}"), STR("*"));
    struct str_list paths = tree_glob(deployer->tree, deployer->arena, glob);
    size_t behind = pattern.n - at - strlen("{env}");
    for (size_t i = 0; i < paths.count; i++) {
        struct str path = paths.items[i];
        vector_push(deployer->arena, &found, str_slice(path, at, path.n - behind));
    }
    return found;
}

static bool has_environments(const struct config_application *root)
{
    bool has = root->environments.count > 0;
    for (size_t i = 0; i < root->layers.count && !has; i++)
        has = str_contains(root->layers.items[i], STR("{env}"));
    return has;
}

/* A root is deployed once in each of them; one that has none is deployed once. */
static struct str_list environments_of_root(struct deployer *deployer,
                                            const struct config_application *root)
{
    struct str_list found = {0};
    if (!has_environments(root)) {
        vector_push(deployer->arena, &found, (struct str){0});
        return found;
    }
    const struct config *config = deployer->config;
    for (size_t i = 0; i < config->environments.count; i++) {
        struct str name = config->environments.items[i].name;
        if (!root->environments.count || glob_match_any(&root->environments, name))
            vector_push(deployer->arena, &found, name);
    }
    for (size_t i = 0; i < root->layers.count && !found.count; i++)
        found = environments_of_files(deployer, deployer_path(deployer, root->layers.items[i]));
    return found;
}

static void add_root(struct argocd *argocd, const struct config_application *root,
                     struct str environment)
{
    struct deployer *deployer = argocd->deployer;
    struct deployment *deployment = vector_add(deployer->arena, &deployer->found);
    *deployment = (struct deployment){
        .application = root->name,
        .full_name = root->name,
        .environment = environment,
        .release_name = root->name,
        .namespace = root->namespace,
        .domain = root->domain,
        .span = root->span,
    };
    deployment->chart_directory =
        chart_place_find(deployer->arena, deployer->tree, deployer->config, root->chart);
    for (size_t i = 0; i < root->layers.count; i++) {
        struct str path =
            str_replace(deployer->arena, root->layers.items[i], STR("{env}"), environment);
        deployment_add_file(deployer, deployment, deployer_path(deployer, path), false, root->span);
    }
    if (!deployment->chart_directory.p) {
        deployer_unresolved(deployer, root->span, "the chart %.*s is not in this repository",
                            STR_ARG(root->chart));
        return;
    }
    struct deployment *copy = arena_make(deployer->arena, struct deployment);
    *copy = *deployment;
    argocd_read_chart(argocd, copy);
}

static void read_roots(struct argocd *argocd)
{
    struct deployer *deployer = argocd->deployer;
    const struct config_argocd *config = &deployer->config->argocd;
    for (size_t i = 0; i < config->roots.count; i++) {
        struct str_list environments = environments_of_root(deployer, &config->roots.items[i]);
        for (size_t k = 0; k < environments.count; k++)
            add_root(argocd, &config->roots.items[i], environments.items[k]);
    }
}

void deploy_argocd(struct deployer *deployer)
{
    struct argocd argocd = {.deployer = deployer};
    if (!deployer->config->argocd.is_given)
        return;
    add_configured_clusters(&argocd);
    deployer->is_searching = true;
    find_cluster_secrets(&argocd);
    deployer->is_searching = false;
    read_roots(&argocd);
    read_files(&argocd);
}
