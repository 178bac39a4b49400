#include "detect.h"

/* The folder of components, and the name of the environment, of what belongs to no environment. */
#define CLUSTER "cluster"

static struct str common_directory(const struct str_list *paths)
{
    struct str common = path_directory(paths->items[0]);
    for (size_t i = 1; i < paths->count; i++) {
        while (common.n && !path_is_below(paths->items[i], common))
            common = path_directory(common);
    }
    return common;
}

/* The folder whose folders are the environments: it has <env>/globals.yaml for known words. */
static struct str environments_folder(const struct str_list *globals)
{
    for (size_t i = 0; i < globals->count; i++) {
        struct str folder = path_directory(globals->items[i]);
        if (environment_word_is_known(path_name(folder)))
            return path_directory(folder);
    }
    return (struct str){0};
}

static struct str_list add_environments(struct detection *detection, const struct str_list *globals,
                                        struct str folder)
{
    struct str_list names = {0};
    for (size_t i = 0; i < globals->count; i++) {
        struct str environment = path_directory(globals->items[i]);
        struct str name = path_name(environment);
        if (!str_equal(path_directory(environment), folder) || !environment_word_is_known(name))
            continue;
        detect_add_environment(detection, name);
        vector_push(detection->arena, &names, name);
    }
    return names;
}

/* Adds the layer for some environments; none: for all. */
static void add_layer(struct detection *detection, struct str pattern,
                      const struct str_list *environments)
{
    detect_add_layer(detection, pattern);
    struct config *config = detection->config;
    if (environments)
        config->layers.items[config->layers.count - 1].environments = *environments;
}

static void add_if_there(struct detection *detection, struct str folder, const char *name,
                         const struct str_list *environments)
{
    struct str path = path_join(detection->arena, folder, str_from_c(name));
    if (tree_has_file(detection->tree, path))
        add_layer(detection, path, environments);
}

/* Those in the folder of the cluster are told apart from those of the environments. */
static void add_components(struct detection *detection, const struct str_list *paths,
                           struct str common, bool cluster)
{
    struct arena *arena = detection->arena;
    struct str_list folders = {0};
    for (size_t i = 0; i < paths->count; i++) {
        struct str rest = str_from(paths->items[i], common.n + (common.n > 0));
        struct str folder = str_cut(&rest, '/');
        if (!str_list_has(&folders, folder) && rest.p && !str_is(folder, CLUSTER))
            vector_push(arena, &folders, folder);
    }
    struct config_components *found = vector_add(arena, &detection->config->components);
    found->files = path_join(arena, common, STR("**/component.yaml"));
    if (!cluster || !folders.count)
        return;
    struct str names =
        folders.count == 1
            ? folders.items[0]
            : str_format(arena, "{%.*s}", STR_ARG(str_list_join(arena, &folders, STR(","))));
    found->files = path_join(arena, common, path_join(arena, names, STR("**/component.yaml")));
    found = vector_add(arena, &detection->config->components);
    found->files = path_join(arena, common, STR(CLUSTER "/**/component.yaml"));
    vector_push(arena, &found->environments, STR(CLUSTER));
}

static bool has_below(const struct str_list *paths, struct str folder)
{
    for (size_t i = 0; i < paths->count; i++) {
        if (path_is_below(paths->items[i], folder))
            return true;
    }
    return false;
}

/* Operators and gateways that belong to no environment, with globals of their own. */
static void add_cluster(struct detection *detection)
{
    detect_add_environment(detection, STR(CLUSTER));
    struct config *config = detection->config;
    config->environments.items[config->environments.count - 1].cluster_scope = true;
}

bool detect_components(struct detection *detection)
{
    struct arena *arena = detection->arena;
    struct str_list components = tree_glob(detection->tree, arena, STR("**/component.yaml"));
    struct str_list globals = tree_glob(detection->tree, arena, STR("**/globals.yaml"));
    struct str folder = environments_folder(&globals);
    if (components.count < 2 || !folder.p)
        return false;
    struct str common = common_directory(&components);
    bool cluster = has_below(&components, path_join(arena, common, STR(CLUSTER)));
    struct str_list names = add_environments(detection, &globals, folder);
    const struct str_list *some = cluster ? &names : NULL;
    add_components(detection, &components, common, cluster);
    struct str above = str_is(path_name(folder), "env") ? path_directory(folder) : folder;
    add_if_there(detection, above, "base/globals.yaml", some);
    add_layer(detection, path_join(arena, folder, STR("{env}/globals.yaml")), some);
    if (cluster) {
        add_cluster(detection);
        struct str_list only = {0};
        vector_push(arena, &only, STR(CLUSTER));
        add_if_there(detection, above, CLUSTER "/globals.yaml", &only);
    }
    add_layer(detection, path_join(arena, above, STR("_shared/{domain}/{app}.yaml")), NULL);
    add_layer(detection, path_join(arena, folder, STR("{env}/{domain}/{app}.yaml")), some);
    return true;
}
