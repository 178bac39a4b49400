#include "fields.h"

/* Not a document of comments alone. */
static bool is_object(const struct manifest *manifest)
{
    return manifest->root->kind == YAML_MAP;
}

/* --- collecting --- */

struct collector {
    struct arena *arena;
    struct field_list *fields;
    const struct manifest *manifest;
    size_t manifest_number;
};

static void collect(const struct collector *collector, const struct yaml_node *node,
                    struct str path)
{
    struct arena *arena = collector->arena;
    if (node->kind == YAML_MAP) {
        for (size_t i = 0; i < node->map.count; i++)
            collect(collector, node->map.entries[i].value,
                    values_path_key(arena, path, node->map.entries[i].key));
    } else if (node->kind == YAML_LIST) {
        for (size_t i = 0; i < node->list.count; i++)
            collect(collector, node->list.items[i], values_path_index(arena, path, i));
    } else {
        struct field field = {collector->manifest, collector->manifest_number, path, node,
                              FIELD_SAME};
        vector_push(arena, collector->fields, field);
    }
}

struct field_list fields_of(struct arena *arena, const struct rendering *rendering)
{
    struct field_list fields = {0};
    for (size_t i = 0; i < rendering->manifests.count; i++) {
        const struct manifest *manifest = &rendering->manifests.items[i];
        struct collector collector = {arena, &fields, manifest, i};
        if (is_object(manifest))
            collect(&collector, manifest->root, STR(""));
    }
    return fields;
}

/* --- comparing --- */

static void set_all(const struct yaml_node *node, enum field_fate fate, struct field **next)
{
    if (node->kind == YAML_MAP) {
        for (size_t i = 0; i < node->map.count; i++)
            set_all(node->map.entries[i].value, fate, next);
    } else if (node->kind == YAML_LIST) {
        for (size_t i = 0; i < node->list.count; i++)
            set_all(node->list.items[i], fate, next);
    } else {
        (*next)->fate = fate;
        (*next)++;
    }
}

static void compare(const struct yaml_node *before, const struct yaml_node *after, bool is_shifted,
                    struct field **next)
{
    if (!after ||
        (before->kind != after->kind && (before->kind == YAML_MAP || before->kind == YAML_LIST))) {
        set_all(before, is_shifted ? FIELD_SHIFTED : FIELD_GONE, next);
    } else if (before->kind == YAML_MAP) {
        for (size_t i = 0; i < before->map.count; i++) {
            const struct yaml_entry *entry = yaml_find(after, before->map.entries[i].key);
            compare(before->map.entries[i].value, entry ? entry->value : NULL, is_shifted, next);
        }
    } else if (before->kind == YAML_LIST) {
        is_shifted = is_shifted || before->list.count != after->list.count;
        for (size_t i = 0; i < before->list.count; i++)
            compare(before->list.items[i], i < after->list.count ? after->list.items[i] : NULL,
                    is_shifted, next);
    } else {
        enum field_fate same = is_shifted ? FIELD_SHIFTED : FIELD_SAME;
        enum field_fate changed = is_shifted ? FIELD_SHIFTED : FIELD_CHANGED;
        (*next)->fate = yaml_equal(before, after) ? same : changed;
        (*next)++;
    }
}

static bool is_alike(const struct manifest *a, const struct manifest *b, bool of_any_kind)
{
    return str_equal(a->path, b->path) && (of_any_kind || str_equal(a->kind, b->kind));
}

/* The document in the same place among those of its template, or of those of the same kind. */
static const struct manifest *in_place(const struct manifest_list *before, size_t number,
                                       const struct manifest_list *after, bool of_any_kind)
{
    const struct manifest *wanted = &before->items[number];
    const struct manifest *found = NULL;
    size_t place = 0, seen = 0;
    for (size_t i = 0; i < number; i++)
        place += is_alike(&before->items[i], wanted, of_any_kind);
    for (size_t i = 0; i < after->count && !found; i++) {
        if (is_alike(&after->items[i], wanted, of_any_kind) && seen++ == place)
            found = &after->items[i];
    }
    return found;
}

const struct manifest *manifest_counterpart(const struct manifest_list *before, size_t number,
                                            const struct manifest_list *after)
{
    const struct manifest *wanted = &before->items[number];
    for (size_t i = 0; i < after->count; i++) {
        const struct manifest *manifest = &after->items[i];
        if (is_alike(manifest, wanted, false) && str_equal(manifest->name, wanted->name))
            return manifest;
    }
    const struct manifest *found = in_place(before, number, after, false);
    return found ? found : in_place(before, number, after, true);
}

void fields_compare(struct field_list *fields, const struct rendering *before,
                    const struct rendering *after)
{
    struct field *next = fields->items;
    for (size_t i = 0; i < before->manifests.count; i++) {
        if (!is_object(&before->manifests.items[i]))
            continue;
        const struct manifest *other =
            manifest_counterpart(&before->manifests, i, &after->manifests);
        compare(before->manifests.items[i].root, other ? other->root : NULL, false, &next);
    }
}
