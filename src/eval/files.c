#include "context.h"
#include "encode.h"
#include "files_glob.h"

/* .Files (pkg/engine/files.go): the data is a map from names to bytes. */

static const struct value_map *files_of(const void *data)
{
    return data;
}

static struct str bytes_of(const void *data, struct str name)
{
    const struct value *found = value_map_get(files_of(data), name);
    return found ? value_str(*found) : STR("");
}

static bool get_bytes(struct call *call, const void *data, struct value *ret_value)
{
    *ret_value = value_bytes(bytes_of(data, value_str(call->arguments[0])));
    return true;
}

static bool get(struct call *call, const void *data, struct value *ret_value)
{
    *ret_value = value_string(bytes_of(data, value_str(call->arguments[0])));
    return true;
}

static bool get_lines(struct call *call, const void *data, struct value *ret_value)
{
    struct value_list *lines = value_list_new(call->arena, LIST_STRING, 0);
    struct str rest = bytes_of(data, value_str(call->arguments[0]));
    if (str_ends_with(rest, STR("\n")))
        rest.n--;
    if (!rest.n && !rest.p)
        rest = STR("");
    bool is_there = value_map_get(files_of(data), value_str(call->arguments[0])) != NULL;
    while (is_there && rest.p)
        value_list_add(call->arena, lines, value_string(str_cut(&rest, '\n')));
    *ret_value = value_of_list(lines);
    return true;
}

static struct value files_object(struct arena *arena, const struct value_map *map)
{
    return object_new(arena, &files_type, map);
}

static bool get_glob(struct call *call, const void *data, struct value *ret_value)
{
    const struct value_map *files = files_of(data);
    struct value_map *found = value_map_new(call->arena, MAP_ANY);
    struct str pattern = value_str(call->arguments[0]);
    for (size_t i = 0; i < files->count; i++) {
        if (files_glob_match(pattern, files->entries[i].key))
            value_map_set(found, files->entries[i].key, files->entries[i].value);
    }
    *ret_value = files_object(call->arena, found);
    return true;
}

/* The files by their last name, encoded or not, as YAML. */
static bool get_data(struct call *call, const void *data, bool encode, struct value *ret_value)
{
    const struct value_map *files = files_of(data);
    struct value_map *map = value_map_new(call->arena, MAP_STRING);
    for (size_t i = 0; i < files->count; i++) {
        struct str bytes = value_str(files->entries[i].value);
        if (encode)
            bytes = base64_encode(call->arena, bytes);
        value_map_set(map, path_name(files->entries[i].key), value_string(bytes));
    }
    *ret_value = value_string(value_to_template_yaml(call->arena, value_of_map(map)));
    return true;
}

static bool get_as_config(struct call *call, const void *data, struct value *ret_value)
{
    return get_data(call, data, false, ret_value);
}

static bool get_as_secrets(struct call *call, const void *data, struct value *ret_value)
{
    return get_data(call, data, true, ret_value);
}

static struct value_map *files_map(struct arena *arena, const void *data)
{
    (void)arena;
    return (struct value_map *)files_of(data);
}

static const struct object_member members[] = {
    {"Get", get, .parameters = {PARAMETER_STRING}, .is_method = true},
    {"GetBytes", get_bytes, .parameters = {PARAMETER_STRING}, .is_method = true},
    {"Glob", get_glob, .parameters = {PARAMETER_STRING}, .is_method = true},
    {"Lines", get_lines, .parameters = {PARAMETER_STRING}, .is_method = true},
    {"AsConfig", get_as_config, .is_method = true},
    {"AsSecrets", get_as_secrets, .is_method = true},
};
const struct object_type files_type = {
    .name = "engine.files",
    .kind = "map",
    .members = members,
    .member_count = sizeof members / sizeof *members,
    .to_map = files_map,
};

struct value files_new(struct arena *arena, const struct chart_file_list *files)
{
    struct value_map *map = value_map_new(arena, MAP_ANY);
    for (size_t i = 0; i < files->count; i++)
        value_map_set(map, files->items[i].name, value_bytes(files->items[i].bytes));
    return files_object(arena, map);
}
