#include "function.h"

#include <inttypes.h>
#include <stdarg.h>

#include "evaluation.h"
#include "functions.h"
#include "object.h"

static const struct function_family *const families[] = {
    &funcs_builtin, &funcs_certificate, &funcs_date,    &funcs_dict,   &funcs_encode,
    &funcs_hash,    &funcs_helm,        &funcs_letters, &funcs_list,   &funcs_logic,
    &funcs_math,    &funcs_path,        &funcs_print,   &funcs_random, &funcs_regex,
    &funcs_semver,  &funcs_strings,     &funcs_toml,    &funcs_url,    NULL,
};

void functions_list(struct arena *arena, unsigned helm, struct map *by_name)
{
    hashes_start();
    for (size_t i = 0; families[i]; i++) {
        for (size_t k = 0; k < families[i]->count; k++) {
            const struct function *function = &families[i]->functions[k];
            if (function->since <= helm)
                map_put(arena, by_name, str_from_c(function->name), (void *)function);
        }
    }
}

const void *functions_find(const void *by_name, struct str name)
{
    return map_get(by_name, name);
}

void call_note_failure(struct call *call, const char *format, ...)
{
    struct text text = {.arena = call->arena};
    va_list args;
    va_start(args, format);
    text_format_list(&text, format, args);
    va_end(args);
    call->error = text_str(&text);
}

void call_note_change(struct call *call)
{
    call->evaluation->changes++;
}

bool call_spend(struct call *call, uint64_t amount)
{
    struct evaluation *evaluation = call->evaluation;
    uint64_t left = evaluation->limits->render_bytes - evaluation->bytes;
    if (amount > left)
        return call_fail(call, "the result is larger than the limit render_bytes, %" PRIu64,
                         evaluation->limits->render_bytes);
    evaluation->bytes += amount;
    return true;
}

unsigned call_helm(const struct call *call)
{
    return call->evaluation->helm;
}

static const char *list_type_name(const struct value_list *list)
{
    switch (list->type) {
    case LIST_ANY:
        return "[]interface {}";
    case LIST_STRING:
        return "[]string";
    case LIST_INT:
        return "[]int";
    case LIST_LIST:
        return "[][]interface {}";
    case LIST_OBJECT:
        return list->type_name;
    }
    return "";
}

static const char *map_type_name(struct value value, unsigned helm)
{
    if (value.is_values)
        return helm == 3 ? "chartutil.Values" : "common.Values";
    return value.map->type == MAP_STRING ? "map[string]string" : "map[string]interface {}";
}

static const char *const scalar_type_names[] = {
    [VALUE_NIL] = "<nil>",       [VALUE_BOOL] = "bool",     [VALUE_INT] = "int",
    [VALUE_INT32] = "int32",     [VALUE_INT64] = "int64",   [VALUE_UINT8] = "uint8",
    [VALUE_UINT32] = "uint32",   [VALUE_UINT64] = "uint64", [VALUE_DURATION] = "time.Duration",
    [VALUE_FLOAT64] = "float64", [VALUE_STRING] = "string", [VALUE_BYTES] = "[]uint8",
};

const char *value_type_name(struct value value, unsigned helm)
{
    switch (value.type) {
    case VALUE_LIST:
        return list_type_name(value.list);
    case VALUE_MAP:
        return map_type_name(value, helm);
    case VALUE_OBJECT: {
        const struct object_type *type = value.object->type;
        return helm == 3 && type->name3 ? type->name3 : type->name;
    }
    default:
        return scalar_type_names[value.type];
    }
}

const char *value_kind_name(struct value value)
{
    switch (value.type) {
    case VALUE_NIL:
        return "invalid";
    case VALUE_DURATION:
        return "int64";
    case VALUE_BYTES:
    case VALUE_LIST:
        return "slice";
    case VALUE_MAP:
        return "map";
    case VALUE_OBJECT:
        return value.object->type->kind;
    default:
        return scalar_type_names[value.type];
    }
}

struct value object_open(struct arena *arena, struct value value)
{
    if (value.type != VALUE_OBJECT)
        return value;
    const struct object_type *type = value.object->type;
    if (type->to_map)
        return value_of_map(type->to_map(arena, value.object->data));
    if (type->to_list)
        return value_of_list(type->to_list(arena, value.object->data));
    return value;
}

struct value object_field_value(struct arena *arena, const struct object_field *field,
                                const void *data)
{
    if (field->get)
        return field->get(arena, data);
    return value_string(*(const struct str *)((const char *)data + field->text_offset));
}

struct value object_new(struct arena *arena, const struct object_type *type, const void *data)
{
    struct value_object *object = arena_make(arena, struct value_object);
    *object = (struct value_object){type, data};
    return value_of_object(object);
}
