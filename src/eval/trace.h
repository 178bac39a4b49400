#ifndef BULKHEAD_EVAL_TRACE_H
#define BULKHEAD_EVAL_TRACE_H

#include "template/template.h"
#include "values/values.h"

/* What a rendering remembers of where its output came from, when it is asked to. Every value
 * carries the number of its source (struct value, `source`), every text the list of the events that
 * made it. A trace lives in the arena of its release. */

/* The number of a source; TRACE_NONE: the template itself. */
enum { TRACE_NONE = 0, TRACE_UNKNOWN = 1 };

enum trace_kind {
    TRACE_NOWHERE,  /* the sources TRACE_NONE and TRACE_UNKNOWN */
    TRACE_VALUES,   /* a place in the values of the release */
    TRACE_BUILT_IN, /* a place in what Helm adds: Release.Name, Chart.AppVersion */
    TRACE_CHANCE,   /* a function that gives something else each time: its name is the key */
    TRACE_TEXT,     /* a text that was put together: its events tell the rest */
    TRACE_MIXED,    /* one of several sources, or all of them; the most decisive first */
    TRACE_DERIVED,  /* a list or map that a function made of its parts: so is what stands in it */
    TRACE_READ,  /* one that was read from a text (fromYaml): what stands in it has its own source,
                    what is missing comes of the text */
    TRACE_BUILT, /* one that a template built (dict, list): what stands in it has its own source,
                    and what is missing was left out by the template */
};

struct trace_site;

/* One step into a map (key) or list (index). */
struct trace_source {
    enum trace_kind kind;
    uint32_t parent; /* of a place: the map or list around it; TRACE_NONE at the root */
    struct str key;  /* of a place: p == NULL for an index, and at the root of the values */
    size_t index;
    struct value value;            /* of a place: what stood there; nil when nothing did */
    const struct trace_site *site; /* of a TRACE_CHANCE: the action that called it */
    const struct trace_text *text;
    const uint32_t *parts;
    size_t part_count;
    size_t asked_count; /* so many of the parts, the last ones, only decided by what they are */
};

/* A place in a template that was executed, with the include, template or tpl that led there. */
struct trace_site {
    const struct template_source *source;
    const struct template_node *node;
    const struct trace_site *caller; /* NULL: the template of the file itself */
    struct str definition;           /* the name of what was executing */
    uint32_t quoted; /* the source of the text in which it stands, of a tpl; else TRACE_NONE */
};

/* A piece of a text: printed by an action, or copied from the template (source TRACE_NONE). */
struct trace_event {
    size_t start, end;
    uint32_t source;
    uint32_t offset;               /* of a piece of the template: where it stands there */
    const struct trace_site *site; /* NULL: of a value that no template has printed yet */
};

/* A condition that was asked: if, with or range. What was printed because of its answer is [start,
 * end). */
struct trace_test {
    size_t start, end;
    uint32_t source;
    bool holds; /* the body was taken, not the else */
    const struct trace_site *site;
};

struct trace_text {
    VECTOR(struct trace_event) events; /* by start; they do not overlap */
    VECTOR(struct trace_test) tests;   /* by end */
};

struct trace;
/* Lives in its trace. Never NULL: an unknown number is TRACE_UNKNOWN. */
const struct trace_source *trace_source_at(const struct trace *trace, uint32_t source);
/* The values path of a TRACE_VALUES from the root of the release's values ("sub.image.tag", see
 * values_path.h), or the name of a TRACE_BUILT_IN ("Release.Name"). */
struct str trace_path(struct arena *arena, const struct trace *trace, uint32_t source);

struct trace_source_list {
    uint32_t *items;
    size_t count, capacity;
};
/* Adds the places (TRACE_VALUES, TRACE_BUILT_IN) that a source was made of, each once, the most
 * decisive first. At most TRACE_MOST_PLACES are listed. */
enum { TRACE_MOST_PLACES = 64 };
void trace_places(struct arena *arena, const struct trace *trace, uint32_t source,
                  struct trace_source_list *list);
/* The same for the places that were asked on the way: of conditions in texts that were put
 * together, and around the assignments of variables. */
void trace_conditions(struct arena *arena, const struct trace *trace, uint32_t source,
                      struct trace_source_list *list);
/* The same for the sources of kind TRACE_CHANCE that a source was made of. */
void trace_chances(struct arena *arena, const struct trace *trace, uint32_t source,
                   struct trace_source_list *list);

#endif
