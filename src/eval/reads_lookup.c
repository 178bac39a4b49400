#include "reads_private.h"

/* What stands behind a key of what a value may be, and what is read thereby. */

void analysis_give_up(struct analysis *analysis)
{
    analysis->is_given_up = true;
    analysis->reads->everything = true;
}

/* --- reading --- */

static void read_node(struct analysis *analysis, struct read_node *node, unsigned uses);

/* The chart whose globals are a part of what stands at the node: the one above a chart's values,
 * which "any key" may lead to as well. The globals of the charts above that one are, too. */
static const struct scope *globals_above(const struct read_node *node)
{
    if (node->scope)
        return node->scope->parent;
    while (node->parent && !node->key.p)
        node = node->parent;
    return node->scope && node->scope->child_count ? node->scope : NULL;
}

/* What templates put below the node is read with it. */
static void read_stored(struct analysis *analysis, const struct read_node *node)
{
    if (node->stored)
        flow_read(analysis, node->stored, READ_WHOLE | READ_PLAIN);
    for (size_t i = 0; i < node->children.count; i++)
        read_stored(analysis, node->children.items[i].value);
    if (node->any)
        read_stored(analysis, node->any);
}

static void read_node(struct analysis *analysis, struct read_node *node, unsigned uses)
{
    if ((node->uses & uses) == uses)
        return;
    bool is_whole = uses & ~node->uses & READ_WHOLE;
    node->uses |= uses;
    if (!is_whole)
        return;
    if (!node->parent)
        analysis_give_up(analysis);
    for (const struct scope *above = globals_above(node); above; above = above->parent)
        read_node(analysis, read_node_child(analysis->arena, above->values, STR("global")), uses);
    read_stored(analysis, node);
}

static bool read_collection(struct analysis *analysis, struct collection *collection)
{
    bool braces = false;
    if (collection->is_read)
        return false;
    collection->is_read = true;
    for (size_t i = 0; i < collection->entries.count; i++)
        braces |= flow_read(analysis, collection->entries.items[i].value, READ_WHOLE | READ_PLAIN);
    braces |= flow_read(analysis, collection->unknown, READ_WHOLE | READ_PLAIN);
    braces |= flow_read(analysis, collection->inherited, READ_WHOLE | READ_PLAIN);
    return braces;
}

static bool read_flow(struct analysis *analysis, const struct flow *flow, unsigned uses);

/* Whether a collection is empty, and which keys it has, is up to the maps whose entries it has. */
static void read_inherited(struct analysis *analysis, struct collection *collection, unsigned uses)
{
    if (collection->reading == analysis->reading)
        return;
    collection->reading = analysis->reading;
    read_flow(analysis, collection->inherited, uses);
}

static void read_scope(struct analysis *analysis, const struct scope *scope, unsigned uses)
{
    read_node(analysis, scope->values, uses);
    read_collection(analysis, scope->additional);
}

static bool read_flow(struct analysis *analysis, const struct flow *flow, unsigned uses)
{
    /* Whether it is empty was asked where it became known. */
    const unsigned if_filled = READ_PLAIN | READ_TESTED | READ_DEFAULTED;
    bool braces = flow_has_braces(flow);
    bool is_whole = uses & READ_WHOLE;
    if (braces && is_whole)
        fragments_note(analysis, flow);
    for (size_t i = 0; i < flow->count && !analysis->is_given_up; i++) {
        const struct source *source = flow->sources[i];
        if (source->kind == SOURCE_VALUES)
            read_node(analysis, source->node, uses & ~(source->is_filled ? if_filled : 0));
        else if (source->kind == SOURCE_COLLECTION && is_whole)
            braces |= read_collection(analysis, source->collection);
        else if (source->kind == SOURCE_COLLECTION)
            read_inherited(analysis, source->collection, uses);
        else if (source->kind == SOURCE_ROOT && is_whole)
            read_scope(analysis, source->scope, uses);
        else if (source->kind == SOURCE_FILES && is_whole)
            files_flow(analysis, source->scope, analysis->other);
        else if (source->kind == SOURCE_SUBCHARTS && is_whole)
            for (size_t k = 0; k < source->scope->child_count; k++)
                read_scope(analysis, source->scope->children[k], uses);
    }
    return braces;
}

bool flow_read(struct analysis *analysis, const struct flow *flow, unsigned uses)
{
    analysis->reading++;
    return read_flow(analysis, flow, uses);
}

/* --- one key --- */

static const struct flow *stored_of(const struct analysis *analysis, const struct read_node *node)
{
    return node->stored ? node->stored : analysis->none;
}

static const struct flow *at_node(struct analysis *analysis, struct read_node *node)
{
    return flow_union(analysis, flow_values(analysis, node), stored_of(analysis, node));
}

/* The methods of Helm's map type, which are found before keys. */
static bool is_method(struct str key)
{
    static const char *const names[] = {"AsMap", "Encode", "PathValue", "Table", "YAML"};
    return STR_IS_ONE_OF(key, names);
}

static const struct flow *at_values(struct analysis *analysis, struct read_node *node,
                                    struct str key)
{
    if (node->uses & READ_WHOLE)
        return analysis->other;
    if (node->scope && is_method(key)) {
        if (!str_is(key, "AsMap"))
            read_node(analysis, node, READ_WHOLE | READ_PLAIN);
        return str_is(key, "AsMap") ? flow_values(analysis, node) : analysis->other;
    }
    const struct flow *found = at_node(analysis, read_node_child(analysis->arena, node, key));
    if (node->any)
        found = flow_union(analysis, found, stored_of(analysis, node->any));
    const struct scope *above = str_is(key, "global") ? globals_above(node) : NULL;
    for (; above; above = above->parent) {
        struct read_node *globals = read_node_child(analysis->arena, above->values, key);
        found = flow_union(analysis, found, at_node(analysis, globals));
    }
    return found;
}

static const struct flow *look_up(struct analysis *analysis, const struct flow *flow,
                                  struct str key);

static const struct flow *at_collection(struct analysis *analysis, struct collection *collection,
                                        struct str key)
{
    const struct flow *found = map_get(&collection->entries, key);
    found = flow_union(analysis, found ? found : analysis->none, collection->unknown);
    if (collection->inherited->count && collection->lookup != analysis->lookup) {
        collection->lookup = analysis->lookup;
        collection->found = analysis->none;
        collection->found = look_up(analysis, collection->inherited, key);
    }
    if (collection->inherited->count)
        found = flow_union(analysis, found, collection->found);
    return found->count ? found : analysis->nil;
}

static const struct flow *at_root(struct analysis *analysis, struct scope *scope, struct str key)
{
    const struct flow *put = at_collection(analysis, scope->additional, key);
    const struct flow *own = NULL;
    if (str_is(key, "Values"))
        own = flow_values(analysis, scope->values);
    else if (str_is(key, "Chart"))
        own = flow_scope(analysis, SOURCE_CHART, scope);
    else if (str_is(key, "Template"))
        own = flow_scope(analysis, SOURCE_TEMPLATE, scope);
    else if (str_is(key, "Subcharts"))
        own = flow_scope(analysis, SOURCE_SUBCHARTS, scope);
    else if (str_is(key, "Files"))
        own = flow_scope(analysis, SOURCE_FILES, scope);
    else if (str_is(key, "Release") || str_is(key, "Capabilities"))
        own = analysis->other;
    if (!own)
        return put;
    return put == analysis->nil ? own : flow_union(analysis, own, put);
}

static const struct flow *at_chart(struct analysis *analysis, const struct scope *scope,
                                   struct str key)
{
    const struct chart *chart = scope->package->chart;
    if (str_is(key, "Name"))
        return flow_constant(analysis, value_string(scope->name));
    if (str_is(key, "Version") && chart->version.n)
        return flow_constant(analysis, value_string(chart->version));
    return analysis->other;
}

static const struct flow *at_template(struct analysis *analysis, const struct scope *scope,
                                      struct str key)
{
    if (!str_is(key, "BasePath"))
        return analysis->other;
    struct str path = path_join(analysis->arena, scope->path, STR("templates"));
    return flow_constant(analysis, value_string(path));
}

static const struct flow *at_subcharts(struct analysis *analysis, const struct scope *scope,
                                       struct str key)
{
    for (size_t i = 0; i < scope->child_count; i++) {
        if (str_equal(scope->children[i]->name, key))
            return flow_scope(analysis, SOURCE_ROOT, scope->children[i]);
    }
    return analysis->nil;
}

static const struct flow *at_source(struct analysis *analysis, const struct source *source,
                                    struct str key)
{
    switch (source->kind) {
    case SOURCE_NIL:
        return analysis->nil;
    case SOURCE_VALUES:
        return at_values(analysis, source->node, key);
    case SOURCE_ROOT:
        return at_root(analysis, source->scope, key);
    case SOURCE_CHART:
        return at_chart(analysis, source->scope, key);
    case SOURCE_TEMPLATE:
        return at_template(analysis, source->scope, key);
    case SOURCE_SUBCHARTS:
        return at_subcharts(analysis, source->scope, key);
    case SOURCE_FILES:
        return flow_of(analysis, source);
    case SOURCE_COLLECTION:
        return at_collection(analysis, source->collection, key);
    default:
        return analysis->other;
    }
}

static const struct flow *look_up(struct analysis *analysis, const struct flow *flow,
                                  struct str key)
{
    const struct flow *found = analysis->none;
    for (size_t i = 0; i < flow->count && !analysis->is_given_up; i++)
        found = flow_union(analysis, found, at_source(analysis, flow->sources[i], key));
    return found->count ? found : analysis->nil;
}

const struct flow *flow_at(struct analysis *analysis, const struct flow *flow, struct str key)
{
    analysis->lookup++;
    return look_up(analysis, flow, key);
}

/* --- any key --- */

static const struct flow *any_of_values(struct analysis *analysis, struct read_node *node)
{
    if (node->uses & READ_WHOLE)
        return analysis->other;
    const struct flow *found = at_node(analysis, read_node_any(analysis->arena, node));
    for (size_t i = 0; i < node->children.count; i++)
        found = flow_union(analysis, found, stored_of(analysis, node->children.items[i].value));
    return node->scope ? flow_union(analysis, found, at_values(analysis, node, STR("global")))
                       : found;
}

static const struct flow *list(struct analysis *analysis, const struct flow *flow);

static const struct flow *any_of_collection(struct analysis *analysis,
                                            struct collection *collection)
{
    if (collection->listing == analysis->listing)
        return collection->listed;
    collection->listing = analysis->listing;
    collection->listed = collection->unknown;
    for (size_t i = 0; i < collection->entries.count; i++)
        collection->listed =
            flow_union(analysis, collection->listed, collection->entries.items[i].value);
    const struct flow *inherited = list(analysis, collection->inherited);
    collection->listed = flow_union(analysis, collection->listed, inherited);
    return collection->listed;
}

static const struct flow *any_of_root(struct analysis *analysis, struct scope *scope)
{
    static const char *const keys[] = {"Values",    "Chart", "Template",
                                       "Subcharts", "Files", "Release"};
    const struct flow *found = any_of_collection(analysis, scope->additional);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct flow *root = flow_scope(analysis, SOURCE_ROOT, scope);
        found = flow_union(analysis, found, flow_at(analysis, root, str_from_c(keys[i])));
    }
    return found;
}

static const struct flow *any_of_subcharts(struct analysis *analysis, const struct scope *scope)
{
    const struct flow *found = analysis->none;
    for (size_t i = 0; i < scope->child_count; i++)
        found = flow_union(analysis, found, flow_scope(analysis, SOURCE_ROOT, scope->children[i]));
    return found;
}

static const struct flow *any_of_source(struct analysis *analysis, const struct source *source)
{
    switch (source->kind) {
    case SOURCE_NIL:
        return analysis->none;
    case SOURCE_VALUES:
        return any_of_values(analysis, source->node);
    case SOURCE_ROOT:
        return any_of_root(analysis, source->scope);
    case SOURCE_SUBCHARTS:
        return any_of_subcharts(analysis, source->scope);
    case SOURCE_FILES:
        return files_flow(analysis, source->scope, analysis->other);
    case SOURCE_COLLECTION:
        return any_of_collection(analysis, source->collection);
    default:
        return analysis->other;
    }
}

static const struct flow *list(struct analysis *analysis, const struct flow *flow)
{
    const struct flow *found = analysis->none;
    for (size_t i = 0; i < flow->count && !analysis->is_given_up; i++)
        found = flow_union(analysis, found, any_of_source(analysis, flow->sources[i]));
    return found;
}

const struct flow *flow_any(struct analysis *analysis, const struct flow *flow)
{
    analysis->listing++;
    return list(analysis, flow);
}

const struct flow *flow_elements(struct analysis *analysis, const struct flow *flow)
{
    flow_read(analysis, flow, READ_KEYS | READ_PLAIN);
    return flow_any(analysis, flow);
}

const struct flow *flow_keys(struct analysis *analysis, const struct flow *flow)
{
    const struct flow *keys = analysis->none;
    for (size_t i = 0; i < flow->count; i++) {
        const struct source *source = flow->sources[i];
        const struct collection *made =
            source->kind == SOURCE_COLLECTION ? source->collection : NULL;
        if (source->kind == SOURCE_NIL)
            continue;
        if (!made || made->unknown->count || made->inherited->count) {
            keys = flow_union(analysis, keys, analysis->other);
            continue;
        }
        for (size_t k = 0; k < made->entries.count; k++)
            keys = flow_union(analysis, keys,
                              flow_constant(analysis, value_string(made->entries.items[k].key)));
    }
    return keys;
}

/* A constant as a key; false when it is none. */
static bool key_of(struct analysis *analysis, const struct source *source, struct str *ret_key)
{
    if (source->kind != SOURCE_CONSTANT)
        return false;
    struct value value = source->constant;
    if (value.type == VALUE_STRING)
        *ret_key = value_str(value);
    else if (value.type == VALUE_INT)
        *ret_key = str_format(analysis->arena, "%lld", (long long)value.integer);
    else
        return false;
    return true;
}

const struct flow *flow_index(struct analysis *analysis, const struct flow *flow,
                              const struct flow *key)
{
    const struct flow *found = analysis->none;
    flow_read(analysis, key, READ_WHOLE | READ_PLAIN);
    for (size_t i = 0; i < key->count; i++) {
        struct str text;
        const struct flow *more = key_of(analysis, key->sources[i], &text)
                                      ? flow_at(analysis, flow, text)
                                      : flow_any(analysis, flow);
        found = flow_union(analysis, found, more);
    }
    return found;
}

/* --- storing --- */

static void store_in_node(struct analysis *analysis, struct read_node *node, struct str key,
                          const struct flow *value)
{
    struct read_node *child =
        key.p ? read_node_child(analysis->arena, node, key) : read_node_any(analysis->arena, node);
    const struct flow *all = flow_union(analysis, stored_of(analysis, child), value);
    if (all == child->stored)
        return;
    child->stored = all;
    analysis->has_changed = true;
    for (const struct read_node *at = child; at; at = at->parent) {
        if (at->uses & READ_WHOLE)
            flow_read(analysis, value, READ_WHOLE | READ_PLAIN);
    }
}

void flow_store(struct analysis *analysis, const struct flow *flow, struct str key,
                const struct flow *value)
{
    for (size_t i = 0; i < flow->count; i++) {
        const struct source *source = flow->sources[i];
        struct collection *collection = NULL;
        if (source->kind == SOURCE_VALUES)
            store_in_node(analysis, source->node, key, value);
        else if (source->kind == SOURCE_COLLECTION)
            collection = source->collection;
        else if (source->kind == SOURCE_ROOT)
            collection = source->scope->additional;
        else
            flow_read(analysis, value, READ_WHOLE | READ_PLAIN);
        if (collection && key.p)
            collection_put(analysis, collection, key, value);
        else if (collection)
            collection_put_unknown(analysis, collection, value);
    }
}
