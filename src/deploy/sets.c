#include "sets.h"

#include "argocd.h"
#include "argocd_git.h"

struct search {
    struct arena *arena;
    struct tree *tree;
    const struct config *config;
    struct application_set *set;
    struct map found; /* paths */
};

static void find_files(struct search *search, const struct yaml_node *git)
{
    struct node_list patterns = node_items(git, "files");
    const struct str_list *paths = tree_paths(search->tree);
    struct str root = search->config->root;
    for (size_t i = 0; patterns.count && i < paths->count; i++) {
        struct str path = paths->items[i];
        if (!path_is_below(path, root))
            continue;
        if (argocd_git_wants(patterns, root.n ? str_from(path, root.n + 1) : path))
            map_put(search->arena, &search->found, path, search);
    }
}

/* Generators may lie within each other. */
static void find_generators(struct search *search, const struct yaml_node *node)
{
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++)
        find_generators(search, node->list.items[i]);
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        if (str_is(entry->key, "git"))
            find_files(search, entry->value);
        else
            find_generators(search, entry->value);
    }
}

static void add_set(struct search *search, struct application_set_list *list,
                    const struct file *file, const struct yaml_stream *stream,
                    const struct yaml_node *node)
{
    const struct yaml_node *generators = yaml_at(node, STR("spec.generators"));
    struct application_set *set = vector_add(search->arena, list);
    *set = (struct application_set){file, stream, node, node_text(node, "metadata.name"), {0}};
    search->found = (struct map){0};
    if (generators)
        find_generators(search, generators);
    for (size_t i = 0; i < search->found.count; i++)
        vector_push(search->arena, &set->files, search->found.items[i].key);
    str_list_sort(&set->files);
}

static void read_file(struct search *search, struct application_set_list *list,
                      const struct file *file)
{
    const struct yaml_stream *stream = yaml_parse(search->arena, file, &limits_default);
    size_t before = list->count;
    for (size_t i = 0; i < stream->document_count; i++) {
        const struct yaml_node *root = stream->documents[i].root;
        if (str_is(node_text(root, "kind"), "ApplicationSet"))
            add_set(search, list, file, stream, root);
    }
    if (list->count == before && !stream->complete)
        add_set(search, list, file, stream, yaml_root(stream));
}

struct application_set_list application_sets_find(struct arena *arena, struct tree *tree,
                                                  const struct config *config)
{
    struct search search = {.arena = arena, .tree = tree, .config = config};
    struct application_set_list list = {0};
    const struct str_list *paths = tree_paths(tree);
    for (size_t i = 0; i < paths->count; i++) {
        struct str path = paths->items[i];
        bool candidate = path_is_yaml(path) && path.p[0] != '.' && !str_contains(path, STR("/.")) &&
                         !str_contains(path, STR("/templates/"));
        const struct file *file = candidate ? tree_find(tree, path) : NULL;
        if (file && file->state == FILE_READ &&
            (str_starts_with(file->bytes, STR("kind: ApplicationSet")) ||
             str_contains(file->bytes, STR("\nkind: ApplicationSet"))))
            read_file(&search, &list, file);
    }
    return list;
}

static const struct yaml_node *pattern_in(const struct yaml_node *node, struct str path)
{
    const struct yaml_node *found = NULL;
    struct node_list patterns = node_items(node, "git.files");
    bool wanted = patterns.count && argocd_git_wants(patterns, path);
    for (size_t i = 0; wanted && i < patterns.count && !found; i++) {
        if (argocd_git_matches(node_text(patterns.items[i], "path"), path))
            found = patterns.items[i];
    }
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count && !found; i++)
        found = pattern_in(node->list.items[i], path);
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count && !found; i++)
        found = pattern_in(node->map.entries[i].value, path);
    return found;
}

const struct yaml_node *application_set_pattern(const struct application_set *set,
                                                const struct config *config, struct str path)
{
    const struct yaml_node *generators = yaml_at(set->node, STR("spec.generators"));
    size_t root = config->root.n;
    if (!generators || !path_is_below(path, config->root))
        return NULL;
    return pattern_in(generators, root ? str_from(path, root + 1) : path);
}

/* --- rolling syncs --- */

const struct yaml_node *application_set_steps(const struct yaml_node *set)
{
    const struct yaml_node *steps = yaml_at(set, STR("spec.strategy.rollingSync.steps"));
    bool is_rolling = str_is(node_text(set, "spec.strategy.type"), "RollingSync");
    return is_rolling && steps && steps->kind == YAML_LIST ? steps : NULL;
}

static struct str label_of(const void *context, struct str key)
{
    const struct yaml_entry *label = yaml_find(context, key);
    return label ? yaml_text(label->value) : (struct str){0};
}

size_t application_set_step(const struct yaml_node *steps, const struct yaml_node *labels)
{
    static const struct yaml_node none = {.kind = YAML_MAP};
    for (size_t i = 0; i < steps->list.count; i++) {
        if (argocd_selector_matches(steps->list.items[i], label_of, labels ? labels : &none))
            return i + 1;
    }
    return 0;
}
