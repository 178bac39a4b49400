#include "argocd.h"

static const struct value *find_in(const struct value *value, struct str path);

/* A key may have dots itself: the longest one that is there counts. */
static const struct value *find_in_map(const struct value_map *map, struct str path)
{
    for (size_t end = path.n; end != STR_NOT_FOUND && end > 0;
         end = str_find_last_char(str_slice(path, 0, end), '.')) {
        const struct value *value = value_map_get(map, str_slice(path, 0, end));
        const struct value *found = value ? find_in(value, str_from(path, end + 1)) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static bool read_index(struct str text, size_t *ret_index)
{
    size_t index = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || index > 100000)
            return false;
        index = index * 10 + (size_t)(text.p[i] - '0');
    }
    *ret_index = index;
    return text.n > 0;
}

static const struct value *find_in(const struct value *value, struct str path)
{
    size_t index;
    if (!path.n)
        return value;
    if (value->type == VALUE_MAP)
        return find_in_map(value->map, path);
    struct str first = str_slice(path, 0, str_find_char(path, '.'));
    if (value->type == VALUE_LIST && read_index(first, &index) && index < value->list->count)
        return find_in(&value->list->items[index], str_from(path, first.n + 1));
    return NULL;
}

const struct value *argocd_parameter(const struct value_map *parameters, struct str path)
{
    struct str rest = path;
    struct str key = str_cut(&rest, '[');
    size_t index;
    /* Without Go `path` is a text, here it is always the map that goTemplate has. */
    if (rest.p && read_index(str_slice(rest, 0, str_find_char(rest, ']')), &index)) {
        const struct value *place = value_map_get(parameters, key);
        const struct value *segments =
            place && place->type == VALUE_MAP ? value_map_get(place->map, STR("segments")) : NULL;
        bool there = segments && segments->type == VALUE_LIST && index < segments->list->count;
        return there ? &segments->list->items[index] : NULL;
    }
    const struct value *found = find_in_map(parameters, path);
    if (found && found->type == VALUE_MAP && str_ends_with(path, STR("path")))
        found = value_map_get(found->map, STR("path"));
    return found;
}

struct str argocd_parameter_text(struct arena *arena, const struct value *value)
{
    switch (value->type) {
    case VALUE_STRING:
        return value_str(*value);
    case VALUE_BOOL:
        return value->boolean ? STR("true") : STR("false");
    case VALUE_FLOAT64:
        return json_number(arena, value->number);
    default:
        return STR("");
    }
}

/* --- selectors --- */

static bool has_value(const struct yaml_node *expression, struct str text)
{
    struct node_list values = node_items(expression, "values");
    for (size_t i = 0; i < values.count; i++) {
        if (str_equal(yaml_text(values.items[i]), text))
            return true;
    }
    return false;
}

static bool expression_matches(const struct yaml_node *expression, struct str text)
{
    struct str operator= node_text(expression, "operator");
    if (str_is(operator, "In"))
        return text.p && has_value(expression, text);
    if (str_is(operator, "NotIn"))
        return !text.p || !has_value(expression, text);
    if (str_is(operator, "Exists"))
        return text.p != NULL;
    return !text.p; /* DoesNotExist */
}

bool argocd_selector_matches(const struct yaml_node *selector,
                             struct str (*find)(const void *context, struct str key),
                             const void *context)
{
    const struct yaml_node *labels = yaml_value(selector, "matchLabels");
    struct node_list expressions = node_items(selector, "matchExpressions");
    for (size_t i = 0; labels && labels->kind == YAML_MAP && i < labels->map.count; i++) {
        struct str text = find(context, labels->map.entries[i].key);
        if (!text.p || !str_equal(text, yaml_text(labels->map.entries[i].value)))
            return false;
    }
    for (size_t i = 0; i < expressions.count; i++) {
        struct str text = find(context, node_text(expressions.items[i], "key"));
        if (!expression_matches(expressions.items[i], text))
            return false;
    }
    return true;
}
