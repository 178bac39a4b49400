#include "encode.h"

#include "object.h"

static bool holds_object(struct value value)
{
    if (value.type == VALUE_OBJECT)
        return true;
    if (value.type == VALUE_LIST) {
        for (size_t i = 0; i < value.list->count; i++) {
            if (holds_object(value.list->items[i]))
                return true;
        }
    }
    if (value.type == VALUE_MAP) {
        for (size_t i = 0; i < value.map->count; i++) {
            if (holds_object(value.map->entries[i].value))
                return true;
        }
    }
    return false;
}

static struct value replace_objects(struct arena *arena, struct value value)
{
    if (value.type == VALUE_OBJECT) {
        const struct object_type *type = value.object->type;
        if (type->to_plain)
            return type->to_plain(arena, value.object->data);
        if (type->to_map)
            return value_of_map(type->to_map(arena, value.object->data));
        return value_of_map(value_map_new(arena, MAP_ANY));
    }
    if (value.type == VALUE_LIST) {
        struct value_list *list = value_list_new(arena, value.list->type, value.list->count);
        for (size_t i = 0; i < value.list->count; i++)
            value_list_add(arena, list, replace_objects(arena, value.list->items[i]));
        return value_of_list(list);
    }
    if (value.type == VALUE_MAP) {
        struct value_map *map = value_map_new(arena, value.map->type);
        for (size_t i = 0; i < value.map->count; i++)
            value_map_set(map, value.map->entries[i].key,
                          replace_objects(arena, value.map->entries[i].value));
        return value_of_map(map);
    }
    return value;
}

struct value value_to_plain(struct arena *arena, struct value value)
{
    return holds_object(value) ? replace_objects(arena, value) : value;
}

struct str value_to_template_yaml(struct arena *arena, struct value value)
{
    struct str text;
    if (!value_to_yaml(arena, value_to_plain(arena, value), &text))
        return STR("");
    return str_ends_with(text, STR("\n")) ? str_slice(text, 0, text.n - 1) : text;
}
