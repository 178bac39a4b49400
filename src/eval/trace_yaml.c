#include "tracing.h"

/* Values that become YAML or JSON and that are read from it: text and value are walked side by
 * side. */

static const struct yaml_node *parse(struct trace *trace, struct str yaml)
{
    return yaml_root(yaml_parse_bytes(trace->arena, yaml, 0, &limits_default));
}

/* --- written --- */

static void add_span(struct trace *trace, struct trace_text *text, struct span span,
                     uint32_t source)
{
    struct trace_event event = {span.start, span.end, source, 0, NULL};
    if (event.start < event.end)
        vector_push(trace->arena, &text->events, event);
}

static void add_written(struct trace *trace, const struct yaml_node *node, struct value value,
                        uint32_t around, struct trace_text *text);

/* A key is there because its value is, unless the template gave it its name. */
static uint32_t source_of_key(const struct trace *trace, uint32_t container, struct value value)
{
    uint32_t inherited = trace_element(trace, container);
    bool is_given = container != TRACE_NONE && inherited == TRACE_NONE;
    return !is_given && value.source ? value.source : inherited;
}

static void add_written_map(struct trace *trace, const struct yaml_node *node,
                            const struct value_map *map, uint32_t source, struct trace_text *text)
{
    for (size_t i = 0; i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        const struct value *found = value_map_get(map, entry->key);
        struct value value = found ? *found : value_nil();
        add_span(trace, text, entry->key_span, source_of_key(trace, source, value));
        add_written(trace, entry->value, value, source, text);
    }
}

static void add_written(struct trace *trace, const struct yaml_node *node, struct value value,
                        uint32_t around, struct trace_text *text)
{
    uint32_t source = value.source ? value.source : trace_element(trace, around);
    if (node->kind == YAML_MAP && node->map.count && value.type == VALUE_MAP) {
        add_written_map(trace, node, value.map, source, text);
    } else if (node->kind == YAML_LIST && node->list.count && value.type == VALUE_LIST) {
        for (size_t i = 0; i < node->list.count && i < value.list->count; i++)
            add_written(trace, node->list.items[i], value.list->items[i], source, text);
    } else {
        add_span(trace, text, node->span, source);
    }
}

const struct trace_text *trace_written(struct trace *trace, struct str yaml, struct value value)
{
    struct trace_text *text = arena_make(trace->arena, struct trace_text);
    add_written(trace, parse(trace, yaml), value, TRACE_NONE, text);
    return text;
}

/* --- read --- */

/* What printed the piece of the text, the last thing first, and the conditions around it; of a text
 * without events its own source. */
static uint32_t source_at(struct trace *trace, uint32_t source, struct span piece)
{
    const struct trace_text *text = trace_source_at(trace, source)->text;
    if (!text)
        return source;
    struct trace_source_list printed = {0}, asked = {0};
    size_t end = piece.end > piece.start ? piece.end : piece.start + 1;
    for (size_t i = text->events.count; i > 0; i--) {
        const struct trace_event *event = &text->events.items[i - 1];
        if (event->start < end && piece.start < event->end)
            vector_push(trace->arena, &printed, event->source);
    }
    for (size_t i = 0; i < text->tests.count; i++) {
        const struct trace_test *test = &text->tests.items[i];
        if (test->start < end && piece.start < test->end)
            vector_push(trace->arena, &asked, test->source);
    }
    uint32_t mixed = trace_mixed(trace, printed.items, printed.count);
    return trace_asked(trace, mixed, asked.items, asked.count);
}

static void mark_read(struct trace *trace, const struct yaml_node *node, uint32_t source,
                      uint32_t container, struct value *value)
{
    if (node->kind == YAML_MAP && value->type == VALUE_MAP) {
        value_set_source(value, container);
        for (size_t i = 0; i < node->map.count; i++) {
            struct value *child = value_map_get(value->map, node->map.entries[i].key);
            if (child)
                mark_read(trace, node->map.entries[i].value, source, container, child);
        }
    } else if (node->kind == YAML_LIST && value->type == VALUE_LIST) {
        value_set_source(value, container);
        for (size_t i = 0; i < node->list.count && i < value->list->count; i++)
            mark_read(trace, node->list.items[i], source, container, &value->list->items[i]);
    } else {
        value_set_source(value, source_at(trace, source, node->span));
    }
}

void trace_read(struct trace *trace, struct str yaml, uint32_t source, struct value *value)
{
    uint32_t container = trace_container(trace, TRACE_READ, &source, 1);
    mark_read(trace, parse(trace, yaml), source, container, value);
}
