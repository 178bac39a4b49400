#include "walk.h"

#include "values_path.h"

static void walk(const struct yaml_node *node, const struct layer_value *parent, layer_visit *visit,
                 void *context)
{
    bool is_map = node->kind == YAML_MAP;
    size_t count = is_map ? node->map.count : node->kind == YAML_LIST ? node->list.count : 0;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_entry *entry = is_map ? &node->map.entries[i] : NULL;
        if (entry && entry->merged)
            continue;
        struct layer_value value = {parent, entry, i, entry ? entry->value : node->list.items[i]};
        if (visit(context, &value))
            walk(value.node, &value, visit, context);
    }
}

void node_walk(const struct yaml_node *root, layer_visit *visit, void *context)
{
    walk(root, NULL, visit, context);
}

void layer_walk(const struct layer *layer, layer_visit *visit, void *context)
{
    if (layer->root && layer->root->kind == YAML_MAP)
        walk(layer->root, NULL, visit, context);
}

struct str layer_value_path(struct arena *arena, const struct layer_value *value)
{
    if (!value)
        return STR("");
    struct str parent = layer_value_path(arena, value->parent);
    return value->entry ? values_path_key(arena, parent, value->entry->key)
                        : values_path_index(arena, parent, value->index);
}

struct str layer_value_key(const struct layer_value *value)
{
    while (value && !value->entry)
        value = value->parent;
    return value ? value->entry->key : STR("");
}

const struct yaml_node *layer_value_elsewhere(const struct layer *layer,
                                              const struct layer_value *value)
{
    if (!value)
        return layer->root;
    if (!value->entry)
        return NULL;
    const struct yaml_node *map = layer_value_elsewhere(layer, value->parent);
    const struct yaml_entry *entry = map ? yaml_find(map, value->entry->key) : NULL;
    return entry ? entry->value : NULL;
}

/* The offset of the text within the span; STR_NOT_FOUND when it stands there twice or not at all.
 */
static size_t find_once(struct str bytes, struct span span, struct str text)
{
    struct str written = str_slice(bytes, span.start, span.end);
    size_t first = text.n ? str_find(written, text) : STR_NOT_FOUND;
    if (first == STR_NOT_FOUND || str_contains(str_from(written, first + 1), text))
        return STR_NOT_FOUND;
    return span.start + first;
}

struct span file_text_span(const struct file *file, struct span whole, struct str part)
{
    struct str bytes = file->bytes;
    bool inside = bytes.p && part.p >= bytes.p && part.p + part.n <= bytes.p + bytes.n;
    size_t start = inside ? (size_t)(part.p - bytes.p) : find_once(bytes, whole, part);
    if (start == STR_NOT_FOUND)
        return whole;
    return (struct span){whole.file, (uint32_t)start, (uint32_t)(start + part.n)};
}

struct span value_span(const struct yaml_node *node, struct span key_span)
{
    return node->span.end > node->span.start ? node->span : key_span;
}
