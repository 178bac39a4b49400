#include "definition.h"

/* --- fields that are none --- */

struct search {
    struct arena *arena;
    const struct definition *definition;
    struct unknown_field_list list;
};

static const struct value *keyword(struct value schema, const char *name)
{
    return value_map_get(schema.map, str_from_c(name));
}

static bool says(struct value schema, const char *name)
{
    const struct value *value = keyword(schema, name);
    return value && value->type == VALUE_BOOL && value->boolean;
}

/* True when what the schema does not name is no field. */
static bool is_closed(const struct search *search, struct value schema)
{
    const struct value *other = keyword(schema, "additionalProperties");
    const struct value *properties = keyword(schema, "properties");
    if (other)
        return other->type == VALUE_BOOL && !other->boolean;
    return search->definition->is_structural && properties && properties->type == VALUE_MAP &&
           properties->map->count && !says(schema, "x-kubernetes-preserve-unknown-fields");
}

/* What every object has, and so what is embedded as one. */
static bool is_of_all_objects(struct str key)
{
    static const char *const keys[] = {"apiVersion", "kind", "metadata"};
    return STR_IS_ONE_OF(key, keys);
}

static void add_unknown(struct search *search, struct str path, struct str key,
                        const struct value *properties)
{
    struct str_list names = {0};
    for (size_t i = 0; properties && i < properties->map->count; i++)
        vector_push(search->arena, &names, properties->map->entries[i].key);
    struct unknown_field field = {path, key, similar_find(key, names.items, names.count)};
    vector_push(search->arena, &search->list, field);
}

static void look(struct search *search, struct value schema, const struct yaml_node *node,
                 struct str path);

static void look_at_entry(struct search *search, struct value schema,
                          const struct yaml_entry *entry, struct str path)
{
    const struct value *properties = keyword(schema, "properties");
    const struct value *other = keyword(schema, "additionalProperties");
    bool has_properties = properties && properties->type == VALUE_MAP;
    const struct value *own = has_properties ? value_map_get(properties->map, entry->key) : NULL;
    bool is_object = !path.n || says(schema, "x-kubernetes-embedded-resource");
    struct str below = values_path_key(search->arena, path, entry->key);
    if (is_object && is_of_all_objects(entry->key))
        return;
    if (own)
        look(search, *own, entry->value, below);
    else if (other && other->type == VALUE_MAP)
        look(search, *other, entry->value, below);
    else if (entry->value->kind != YAML_NULL && is_closed(search, schema))
        add_unknown(search, below, entry->key, has_properties ? properties : NULL);
}

static void look(struct search *search, struct value schema, const struct yaml_node *node,
                 struct str path)
{
    if (schema.type != VALUE_MAP)
        return;
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++)
        look_at_entry(search, schema, &node->map.entries[i], path);
    const struct value *items = keyword(schema, "items");
    for (size_t i = 0; items && node->kind == YAML_LIST && i < node->list.count; i++)
        look(search, *items, node->list.items[i], values_path_index(search->arena, path, i));
}

struct unknown_field_list definition_unknown_fields(struct arena *arena,
                                                    const struct definition *definition,
                                                    const struct yaml_node *root)
{
    struct search search = {.arena = arena, .definition = definition};
    look(&search, definition->schema, root, STR(""));
    return search.list;
}

/* --- everything else --- */

static struct value without_nulls(struct arena *arena, struct value value)
{
    if (value.type == VALUE_LIST) {
        struct value_list *list = value_list_new(arena, LIST_ANY, value.list->count);
        for (size_t i = 0; i < value.list->count; i++)
            value_list_add(arena, list, without_nulls(arena, value.list->items[i]));
        return value_of_list(list);
    }
    if (value.type != VALUE_MAP)
        return value;
    struct value_map *map = value_map_new(arena, MAP_ANY);
    for (size_t i = 0; i < value.map->count; i++) {
        const struct value_entry *entry = &value.map->entries[i];
        if (entry->value.type != VALUE_NIL)
            value_map_set(map, entry->key, without_nulls(arena, entry->value));
    }
    return value_of_map(map);
}

static bool has_path(const struct schema_violation_list *list, struct str path)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_equal(list->items[i].path, path))
            return true;
    }
    return false;
}

struct schema_violation_list definition_violations(struct arena *arena,
                                                   const struct definition *definition,
                                                   const struct yaml_node *root)
{
    struct schema_violation_list all = {0};
    struct schema_violation_list list = {0};
    struct str text;
    struct value object = without_nulls(arena, value_from_yaml(arena, root));
    if (!definition->checks || schema_check(arena, definition->checks, object, &text, &all))
        return list;
    for (size_t i = 0; i < all.count; i++) {
        /* The other half of this file tells it. */
        bool is_unknown = str_starts_with(all.items[i].text, STR("additional properties "));
        if (!is_unknown && !has_path(&list, all.items[i].path))
            vector_push(arena, &list, all.items[i]);
    }
    return list;
}
