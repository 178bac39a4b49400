#include "private.h"

static struct yaml_node *merge(struct arena *arena, const struct yaml_node *below,
                               const struct yaml_node *above)
{
    struct entry_list entries = {0};
    for (size_t i = 0; i < below->map.count; i++)
        entries_add(arena, &entries, below->map.entries[i]);
    for (size_t i = 0; i < above->map.count; i++) {
        struct yaml_entry entry = above->map.entries[i];
        struct yaml_entry *there = entries_find(&entries, entry.key);
        if (!there)
            entries_add(arena, &entries, entry);
        else if (there->value->kind == YAML_MAP && entry.value->kind == YAML_MAP)
            there->value = merge(arena, there->value, entry.value);
        else
            *there = entry;
    }
    struct yaml_node *merged = arena_make(arena, struct yaml_node);
    *merged = *below;
    merged->map.index = NULL;
    entries_finish(arena, &entries, merged);
    return merged;
}

const struct yaml_node *yaml_merged(struct arena *arena, const struct yaml_stream *stream)
{
    const struct yaml_node *merged = NULL;
    for (size_t i = 0; i < stream->document_count; i++) {
        const struct yaml_node *root = stream->documents[i].root;
        if (root->kind == YAML_NULL)
            continue;
        if (root->kind != YAML_MAP)
            return root;
        merged = merged ? merge(arena, merged, root) : root;
    }
    return merged ? merged : yaml_root(stream);
}
