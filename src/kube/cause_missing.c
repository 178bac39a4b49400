#include "cause_private.h"

/* What kept a field from being printed: the condition whose other branch has its key, or the values
 * that a mapping was copied from as a whole. */

/* A search for the lines that would print a key of the mapping in which a branch stands. Lines that
 * are deeper than one before them, or behind its "- ", belong to something inside of it. */
struct key_search {
    struct str key;
    size_t least; /* the indentation of what was seen so far */
    bool is_found;
};

static void search_line(struct key_search *search, struct str line)
{
    struct str content = str_trim(line);
    size_t indentation = (size_t)(content.p - line.p);
    if (!content.n || content.p[0] == '#')
        return;
    bool is_outermost = indentation <= search->least;
    bool is_quoted = strchr("\"'", content.p[0]) != NULL;
    struct str name = str_from(content, is_quoted);
    bool is_key = str_starts_with(name, search->key) && name.n > search->key.n &&
                  strchr(":\"'", name.p[search->key.n]);
    search->is_found = search->is_found || (is_outermost && is_key);
    search->least = is_outermost ? indentation : search->least;
}

/* A text's first line goes on with what an action or text before it began. */
static void search_text(struct key_search *search, struct str text, bool begins_line)
{
    struct str first = str_cut(&text, '\n');
    if (begins_line)
        search_line(search, first);
    while (text.p)
        search_line(search, str_cut(&text, '\n'));
}

enum { MOST_DEPTH = 64 };

static void search_list(struct key_search *search, const struct template_list *list, unsigned depth)
{
    for (size_t i = 0; i < list->count && depth < MOST_DEPTH; i++) {
        const struct template_node *node = list->items[i];
        if (node->kind == NODE_TEXT)
            search_text(search, node->text, i == 0);
        search_list(search, &node->body, depth + 1);
        search_list(search, &node->otherwise, depth + 1);
    }
}

/* True when the branch that was not taken would have printed the key. */
static bool would_print(const struct trace_test *test, struct str key)
{
    const struct template_node *node = test->site->node;
    struct key_search search = {key, SIZE_MAX, false};
    search_list(&search, test->holds ? &node->otherwise : &node->body, 0);
    return search.is_found;
}

/* The condition in [start, end] that kept the key from being printed; the last one, which is the
 * nearest to the end of the mapping. */
static const struct trace_test *find_test(const struct cause_document *document, size_t start,
                                          size_t end, struct str key)
{
    const struct trace_test *found = NULL;
    for (size_t i = 0; i < document->events->tests.count; i++) {
        const struct trace_test *test = &document->events->tests.items[i];
        if (test->start >= start && test->end <= end && would_print(test, key))
            found = test;
    }
    return found;
}

/* The place in the values that a mapping was copied from as a whole (toYaml); TRACE_NONE when it
 * was not. */
static uint32_t copied_from(const struct cause_document *document, const struct yaml_node *map)
{
    for (size_t i = 0; map->kind == YAML_MAP && i < map->map.count; i++) {
        const struct yaml_entry *entry = &map->map.entries[i];
        size_t at = document->offset + entry->key_span.start;
        for (size_t k = 0; k < document->events->events.count; k++) {
            const struct trace_event *event = &document->events->events.items[k];
            const struct trace_source *source = trace_source_at(document->trace, event->source);
            if (cause_covers(event, at, at + 1) && source->kind == TRACE_VALUES &&
                str_equal(source->key, entry->key))
                return source->parent;
        }
    }
    return TRACE_NONE;
}

static size_t skip_blanks(struct str text, size_t at)
{
    while (at < text.n && strchr(" \t\r\n", text.p[at]))
        at++;
    return at;
}

static void explain_copied(const struct cause_document *document, uint32_t source, struct str key,
                           struct cause *cause)
{
    struct str path = trace_path(document->arena, document->trace, source);
    struct cause_place place = {
        .kind = CAUSE_VALUES,
        .path = values_path_key(document->arena, path, key),
        .is_nowhere = true,
    };
    cause->places = (struct cause_place_list){0};
    vector_push(document->arena, &cause->places, place);
    cause->kind = CAUSE_VALUES;
}

struct cause cause_explain_missing(const struct cause_document *document,
                                   const struct yaml_node *map, const struct cause_extent *extent,
                                   struct str key)
{
    size_t start = document->offset + extent->span.start;
    size_t end = skip_blanks(document->text, document->offset + extent->span.end);
    const struct trace_test *test =
        find_test(document, document->offset + extent->inside, end, key);
    uint32_t copied = test ? TRACE_NONE : copied_from(document, map);
    struct cause cause = {0};
    if (test) {
        cause_add_places(document, test->source, &cause.places);
        cause_add_asked(document, test->source, &cause.places);
        cause_order_places(document, &cause.places);
        cause_add_steps(document, test->site, cause_action_of(test->site), &cause.steps);
        cause.kind = cause.places.count ? cause.places.items[0].kind : CAUSE_TEMPLATE;
    } else {
        cause = cause_explain(document, start, start + 1);
        cause.places = (struct cause_place_list){0};
        cause.kind = cause.steps.count ? CAUSE_TEMPLATE : CAUSE_UNKNOWN;
    }
    if (copied != TRACE_NONE)
        explain_copied(document, copied, key, &cause);
    cause.is_missing = true;
    return cause;
}
