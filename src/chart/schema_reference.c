#include "schema_private.h"

struct str schema_pointer(struct arena *arena, struct str values_path)
{
    struct text out = {.arena = arena};
    struct values_step_list steps = values_path_parse(arena, values_path);
    for (size_t i = 0; i < steps.count; i++) {
        const struct values_step *step = &steps.items[i];
        struct str key = str_replace(arena, step->key, STR("~"), STR("~0"));
        key = str_replace(arena, key, STR("/"), STR("~1"));
        if (step->is_index)
            text_format(&out, "/%zu", step->index);
        else
            text_format(&out, "/%.*s", STR_ARG(key));
    }
    return text_str(&out);
}

/* --- addresses --- */

static bool has_scheme(struct str address)
{
    size_t colon = str_find_char(address, ':');
    size_t slash = str_find_char(address, '/');
    return colon != STR_NOT_FOUND && colon > 1 && (slash == STR_NOT_FOUND || colon < slash);
}

struct str schema_join_address(struct arena *arena, struct str base, struct str reference)
{
    if (!reference.n)
        return base;
    if (has_scheme(reference))
        return reference;
    size_t authority = str_find(base, STR("://"));
    size_t root = authority == STR_NOT_FOUND ? 0 : authority + 3;
    size_t slash = str_find_char(str_from(base, root), '/');
    size_t keep = root + (slash == STR_NOT_FOUND ? base.n - root : slash);
    if (reference.p[0] != '/') {
        size_t last = str_find_last_char(base, '/');
        keep = last == STR_NOT_FOUND ? 0 : last + 1;
    }
    return str_join(arena, str_slice(base, 0, keep), reference);
}

/* --- finding --- */

/* A borrowed one, for looking up. */
static struct str borrowed_key(const struct value_map *const *map)
{
    return (struct str){(const char *)map, sizeof *map};
}

struct str schema_key_of(struct arena *arena, const struct value_map *map)
{
    return str_copy(arena, borrowed_key(&map));
}

struct schema_node schema_child(const struct schema *schema, const struct schema_node *node,
                                struct value value)
{
    const struct value_map *map = value.type == VALUE_MAP ? value.map : NULL;
    const struct schema_resource *own = map ? map_get(&schema->inner, borrowed_key(&map)) : NULL;
    return (struct schema_node){value, own ? own : node->resource};
}

static const struct value *step_into(struct value value, struct str token)
{
    int64_t index;
    if (value.type == VALUE_MAP)
        return value_map_get(value.map, token);
    bool is_index = value.type == VALUE_LIST && parse_go_int(token, 10, &index) && index >= 0 &&
                    (size_t)index < value.list->count;
    return is_index ? &value.list->items[index] : NULL;
}

static bool find_pointer(struct arena *arena, const struct schema *schema,
                         const struct schema_resource *resource, struct str pointer,
                         struct schema_node *ret_node)
{
    struct schema_node node = {resource->root, resource};
    struct str rest = str_from(pointer, pointer.n ? 1 : 0);
    while (pointer.n && rest.p) {
        struct str token = str_cut(&rest, '/');
        token = str_replace(arena, token, STR("~1"), STR("/"));
        token = str_replace(arena, token, STR("~0"), STR("~"));
        const struct value *child = step_into(node.value, token);
        if (!child)
            return false;
        node = schema_child(schema, &node, *child);
    }
    *ret_node = node;
    return true;
}

enum reference_result schema_resolve(struct arena *arena, const struct schema *schema,
                                     const struct schema_resource *resource, struct str reference,
                                     struct schema_node *ret_node, struct str *ret_problem)
{
    size_t hash = str_find_char(reference, '#');
    struct str address = schema_join_address(arena, resource->base, str_slice(reference, 0, hash));
    struct str fragment = hash == STR_NOT_FOUND ? STR("") : str_from(reference, hash + 1);
    const struct schema_resource *target = map_get(&schema->resources, address);
    percent_decode(arena, fragment, &fragment);
    if (!target) {
        *ret_problem = address;
        if (!str_starts_with(address, STR("file:")))
            return REFERENCE_REMOTE;
        struct str path = str_from(address, strlen("file://"));
        *ret_problem =
            str_format(arena, "failing loading \"%.*s\": open %.*s: no such file or directory",
                       STR_ARG(address), STR_ARG(path));
        return REFERENCE_MISSING;
    }
    if (!fragment.n || fragment.p[0] == '/') {
        if (find_pointer(arena, schema, target, fragment, ret_node))
            return REFERENCE_FOUND;
        *ret_problem = str_format(arena, "json-pointer in \"%.*s#%.*s\" not found",
                                  STR_ARG(address), STR_ARG(fragment));
        return REFERENCE_MISSING;
    }
    struct str anchor = str_format(arena, "%.*s#%.*s", STR_ARG(address), STR_ARG(fragment));
    const struct schema_node *found = map_get(&schema->anchors, anchor);
    if (found) {
        *ret_node = *found;
        return REFERENCE_FOUND;
    }
    *ret_problem = str_format(arena, "anchor in \"%.*s\" not found", STR_ARG(anchor));
    return REFERENCE_MISSING;
}
