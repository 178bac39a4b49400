#include "tracing.h"

/* Texts that a function made of another one, line by line. */

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
    struct trace_text part = trace_part(arena, events, line->from, line->from + line->length);
    trace_add_text(arena, result, &part, line->to, NULL);
}

/* A line of `to` that is not found again comes from the line in its place when both have as many
 * lines, else from the whole text. */
static void add_changed_line(struct trace *trace, const struct trace_text *events, struct str line,
                             size_t start, struct trace_text *result)
{
    uint32_t whole = trace_of_text(trace, events);
    struct trace_event event = {start, start + line.n, whole, 0, NULL};
    if (line.n)
        vector_push(trace->arena, &result->events, event);
}

static void pair_lines(struct trace *trace, struct str from, const struct trace_text *events,
                       struct str to, struct kept_list *lines, struct trace_text *result)
{
    size_t at = skip_empty_lines(to, 0);
    for (size_t old = skip_empty_lines(from, 0); old < from.n && at < to.n;
         old = next_line(from, old), at = next_line(to, at)) {
        struct str line = line_at(to, at);
        struct str before = line_at(from, old);
        size_t start = (size_t)(line.p - to.p);
        struct kept kept = {(size_t)(before.p - from.p), before.n, start};
        bool is_kept = keep(from, before, to, line, &kept);
        if (is_kept || before.n)
            vector_push(trace->arena, lines, kept);
        if (is_kept) {
            add_line(trace->arena, events, &kept, result);
            continue;
        }
        struct trace_text *part = arena_make(trace->arena, struct trace_text);
        *part = trace_part(trace->arena, events, old, next_line(from, old));
        add_changed_line(trace, part, line, start, result);
    }
}

static void search_lines(struct trace *trace, struct str from, const struct trace_text *events,
                         struct str to, struct kept_list *lines, struct trace_text *result)
{
    for (size_t at = 0, old = 0; at < to.n; at = next_line(to, at)) {
        struct str line = line_at(to, at);
        struct kept kept;
        if (line.n && find_line(from, &old, to, line, &kept)) {
            vector_push(trace->arena, lines, kept);
            add_line(trace->arena, events, &kept, result);
        } else {
            add_changed_line(trace, events, line, (size_t)(line.p - to.p), result);
        }
    }
}

/* When one of the texts holds the other as a whole: trim, trunc, quote. */
static bool keep_all(struct trace *trace, struct str from, const struct trace_text *events,
                     struct str to, struct kept_list *lines, struct trace_text *result)
{
    struct kept kept;
    if (!keep(from, str_trim(from), to, str_trim(to), &kept))
        return false;
    vector_push(trace->arena, lines, kept);
    add_line(trace->arena, events, &kept, result);
    return true;
}

const struct trace_text *trace_lines(struct trace *trace, struct str from,
                                     const struct trace_text *events, struct str to)
{
    struct trace_text *result = arena_make(trace->arena, struct trace_text);
    struct kept_list lines = {0};
    struct str inner = str_trim(from);
    bool is_alike = inner.n && str_count_char(inner, '\n') == str_count_char(str_trim(to), '\n');
    bool is_kept = keep_all(trace, from, events, to, &lines, result);
    if (!is_kept && is_alike)
        pair_lines(trace, from, events, to, &lines, result);
    else if (!is_kept)
        search_lines(trace, from, events, to, &lines, result);
    add_moved_tests(trace->arena, events, &lines, result);
    return result;
}
