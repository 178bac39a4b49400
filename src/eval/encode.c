#include "encode.h"

#include "object.h"

/* What is too deep or too much is refused by the writers. */
static bool holds_object(struct value value, struct value_walk *walk)
{
    bool found = value.type == VALUE_OBJECT;
    if ((value.type != VALUE_LIST && value.type != VALUE_MAP) || !value_walk_enter(walk))
        return found;
    size_t count = value.type == VALUE_LIST ? value.list->count : value.map->count;
    for (size_t i = 0; i < count && !found; i++)
        found = holds_object(
            value.type == VALUE_LIST ? value.list->items[i] : value.map->entries[i].value, walk);
    value_walk_leave(walk);
    return found;
}

static struct value plain_object(struct arena *arena, const struct value_object *object)
{
    if (object->type->to_plain)
        return object->type->to_plain(arena, object->data);
    if (object->type->to_map)
        return value_of_map(object->type->to_map(arena, object->data));
    return value_of_map(value_map_new(arena, MAP_ANY));
}

/* In a copy, which has an end. */
static struct value replace_objects(struct arena *arena, struct value value)
{
    if (value.type == VALUE_OBJECT)
        return plain_object(arena, value.object);
    for (size_t i = 0; value.type == VALUE_LIST && i < value.list->count; i++)
        value.list->items[i] = replace_objects(arena, value.list->items[i]);
    for (size_t i = 0; value.type == VALUE_MAP && i < value.map->count; i++)
        value.map->entries[i].value = replace_objects(arena, value.map->entries[i].value);
    return value;
}

struct value value_to_plain(struct arena *arena, struct value value)
{
    struct value_walk walk = {0};
    return holds_object(value, &walk) ? replace_objects(arena, value_copy(arena, value)) : value;
}

struct str value_to_template_yaml(struct arena *arena, struct value value)
{
    struct str text;
    if (!value_to_yaml(arena, value_to_plain(arena, value), &text))
        return STR("");
    return str_ends_with(text, STR("\n")) ? str_slice(text, 0, text.n - 1) : text;
}
