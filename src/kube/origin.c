#include "origin.h"

struct origins origins_of(struct arena *arena, const struct chart_package *package,
                          const struct layer *const *layers, size_t layer_count)
{
    struct origins origins = {.package = package};
    VECTOR(const struct layer *) all = {0};
    if (package->chart->defaults)
        vector_push(arena, &all, package->chart->defaults);
    for (size_t i = 0; i < layer_count; i++) {
        vector_push(arena, &all, layers[i]);
        origins.is_partly_unknown = origins.is_partly_unknown || layers[i]->kind == LAYER_UNKNOWN;
    }
    origins.merged = all.count ? merge_layers(arena, all.items, all.count) : NULL;
    return origins;
}

/* True when the layer writes that value, or the map or list that it is. */
static bool writes(struct arena *arena, const struct yaml_node *node, struct value value)
{
    if (!node)
        return false;
    if (value.type == VALUE_MAP)
        return node->kind == YAML_MAP;
    if (value.type == VALUE_LIST)
        return node->kind == YAML_LIST;
    return value_deep_equal(value_from_yaml(arena, node), value);
}

static struct str dependency_name(const struct chart_dependency *dependency)
{
    return dependency->alias.n ? dependency->alias : dependency->name;
}

/* The package that a chart calls by the name, an alias first; NULL when there is none. */
static const struct chart_package *subchart_of(const struct chart_package *package, struct str name)
{
    struct str wanted = name;
    for (size_t i = 0; i < package->chart->dependency_count; i++) {
        if (str_equal(dependency_name(&package->chart->dependencies[i]), name))
            wanted = package->chart->dependencies[i].name;
    }
    for (size_t i = 0; i < package->subchart_count; i++) {
        if (str_equal(package->subcharts[i]->chart->name, wanted))
            return package->subcharts[i];
    }
    return NULL;
}

/* One chart's values on the way down to the chart whose templates saw the path. */
struct scope {
    const struct chart_package *package;
    const struct merged *merged;
    struct str path;
};

static struct scope root_scope(const struct origins *origins, struct str path)
{
    return (struct scope){origins->package, origins->merged, path};
}

/* Steps into the subchart that the path leads to; false when it leads to none. */
static bool scope_enter(struct arena *arena, struct scope *scope)
{
    struct values_step_list steps = values_path_parse(arena, scope->path);
    bool is_key = steps.count > 1 && !steps.items[0].is_index;
    const struct chart_package *package =
        is_key ? subchart_of(scope->package, steps.items[0].key) : NULL;
    if (!package)
        return false;
    size_t cut = values_path_key(arena, STR(""), steps.items[0].key).n;
    const struct layer *defaults = package->chart->defaults;
    scope->package = package;
    scope->path = str_from(scope->path, scope->path.p[cut] == '.' ? cut + 1 : cut);
    scope->merged = defaults ? merge_layers(arena, &defaults, 1) : NULL;
    return true;
}

/* The path that the rest of one has below another one; p == NULL when it does not lie below. */
static struct str moved(struct arena *arena, struct str path, struct str from, struct str to)
{
    bool is_below = str_starts_with(path, from) &&
                    (path.n == from.n || !from.n || strchr(".[", path.p[from.n]));
    if (!is_below)
        return (struct str){0};
    struct str rest = str_from(path, from.n);
    bool needs_dot = !from.n && rest.n;
    return str_format(arena, "%.*s%s%.*s", STR_ARG(to), needs_dot ? "." : "", STR_ARG(rest));
}

/* Where a value lies that the chart imports from a subchart: the entry of import-values is "name"
 * for exports.name, or {child, parent}. p == NULL: it does not make the path. */
static struct str imported_from(struct arena *arena, const struct chart_dependency *dependency,
                                const struct yaml_node *entry, struct str path)
{
    struct str child = yaml_text(yaml_value(entry, "child"));
    struct str parent = yaml_text(yaml_value(entry, "parent"));
    if (entry->kind == YAML_STRING) {
        child = str_format(arena, "exports.%.*s", STR_ARG(entry->text));
        parent = STR("");
    }
    struct str name = dependency_name(dependency);
    struct str from = str_format(arena, "%.*s.%.*s", STR_ARG(name), STR_ARG(child));
    bool is_whole = !parent.n || str_is(parent, ".");
    return child.p ? moved(arena, path, is_whole ? STR("") : parent, from) : (struct str){0};
}

static struct merged_value find_in(struct arena *arena, const struct origins *origins,
                                   struct str path, struct value value);

static struct merged_value find_imported(struct arena *arena, const struct origins *origins,
                                         struct str path, struct value value)
{
    const struct chart *chart = origins->package->chart;
    struct merged_value found = {0};
    for (size_t i = 0; i < chart->dependency_count; i++) {
        const struct yaml_node *imports = chart->dependencies[i].import_values;
        for (size_t k = 0; imports && imports->kind == YAML_LIST && k < imports->list.count; k++) {
            struct str from =
                imported_from(arena, &chart->dependencies[i], imports->list.items[k], path);
            if (from.p && !found.node)
                found = find_in(arena, origins, from, value);
        }
    }
    return found;
}

static struct merged_value find_in(struct arena *arena, const struct origins *origins,
                                   struct str path, struct value value)
{
    struct scope scope = root_scope(origins, path);
    do {
        struct merged_value found = {0};
        if (scope.merged)
            found = merged_at(scope.merged, scope.path);
        if (writes(arena, found.node, value))
            return found;
    } while (scope_enter(arena, &scope));
    return (struct merged_value){0};
}

/* What a subchart sees under "global" is its parents'. */
static struct str outer_global(struct arena *arena, const struct origins *origins, struct str path)
{
    struct scope scope = root_scope(origins, path);
    while (scope_enter(arena, &scope)) {
        if (str_starts_with(scope.path, STR("global.")))
            return scope.path;
    }
    return (struct str){0};
}

struct merged_value origin_find(struct arena *arena, const struct origins *origins, struct str path,
                                struct value value)
{
    struct merged_value found = find_in(arena, origins, path, value);
    if (!found.node)
        found = find_imported(arena, origins, path, value);
    struct str global = found.node ? (struct str){0} : outer_global(arena, origins, path);
    return global.p ? find_in(arena, origins, global, value) : found;
}

static struct str path_around(struct arena *arena, struct str path)
{
    struct values_step_list steps = values_path_parse(arena, path);
    struct str around = STR("");
    for (size_t i = 0; i + 1 < steps.count; i++)
        around = steps.items[i].is_index ? values_path_index(arena, around, steps.items[i].index)
                                         : values_path_key(arena, around, steps.items[i].key);
    return around;
}

struct merged_value origin_around(struct arena *arena, const struct origins *origins,
                                  struct str path, struct str *ret_path)
{
    struct merged_value found = {0};
    while (path.n && !found.node) {
        path = path_around(arena, path);
        if (path.n && origins->merged)
            found = merged_at(origins->merged, path);
    }
    *ret_path = path;
    return found;
}
