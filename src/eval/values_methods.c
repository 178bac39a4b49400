#include "encode.h"
#include "evaluation.h"

/* The methods of Helm's map type Values (pkg/chart/common/values.go). */

static struct value_map *map_of(const void *data)
{
    return (struct value_map *)data;
}

static bool get_as_map(struct call *call, const void *data, struct value *ret_value)
{
    struct value_map *map = map_of(data);
    *ret_value = value_of_map(map->count ? map : value_map_new(call->arena, MAP_ANY));
    return true;
}

/* The map at a path of keys joined by "."; NULL, and the call has failed, when there is none. */
static struct value_map *find_table(struct call *call, struct value_map *map, struct str path)
{
    while (path.p) {
        struct str key = str_cut(&path, '.');
        const struct value *found = value_map_get(map, key);
        if (!found || found->type != VALUE_MAP || found->map->type == MAP_STRING) {
            call_fail(call, "%.*s is not a table", STR_ARG(quote_go(call->arena, key)));
            return NULL;
        }
        map = found->map;
    }
    return map;
}

static bool get_table(struct call *call, const void *data, struct value *ret_value)
{
    struct value_map *map = find_table(call, map_of(data), value_str(call->arguments[0]));
    if (map)
        *ret_value = value_of_values(map);
    return map != NULL;
}

static bool get_path_value(struct call *call, const void *data, struct value *ret_value)
{
    struct str path = value_str(call->arguments[0]);
    if (!path.n)
        return call_fail(call, "YAML path cannot be empty");
    size_t dot = str_find_last_char(path, '.');
    struct str key = dot == STR_NOT_FOUND ? path : str_from(path, dot + 1);
    struct value_map *map = map_of(data);
    if (dot != STR_NOT_FOUND)
        map = find_table(call, map, str_slice(path, 0, dot));
    const struct value *found = map ? value_map_get(map, key) : NULL;
    if (!found || (found->type == VALUE_MAP && !found->is_values && found->map->type == MAP_ANY))
        return call_fail(call, "%.*s is not a value", STR_ARG(quote_go(call->arena, key)));
    *ret_value = *found;
    return true;
}

static bool get_yaml(struct call *call, const void *data, struct value *ret_value)
{
    struct str text;
    struct value plain = value_to_plain(call->arena, value_of_values(map_of(data)));
    if (!value_to_yaml(call->arena, plain, &text))
        return call_fail(call, "%.*s", STR_ARG(yaml_problem(call->arena, plain, call_helm(call))));
    *ret_value = value_string(text);
    return true;
}

/* Only nil can be given for the io.Writer. */
static bool get_encode(struct call *call, const void *data, struct value *ret_value)
{
    (void)data;
    (void)ret_value;
    return call_fail(call, "runtime error: invalid memory address or nil pointer dereference");
}

const struct object_member values_methods[] = {
    {"AsMap", get_as_map, .is_method = true},
    {"Encode", get_encode, .parameters = {PARAMETER_WRITER}, .is_method = true},
    {"PathValue", get_path_value, .parameters = {PARAMETER_STRING}, .is_method = true},
    {"Table", get_table, .parameters = {PARAMETER_STRING}, .is_method = true},
    {"YAML", get_yaml, .is_method = true},
};
const size_t values_method_count = sizeof values_methods / sizeof *values_methods;
