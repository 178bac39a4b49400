#include <stdlib.h>

#include "reads_private.h"

/* Sources, flows and collections. What is equal exists once, so that pointers can be compared. */

enum { FLOW_MOST = 40 }; /* a value that may be more than this is not followed any longer */

/* --- sources --- */

static const struct source *source_new(struct analysis *analysis, struct source source)
{
    struct source *made = arena_make(analysis->arena, struct source);
    *made = source;
    made->number = analysis->source_count++;
    return made;
}

static const struct flow *single(struct analysis *analysis, enum source_kind kind)
{
    return flow_of(analysis, source_new(analysis, (struct source){.kind = kind}));
}

void flows_start(struct analysis *analysis)
{
    analysis->none = arena_make(analysis->arena, struct flow);
    analysis->other = single(analysis, SOURCE_OTHER);
    analysis->nil = single(analysis, SOURCE_NIL);
    analysis->braces = single(analysis, SOURCE_BRACES);
}

/* --- flows --- */

static const struct flow *intern(struct analysis *analysis, const struct source *const *sources,
                                 size_t count)
{
    if (!count)
        return analysis->none;
    struct str key = {(const char *)sources, count * sizeof *sources};
    const struct flow *known = map_get(&analysis->flows, key);
    if (known)
        return known;
    key = str_copy(analysis->arena, key);
    const struct source **copy = arena_make_array(analysis->arena, const struct source *, count);
    memcpy(copy, sources, count * sizeof *sources);
    struct flow *flow = arena_make(analysis->arena, struct flow);
    *flow = (struct flow){copy, count};
    map_put(analysis->arena, &analysis->flows, key, flow);
    return flow;
}

const struct flow *flow_of(struct analysis *analysis, const struct source *source)
{
    return intern(analysis, &source, 1);
}

const struct flow *flow_union(struct analysis *analysis, const struct flow *a, const struct flow *b)
{
    if (a == b || !b->count)
        return a;
    if (!a->count)
        return b;
    if (a->count + b->count > FLOW_MOST) {
        bool braces = flow_read(analysis, a, READ_WHOLE | READ_PLAIN);
        braces |= flow_read(analysis, b, READ_WHOLE | READ_PLAIN);
        return braces ? flow_union(analysis, analysis->other, analysis->braces) : analysis->other;
    }
    const struct source *sources[FLOW_MOST];
    size_t count = 0;
    size_t i = 0;
    size_t k = 0;
    while (i < a->count || k < b->count) {
        bool from_a =
            k == b->count || (i < a->count && a->sources[i]->number <= b->sources[k]->number);
        const struct source *next = from_a ? a->sources[i++] : b->sources[k++];
        if (!count || sources[count - 1] != next)
            sources[count++] = next;
    }
    return intern(analysis, sources, count);
}

const struct flow *flow_constant(struct analysis *analysis, struct value value)
{
    struct text key = {.arena = analysis->arena};
    text_format(&key, "%d ", (int)value.type);
    if (value.type == VALUE_STRING)
        text_add(&key, value_str(value));
    else if (value.type == VALUE_FLOAT64)
        text_format(&key, "%a", value.number);
    else
        text_format(&key, "%lld",
                    (long long)(value.type == VALUE_BOOL ? value.boolean : value.integer));
    const struct flow *flow = map_get(&analysis->constants, text_str(&key));
    if (!flow) {
        value.is_boxed = false;
        struct source source = {.kind = SOURCE_CONSTANT, .constant = value};
        flow = flow_of(analysis, source_new(analysis, source));
        map_put(analysis->arena, &analysis->constants, text_str(&key), (void *)flow);
    }
    return flow;
}

static const struct source *values_source(struct analysis *analysis, struct read_node *node,
                                          bool is_filled)
{
    if (!node->sources[is_filled]) {
        struct source source = {.kind = SOURCE_VALUES, .is_filled = is_filled, .node = node};
        node->sources[is_filled] = source_new(analysis, source);
    }
    return node->sources[is_filled];
}

const struct flow *flow_values(struct analysis *analysis, struct read_node *node)
{
    return flow_of(analysis, values_source(analysis, node, false));
}

const struct flow *flow_scope(struct analysis *analysis, enum source_kind kind, struct scope *scope)
{
    struct {
        uintptr_t kind, scope;
    } name = {kind, (uintptr_t)scope};
    struct str key = {(const char *)&name, sizeof name};
    const struct flow *flow = map_get(&analysis->constants, key);
    if (!flow) {
        flow =
            flow_of(analysis, source_new(analysis, (struct source){.kind = kind, .scope = scope}));
        map_put(analysis->arena, &analysis->constants, str_copy(analysis->arena, key),
                (void *)flow);
    }
    return flow;
}

const struct flow *flow_collection(struct analysis *analysis, const struct collection *collection)
{
    return flow_of(analysis, collection->source);
}

static const struct flow *fill(struct analysis *analysis, const struct flow *flow,
                               bool (*is_known)(const struct frame *frame,
                                                const struct read_node *node),
                               const struct frame *frame)
{
    const struct flow *filled = analysis->none;
    for (size_t i = 0; i < flow->count; i++) {
        const struct source *source = flow->sources[i];
        if (source->kind == SOURCE_NIL && !is_known)
            continue;
        bool fills = source->kind == SOURCE_VALUES && (!is_known || is_known(frame, source->node));
        if (fills)
            source = values_source(analysis, source->node, true);
        filled = flow_union(analysis, filled, flow_of(analysis, source));
    }
    return filled;
}

const struct flow *flow_filled(struct analysis *analysis, const struct flow *flow)
{
    return fill(analysis, flow, NULL, NULL);
}

static bool is_filled_here(const struct frame *frame, const struct read_node *node)
{
    for (size_t i = 0; i < frame->filled.count; i++) {
        if (frame->filled.items[i] == node)
            return true;
    }
    return false;
}

const struct flow *flow_known_filled(struct analysis *analysis, const struct flow *flow,
                                     const struct frame *frame)
{
    return frame->filled.count ? fill(analysis, flow, is_filled_here, frame) : flow;
}

/* --- what is known of a flow --- */

bool flow_is_nil(const struct analysis *analysis, const struct flow *flow)
{
    return flow == analysis->nil;
}

bool flow_is_empty(const struct analysis *analysis, const struct flow *flow)
{
    const struct value *constant = flow_only_constant(flow);
    return flow_is_nil(analysis, flow) || (constant && !value_is_true(*constant));
}

const struct value *flow_only_constant(const struct flow *flow)
{
    bool is_constant = flow->count == 1 && flow->sources[0]->kind == SOURCE_CONSTANT;
    return is_constant ? &flow->sources[0]->constant : NULL;
}

static bool has_braces(struct value value)
{
    return value.type == VALUE_STRING &&
           (str_contains(value_str(value), STR("{{")) || str_contains(value_str(value), STR("}}")));
}

bool flow_has_braces(const struct flow *flow)
{
    for (size_t i = 0; i < flow->count; i++) {
        const struct source *source = flow->sources[i];
        if (source->kind == SOURCE_BRACES ||
            (source->kind == SOURCE_CONSTANT && has_braces(source->constant)))
            return true;
    }
    return false;
}

/* --- collections --- */

/* The activation that collections made now belong to. In a definition that executes itself they
 * are those of its first execution: else there would be more and more of them. */
static const struct activation *owner_of(const struct frame *frame)
{
    const struct activation *owner = frame->activation;
    for (const struct activation *at = owner; at; at = at->caller) {
        if (at->definition == frame->activation->definition)
            owner = at;
    }
    return owner;
}

struct collection *collection_new(struct analysis *analysis, const struct frame *frame,
                                  const void *place, uintptr_t which)
{
    struct {
        const void *place, *owner;
        uintptr_t which;
    } name = {place, owner_of(frame), which};
    struct str key = {(const char *)&name, sizeof name};
    struct collection *collection = map_get(&analysis->collections, key);
    if (!collection) {
        collection = arena_make(analysis->arena, struct collection);
        collection->unknown = collection->inherited = analysis->none;
        struct source source = {.kind = SOURCE_COLLECTION, .collection = collection};
        collection->source = source_new(analysis, source);
        map_put(analysis->arena, &analysis->collections, str_copy(analysis->arena, key),
                collection);
    }
    return collection;
}

/* The flow with more in it; notes when that changes something. */
static const struct flow *grown(struct analysis *analysis, const struct collection *collection,
                                const struct flow *flow, const struct flow *more)
{
    const struct flow *all = flow_union(analysis, flow, more);
    if (all != flow) {
        analysis->has_changed = true;
        if (collection->is_read)
            flow_read(analysis, more, READ_WHOLE | READ_PLAIN);
    }
    return all;
}

void collection_put(struct analysis *analysis, struct collection *collection, struct str key,
                    const struct flow *flow)
{
    const struct flow *old = map_get(&collection->entries, key);
    const struct flow *new = grown(analysis, collection, old ? old : analysis->none, flow);
    if (new != old)
        map_put(analysis->arena, &collection->entries, old ? key : str_copy(analysis->arena, key),
                (void *)new);
}

void collection_put_unknown(struct analysis *analysis, struct collection *collection,
                            const struct flow *flow)
{
    collection->unknown = grown(analysis, collection, collection->unknown, flow);
}

static void inherit(struct analysis *analysis, struct collection *collection,
                    const struct flow *all, unsigned depth);

/* What `merge` does to a map that is an entry already: it fills it in place. */
static void inherit_in_entry(struct analysis *analysis, const struct flow *entry,
                             const struct flow *flow, unsigned depth)
{
    for (size_t i = 0; i < entry->count; i++) {
        const struct source *source = entry->sources[i];
        if (source->kind == SOURCE_COLLECTION && depth)
            inherit(analysis, source->collection, flow, depth - 1);
        else if (source->kind > SOURCE_CONSTANT)
            flow_read(analysis, flow, READ_WHOLE | READ_PLAIN);
    }
}

/* What a collection inherits of itself it has. */
static const struct flow *without(struct analysis *analysis, const struct flow *flow,
                                  const struct source *own)
{
    const struct flow *others = analysis->none;
    for (size_t i = 0; i < flow->count; i++) {
        if (flow->sources[i] != own)
            others = flow_union(analysis, others, flow_of(analysis, flow->sources[i]));
    }
    return others;
}

static void inherit(struct analysis *analysis, struct collection *collection,
                    const struct flow *all, unsigned depth)
{
    const struct flow *flow = without(analysis, all, collection->source);
    for (size_t i = 0; i < collection->entries.count; i++) {
        const struct map_entry *entry = &collection->entries.items[i];
        inherit_in_entry(analysis, entry->value, flow_at(analysis, flow, entry->key), depth);
    }
    if (flow_union(analysis, collection->inherited, flow) == collection->inherited)
        return;
    if (collection->inherited->count || collection->unknown->count)
        flow_read(analysis, flow, READ_WHOLE | READ_PLAIN);
    collection->inherited = grown(analysis, collection, collection->inherited, flow);
}

enum { MERGE_DEPTH = 6 };

void collection_inherit(struct analysis *analysis, struct collection *collection,
                        const struct flow *flow)
{
    inherit(analysis, collection, flow, MERGE_DEPTH);
}
