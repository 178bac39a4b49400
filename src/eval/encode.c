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

static struct value replace_objects(struct arena *arena, struct value value);

/* The fields that JSON has, in their order: what comes of it is for writers only, which do not look
 * keys up. */
static struct value plain_fields(struct arena *arena, const struct value_object *object)
{
    const struct object_type *type = object->type;
    struct value_map *map = value_map_new(arena, MAP_ANY);
    map->entries = arena_make_array(arena, struct value_entry, type->field_count + 1);
    for (size_t i = 0; i < type->field_count; i++) {
        const struct object_field *field = &type->fields[i];
        struct value value = object_field_value(arena, field, object->data);
        bool is_left_out = field->omits_empty && value.type == VALUE_STRING && !value.length;
        if (field->json && !is_left_out)
            map->entries[map->count++] =
                (struct value_entry){str_from_c(field->json), replace_objects(arena, value)};
    }
    return value_of_map(map);
}

static struct value plain_object(struct arena *arena, const struct value_object *object)
{
    if (object->type->to_plain)
        return object->type->to_plain(arena, object->data);
    if (object->type->to_map)
        return value_of_map(object->type->to_map(arena, object->data));
    return plain_fields(arena, object);
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

struct str json_problem(struct arena *arena, struct value value, unsigned helm)
{
    struct value culprit = value_json_culprit(value);
    if (culprit.type == VALUE_FLOAT64)
        return str_join(arena, STR("json: unsupported value: "),
                        format_go_float(arena, culprit.number, 'g', -1));
    return str_format(arena, "json: unsupported value: encountered a cycle via %s",
                      value_type_name(culprit, helm));
}

struct str yaml_problem(struct arena *arena, struct value value, unsigned helm)
{
    struct str problem = value_yaml_problem(arena, value);
    if (problem.p && value_json_culprit(value).type == VALUE_NIL)
        return problem;
    return str_join(arena, STR("error marshaling into JSON: "), json_problem(arena, value, helm));
}

struct str value_to_template_yaml(struct arena *arena, struct value value)
{
    struct str text;
    if (!value_to_yaml(arena, value_to_plain(arena, value), &text))
        return STR("");
    return str_ends_with(text, STR("\n")) ? str_slice(text, 0, text.n - 1) : text;
}
