#include "tracing.h"

static void add_event(struct arena *arena, struct trace_text *text, struct trace_event event)
{
    if (event.start < event.end)
        vector_push(arena, &text->events, event);
}

static const struct trace_site *site_here(struct evaluation *evaluation,
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
        evaluation->caller = site_here(evaluation, evaluation->node);
    return caller;
}

/* Adds the events of a text that now stands at `at`, and the conditions that were asked for it. */
static void add_text(struct arena *arena, struct trace_text *events, const struct trace_text *text,
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
    const struct trace_site *site = site_here(evaluation, node);
    const struct trace_text *text = trace_source_at(evaluation->trace, source)->text;
    struct trace_event event = {start, evaluation->output->n, source, 0, site};
    if (text)
        add_text(evaluation->arena, evaluation->events, text, start, site);
    else
        add_event(evaluation->arena, evaluation->events, event);
}

/* The part of a text's events within [from, to). */
static struct trace_text part_of(struct arena *arena, const struct trace_text *text, size_t from,
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
    const struct trace_site *site = site_here(evaluation, node);
    const struct trace_text *quoted = trace_source_at(evaluation->trace, site->quoted)->text;
    uint32_t from = (uint32_t)(node->text.p - site->source->bytes.p);
    struct trace_event event = {start, evaluation->output->n, site->quoted, from, site};
    if (!quoted) {
        add_event(evaluation->arena, evaluation->events, event);
        return;
    }
    struct trace_text part = part_of(evaluation->arena, quoted, from, from + node->text.n);
    add_text(evaluation->arena, evaluation->events, &part, start, site);
}

void trace_test(struct evaluation *evaluation, const struct template_node *node, size_t start,
                uint32_t source, bool holds)
{
    struct trace_test test = {start, evaluation->output->n, source, holds,
                              site_here(evaluation, node)};
    vector_push(evaluation->arena, &evaluation->events->tests, test);
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

/* --- line by line --- */

/* A line of both texts: the bytes [from, from + length) stand at `to`. */
struct kept {
    size_t from, length, to;
};
struct kept_list {
    struct kept *items;
    size_t count, capacity;
};

static struct str line_at(struct str text, size_t at)
{
    struct str rest = str_from(text, at);
    return str_trim(str_cut(&rest, '\n'));
}

static size_t next_line(struct str text, size_t at)
{
    size_t end = str_find_char(str_from(text, at), '\n');
    return end == STR_NOT_FOUND ? text.n : at + end + 1;
}

static size_t skip_empty_lines(struct str text, size_t at)
{
    while (at < text.n && !line_at(text, at).n)
        at = next_line(text, at);
    return at;
}

/* What of one line stands in the other; false when neither holds the other. */
static bool keep(struct str from, struct str old, struct str to, struct str new, struct kept *kept)
{
    size_t in_new = str_find(new, old);
    size_t in_old = str_find(old, new);
    bool is_kept = old.n && new.n && (in_new != STR_NOT_FOUND || in_old != STR_NOT_FOUND);
    size_t old_at = (size_t)(old.p - from.p);
    size_t new_at = (size_t)(new.p - to.p);
    if (is_kept && in_new != STR_NOT_FOUND)
        *kept = (struct kept){old_at, old.n, new_at + in_new};
    else if (is_kept)
        *kept = (struct kept){old_at + in_old, new.n, new_at};
    return is_kept;
}

/* The line of `from`, at or behind *at, that is the line of `to`. */
static bool find_line(struct str from, size_t *at, struct str to, struct str line,
                      struct kept *kept)
{
    *at = skip_empty_lines(from, *at);
    if (*at < from.n && keep(from, line_at(from, *at), to, line, kept)) {
        *at = next_line(from, *at);
        return true;
    }
    for (size_t k = *at; k < from.n; k = next_line(from, k)) {
        if (!str_equal(line_at(from, k), line))
            continue;
        *at = next_line(from, k);
        return keep(from, line, to, line, kept) && keep(from, line_at(from, k), to, line, kept);
    }
    return false;
}

static size_t moved(const struct kept_list *lines, size_t at)
{
    size_t to = 0;
    for (size_t i = 0; i < lines->count && lines->items[i].from <= at; i++) {
        const struct kept *line = &lines->items[i];
        size_t within = at - line->from;
        to = line->to + (within < line->length ? within : line->length);
    }
    return to;
}

static void add_moved_tests(struct arena *arena, const struct trace_text *events,
                            const struct kept_list *lines, struct trace_text *result)
{
    for (size_t i = 0; i < events->tests.count; i++) {
        struct trace_test test = events->tests.items[i];
        test.start = moved(lines, test.start);
        test.end = moved(lines, test.end);
        vector_push(arena, &result->tests, test);
    }
}

static void add_line(struct arena *arena, const struct trace_text *events, const struct kept *line,
                     struct trace_text *result)
{
    struct trace_text part = part_of(arena, events, line->from, line->from + line->length);
    add_text(arena, result, &part, line->to, NULL);
}

const struct trace_text *trace_lines(struct trace *trace, struct str from,
                                     const struct trace_text *events, struct str to)
{
    struct arena *arena = trace->arena;
    struct trace_text *result = arena_make(arena, struct trace_text);
    struct kept_list lines = {0};
    uint32_t whole = TRACE_NONE;
    for (size_t at = 0, old = 0; at < to.n; at = next_line(to, at)) {
        struct str line = line_at(to, at);
        struct kept kept;
        if (line.n && find_line(from, &old, to, line, &kept)) {
            vector_push(arena, &lines, kept);
            add_line(arena, events, &kept, result);
        } else if (line.n) {
            whole = whole ? whole : trace_of_text(trace, events);
            size_t start = (size_t)(line.p - to.p);
            add_event(arena, result, (struct trace_event){start, start + line.n, whole, 0, NULL});
        }
    }
    add_moved_tests(arena, events, &lines, result);
    return result;
}
