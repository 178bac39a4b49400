#include "chance.h"

/* An event whose text is by chance. */
struct printed {
    const struct trace_event *event;
    const struct trace_source *source;
};
struct printed_list {
    struct printed *items;
    size_t count, capacity;
};

struct search {
    struct arena *arena;
    const struct object *object;
    size_t offset; /* of the document in its file */
    struct printed_list printed;
    struct chance_list *chances;
};

static struct printed_list printed_by_chance(struct arena *arena, const struct trace *trace,
                                             const struct trace_text *events)
{
    struct printed_list list = {0};
    for (size_t i = 0; i < events->events.count; i++) {
        const struct trace_event *event = &events->events.items[i];
        struct trace_source_list sources = {0};
        if (event->source != TRACE_NONE)
            trace_chances(arena, trace, event->source, &sources);
        if (sources.count)
            vector_push(arena, &list,
                        ((struct printed){event, trace_source_at(trace, sources.items[0])}));
    }
    return list;
}

static struct span span_of(const struct trace_site *site)
{
    if (!site || !site->source->file)
        return (struct span){0};
    return (struct span){site->source->file, site->node->offset, site->node->end};
}

static void check_field(struct search *search, const struct yaml_node *node, struct str path)
{
    size_t start = search->offset + node->span.start;
    size_t end = search->offset + node->span.end;
    for (size_t i = 0; i < search->printed.count; i++) {
        const struct printed *printed = &search->printed.items[i];
        if (printed->event->start >= end || start >= printed->event->end)
            continue;
        struct chance chance = {search->object, path, printed->source->key,
                                span_of(printed->source->site), span_of(printed->event->site)};
        vector_push(search->arena, search->chances, chance);
        return;
    }
}

static void check_fields(struct search *search, const struct yaml_node *node, struct str path)
{
    struct arena *arena = search->arena;
    if (node->kind == YAML_MAP) {
        for (size_t i = 0; i < node->map.count; i++)
            check_fields(search, node->map.entries[i].value,
                         values_path_key(arena, path, node->map.entries[i].key));
    } else if (node->kind == YAML_LIST) {
        for (size_t i = 0; i < node->list.count; i++)
            check_fields(search, node->list.items[i], values_path_index(arena, path, i));
    } else {
        check_field(search, node, path);
    }
}

static const struct rendered_file *file_of(const struct rendered_list *files, struct str name)
{
    for (size_t i = 0; i < files->count; i++) {
        if (str_equal(files->items[i].name, name))
            return &files->items[i];
    }
    return NULL;
}

struct chance_list chances_find(struct arena *arena, const struct rendered_release *traced)
{
    struct chance_list chances = {0};
    const struct rendering *rendering = &traced->rendering;
    for (size_t i = 0; i < traced->objects.count; i++) {
        const struct object *object = &traced->objects.items[i];
        const struct rendered_file *file = file_of(&rendering->files, object->manifest->path);
        struct search search = {.arena = arena, .object = object, .chances = &chances};
        search.offset = (size_t)(object->manifest->text.p - file->text.p);
        search.printed = printed_by_chance(arena, rendering->files.trace, file->events);
        if (search.printed.count)
            check_fields(&search, object->root, STR(""));
    }
    return chances;
}
