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
    if (source->kind == TRACE_BUILT)
        return TRACE_NONE;
    if (source->kind == TRACE_READ)
        return source->parts[0];
    if (source->kind != TRACE_MIXED)
        return parent;
    struct trace_source mixed = *source; /* adding sources moves it */
    size_t count = mixed.part_count - mixed.asked_count;
    uint32_t *inner = arena_make_array(trace->arena, uint32_t, count + 1);
    for (size_t i = 0; i < count; i++)
        inner[i] = below(trace, mixed.parts[i], step, place);
    return trace_asked(trace, trace_mixed(trace, inner, count), mixed.parts + count,
                       mixed.asked_count);
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

static struct trace_source_list unite(struct trace *trace, const uint32_t *parts, size_t count)
{
    struct trace_source_list kept = {0};
    for (size_t i = 0; i < count; i++) {
        bool is_new = parts[i] != TRACE_NONE && kept.count < TRACE_MOST_PLACES;
        for (size_t k = 0; k < kept.count && is_new; k++)
            is_new = kept.items[k] != parts[i];
        if (is_new)
            vector_push(trace->arena, &kept, parts[i]);
    }
    return kept;
}

static uint32_t add_united(struct trace *trace, enum trace_kind kind,
                           const struct trace_source_list *parts)
{
    return add_source(trace, (struct trace_source){
                                 .kind = kind, .parts = parts->items, .part_count = parts->count});
}

uint32_t trace_mixed(struct trace *trace, const uint32_t *parts, size_t count)
{
    struct trace_source_list kept = unite(trace, parts, count);
    if (kept.count <= 1)
        return kept.count ? kept.items[0] : TRACE_NONE;
    return add_united(trace, TRACE_MIXED, &kept);
}

uint32_t trace_container(struct trace *trace, enum trace_kind kind, const uint32_t *parts,
                         size_t count)
{
    struct trace_source_list kept = unite(trace, parts, count);
    return kept.count ? add_united(trace, kind, &kept) : TRACE_NONE;
}

uint32_t trace_decided(struct trace *trace, uint32_t source, uint32_t decision)
{
    const struct trace_text *text = trace_source_at(trace, source)->text;
    uint32_t both[] = {source, decision};
    if (!text || decision == TRACE_NONE)
        return trace_mixed(trace, both, 2);
    struct trace_text *decided = arena_make(trace->arena, struct trace_text);
    decided->tests = text->tests;
    for (size_t i = 0; i < text->events.count; i++) {
        struct trace_event event = text->events.items[i];
        uint32_t sources[] = {event.source, decision};
        event.source = trace_mixed(trace, sources, 2);
        vector_push(trace->arena, &decided->events, event);
    }
    return trace_of_text(trace, decided);
}

uint32_t trace_asked(struct trace *trace, uint32_t source, const uint32_t *asked, size_t count)
{
    struct trace_source_list parts = unite(trace, asked, count);
    if (!parts.count)
        return source;
    struct trace_source_list all = {0};
    if (source != TRACE_NONE)
        vector_push(trace->arena, &all, source);
    for (size_t i = 0; i < parts.count; i++)
        vector_push(trace->arena, &all, parts.items[i]);
    return add_source(trace, (struct trace_source){.kind = TRACE_MIXED,
                                                   .parts = all.items,
                                                   .part_count = all.count,
                                                   .asked_count = parts.count});
}

uint32_t trace_element(const struct trace *trace, uint32_t container)
{
    enum trace_kind kind = trace ? trace_source_at(trace, container)->kind : TRACE_NOWHERE;
    return kind == TRACE_BUILT || kind == TRACE_READ ? TRACE_NONE : container;
}

uint32_t trace_chance(struct trace *trace, struct str function, const struct trace_site *site)
{
    return add_source(trace,
                      (struct trace_source){.kind = TRACE_CHANCE, .key = function, .site = site});
}

uint32_t trace_of_text(struct trace *trace, const struct trace_text *text)
{
    return add_source(trace, (struct trace_source){.kind = TRACE_TEXT, .text = text});
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
