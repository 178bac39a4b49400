#include "package.h"

/* A chart on its way through Helm's processing of dependencies: what dependencies.go changes in a
 * chart.Chart is changed here, in the release's copy. */
struct node {
    const struct chart_package *package;
    struct str name;
    struct value_map *defaults; /* the chart's values, with what was imported */
    struct node **children;
    size_t child_count;
    const struct chart_dependency **dependencies; /* those that are left */
    size_t dependency_count;
};

struct builder {
    struct arena *arena;
    struct diagnostics *sink;
    bool has_failed;
    const char *stage; /* what Helm says in front of what fails */
};

static struct str dependency_name(const struct chart_dependency *dependency)
{
    return dependency->alias.n ? dependency->alias : dependency->name;
}

static struct value_map *copy_map(struct arena *arena, const struct value_map *map)
{
    return value_copy(arena, value_of_map((struct value_map *)map)).map;
}

static struct value_map *defaults_of(struct arena *arena, const struct chart *chart)
{
    const struct layer *layer = chart->defaults;
    if (layer && layer->root && layer->root->kind == YAML_MAP)
        return value_from_yaml(arena, layer->root).map;
    return value_map_new(arena, MAP_ANY);
}

static struct node *node_new(struct builder *builder, const struct chart_package *package,
                             struct str name)
{
    struct arena *arena = builder->arena;
    struct node *node = arena_make(arena, struct node);
    size_t count = package->chart->dependency_count;
    node->package = package;
    node->name = name;
    node->defaults = defaults_of(arena, package->chart);
    node->dependencies = arena_make_array(arena, const struct chart_dependency *, count + 1);
    for (size_t i = 0; i < count; i++)
        node->dependencies[i] = &package->chart->dependencies[i];
    node->dependency_count = count;
    node->children = arena_make_array(arena, struct node *, package->subchart_count + count + 1);
    for (size_t i = 0; i < package->subchart_count; i++) {
        const struct chart_package *subchart = package->subcharts[i];
        node->children[node->child_count++] = node_new(builder, subchart, subchart->chart->name);
    }
    return node;
}

/* --- coalescing --- */

static struct value_map *globals_of(struct arena *arena, struct value_map *map)
{
    const struct value *globals = value_map_get(map, STR("global"));
    if (!globals)
        return value_map_new(arena, MAP_ANY);
    return globals->type == VALUE_MAP ? globals->map : NULL;
}

static struct value_map *shallow_copy(struct arena *arena, const struct value_map *map)
{
    struct value_map *copy = value_map_new(arena, map->type);
    for (size_t i = 0; i < map->count; i++)
        value_map_set(copy, map->entries[i].key, map->entries[i].value);
    return copy;
}

/* A parent's global wins over the child's. */
static void pass_global(struct arena *arena, struct value_map *globals, struct str key,
                        struct value value)
{
    const struct value *own = value_map_get(globals, key);
    if (value.type == VALUE_MAP) {
        struct value_map *copy = shallow_copy(arena, value.map);
        if (own && own->type != VALUE_MAP)
            return;
        if (own)
            value_map_fill(copy, own->map, true);
        value_map_set(globals, key, value_of_map(copy));
    } else if (!own || own->type != VALUE_MAP) {
        value_map_set(globals, key, value);
    }
}

static void pass_globals(struct arena *arena, struct value_map *child, struct value_map *parent)
{
    struct value_map *to = globals_of(arena, child);
    struct value_map *from = globals_of(arena, parent);
    if (!to || !from)
        return;
    for (size_t i = 0; i < from->count; i++)
        pass_global(arena, to, from->entries[i].key, from->entries[i].value);
    value_map_set(child, STR("global"), value_of_map(to));
}

static bool has_child(const struct node *node, struct str key)
{
    for (size_t i = 0; i < node->child_count; i++) {
        if (str_equal(node->children[i]->name, key))
            return true;
    }
    return false;
}

/* Fills the values up from the chart's own defaults. */
static void coalesce_defaults(struct arena *arena, const struct node *node,
                              struct value_map *values, bool keep_nulls)
{
    struct value_map *defaults = copy_map(arena, node->defaults);
    for (size_t i = 0; i < defaults->count; i++) {
        struct str key = defaults->entries[i].key;
        struct value value = defaults->entries[i].value;
        const struct value *own = value_map_get(values, key);
        if (!own)
            value_map_set(values, key, value);
        else if (own->type == VALUE_NIL && !keep_nulls)
            value_map_remove(values, key);
        else if (own->type == VALUE_MAP && value.type == VALUE_MAP)
            value_map_fill(own->map, value.map, keep_nulls || has_child(node, key));
    }
}

/* Helm prints such a value with the verb for booleans (coalesce.go). */
static void add_as_boolean(struct text *text, struct value value, bool is_inner)
{
    switch (value.type) {
    case VALUE_NIL:
        text_add_c(text, is_inner ? "<nil>" : "%!t(<nil>)");
        break;
    case VALUE_BOOL:
        text_add_c(text, value.boolean ? "true" : "false");
        break;
    case VALUE_STRING:
        text_format(text, "%%!t(string=%.*s)", STR_ARG(value_str(value)));
        break;
    case VALUE_LIST:
        text_add_char(text, '[');
        for (size_t i = 0; i < value.list->count; i++) {
            text_add_c(text, i ? " " : "");
            add_as_boolean(text, value.list->items[i], true);
        }
        text_add_char(text, ']');
        break;
    default:
        text_format(text, "%%!t(float64=%.*s)",
                    STR_ARG(format_go_float(text->arena, value.number, 'g', -1)));
    }
}

static void report_no_map(struct builder *builder, const struct node *child, struct value value)
{
    struct text text = {.arena = builder->arena};
    add_as_boolean(&text, value, false);
    diagnostics_add(builder->sink, SEVERITY_ERROR, "render", child->package->chart->name_span,
                    "%stype mismatch on %.*s: %.*s", builder->stage, STR_ARG(child->name),
                    STR_ARG(text_str(&text)));
}

static void coalesce(struct builder *builder, const struct node *node, struct value_map *values,
                     bool keep_nulls)
{
    coalesce_defaults(builder->arena, node, values, keep_nulls);
    for (size_t i = 0; i < node->child_count && !builder->has_failed; i++) {
        const struct node *child = node->children[i];
        if (!value_map_get(values, child->name))
            value_map_set(values, child->name,
                          value_of_map(value_map_new(builder->arena, MAP_ANY)));
        struct value_map *table = value_map_table(values, child->name);
        if (!table) {
            builder->has_failed = true;
            report_no_map(builder, child, *value_map_get(values, child->name));
            return;
        }
        pass_globals(builder->arena, table, values);
        coalesce(builder, child, table, keep_nulls);
    }
}

static struct value_map *coalesced(struct builder *builder, const struct node *node,
                                   const struct value_map *values, bool keep_nulls)
{
    struct value_map *copy = copy_map(builder->arena, values);
    coalesce(builder, node, copy, keep_nulls);
    return copy;
}

/* --- conditions, tags and aliases --- */

/* helm, IsCompatibleRange: a constraint that is none fits nothing. */
static bool is_compatible(struct arena *arena, struct str constraint, struct str version)
{
    struct semver parsed;
    const struct semver_constraint *wanted = semver_constraint_parse(arena, constraint);
    return wanted && semver_parse(version, &parsed) && semver_satisfies(&parsed, wanted);
}

static bool fits(struct arena *arena, const struct node *child,
                 const struct chart_dependency *dependency)
{
    return str_equal(child->name, dependency->name) &&
           is_compatible(arena, dependency->version, child->package->chart->version);
}

static struct node *find_declared(struct arena *arena, const struct node *node,
                                  const struct chart_dependency *dependency)
{
    for (size_t i = 0; i < node->child_count; i++) {
        if (fits(arena, node->children[i], dependency))
            return node->children[i];
    }
    return NULL;
}

static bool is_declared(struct arena *arena, const struct node *node, const struct node *child)
{
    for (size_t i = 0; i < node->dependency_count; i++) {
        if (fits(arena, child, node->dependencies[i]))
            return true;
    }
    return false;
}

/* Each declaration gets a chart of its own; what is not declared stays. */
static void resolve_aliases(struct builder *builder, struct node *node)
{
    struct arena *arena = builder->arena;
    struct node **children =
        arena_make_array(arena, struct node *, node->child_count + node->dependency_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < node->child_count; i++) {
        if (!is_declared(arena, node, node->children[i]))
            children[count++] = node->children[i];
    }
    for (size_t i = 0; i < node->dependency_count; i++) {
        const struct chart_dependency *dependency = node->dependencies[i];
        const struct node *found = find_declared(arena, node, dependency);
        if (found)
            children[count++] = node_new(builder, found->package, dependency_name(dependency));
    }
    node->children = children;
    node->child_count = count;
}

static bool enabled_by_tags(const struct chart_dependency *dependency,
                            const struct value_map *values)
{
    const struct value_map *tags = value_map_table(values, STR("tags"));
    bool has_true = false;
    bool has_false = false;
    for (size_t i = 0; tags && i < dependency->tags.count; i++) {
        const struct value *tag = value_map_get(tags, dependency->tags.items[i]);
        if (tag && tag->type == VALUE_BOOL) {
            has_true |= tag->boolean;
            has_false |= !tag->boolean;
        }
    }
    return has_true || !has_false;
}

static const struct value *value_at(const struct value_map *map, struct str path)
{
    for (;;) {
        const struct value *found = value_map_get(map, str_cut(&path, '.'));
        if (!path.p || !found || found->type != VALUE_MAP)
            return path.p ? NULL : found;
        map = found->map;
    }
}

/* The first path of the condition that leads to a boolean decides. */
static bool enabled_by_condition(struct arena *arena, const struct chart_dependency *dependency,
                                 const struct value_map *values, struct str prefix, bool otherwise)
{
    struct str condition = str_trim(dependency->condition);
    while (condition.p && condition.n) {
        struct str path = str_cut(&condition, ',');
        const struct value *found = path.n ? value_at(values, str_join(arena, prefix, path)) : NULL;
        if (found && found->type == VALUE_BOOL)
            return found->boolean;
    }
    return otherwise;
}

static void remove_children(struct node *node, const struct chart_dependency *dependency)
{
    size_t count = 0;
    for (size_t i = 0; i < node->child_count; i++) {
        if (!str_equal(node->children[i]->name, dependency_name(dependency)))
            node->children[count++] = node->children[i];
    }
    node->child_count = count;
}

static void process_enabled(struct builder *builder, struct node *node,
                            const struct value_map *values, struct str prefix)
{
    if (!node->dependency_count || builder->has_failed)
        return;
    resolve_aliases(builder, node);
    struct value_map *all = coalesced(builder, node, values, false);
    size_t left = 0;
    for (size_t i = 0; i < node->dependency_count; i++) {
        const struct chart_dependency *dependency = node->dependencies[i];
        bool is_enabled = enabled_by_tags(dependency, all);
        if (enabled_by_condition(builder->arena, dependency, all, prefix, is_enabled))
            node->dependencies[left++] = dependency;
        else
            remove_children(node, dependency);
    }
    node->dependency_count = left;
    for (size_t i = 0; i < node->child_count; i++) {
        struct str below = str_format(builder->arena, "%.*s%.*s.", STR_ARG(prefix),
                                      STR_ARG(node->children[i]->name));
        process_enabled(builder, node->children[i], all, below);
    }
}

/* --- import-values --- */

static struct value_map *table_at(struct value_map *map, struct str path)
{
    while (map && path.p)
        map = value_map_table(map, str_cut(&path, '.'));
    return map;
}

/* The map under a path of maps of its own. */
static struct value_map *below_path(struct arena *arena, struct str path, struct value_map *map)
{
    if (str_is(path, "."))
        return map;
    size_t dot = str_find_last_char(path, '.');
    struct value_map *outer = value_map_new(arena, MAP_ANY);
    struct str key = dot == STR_NOT_FOUND ? path : str_from(path, dot + 1);
    value_map_set(outer, key, value_of_map(map));
    return dot == STR_NOT_FOUND ? outer : below_path(arena, str_slice(path, 0, dot), outer);
}

static void import_one(struct builder *builder, const struct chart_dependency *dependency,
                       const struct yaml_node *import, struct value_map *values,
                       struct value_map *imported)
{
    struct arena *arena = builder->arena;
    struct str child = yaml_text(yaml_value(import, "child"));
    struct str parent = yaml_text(yaml_value(import, "parent"));
    if (import->kind == YAML_STRING) {
        child = str_join(arena, STR("exports."), import->text);
        parent = STR(".");
    }
    if (!child.n || !parent.n)
        return;
    struct value_map *table = value_map_table(values, dependency_name(dependency));
    table = table_at(table, child);
    if (table)
        value_map_fill(imported, below_path(arena, parent, table), true);
    else
        diagnostics_add(builder->sink, SEVERITY_WARNING, "import-values", import->span,
                        "%.*s has no map %.*s to import", STR_ARG(dependency_name(dependency)),
                        STR_ARG(child));
}

static void import_values(struct builder *builder, struct node *node)
{
    for (size_t i = 0; i < node->child_count; i++)
        import_values(builder, node->children[i]);
    if (!node->package->chart->dependency_count)
        return;
    struct value_map *empty = value_map_new(builder->arena, MAP_ANY);
    struct value_map *imported = value_map_new(builder->arena, MAP_ANY);
    struct value_map *values = coalesced(builder, node, empty, true);
    for (size_t i = 0; i < node->dependency_count; i++) {
        const struct yaml_node *imports = node->dependencies[i]->import_values;
        for (size_t k = 0; imports && imports->kind == YAML_LIST && k < imports->list.count; k++)
            import_one(builder, node->dependencies[i], imports->list.items[k], values, imported);
    }
    node->defaults = copy_map(builder->arena, values);
    value_map_fill(node->defaults, imported, true);
}

/* --- the result --- */

static struct chart_instance *instance_of(struct arena *arena, const struct node *node,
                                          const struct chart_instance *parent,
                                          struct value_map *values)
{
    struct chart_instance *instance = arena_make(arena, struct chart_instance);
    struct chart_instance **children =
        arena_make_array(arena, struct chart_instance *, node->child_count + 1);
    instance->package = node->package;
    instance->name = node->name;
    instance->parent = parent;
    instance->path =
        parent ? str_format(arena, "%.*s/charts/%.*s", STR_ARG(parent->path), STR_ARG(node->name))
               : node->name;
    instance->values = values;
    for (size_t i = 0; i < node->child_count; i++) {
        struct value_map *table = value_map_table(values, node->children[i]->name);
        children[i] = instance_of(arena, node->children[i], instance, table);
    }
    instance->children = children;
    instance->child_count = node->child_count;
    return instance;
}

const struct chart_instance *chart_instantiate(struct arena *arena,
                                               const struct chart_package *package,
                                               const struct value_map *values,
                                               struct diagnostics *sink)
{
    struct builder builder = {
        .arena = arena, .sink = sink, .stage = "chart dependencies processing failed: "};
    struct node *root = node_new(&builder, package, package->chart->name);
    process_enabled(&builder, root, values, STR(""));
    if (!builder.has_failed)
        import_values(&builder, root);
    builder.stage = "";
    struct value_map *all = builder.has_failed ? NULL : coalesced(&builder, root, values, false);
    return builder.has_failed ? NULL : instance_of(arena, root, NULL, all);
}
