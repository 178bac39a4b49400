#include "deployed.h"

#include "detect.h"

/* Who loads a values file. A part that differs between them cannot be what the path has in common
 * with their names. */
struct path_use {
    struct str path;
    const struct deployment *first;
    struct span named_at;
    bool optional;
    bool many_environments, many_applications, many_domains, many_charts;
};

static void note_use(struct arena *arena, struct map *uses, const struct deployment *deployment,
                     const struct deployed_layer *layer)
{
    struct path_use *use = map_get(uses, layer->path);
    if (!use) {
        use = arena_make(arena, struct path_use);
        *use = (struct path_use){.path = layer->path,
                                 .first = deployment,
                                 .named_at = layer->named_at,
                                 .optional = layer->optional};
        map_put(arena, uses, layer->path, use);
    }
    const struct deployment *first = use->first;
    use->many_environments |= !str_equal(first->environment, deployment->environment);
    use->many_applications |= !str_equal(first->application, deployment->application);
    use->many_domains |= !str_equal(first->domain, deployment->domain);
    use->many_charts |= !str_equal(first->chart_directory, deployment->chart_directory);
}

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Every place where the name stands as whole words becomes the placeholder. */
static struct str with_placeholder(struct arena *arena, struct str path, struct str name,
                                   const char *placeholder)
{
    struct text out = {.arena = arena};
    size_t from = 0;
    while (name.n && from < path.n) {
        size_t at = str_find(str_from(path, from), name);
        if (at == STR_NOT_FOUND)
            break;
        at += from;
        bool whole = (at == 0 || !is_word_character(path.p[at - 1])) &&
                     (at + name.n == path.n || !is_word_character(path.p[at + name.n]));
        text_add(&out, str_slice(path, from, whole ? at : at + 1));
        text_add_c(&out, whole ? placeholder : "");
        from = whole ? at + name.n : at + 1;
    }
    text_add(&out, str_from(path, from));
    return text_str(&out);
}

static bool is_of_cluster(const struct config *config, struct str environment)
{
    for (size_t i = 0; i < config->environments.count; i++) {
        if (str_equal(config->environments.items[i].name, environment))
            return config->environments.items[i].cluster_scope;
    }
    return false;
}

static struct str pattern_of(struct arena *arena, const struct config *config,
                             const struct path_use *use)
{
    const struct deployment *first = use->first;
    struct str path = use->path;
    struct str prefix = {0};
    if (!use->many_charts && first->chart_directory.n &&
        path_is_below(path, first->chart_directory)) {
        prefix = STR("{chart}/");
        path = str_from(path, first->chart_directory.n + 1);
    } else if (config->root.n && path_is_below(path, config->root)) {
        path = str_from(path, config->root.n + 1);
    }
    if (!use->many_applications)
        path = with_placeholder(arena, path, first->application, "{app}");
    if (!use->many_domains)
        path = with_placeholder(arena, path, first->domain, "{domain}");
    if (!use->many_environments && !is_of_cluster(config, first->environment))
        path = with_placeholder(arena, path, first->environment, "{env}");
    return str_join(arena, prefix, path);
}

static size_t layer_of_pattern(struct arena *arena, struct config *config, size_t given,
                               struct str pattern, const struct path_use *use)
{
    for (size_t i = given; i < config->layers.count; i++) {
        if (str_equal(config->layers.items[i].pattern, pattern))
            return i;
    }
    vector_push(arena, &config->layers,
                ((struct config_layer){
                    .pattern = pattern, .optional = use->optional, .span = use->named_at}));
    return config->layers.count - 1;
}

static void learn_patterns(struct arena *arena, struct config *config,
                           const struct deployments *deployments,
                           struct deployed_patterns *patterns)
{
    struct map uses = {0};
    for (size_t i = 0; i < deployments->count; i++) {
        const struct deployment *deployment = &deployments->items[i];
        for (size_t k = 0; k < deployment->layers.count; k++) {
            if (!deployment->layers.items[k].layer)
                note_use(arena, &uses, deployment, &deployment->layers.items[k]);
        }
    }
    for (size_t i = 0; i < uses.count; i++) {
        const struct path_use *use = uses.items[i].value;
        struct str pattern = pattern_of(arena, config, use);
        size_t number = layer_of_pattern(arena, config, patterns->given, pattern, use);
        map_put(arena, &patterns->by_path, use->path, (void *)(uintptr_t)(number + 1));
    }
}

struct config *config_complete(struct arena *arena, struct tree *tree, const struct config *config,
                               const struct deployments *deployments,
                               struct deployed_patterns *ret_patterns)
{
    struct config *complete = arena_make(arena, struct config);
    struct deployed_patterns patterns = {.given = config->layers.count};
    *complete = *config;
    complete->layers.capacity = complete->layers.count; /* the next one moves them */
    if (!config->environments.count) {
        struct detection detection = {arena, tree, NULL, complete};
        for (size_t i = 0; i < deployments->count; i++)
            detect_add_environment(&detection, deployments->items[i].environment);
        detect_sort_environments(&detection);
        /* Which of them share a cluster nobody says: none is taken to. */
        for (size_t i = 0; i < complete->environments.count; i++)
            complete->environments.items[i].cluster = complete->environments.items[i].name;
    }
    learn_patterns(arena, complete, deployments, &patterns);
    *ret_patterns = patterns;
    return complete;
}
