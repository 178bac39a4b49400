#ifndef BULKHEAD_KUBE_CAUSE_H
#define BULKHEAD_KUBE_CAUSE_H

#include "object_texts.h"
#include "origin.h"

/* Why a field of a rendered object is what it is, or is not there. */
enum cause_kind {
    CAUSE_UNKNOWN,  /* it cannot be told */
    CAUSE_TEMPLATE, /* the template says so itself */
    CAUSE_BUILT_IN, /* the release's name, the chart's version … */
    CAUSE_VALUES,   /* a value */
};

/* One thing that a field was made of. */
struct cause_place {
    enum cause_kind kind;      /* CAUSE_BUILT_IN or CAUSE_VALUES */
    struct str path;           /* "image.tag" from the root of the values, "Release.Name" */
    struct merged_value value; /* who wrote it; node == NULL when nobody did or it is not known */
    bool is_nowhere;           /* nothing stands at the path */
    struct span asked_at;      /* of a condition: the action that asked; file 0 in a packed chart */
};
struct cause_place_list {
    struct cause_place *items;
    size_t count, capacity;
};

/* A template's line on the way, the innermost first. */
struct cause_step {
    struct span span;      /* file 0 in a packed chart */
    struct str template;   /* the template's path, as in errors */
    uint32_t line;         /* from 1 */
    struct str definition; /* what it belongs to: the template's path, or a define's name */
};
struct cause_step_list {
    struct cause_step *items;
    size_t count, capacity;
};

struct cause {
    enum cause_kind kind; /* that of the first place; CAUSE_TEMPLATE or CAUSE_UNKNOWN without one */
    bool is_missing;      /* the field is not there: the places are what would have made it */
    struct str missing;   /* then: the path of the innermost part that is missing */
    struct cause_place_list places;     /* the most decisive first */
    struct cause_place_list conditions; /* what was asked before it was printed, innermost first */
    struct cause_step_list steps;
};

/* The cause of a field, by its path in the document. `manifest` is one of the traced rendering's.
 * Everything lives in the arena or with the rendering. */
struct cause cause_find(struct arena *arena, const struct origins *origins,
                        const struct rendering *rendering, const struct manifest *manifest,
                        struct str field);

/* The same of a part of a scalar's text ("shop-dev" in an address). */
struct cause cause_find_part(struct arena *arena, const struct origins *origins,
                             const struct rendering *rendering, const struct manifest *manifest,
                             struct str field, struct text_part part);

/* The cause of a piece of the document's text, [start, end) in its bytes. */
struct cause cause_of_text(struct arena *arena, const struct origins *origins,
                           const struct rendering *rendering, const struct manifest *manifest,
                           struct span piece);

/* The cause of a failure to render: the values that it is about, and the template's line. Of a
 * document that is no YAML: that of the line that cannot be read. */
struct cause cause_of_failure(struct arena *arena, const struct origins *origins,
                              const struct rendering *rendering);

/* The next value behind the cause, at or behind *position, that some values file writes and that
 * has the text in it; NULL when there is none. Moves the position on. */
const struct merged_value *cause_next_value(const struct cause *cause, struct str text,
                                            size_t *position);

/* The place to show for a cause: the origin of its first place, else the template's line (of what
 * Helm gives, the outermost one); file 0 when both lie in a packed chart or are not known. */
struct span cause_span(const struct cause *cause);

#endif
