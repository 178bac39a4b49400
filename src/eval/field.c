#include "evaluation.h"
#include "render.h"

static const struct object_member *find_member(const struct object_member *members, size_t count,
                                               struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (name.n && members[i].name[0] == name.p[0] && str_is(name, members[i].name))
            return &members[i];
    }
    return NULL;
}

static bool field_of_map(struct evaluation *evaluation, const struct value_map *map,
                         struct str name, const struct arguments *arguments,
                         struct value *ret_value)
{
    if (arguments_are_given(arguments))
        return fail(evaluation, "%.*s is not a method but has arguments", STR_ARG(name));
    const struct value *found = value_map_get(map, name);
    if (!found && evaluation->missing_key_is_error)
        return fail(evaluation, "map has no entry for key \"%.*s\"", STR_ARG(name));
    *ret_value = found ? *found : map->type == MAP_STRING ? value_string(STR("")) : value_nil();
    ret_value->is_boxed = map->type != MAP_STRING;
    return true;
}

static bool field_of_object(struct evaluation *evaluation, struct value receiver, struct str name,
                            struct site site, const struct arguments *arguments, struct value dot,
                            struct value *ret_value)
{
    const struct object_type *type = receiver.object->type;
    const struct object_member *member = find_member(type->members, type->member_count, name);
    if (member && !member->is_method && arguments_are_given(arguments))
        return fail(evaluation, "%.*s has arguments but cannot be invoked as function",
                    STR_ARG(name));
    if (member)
        return evaluate_member(evaluation, member, receiver.object->data, site, arguments, dot,
                               ret_value);
    if (type->to_map) {
        if (!field_of_map(evaluation, type->to_map(evaluation->arena, receiver.object->data), name,
                          arguments, ret_value))
            return false;
        if (ret_value->type == VALUE_NIL) /* .Files is the only one, a map of bytes */
            *ret_value = value_bytes(STR(""));
        return true;
    }
    return fail(evaluation, "can't evaluate field %.*s in type %s", STR_ARG(name),
                receiver.is_boxed ? "interface {}" : value_type_name(receiver, evaluation->helm));
}

bool evaluate_field(struct evaluation *evaluation, struct value receiver, struct str name,
                    struct site site, const struct arguments *arguments, struct value dot,
                    struct value *ret_value)
{
    bool has_fields = receiver.type == VALUE_MAP || receiver.type == VALUE_OBJECT;
    if (receiver.type == VALUE_NIL && receiver.is_boxed && !evaluation->forgives_fields) {
        evaluation->reason = RENDER_NIL;
        evaluation->blamed = receiver.source;
        return fail(evaluation, "nil pointer evaluating interface {}.%.*s", STR_ARG(name));
    }
    if (receiver.type == VALUE_NIL || (!has_fields && evaluation->forgives_fields)) {
        *ret_value = value_nil();
        return true;
    }
    if (receiver.type == VALUE_MAP) {
        const struct object_member *method =
            receiver.is_values ? find_member(values_methods, values_method_count, name) : NULL;
        if (method)
            return evaluate_member(evaluation, method, receiver.map, site, arguments, dot,
                                   ret_value);
        return field_of_map(evaluation, receiver.map, name, arguments, ret_value);
    }
    if (receiver.type == VALUE_OBJECT)
        return field_of_object(evaluation, receiver, name, site, arguments, dot, ret_value);
    return fail(evaluation, "can't evaluate field %.*s in type %s", STR_ARG(name),
                receiver.is_boxed ? "interface {}" : value_type_name(receiver, evaluation->helm));
}
