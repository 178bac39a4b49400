#include "tracing.h"

struct trace *trace_new(struct arena *arena)
{
    struct trace *trace = arena_make(arena, struct trace);
    trace->arena = arena;
    vector_push(arena, &trace->sources, (struct trace_source){0}); /* TRACE_NONE */
    vector_push(arena, &trace->sources, (struct trace_source){0}); /* TRACE_UNKNOWN */
    return trace;
}

static uint32_t add_source(struct trace *trace, struct trace_source source)
{
    if (trace->sources.count == VALUE_MOST_SOURCES)
        return TRACE_UNKNOWN;
    vector_push(trace->arena, &trace->sources, source);
    return (uint32_t)trace->sources.count - 1;
}

const struct trace_source *trace_source_at(const struct trace *trace, uint32_t source)
{
    return &trace->sources.items[source < trace->sources.count ? source : TRACE_UNKNOWN];
}

static bool is_place(const struct trace_source *source)
{
    return source->kind == TRACE_VALUES || source->kind == TRACE_BUILT_IN;
}

/* --- places --- */

/* The place below a place, made when it is first asked for. `step` tells it from its sisters. */
static uint32_t place_below(struct trace *trace, uint32_t parent, struct str step,
                            struct trace_source place)
{
    struct str name = str_format(trace->arena, "%u %.*s", parent, STR_ARG(step));
    uint32_t *known = map_get(&trace->places, name);
    if (!known) {
        known = arena_make(trace->arena, uint32_t);
        place.kind = trace_source_at(trace, parent)->kind;
        place.parent = parent;
        *known = add_source(trace, place);
        map_put(trace->arena, &trace->places, name, known);
    }
    return *known;
}

static uint32_t below(struct trace *trace, uint32_t parent, struct str step,
                      struct trace_source place)
{
    const struct trace_source *source = trace_source_at(trace, parent);
    if (is_place(source))
        return place_below(trace, parent, step, place);
    if (source->kind != TRACE_MIXED)
        return parent;
    uint32_t *parts = arena_make_array(trace->arena, uint32_t, source->part_count);
    size_t count = source->part_count;
    for (size_t i = 0; i < count; i++) {
        uint32_t part = trace_source_at(trace, parent)->parts[i];
        bool has_places = is_place(trace_source_at(trace, part));
        parts[i] = has_places ? place_below(trace, part, step, place) : part;
    }
    return trace_mixed(trace, parts, count);
}

uint32_t trace_child(struct trace *trace, uint32_t parent, struct str key, struct value value)
{
    struct str name = {key.p ? key.p : "", key.n};
    return below(trace, parent, str_join(trace->arena, STR("."), name),
                 (struct trace_source){.key = name, .value = value});
}

uint32_t trace_item(struct trace *trace, uint32_t parent, size_t index, struct value value)
{
    return below(trace, parent, str_format(trace->arena, "%zu", index),
                 (struct trace_source){.index = index, .value = value});
}

struct str trace_path(struct arena *arena, const struct trace *trace, uint32_t source)
{
    const struct trace_source *place = trace_source_at(trace, source);
    if (!is_place(place) || place->parent == TRACE_NONE)
        return place->key;
    struct str path = trace_path(arena, trace, place->parent);
    return place->key.p ? values_path_key(arena, path, place->key)
                        : values_path_index(arena, path, place->index);
}

/* --- what is made of several --- */

uint32_t trace_mixed(struct trace *trace, const uint32_t *parts, size_t count)
{
    VECTOR(uint32_t) kept = {0};
    for (size_t i = 0; i < count; i++) {
        bool is_new = parts[i] != TRACE_NONE && kept.count < TRACE_MOST_PLACES;
        for (size_t k = 0; k < kept.count && is_new; k++)
            is_new = kept.items[k] != parts[i];
        if (is_new)
            vector_push(trace->arena, &kept, parts[i]);
    }
    if (kept.count <= 1)
        return kept.count ? kept.items[0] : TRACE_NONE;
    return add_source(
        trace,
        (struct trace_source){.kind = TRACE_MIXED, .parts = kept.items, .part_count = kept.count});
}

uint32_t trace_of_text(struct trace *trace, const struct trace_text *text)
{
    return add_source(trace, (struct trace_source){.kind = TRACE_TEXT, .text = text});
}

static void add_place(struct arena *arena, uint32_t source, struct trace_source_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == source)
            return;
    }
    vector_push(arena, list, source);
}

/* Sources refer to older ones only, so the recursion ends; its depth is that of the nesting of
 * calls in a template. */
void trace_places(struct arena *arena, const struct trace *trace, uint32_t source,
                  struct trace_source_list *list)
{
    const struct trace_source *found = trace_source_at(trace, source);
    if (is_place(found))
        add_place(arena, source, list);
    for (size_t i = 0; i < found->part_count && list->count < TRACE_MOST_PLACES; i++)
        trace_places(arena, trace, found->parts[i], list);
    const struct trace_text *text = found->text;
    for (size_t i = 0; text && i < text->events.count && list->count < TRACE_MOST_PLACES; i++)
        trace_places(arena, trace, text->events.items[i].source, list);
}

/* --- the dot --- */

static void mark_all(struct trace *trace, struct value *value, uint32_t source,
                     struct value_walk *walk);

static void mark_map(struct trace *trace, const struct value_map *map, uint32_t source,
                     struct value_walk *walk)
{
    for (size_t i = 0; i < map->count; i++) {
        struct value *value = &map->entries[i].value;
        if (value->source == TRACE_NONE)
            mark_all(trace, value, trace_child(trace, source, map->entries[i].key, *value), walk);
    }
}

static void mark_list(struct trace *trace, const struct value_list *list, uint32_t source,
                      struct value_walk *walk)
{
    for (size_t i = 0; i < list->count; i++) {
        struct value *value = &list->items[i];
        if (value->source == TRACE_NONE)
            mark_all(trace, value, trace_item(trace, source, i, *value), walk);
    }
}

static void mark_all(struct trace *trace, struct value *value, uint32_t source,
                     struct value_walk *walk)
{
    value_set_source(value, source);
    if (!value_walk_enter(walk))
        return;
    if (value->type == VALUE_MAP)
        mark_map(trace, value->map, source, walk);
    else if (value->type == VALUE_LIST)
        mark_list(trace, value->list, source, walk);
    value_walk_leave(walk);
}

/* Globals of subcharts are their parents': these are marked first. */
static void mark_values(struct trace *trace, struct value *values)
{
    struct value_walk walk = {0};
    uint32_t root = add_source(trace, (struct trace_source){.kind = TRACE_VALUES});
    struct value *globals = value_map_get(values->map, STR("global"));
    if (globals)
        mark_all(trace, globals, trace_child(trace, root, STR("global"), *globals), &walk);
    mark_all(trace, values, root, &walk);
}

static void mark_built_in(struct trace *trace, struct value_map *dot)
{
    for (size_t i = 0; i < dot->count; i++) {
        struct value_entry *entry = &dot->entries[i];
        struct value_walk walk = {0};
        if (str_is(entry->key, "Values") || str_is(entry->key, "Subcharts"))
            continue;
        struct trace_source root = {.kind = TRACE_BUILT_IN, .key = entry->key};
        mark_all(trace, &entry->value, add_source(trace, root), &walk);
    }
}

static void mark_subcharts(struct trace *trace, struct value_map *dot, uint32_t values)
{
    const struct value *subcharts = value_map_get(dot, STR("Subcharts"));
    for (size_t i = 0; subcharts && i < subcharts->map->count; i++) {
        struct value_map *child = subcharts->map->entries[i].value.map;
        struct value *own = value_map_get(child, STR("Values"));
        struct str name = subcharts->map->entries[i].key;
        uint32_t source = trace_child(trace, values, name, *own);
        struct value_walk walk = {0};
        mark_all(trace, own, source, &walk);
        mark_built_in(trace, child);
        mark_subcharts(trace, child, source);
    }
}

void trace_dot(struct trace *trace, struct value_map *dot)
{
    struct value *values = value_map_get(dot, STR("Values"));
    mark_values(trace, values);
    mark_built_in(trace, dot);
    mark_subcharts(trace, dot, values->source);
}
