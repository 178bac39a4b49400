#include "reads_private.h"

/* The charts of a package and what Helm itself reads of their values; then the templates. */

enum { ROUNDS_MOST = 16 };

/* --- the charts --- */

static struct scope *scope_new(struct analysis *analysis, const struct chart_package *package,
                               struct scope *parent, struct str name)
{
    struct arena *arena = analysis->arena;
    struct scope *scope = arena_make(arena, struct scope);
    scope->package = package;
    scope->parent = parent;
    scope->name = name;
    scope->path =
        parent ? str_format(arena, "%.*s/charts/%.*s", STR_ARG(parent->path), STR_ARG(name)) : name;
    scope->values =
        parent ? read_node_child(arena, parent->values, name) : arena_make(arena, struct read_node);
    scope->values->scope = scope;
    scope->values->uses |= READ_REQUIRED;
    scope->additional = arena_make(arena, struct collection);
    scope->additional->unknown = scope->additional->inherited = analysis->none;
    return scope;
}

static void add_children(struct analysis *analysis, struct scope *scope);

static void add_child(struct analysis *analysis, struct scope *scope,
                      const struct chart_package *package, struct str name)
{
    struct scope *child = scope_new(analysis, package, scope, name);
    scope->children[scope->child_count++] = child;
    add_children(analysis, child);
}

/* What is not there may read anything that it is given. */
static void miss(struct analysis *analysis, struct scope *scope, struct str name)
{
    struct arena *arena = analysis->arena;
    analysis->reads->is_complete = false;
    flow_read(analysis, flow_values(analysis, read_node_child(arena, scope->values, name)),
              READ_WHOLE | READ_PLAIN);
    for (const struct scope *above = scope; above; above = above->parent)
        flow_read(analysis,
                  flow_values(analysis, read_node_child(arena, above->values, STR("global"))),
                  READ_WHOLE | READ_PLAIN);
}

/* Every dependency under its alias, or its name, whatever its version; what charts/ holds besides
 * under its own name. */
static void add_children(struct analysis *analysis, struct scope *scope)
{
    const struct chart_package *package = scope->package;
    const struct chart *chart = package->chart;
    size_t most = package->subchart_count * (chart->dependency_count + 1);
    scope->children = arena_make_array(analysis->arena, struct scope *, most + 1);
    for (size_t i = 0; i < chart->dependency_count; i++) {
        const struct chart_dependency *dependency = &chart->dependencies[i];
        struct str name = dependency->alias.n ? dependency->alias : dependency->name;
        bool is_there = false;
        for (size_t k = 0; k < package->subchart_count; k++) {
            if (!str_equal(package->subcharts[k]->chart->name, dependency->name))
                continue;
            is_there = true;
            add_child(analysis, scope, package->subcharts[k], name);
        }
        if (!is_there)
            miss(analysis, scope, name);
    }
    for (size_t i = 0; i < package->subchart_count; i++) {
        struct str name = package->subcharts[i]->chart->name;
        bool is_declared = false;
        for (size_t k = 0; k < chart->dependency_count; k++)
            is_declared = is_declared || (str_equal(chart->dependencies[k].name, name) &&
                                          !chart->dependencies[k].alias.n);
        if (!is_declared)
            add_child(analysis, scope, package->subcharts[i], name);
    }
    if (scope->child_count)
        read_node_child(analysis->arena, scope->values, STR("global"))->uses |= READ_REQUIRED;
    if (package->is_incomplete)
        flow_read(analysis, flow_values(analysis, scope->values), READ_WHOLE | READ_PLAIN);
}

/* --- what Helm reads --- */

static void read_path(struct analysis *analysis, struct read_node *node, struct str path,
                      unsigned uses)
{
    while (path.p && path.n)
        node = read_node_child(analysis->arena, node, str_cut(&path, '.'));
    flow_read(analysis, flow_values(analysis, node), uses);
}

/* A condition is a path from the root or, depending on the depth, from the chart's own values. */
static void read_conditions(struct analysis *analysis, const struct scope *scope,
                            const struct chart_dependency *dependency)
{
    struct str condition = str_trim(dependency->condition);
    while (condition.p && condition.n) {
        struct str path = str_trim(str_cut(&condition, ','));
        read_path(analysis, scope->values, path, READ_WHOLE | READ_PLAIN);
        read_path(analysis, analysis->root->values, path, READ_WHOLE | READ_PLAIN);
    }
    for (size_t i = 0; i < dependency->tags.count; i++) {
        struct str path = str_join(analysis->arena, STR("tags."), dependency->tags.items[i]);
        read_path(analysis, scope->values, path, READ_WHOLE | READ_PLAIN);
        read_path(analysis, analysis->root->values, path, READ_WHOLE | READ_PLAIN);
    }
}

static void read_imports(struct analysis *analysis, const struct scope *scope,
                         const struct chart_dependency *dependency)
{
    const struct yaml_node *imports = dependency->import_values;
    struct str name = dependency->alias.n ? dependency->alias : dependency->name;
    struct read_node *child = read_node_child(analysis->arena, scope->values, name);
    for (size_t i = 0; imports && imports->kind == YAML_LIST && i < imports->list.count; i++) {
        const struct yaml_node *import = imports->list.items[i];
        struct str path = yaml_text(yaml_value(import, "child"));
        if (import->kind == YAML_STRING)
            path = str_join(analysis->arena, STR("exports."), import->text);
        if (path.n)
            read_path(analysis, child, path, READ_WHOLE | READ_PLAIN);
    }
}

static void read_by_helm(struct analysis *analysis, const struct scope *scope)
{
    const struct chart *chart = scope->package->chart;
    if (scope->package->schema)
        schema_required_names(analysis->arena, scope->package->schema, &analysis->reads->required);
    for (size_t i = 0; i < chart->dependency_count; i++) {
        read_conditions(analysis, scope, &chart->dependencies[i]);
        read_imports(analysis, scope, &chart->dependencies[i]);
    }
    for (size_t i = 0; i < scope->child_count; i++)
        read_by_helm(analysis, scope->children[i]);
}

/* --- the templates --- */

struct entry {
    const struct scope *scope;
    const struct template_definition *definition;
};
struct entry_list {
    struct entry *items;
    size_t count, capacity;
};

/* True when another chart of the package has brought the same file. */
static bool is_known(struct analysis *analysis, const struct template_definition *definition)
{
    struct definition_entry *at = map_get(&analysis->definitions, definition->name);
    for (; at; at = at->next) {
        if (at->definition->offset == definition->offset &&
            str_equal(at->definition->source->bytes, definition->source->bytes))
            return true;
    }
    return false;
}

static void note_definitions(struct analysis *analysis, const struct scope *scope,
                             const struct template_tree *tree)
{
    strings_note(analysis, tree);
    for (size_t i = 0; i < tree->count; i++) {
        const struct template_definition *definition = &tree->definitions[i];
        if (!is_known(analysis, definition))
            definition_note(analysis, definition);
        struct span span = {tree->source->file, definition->offset, definition->offset};
        struct read_site site = {span, definition->name, NULL, false};
        if (!scope->parent && i + 1 < tree->count)
            vector_push(analysis->arena, &analysis->reads->definitions, site);
    }
}

/* False: a template cannot be parsed. */
static bool parse_scope(struct analysis *analysis, const struct scope *scope,
                        struct entry_list *entries)
{
    const struct chart_package *package = scope->package;
    for (size_t i = 0; i < scope->child_count; i++) {
        if (!parse_scope(analysis, scope->children[i], entries))
            return false;
    }
    for (size_t i = 0; i < package->templates.count; i++) {
        const struct chart_file *file = &package->templates.items[i];
        bool is_partial = str_starts_with(path_name(file->name), STR("_"));
        if (package->chart->is_library && !is_partial)
            continue;
        struct str path = path_join(analysis->arena, scope->path, file->name);
        const struct template_tree *tree = template_store_get(analysis->store, path, file);
        if (!tree)
            return false;
        note_definitions(analysis, scope, tree);
        struct entry entry = {scope, &tree->definitions[tree->count - 1]};
        if (!is_partial)
            vector_push(analysis->arena, entries, entry);
    }
    return true;
}

static void add_texts_of(struct analysis *analysis, const struct scope *scope)
{
    const struct chart_package *package = scope->package;
    struct reads_texts own = {0};
    if (package->chart->defaults)
        reads_texts_add(analysis->arena, &own, package->chart->defaults->root);
    for (size_t i = 0; i < own.texts.count; i++)
        texts_add(analysis, own.texts.items[i]);
    for (size_t i = 0; i < scope->child_count; i++)
        add_texts_of(analysis, scope->children[i]);
}

static void walk_rounds(struct analysis *analysis, const struct entry_list *entries,
                        const struct reads_texts *texts)
{
    do {
        analysis->has_changed = false;
        analysis->round++;
        if (analysis->round > ROUNDS_MOST)
            analysis_give_up(analysis);
        for (size_t i = 0; i < entries->count && !analysis->is_given_up; i++) {
            const struct entry *entry = &entries->items[i];
            const struct flow *dot =
                flow_scope(analysis, SOURCE_ROOT, (struct scope *)entry->scope);
            activate(analysis, NULL, entry->definition, dot);
        }
        if (analysis->contexts.count && !analysis->has_texts) {
            analysis->has_texts = true;
            add_texts_of(analysis, analysis->root);
            for (size_t i = 0; i < texts->texts.count; i++)
                texts_add(analysis, texts->texts.items[i]);
            analysis->has_unknown_texts = texts->is_incomplete;
        }
        texts_walk(analysis);
    } while (analysis->has_changed && !analysis->is_given_up);
}

const struct reads *reads_find(struct arena *arena, struct template_store *store,
                               const struct chart_package *package, const struct reads_texts *texts,
                               const struct limits *limits)
{
    struct analysis analysis = {.arena = arena, .store = store, .limits = limits};
    struct entry_list entries = {0};
    analysis.reads = arena_make(arena, struct reads);
    analysis.reads->is_complete = true;
    analysis.evaluation = (struct evaluation){.arena = arena, .limits = limits, .helm = 4};
    flows_start(&analysis);
    analysis.root = scope_new(&analysis, package, NULL, package->chart->name);
    analysis.reads->root = analysis.root->values;
    add_children(&analysis, analysis.root);
    read_by_helm(&analysis, analysis.root);
    bool is_parsed = parse_scope(&analysis, analysis.root, &entries) && analysis.definitions.count;
    if (is_parsed)
        walk_rounds(&analysis, &entries, texts);
    regex_cache_release(&analysis.evaluation.patterns);
    return is_parsed ? analysis.reads : NULL;
}
