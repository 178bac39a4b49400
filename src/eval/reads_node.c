#include "reads_private.h"

enum { DEEPEST = 40 }; /* paths longer than this are read whole */

static struct read_node *node_below(struct arena *arena, struct read_node *node, struct str key)
{
    if (node->depth >= DEEPEST) {
        node->uses |= READ_WHOLE | READ_PLAIN;
        return node;
    }
    struct read_node *child = arena_make(arena, struct read_node);
    child->parent = node;
    child->key = key;
    child->depth = node->depth + 1;
    return child;
}

struct read_node *read_node_child(struct arena *arena, struct read_node *node, struct str key)
{
    struct read_node *child = map_get(&node->children, key);
    if (!child) {
        child = node_below(arena, node, str_copy(arena, key));
        if (child != node)
            map_put(arena, &node->children, child->key, child);
    }
    return child;
}

struct read_node *read_node_any(struct arena *arena, struct read_node *node)
{
    if (node->any)
        return node->any;
    struct read_node *any = node_below(arena, node, (struct str){0});
    if (any != node)
        node->any = any;
    return any;
}

/* --- asking --- */

static void add(struct arena *arena, struct read_set *set, const struct read_node *node)
{
    vector_push(arena, set, node);
    set->uses |= node->uses;
}

struct read_set reads_root(struct arena *arena, const struct reads *reads)
{
    struct read_set set = {0};
    add(arena, &set, reads->root);
    if (reads->everything)
        set.uses |= READ_WHOLE | READ_PLAIN;
    return set;
}

struct read_set read_set_child(struct arena *arena, const struct read_set *set, struct str key)
{
    struct read_set below = {0};
    if (set->uses & READ_WHOLE)
        below.uses = READ_WHOLE | READ_PLAIN | (set->uses & READ_TEMPLATE);
    for (size_t i = 0; i < set->count; i++) {
        const struct read_node *node = set->items[i];
        const struct read_node *child = map_get(&node->children, key);
        if (child)
            add(arena, &below, child);
        if (node->any)
            add(arena, &below, node->any);
    }
    return below;
}

bool read_set_reads(const struct read_set *set, const struct read_set *child)
{
    return child->count || ((set->uses | child->uses) & READ_WHOLE) || (set->uses & READ_KEYS);
}

bool reads_path(struct arena *arena, const struct reads *reads, struct str path)
{
    struct values_step_list steps = values_path_parse(arena, path);
    struct read_set set = reads_root(arena, reads);
    for (size_t i = 0; i < steps.count; i++) {
        const struct values_step *step = &steps.items[i];
        struct str key = step->is_index ? str_format(arena, "%zu", step->index) : step->key;
        struct read_set child = read_set_child(arena, &set, key);
        if (!read_set_reads(&set, &child))
            return false;
        set = child;
    }
    return true;
}

static void add_paths(struct arena *arena, const struct read_node *node, struct str path,
                      struct str_list *paths)
{
    for (size_t i = 0; i < node->children.count; i++) {
        const struct map_entry *entry = &node->children.items[i];
        struct str below = values_path_key(arena, path, entry->key);
        vector_push(arena, paths, below);
        add_paths(arena, entry->value, below, paths);
    }
}

struct str_list reads_paths(struct arena *arena, const struct reads *reads)
{
    struct str_list paths = {0};
    add_paths(arena, reads->root, STR(""), &paths);
    return paths;
}

unsigned read_node_uses(const struct read_node *node)
{
    return node->uses;
}

struct str read_node_path(struct arena *arena, const struct read_node *node)
{
    if (!node->parent)
        return STR("");
    struct str above = read_node_path(arena, node->parent);
    return values_path_key(arena, above, node->key.p ? node->key : STR("*"));
}
