#include "detect.h"

/* Repositories that say themselves what is deployed: Argo CD, Flux, Helmfile. */

enum { MOST_FOLDERS = 12 };

static bool is_hidden(struct str path)
{
    return path.p[0] == '.' || str_contains(path, STR("/."));
}

static bool is_manifest(struct str path)
{
    return path_is_yaml(path) && !is_hidden(path) && !str_contains(path, STR("/templates/")) &&
           !str_starts_with(path, STR("templates/"));
}

/* Files with both texts. */
static struct str_list files_with(struct detection *detection, const char *group,
                                  const char *const *kinds, size_t kind_count)
{
    struct str_list found = {0};
    const struct str_list *paths = tree_paths(detection->tree);
    for (size_t i = 0; i < paths->count; i++) {
        const struct file *file =
            is_manifest(paths->items[i]) ? tree_find(detection->tree, paths->items[i]) : NULL;
        bool fits = false;
        if (!file || file->state != FILE_READ || !str_contains(file->bytes, str_from_c(group)) ||
            str_contains(file->bytes, STR("kind: CustomResourceDefinition")))
            continue;
        for (size_t k = 0; k < kind_count; k++)
            fits = fits || str_contains(file->bytes, str_from_c(kinds[k]));
        if (fits)
            vector_push(detection->arena, &found, paths->items[i]);
    }
    return found;
}

/* One glob for each folder, or one for all when there are too many. */
static struct str_list globs_of(struct arena *arena, const struct str_list *paths)
{
    struct str_list folders = {0};
    struct str_list globs = {0};
    struct str common = paths->count ? path_directory(paths->items[0]) : STR("");
    for (size_t i = 0; i < paths->count; i++) {
        struct str folder = path_directory(paths->items[i]);
        if (!str_list_has(&folders, folder))
            vector_push(arena, &folders, folder);
        while (common.n && !path_is_below(folder, common))
            common = path_directory(common);
    }
    if (folders.count > MOST_FOLDERS) {
        vector_push(arena, &globs, path_join(arena, common, STR("**/*.{yaml,yml}")));
        return globs;
    }
    for (size_t i = 0; i < folders.count; i++)
        vector_push(arena, &globs, path_join(arena, folders.items[i], STR("*.{yaml,yml}")));
    return globs;
}

/* --- Argo CD --- */

/* A chart that makes Applications and has values of environments beside its own. */
static void add_root(struct detection *detection, struct str directory)
{
    struct arena *arena = detection->arena;
    const struct chart *chart = chart_load(arena, detection->tree, directory, &limits_default);
    struct str pattern = path_join(arena, directory, STR("values-{env}.yaml"));
    struct str glob = path_join(arena, directory, STR("values-*.yaml"));
    if (!chart || !chart_makes_applications(arena, detection->tree, directory))
        return;
    struct config_application *root = vector_add(arena, &detection->config->argocd.roots);
    root->name = chart->name;
    root->chart = directory.n ? directory : STR(".");
    if (tree_glob(detection->tree, arena, glob).count)
        vector_push(arena, &root->layers, pattern);
}

static void find_argocd(struct detection *detection)
{
    static const char *const kinds[] = {"kind: ApplicationSet", "kind: Application\n"};
    struct str_list files =
        files_with(detection, "argoproj.io/", kinds, sizeof kinds / sizeof *kinds);
    struct str_list charts = chart_directories(detection->tree, detection->arena);
    struct config_argocd *argocd = &detection->config->argocd;
    argocd->files = globs_of(detection->arena, &files);
    for (size_t i = 0; i < charts.count && !files.count; i++)
        add_root(detection, charts.items[i]);
    argocd->is_given = argocd->files.count || argocd->roots.count;
}

/* --- Flux and Helmfile --- */

static void find_flux(struct detection *detection)
{
    static const char *const roots[] = {"kind: Kustomization"};
    static const char *const releases[] = {"kind: HelmRelease"};
    struct str_list files = files_with(detection, "kustomize.toolkit.fluxcd.io/", roots, 1);
    if (!files.count)
        files = files_with(detection, "helm.toolkit.fluxcd.io/", releases, 1);
    detection->config->flux = globs_of(detection->arena, &files);
}

static bool has_upper(const struct str_list *chosen, struct str path)
{
    struct str folder = path_directory(path);
    for (size_t i = 0; i < chosen->count; i++) {
        struct str upper = path_directory(chosen->items[i]);
        if (folder.n > upper.n && path_is_below(folder, upper))
            return true;
    }
    return false;
}

/* The uppermost ones lead to the others. */
static void find_helmfile(struct detection *detection)
{
    struct str pattern = STR("**/helmfile{,.d/*}.{yaml,yaml.gotmpl,yml}");
    struct str_list paths = tree_glob(detection->tree, detection->arena, pattern);
    struct str_list *chosen = &detection->config->helmfile;
    size_t deepest = 0;
    for (size_t i = 0; i < paths.count; i++) {
        size_t depth = str_count_char(paths.items[i], '/');
        deepest = depth > deepest ? depth : deepest;
    }
    for (size_t depth = 0; paths.count && depth <= deepest; depth++) {
        for (size_t i = 0; i < paths.count; i++) {
            struct str path = paths.items[i];
            if (str_count_char(path, '/') == depth && !is_hidden(path) && !has_upper(chosen, path))
                vector_push(detection->arena, chosen, path);
        }
    }
}

/* --- whether they say enough --- */

static bool touches_tree(struct tree *tree, const struct deployment *deployment)
{
    bool touches = deployment->chart_directory.p != NULL;
    for (size_t i = 0; i < deployment->layers.count && !touches; i++) {
        const struct deployed_layer *layer = &deployment->layers.items[i];
        touches =
            layer->layer ? layer->layer->kind == LAYER_FILE : tree_has_file(tree, layer->path);
    }
    return touches;
}

/* Applications of charts that lie elsewhere, beside charts that nobody deploys, say little about
 * this repository. */
static bool say_enough(struct detection *detection, const struct deployments *deployments)
{
    struct str_list charts = chart_directories(detection->tree, detection->arena);
    struct map deployed = {0};
    size_t touching = 0;
    for (size_t i = 0; i < deployments->count; i++) {
        const struct deployment *deployment = &deployments->items[i];
        touching += touches_tree(detection->tree, deployment);
        if (deployment->chart_directory.p)
            map_put(detection->arena, &deployed, deployment->chart_directory, detection);
    }
    return touching && deployed.count * 2 >= charts.count;
}

bool detect_deployers(struct detection *detection)
{
    struct config *config = detection->config;
    struct diagnostics unused = {.arena = detection->arena};
    find_argocd(detection);
    find_flux(detection);
    find_helmfile(detection);
    struct deployments found = deployments_find(detection->arena, detection->tree, config, &unused);
    if (!say_enough(detection, &found)) {
        *config = config_default();
        return false;
    }
    for (size_t i = 0; i < found.count; i++)
        detect_add_environment(detection, found.items[i].environment);
    return true;
}
