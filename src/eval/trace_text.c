#include "tracing.h"

static void add_event(struct arena *arena, struct trace_text *text, struct trace_event event)
{
    if (event.start < event.end)
        vector_push(arena, &text->events, event);
}

const struct trace_site *trace_site_here(struct evaluation *evaluation,
                                         const struct template_node *node)
{
    struct trace_site *site = arena_make(evaluation->arena, struct trace_site);
    bool is_quoted = evaluation->executing->source == evaluation->quoted_source;
    *site = (struct trace_site){
        .source = evaluation->executing->source,
        .node = node,
        .caller = evaluation->caller,
        .definition = evaluation->executing->name,
        .quoted = is_quoted ? evaluation->quoted : TRACE_NONE,
    };
    return site;
}

const struct trace_site *trace_enter(struct evaluation *evaluation)
{
    const struct trace_site *caller = evaluation->caller;
    if (evaluation->trace)
        evaluation->caller = trace_site_here(evaluation, evaluation->node);
    return caller;
}

void trace_add_text(struct arena *arena, struct trace_text *events, const struct trace_text *text,
                    size_t at, const struct trace_site *site)
{
    for (size_t i = 0; i < text->events.count; i++) {
        struct trace_event event = text->events.items[i];
        event.start += at;
        event.end += at;
        event.site = event.site ? event.site : site;
        add_event(arena, events, event);
    }
    for (size_t i = 0; i < text->tests.count; i++) {
        struct trace_test test = text->tests.items[i];
        test.start += at;
        test.end += at;
        vector_push(arena, &events->tests, test);
    }
}

void trace_print(struct evaluation *evaluation, const struct template_node *node, size_t start,
                 uint32_t source)
{
    const struct trace_site *site = trace_site_here(evaluation, node);
    const struct trace_text *text = trace_source_at(evaluation->trace, source)->text;
    struct trace_event event = {start, evaluation->output->n, source, 0, site};
    if (text)
        trace_add_text(evaluation->arena, evaluation->events, text, start, site);
    else
        add_event(evaluation->arena, evaluation->events, event);
}

struct trace_text trace_part(struct arena *arena, const struct trace_text *text, size_t from,
                             size_t to)
{
    struct trace_text part = {0};
    for (size_t i = 0; i < text->events.count; i++) {
        struct trace_event event = text->events.items[i];
        event.offset += (uint32_t)(event.start < from ? from - event.start : 0);
        event.start = (event.start > from ? event.start : from) - from;
        event.end = event.end < to ? event.end : to;
        event.end = event.end > from ? event.end - from : 0;
        add_event(arena, &part, event);
    }
    return part;
}

void trace_copy(struct evaluation *evaluation, const struct template_node *node, size_t start)
{
    const struct trace_site *site = trace_site_here(evaluation, node);
    const struct trace_text *quoted = trace_source_at(evaluation->trace, site->quoted)->text;
    uint32_t from = (uint32_t)(node->text.p - site->source->bytes.p);
    struct trace_event event = {start, evaluation->output->n, site->quoted, from, site};
    if (!quoted) {
        add_event(evaluation->arena, evaluation->events, event);
        return;
    }
    struct trace_text part = trace_part(evaluation->arena, quoted, from, from + node->text.n);
    trace_add_text(evaluation->arena, evaluation->events, &part, start, site);
}

/* --- taking a word out --- */

/* Where a place of the text is when everything at the offsets is taken out. */
static size_t without(const size_t *offsets, size_t count, size_t length, size_t at)
{
    size_t removed = 0;
    for (size_t i = 0; i < count && offsets[i] < at; i++)
        removed += at - offsets[i] < length ? at - offsets[i] : length;
    return at - removed;
}

static void remove_word(struct arena *arena, struct str text, struct str word,
                        struct trace_text *events)
{
    VECTOR(size_t) offsets = {0};
    size_t at = 0;
    for (size_t found; (found = str_find(str_from(text, at), word)) != STR_NOT_FOUND;) {
        vector_push(arena, &offsets, at + found);
        at += found + word.n;
    }
    for (size_t i = 0; i < events->events.count && offsets.count; i++) {
        struct trace_event *event = &events->events.items[i];
        event->start = without(offsets.items, offsets.count, word.n, event->start);
        event->end = without(offsets.items, offsets.count, word.n, event->end);
    }
    for (size_t i = 0; i < events->tests.count && offsets.count; i++) {
        struct trace_test *test = &events->tests.items[i];
        test->start = without(offsets.items, offsets.count, word.n, test->start);
        test->end = without(offsets.items, offsets.count, word.n, test->end);
    }
}

struct str trace_finish(struct evaluation *evaluation, struct text *output)
{
    static const struct str word = {"<no value>", sizeof "<no value>" - 1};
    struct str text = text_str(output);
    if (evaluation->trace)
        remove_word(evaluation->arena, text, word, evaluation->events);
    return str_replace(evaluation->arena, text, word, STR(""));
}
