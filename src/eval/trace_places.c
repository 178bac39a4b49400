#include "tracing.h"

/* Finds the places behind a source. Sources refer to older ones only, and many to the same. */

struct visit {
    uint32_t source;
    bool counts; /* its places are what is looked for */
};
struct visit_list {
    struct visit *items;
    size_t count, capacity;
};

struct search {
    struct arena *arena;
    const struct trace *trace;
    bool wants_asked, wants_chances;
    struct visit_list open; /* a stack */
    struct visit_list seen;
    struct trace_source_list *found;
};

enum { MOST_SEEN = 1000 };

static void visit(struct search *search, uint32_t source, bool counts)
{
    if (source != TRACE_NONE)
        vector_push(search->arena, &search->open, ((struct visit){source, counts}));
}

static bool is_seen(const struct search *search, struct visit visit)
{
    for (size_t i = 0; i < search->seen.count; i++) {
        const struct visit *seen = &search->seen.items[i];
        if (seen->source == visit.source && seen->counts == visit.counts)
            return true;
    }
    return false;
}

static void add_place(struct search *search, uint32_t source)
{
    for (size_t i = 0; i < search->found->count; i++) {
        if (search->found->items[i] == source)
            return;
    }
    vector_push(search->arena, search->found, source);
}

/* In reverse, since the last one is visited first: what it is made of, then what was asked. */
static void visit_inside(struct search *search, const struct trace_source *source, bool counts)
{
    static const struct trace_text none;
    const struct trace_text *text = source->text ? source->text : &none;
    size_t made_of = source->part_count - source->asked_count;
    for (size_t i = text->tests.count; search->wants_asked && i > 0; i--)
        visit(search, text->tests.items[i - 1].source, true);
    for (size_t i = source->part_count; search->wants_asked && i > made_of; i--)
        visit(search, source->parts[i - 1], true);
    for (size_t i = text->events.count; i > 0; i--)
        visit(search, text->events.items[i - 1].source, counts);
    for (size_t i = made_of; i > 0; i--)
        visit(search, source->parts[i - 1], counts);
}

static void search_all(struct search *search)
{
    while (search->open.count && search->found->count < TRACE_MOST_PLACES &&
           search->seen.count < MOST_SEEN) {
        struct visit next = search->open.items[--search->open.count];
        const struct trace_source *source = trace_source_at(search->trace, next.source);
        bool is_place = source->kind == TRACE_VALUES || source->kind == TRACE_BUILT_IN;
        bool is_wanted = search->wants_chances ? source->kind == TRACE_CHANCE : is_place;
        if (is_wanted && next.counts)
            add_place(search, next.source);
        if (is_place || is_seen(search, next))
            continue;
        vector_push(search->arena, &search->seen, next);
        visit_inside(search, source, next.counts);
    }
}

void trace_places(struct arena *arena, const struct trace *trace, uint32_t source,
                  struct trace_source_list *list)
{
    struct search search = {.arena = arena, .trace = trace, .found = list};
    visit(&search, source, true);
    search_all(&search);
}

void trace_conditions(struct arena *arena, const struct trace *trace, uint32_t source,
                      struct trace_source_list *list)
{
    struct search search = {.arena = arena, .trace = trace, .wants_asked = true, .found = list};
    visit(&search, source, false);
    search_all(&search);
}

void trace_chances(struct arena *arena, const struct trace *trace, uint32_t source,
                   struct trace_source_list *list)
{
    struct search search = {.arena = arena, .trace = trace, .wants_chances = true, .found = list};
    visit(&search, source, true);
    search_all(&search);
}
