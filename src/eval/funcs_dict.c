#include "base/base.h"
#include "format.h"
#include "functions.h"

/* Sprig's functions of dictionaries (dict.go). They are shared: `set` changes what everybody sees.
 * Where Go gives keys or values in no order, here they come sorted by key. */

static bool run_dict(struct call *call, struct value *ret_value)
{
    struct value_map *map = value_map_new(call->arena, MAP_ANY);
    for (size_t i = 0; i < call->count; i += 2) {
        struct str key = value_to_text(call->arena, call->arguments[i], call_helm(call));
        value_map_set(map, key,
                      i + 1 < call->count ? call->arguments[i + 1] : value_string(STR("")));
    }
    *ret_value = value_of_map(map);
    return true;
}

static bool run_get(struct call *call, struct value *ret_value)
{
    const struct value *found =
        value_map_get(call->arguments[0].map, value_str(call->arguments[1]));
    *ret_value = found ? *found : value_string(STR(""));
    return true;
}

static bool run_set(struct call *call, struct value *ret_value)
{
    if (call->arguments[0].map->is_nil)
        return call_fail(call, "assignment to entry in nil map");
    call_note_change(call);
    value_map_set(call->arguments[0].map, value_str(call->arguments[1]), call->arguments[2]);
    *ret_value = call->arguments[0];
    return true;
}

static bool run_unset(struct call *call, struct value *ret_value)
{
    call_note_change(call);
    value_map_remove(call->arguments[0].map, value_str(call->arguments[1]));
    *ret_value = call->arguments[0];
    return true;
}

static bool run_has_key(struct call *call, struct value *ret_value)
{
    *ret_value =
        value_bool(value_map_get(call->arguments[0].map, value_str(call->arguments[1])) != NULL);
    return true;
}

static bool run_pluck(struct call *call, struct value *ret_value)
{
    struct value_list *list = value_list_new(call->arena, LIST_ANY, 0);
    for (size_t i = 1; i < call->count; i++) {
        const struct value *found =
            value_map_get(call->arguments[i].map, value_str(call->arguments[0]));
        if (found)
            value_list_add(call->arena, list, *found);
    }
    *ret_value = value_of_list(list);
    return true;
}

static bool run_keys(struct call *call, struct value *ret_value)
{
    struct value_list *list = value_list_new(call->arena, LIST_STRING, 0);
    for (size_t i = 0; i < call->count; i++) {
        const struct value_map *map = call->arguments[i].map;
        for (size_t k = 0; k < map->count; k++)
            value_list_add(call->arena, list, value_string(map->entries[k].key));
    }
    *ret_value = value_of_list(list);
    return true;
}

static bool run_values(struct call *call, struct value *ret_value)
{
    const struct value_map *map = call->arguments[0].map;
    struct value_list *list = value_list_new(call->arena, LIST_ANY, map->count);
    for (size_t i = 0; i < map->count; i++)
        value_list_add(call->arena, list, map->entries[i].value);
    *ret_value = value_of_list(list);
    return true;
}

static bool run_pick(struct call *call, struct value *ret_value)
{
    struct value_map *result = value_map_new(call->arena, MAP_ANY);
    for (size_t i = 1; i < call->count; i++) {
        struct str key = value_str(call->arguments[i]);
        const struct value *found = value_map_get(call->arguments[0].map, key);
        if (found)
            value_map_set(result, key, *found);
    }
    *ret_value = value_of_map(result);
    return true;
}

static bool run_omit(struct call *call, struct value *ret_value)
{
    const struct value_map *map = call->arguments[0].map;
    struct value_map *result = value_map_new(call->arena, MAP_ANY);
    for (size_t i = 0; i < map->count; i++)
        value_map_set(result, map->entries[i].key, map->entries[i].value);
    for (size_t i = 1; i < call->count; i++)
        value_map_remove(result, value_str(call->arguments[i]));
    *ret_value = value_of_map(result);
    return true;
}

/* --- merging (dario.cat/mergo) --- */

enum { MERGE_DEPTH = 1000 };

static void merge_maps(struct value_map *map, const struct value_map *from, bool overwrite,
                       unsigned depth);

static void merge_entry(struct value_map *map, struct value_entry entry, bool overwrite,
                        unsigned depth)
{
    struct value *own = value_map_get(map, entry.key);
    bool is_map = entry.value.type == VALUE_MAP;
    bool is_list = entry.value.type == VALUE_LIST;
    if (entry.value.type == VALUE_NIL) {
        if (overwrite)
            value_map_set(map, entry.key, entry.value);
        return;
    }
    if (own && is_map && own->type == VALUE_MAP && own->map != entry.value.map) {
        merge_maps(own->map, entry.value.map, overwrite, depth + 1);
        if (own->map->count)
            return;
    }
    /* A list takes the place of anything when it may, and is passed over otherwise. */
    if (own && value_is_true(*own) && is_list && !overwrite)
        return;
    if (!own || overwrite || !value_is_true(*own))
        value_map_set(map, entry.key, entry.value);
}

static void merge_maps(struct value_map *map, const struct value_map *from, bool overwrite,
                       unsigned depth)
{
    if (map == from || depth > MERGE_DEPTH)
        return;
    for (size_t i = 0; i < from->count; i++)
        merge_entry(map, from->entries[i], overwrite, depth);
}

static bool merge_all(struct call *call, bool overwrite, struct value *ret_value)
{
    call_note_change(call);
    for (size_t i = 1; i < call->count; i++)
        merge_maps(call->arguments[0].map, call->arguments[i].map, overwrite, 0);
    *ret_value = call->arguments[0];
    return true;
}

static bool run_merge(struct call *call, struct value *ret_value)
{
    return merge_all(call, false, ret_value);
}

static bool run_merge_overwrite(struct call *call, struct value *ret_value)
{
    return merge_all(call, true, ret_value);
}

static bool run_deep_copy(struct call *call, struct value *ret_value)
{
    if (call->arguments[0].type == VALUE_NIL)
        return call_fail(call, "reflect: call of reflect.Value.Type on zero Value");
    *ret_value = value_copy(call->arena, call->arguments[0]);
    return true;
}

static bool fail_conversion(struct call *call, struct value value, const char *wanted)
{
    if (value.type == VALUE_NIL)
        return call_fail(call, "interface conversion: interface {} is nil, not %s", wanted);
    return call_fail(call, "interface conversion: interface {} is %s, not %s",
                     value_type_name(value, call_helm(call)), wanted);
}

/* Each must be of the type that Go's type assertions want. */
static bool check_dig(struct call *call)
{
    for (size_t i = 0; i + 2 < call->count; i++) {
        if (call->arguments[i].type != VALUE_STRING)
            return fail_conversion(call, call->arguments[i], "string");
    }
    return true;
}

static bool is_plain_map(struct value value)
{
    return value.type == VALUE_MAP && !value.is_values && value.map->type != MAP_STRING;
}

/* dig "a" "b" DEFAULT MAP */
static bool run_dig(struct call *call, struct value *ret_value)
{
    if (call->count < 3)
        return call_fail(call, "dig needs at least three arguments");
    struct value at = call->arguments[call->count - 1];
    if (is_plain_map(at) && !check_dig(call))
        return false;
    for (size_t i = 0; i + 2 < call->count; i++) {
        if (!is_plain_map(at))
            return fail_conversion(call, at, "map[string]interface {}");
        const struct value *found = value_map_get(at.map, value_str(call->arguments[i]));
        if (!found) {
            *ret_value = call->arguments[call->count - 2];
            return true;
        }
        at = *found;
    }
    *ret_value = at;
    return true;
}

static const struct function table[] = {
    VARIADIC("dict", run_dict, PARAMETER_ANY),
    FUNCTION("get", run_get, PARAMETER_MAP, PARAMETER_STRING),
    FUNCTION("set", run_set, PARAMETER_MAP, PARAMETER_STRING, PARAMETER_ANY),
    FUNCTION("unset", run_unset, PARAMETER_MAP, PARAMETER_STRING),
    FUNCTION("hasKey", run_has_key, PARAMETER_MAP, PARAMETER_STRING),
    VARIADIC("pluck", run_pluck, PARAMETER_STRING, PARAMETER_MAP),
    VARIADIC("keys", run_keys, PARAMETER_MAP),
    FUNCTION("values", run_values, PARAMETER_MAP),
    VARIADIC("pick", run_pick, PARAMETER_MAP, PARAMETER_STRING),
    VARIADIC("omit", run_omit, PARAMETER_MAP, PARAMETER_STRING),
    VARIADIC("merge", run_merge, PARAMETER_MAP, PARAMETER_MAP),
    VARIADIC("mustMerge", run_merge, PARAMETER_MAP, PARAMETER_MAP),
    VARIADIC("mergeOverwrite", run_merge_overwrite, PARAMETER_MAP, PARAMETER_MAP),
    VARIADIC("mustMergeOverwrite", run_merge_overwrite, PARAMETER_MAP, PARAMETER_MAP),
    FUNCTION("deepCopy", run_deep_copy, PARAMETER_ANY),
    FUNCTION("mustDeepCopy", run_deep_copy, PARAMETER_ANY),
    VARIADIC("dig", run_dig, PARAMETER_ANY),
};
const struct function_family funcs_dict = FUNCTION_FAMILY(table);
