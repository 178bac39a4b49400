#include "cause_private.h"

static struct cause_document document_of(struct arena *arena, const struct origins *origins,
                                         const struct rendering *rendering,
                                         const struct manifest *manifest)
{
    struct cause_document document = {arena, origins, rendering->files.trace, NULL, {0}, 0};
    for (size_t i = 0; i < rendering->files.count; i++) {
        const struct rendered_file *file = &rendering->files.items[i];
        if (!str_equal(file->name, manifest->path))
            continue;
        document.events = file->events;
        document.text = file->text;
        document.offset = (size_t)(manifest->text.p - file->text.p);
    }
    return document;
}

/* --- places --- */

static struct cause_place place_of(const struct cause_document *document, uint32_t number)
{
    const struct trace_source *source = trace_source_at(document->trace, number);
    struct cause_place place = {.kind = CAUSE_BUILT_IN};
    place.path = trace_path(document->arena, document->trace, number);
    if (source->kind != TRACE_VALUES)
        return place;
    place.kind = CAUSE_VALUES;
    place.is_nowhere = source->value.type == VALUE_NIL;
    place.value = origin_find(document->arena, document->origins, place.path, source->value);
    return place;
}

static void add_place(const struct cause_document *document, uint32_t number,
                      struct cause_place_list *places)
{
    struct cause_place place = place_of(document, number);
    for (size_t i = 0; i < places->count; i++) {
        if (places->items[i].kind == place.kind && str_equal(places->items[i].path, place.path))
            return;
    }
    if (places->count < TRACE_MOST_PLACES)
        vector_push(document->arena, places, place);
}

void cause_add_places(const struct cause_document *document, uint32_t source,
                      struct cause_place_list *places)
{
    struct trace_source_list numbers = {0};
    trace_places(document->arena, document->trace, source, &numbers);
    for (size_t i = 0; i < numbers.count; i++)
        add_place(document, numbers.items[i], places);
}

void cause_add_asked(const struct cause_document *document, uint32_t source,
                     struct cause_place_list *places)
{
    struct trace_source_list numbers = {0};
    trace_conditions(document->arena, document->trace, source, &numbers);
    for (size_t i = 0; i < numbers.count; i++)
        add_place(document, numbers.items[i], places);
}

void cause_order_places(const struct cause_document *document, struct cause_place_list *places)
{
    struct cause_place_list ordered = {0};
    for (int kind = CAUSE_VALUES; kind > CAUSE_TEMPLATE; kind--) {
        for (size_t i = 0; i < places->count; i++) {
            if ((int)places->items[i].kind == kind)
                vector_push(document->arena, &ordered, places->items[i]);
        }
    }
    *places = ordered;
}

/* --- templates --- */

static uint32_t delimiter_before(struct str bytes, uint32_t offset)
{
    for (uint32_t at = offset; at + 1 > 1; at--) {
        if (at + 1 < bytes.n && bytes.p[at] == '{' && bytes.p[at + 1] == '{')
            return at;
    }
    return offset;
}

static void add_step(const struct cause_document *document, const struct trace_site *site,
                     struct span within, struct cause_step_list *steps)
{
    const struct template_source *source = site->source;
    struct cause_step step = {
        .template = source->name,
        .definition = site->definition,
        .line = template_place_of(source, within.start).line,
    };
    if (source->file)
        step.span = (struct span){source->file, within.start, within.end};
    vector_push(document->arena, steps, step);
}

struct span cause_action_of(const struct trace_site *site)
{
    struct str bytes = site->source->bytes;
    return (struct span){site->source->file, delimiter_before(bytes, site->node->offset),
                         site->node->end};
}

void cause_add_steps(const struct cause_document *document, const struct trace_site *site,
                     struct span within, struct cause_step_list *steps)
{
    for (; site; site = site->caller) {
        if (site->quoted == TRACE_NONE)
            add_step(document, site, within, steps);
        if (site->caller)
            within = cause_action_of(site->caller);
    }
}

/* Where the event's own text stands in its template, from `at` in the output to the line's end. */
static struct span text_of(const struct trace_event *event, size_t at)
{
    uint32_t start = event->offset + (uint32_t)(at > event->start ? at - event->start : 0);
    uint32_t end = event->offset + (uint32_t)(event->end - event->start);
    struct str line = str_slice(event->site->source->bytes, start, end);
    size_t blank = 0;
    while (blank < line.n && strchr(" \t\r\n", line.p[blank]))
        blank++;
    size_t length = str_find_char(str_from(line, blank), '\n');
    start += (uint32_t)blank;
    return (struct span){0, start, length == STR_NOT_FOUND ? end : start + (uint32_t)length};
}

static void add_event_steps(const struct cause_document *document, const struct trace_event *event,
                            size_t at, struct cause_step_list *steps)
{
    if (!event->site)
        return;
    bool is_text = event->site->node->kind == NODE_TEXT;
    cause_add_steps(document, event->site,
                    is_text ? text_of(event, at) : cause_action_of(event->site), steps);
}

/* --- a piece of the output --- */

bool cause_covers(const struct trace_event *event, size_t start, size_t end)
{
    return event->start < end && start < event->end;
}

/* True when what was not printed would have gone on with the line. */
static bool would_go_on(const struct trace_test *test)
{
    const struct template_node *node = test->site->node;
    const struct template_list *branch = test->holds ? &node->otherwise : &node->body;
    const struct template_node *first = branch->count ? branch->items[0] : NULL;
    return first && (first->kind != NODE_TEXT || (first->text.n && first->text.p[0] != '\n'));
}

/* True when the answer could have changed what stands in [start, end): it decided over a part of
 * it, or over what is not there. */
static bool decides(const struct trace_test *test, size_t start, size_t end)
{
    if (test->start < test->end)
        return test->start < end && start < test->end;
    bool is_inside = start < test->start && test->start < end;
    bool is_at_edge = start <= test->start && test->start <= end;
    return is_inside || (is_at_edge && would_go_on(test));
}

static void add_conditions(const struct cause_document *document, size_t start, size_t end,
                           struct cause_place_list *conditions)
{
    for (size_t i = 0; i < document->events->tests.count; i++) {
        const struct trace_test *test = &document->events->tests.items[i];
        size_t known = conditions->count;
        if (decides(test, start, end)) {
            cause_add_places(document, test->source, conditions);
            cause_add_asked(document, test->source, conditions);
        }
        for (; known < conditions->count; known++)
            conditions->items[known].asked_at = cause_action_of(test->site);
    }
}

/* The text given to tpl in which an action stands, or the piece of it. */
static void add_quoted(const struct cause_document *document, const struct trace_site *site,
                       struct cause_place_list *places)
{
    const struct trace_text *text = trace_source_at(document->trace, site->quoted)->text;
    if (site->node->kind == NODE_TEXT)
        return;
    if (!text)
        cause_add_places(document, site->quoted, places);
    for (size_t i = 0; text && i < text->events.count; i++) {
        if (cause_covers(&text->events.items[i], site->node->offset, site->node->end))
            cause_add_places(document, text->events.items[i].source, places);
    }
}

/* The last thing that was printed decides most: a tag behind its image's name. */
struct cause cause_explain(const struct cause_document *document, size_t start, size_t end)
{
    struct cause cause = {0};
    struct cause_place_list asked = {0};
    const struct trace_event *shown = NULL;
    bool is_known = false;
    for (size_t i = document->events->events.count; i > 0; i--) {
        const struct trace_event *event = &document->events->events.items[i - 1];
        if (!cause_covers(event, start, end))
            continue;
        is_known = is_known || event->source != TRACE_UNKNOWN;
        bool is_better = !shown || (shown->source == TRACE_NONE && event->source != TRACE_NONE);
        shown = is_better ? event : shown;
        cause_add_places(document, event->source, &cause.places);
        cause_add_asked(document, event->source, &asked);
        for (const struct trace_site *site = event->site; site; site = site->caller)
            add_quoted(document, site, &asked);
    }
    cause_order_places(document, &cause.places);
    if (shown)
        add_event_steps(document, shown, start, &cause.steps);
    cause.conditions = asked;
    add_conditions(document, start, end, &cause.conditions);
    cause.kind = cause.places.count ? cause.places.items[0].kind
                 : is_known         ? CAUSE_TEMPLATE
                                    : CAUSE_UNKNOWN;
    return cause;
}

struct cause cause_of_text(struct arena *arena, const struct origins *origins,
                           const struct rendering *rendering, const struct manifest *manifest,
                           struct span piece)
{
    struct cause_document document = document_of(arena, origins, rendering, manifest);
    if (!document.events || !document.trace)
        return (struct cause){0};
    return cause_explain(&document, document.offset + piece.start, document.offset + piece.end);
}

/* --- fields --- */

static const struct yaml_node *step_into(const struct yaml_node *node,
                                         const struct values_step *step,
                                         struct cause_extent *ret_extent)
{
    if (step->is_index) {
        bool there = node->kind == YAML_LIST && step->index < node->list.count;
        if (there) {
            ret_extent->span = node->list.items[step->index]->span;
            ret_extent->inside = ret_extent->span.start;
        }
        return there ? node->list.items[step->index] : NULL;
    }
    const struct yaml_entry *entry = yaml_find(node, step->key);
    if (!entry)
        return NULL;
    bool is_empty = entry->value->span.start >= entry->value->span.end;
    ret_extent->span = entry->value->span;
    ret_extent->inside = entry->key_span.end;
    if (is_empty) /* as far as behind the colon */
        ret_extent->span.start = entry->key_span.start;
    return entry->value;
}

/* The place of a part of a scalar's text in the document; the whole scalar when it is written
 * otherwise there. */
static struct span narrow(const struct manifest *manifest, struct span span, struct text_part part)
{
    struct str written = str_slice(manifest->text, span.start, span.end);
    size_t at = 0;
    for (size_t i = 0; i <= part.number; i++) {
        size_t next = part.text.n ? str_find(str_from(written, at), part.text) : STR_NOT_FOUND;
        if (next == STR_NOT_FOUND)
            return span;
        at += next + part.text.n;
    }
    uint32_t end = span.start + (uint32_t)at;
    return (struct span){span.file, end - (uint32_t)part.text.n, end};
}

struct cause cause_find_part(struct arena *arena, const struct origins *origins,
                             const struct rendering *rendering, const struct manifest *manifest,
                             struct str field, struct text_part part)
{
    struct cause_document document = document_of(arena, origins, rendering, manifest);
    if (!document.events || !document.trace)
        return (struct cause){0};
    struct values_step_list steps = values_path_parse(arena, field);
    const struct yaml_node *node = manifest->root;
    struct cause_extent extent = {.span = node->span};
    struct str path = STR("");
    for (size_t i = 0; i < steps.count; i++) {
        const struct values_step *step = &steps.items[i];
        path = step->is_index ? values_path_index(arena, path, step->index)
                              : values_path_key(arena, path, step->key);
        const struct yaml_node *next = step_into(node, step, &extent);
        if (!next) {
            struct cause cause = cause_explain_missing(&document, node, &extent, step->key);
            cause.missing = path;
            return cause;
        }
        node = next;
    }
    struct span piece = narrow(manifest, extent.span, part);
    return cause_explain(&document, document.offset + piece.start, document.offset + piece.end);
}

struct cause cause_find(struct arena *arena, const struct origins *origins,
                        const struct rendering *rendering, const struct manifest *manifest,
                        struct str field)
{
    return cause_find_part(arena, origins, rendering, manifest, field, (struct text_part){0});
}

/* --- what failed --- */

/* The line in which the parser saw that the document is no YAML; where it took a line for a key
 * without a colon, that line. */
static struct span broken_line(struct arena *arena, struct str text)
{
    const struct yaml_stream *stream = yaml_parse_bytes(arena, text, 0, &limits_default);
    size_t at = 0;
    for (size_t i = stream->problems.count; i > 0; i--) {
        const struct diagnostic *problem = &stream->problems.items[i - 1];
        bool is_no_key = str_contains(stream->refusal, STR("could not find expected ':'"));
        bool has_start = is_no_key && problem->related.start;
        if (problem->severity == SEVERITY_ERROR)
            at = has_start ? problem->related.start : problem->span.start;
    }
    size_t start = at < text.n ? at : text.n;
    while (start > 0 && text.p[start - 1] != '\n')
        start--;
    size_t length = str_find_char(str_from(text, start), '\n');
    size_t end = length == STR_NOT_FOUND ? text.n : start + length;
    return (struct span){0, (uint32_t)start, (uint32_t)end};
}

struct cause cause_of_failure(struct arena *arena, const struct origins *origins,
                              const struct rendering *rendering)
{
    const struct render_failure *failure = &rendering->failure;
    if (failure->reason == RENDER_NOT_YAML)
        return cause_of_text(arena, origins, rendering, &rendering->broken,
                             broken_line(arena, rendering->broken.text));
    struct cause cause = {.kind = CAUSE_TEMPLATE};
    struct cause_document document = {arena, origins, failure->trace, NULL, {0}, 0};
    if (failure->trace)
        cause_add_places(&document, failure->source, &cause.places);
    cause_order_places(&document, &cause.places);
    if (cause.places.count)
        cause.kind = cause.places.items[0].kind;
    if (failure->span.file)
        vector_push(arena, &cause.steps, ((struct cause_step){.span = failure->span}));
    return cause;
}

struct span cause_span(const struct cause *cause)
{
    for (size_t i = 0; i < cause->places.count; i++) {
        const struct merged_value *value = &cause->places.items[i].value;
        if (value->node && value->node->span.file)
            return value_span(value->node, value->key_span);
    }
    /* A release's name says nothing of the helper that prints it, but of who included that. */
    bool is_outermost = cause->kind == CAUSE_BUILT_IN;
    struct span found = {0};
    for (size_t i = 0; i < cause->steps.count && (is_outermost || !found.file); i++) {
        if (cause->steps.items[i].span.file)
            found = cause->steps.items[i].span;
    }
    return found;
}

const struct merged_value *cause_next_value(const struct cause *cause, struct str text,
                                            size_t *position)
{
    while (*position < cause->places.count) {
        const struct merged_value *value = &cause->places.items[(*position)++].value;
        if (value->node && value->layer->kind == LAYER_FILE &&
            str_contains(yaml_text(value->node), text))
            return value;
    }
    return NULL;
}
