#include "parameters.h"

struct conversion {
    struct deployer *deployer;
    const struct set_parameter_list *parameters;
    struct span whole;
};

/* Where the value at the path was written. */
static struct span span_of(const struct conversion *conversion, struct str path)
{
    const struct set_parameter_list *parameters = conversion->parameters;
    for (size_t i = parameters->count; i-- > 0;) {
        struct str name = parameters->items[i].name;
        bool within = str_starts_with(path, name) || str_starts_with(name, path);
        if (within)
            return parameters->items[i].span;
    }
    return conversion->whole;
}

static struct yaml_node *node_of(const struct conversion *conversion, struct value value,
                                 struct str path);

static void add_entries(const struct conversion *conversion, const struct value_map *map,
                        struct str path, struct yaml_node *node)
{
    struct arena *arena = conversion->deployer->arena;
    for (size_t i = 0; i < map->count; i++) {
        struct str key = map->entries[i].key;
        struct str below =
            path.n ? str_format(arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(key)) : key;
        struct yaml_node *child = node_of(conversion, map->entries[i].value, below);
        node_set(arena, node, key, child->span, child);
    }
}

static void add_items(const struct conversion *conversion, const struct value_list *list,
                      struct str path, struct yaml_node *node)
{
    struct arena *arena = conversion->deployer->arena;
    node->list.items = arena_make_array(arena, struct yaml_node *, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        struct str below = str_format(arena, "%.*s[%zu]", STR_ARG(path), i);
        node->list.items[node->list.count++] = node_of(conversion, list->items[i], below);
    }
}

static struct yaml_node *node_of(const struct conversion *conversion, struct value value,
                                 struct str path)
{
    struct arena *arena = conversion->deployer->arena;
    struct yaml_node *node = node_string(arena, STR(""), span_of(conversion, path));
    if (value.type == VALUE_STRING) {
        node->text = value_str(value);
    } else if (value.type == VALUE_BOOL) {
        node->kind = YAML_BOOL;
        node->boolean = value.boolean;
        node->text = value.boolean ? STR("true") : STR("false");
    } else if (value_is_integer(value)) {
        node->kind = YAML_NUMBER;
        node->number = (double)value.integer;
        node->text = str_format(arena, "%lld", (long long)value.integer);
    } else if (value.type == VALUE_MAP) {
        node->kind = YAML_MAP;
        node->map.entries = NULL;
        add_entries(conversion, value.map, path, node);
    } else if (value.type == VALUE_LIST) {
        node->kind = YAML_LIST;
        node->list.count = 0;
        add_items(conversion, value.list, path, node);
    } else {
        node->kind = YAML_NULL;
    }
    return node;
}

/* Commas within a value are no separators, unless the value is a list in braces. */
static struct str escaped(struct arena *arena, struct str value)
{
    struct text text = {.arena = arena};
    if (str_starts_with(value, STR("{")))
        return value;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == ',' && (i == 0 || value.p[i - 1] != '\\'))
            text_add_char(&text, '\\');
        text_add_char(&text, value.p[i]);
    }
    return text_str(&text);
}

static bool set(struct deployer *deployer, struct value_map *values,
                const struct set_parameter *parameter)
{
    struct set_options options = {.kind = parameter->is_string ? SET_STRING : SET_TYPED};
    struct str problem;
    struct str text = str_format(deployer->arena, "%.*s=%.*s", STR_ARG(parameter->name),
                                 STR_ARG(escaped(deployer->arena, parameter->value)));
    if (!values_set(deployer->arena, values, text, &options, &problem)) {
        deployer_unresolved(deployer, parameter->span, "the parameter %.*s cannot be set: %.*s",
                            STR_ARG(parameter->name), STR_ARG(problem));
        return false;
    }
    if (str_find_char(parameter->name, '[') != STR_NOT_FOUND)
        deployer_unresolved(deployer, parameter->span,
                            "the parameter %.*s sets one item of a list: the items of other layers "
                            "are not kept",
                            STR_ARG(parameter->name));
    return true;
}

void deployment_add_parameters(struct deployer *deployer, struct deployment *deployment,
                               const struct set_parameter_list *parameters)
{
    struct value_map *values = value_map_new(deployer->arena, MAP_ANY);
    bool any = false;
    for (size_t i = 0; i < parameters->count; i++)
        any = set(deployer, values, &parameters->items[i]) || any;
    if (!any)
        return;
    struct conversion conversion = {deployer, parameters, parameters->items[0].span};
    struct yaml_node *node = node_of(&conversion, value_of_map(values), STR(""));
    node->span = conversion.whole;
    deployment_add_values(deployer, deployment, node);
}
