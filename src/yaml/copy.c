#include "private.h"

static void copy_items(struct arena *arena, const struct yaml_node *node, struct yaml_node *copy)
{
    copy->list.items = arena_make_array(arena, struct yaml_node *, node->list.count + 1);
    for (size_t i = 0; i < node->list.count; i++)
        copy->list.items[i] = yaml_copy(arena, node->list.items[i]);
}

static void copy_entries(struct arena *arena, const struct yaml_node *node, struct yaml_node *copy)
{
    size_t count = node->map.count;
    struct entry_list entries = {.items = arena_make_array(arena, struct yaml_entry, count + 1),
                                 .capacity = count + 1};
    for (size_t i = 0; i < node->map.count; i++) {
        struct yaml_entry entry = node->map.entries[i];
        entry.key = str_copy(arena, entry.key);
        entry.value = yaml_copy(arena, entry.value);
        entries_add(arena, &entries, entry);
    }
    entries_finish(arena, &entries, copy);
}

/* The depth is the one that was parsed, within limits->yaml_depth. */
struct yaml_node *yaml_copy(struct arena *arena, const struct yaml_node *node)
{
    struct yaml_node *copy = arena_make(arena, struct yaml_node);
    *copy = *node;
    copy->text = str_copy(arena, node->text);
    if (node->kind == YAML_LIST)
        copy_items(arena, node, copy);
    else if (node->kind == YAML_MAP)
        copy_entries(arena, node, copy);
    return copy;
}
