#ifndef BULKHEAD_EVAL_BRANCHES_H
#define BULKHEAD_EVAL_BRANCHES_H

#include "template/template.h"

/* Which way the conditions of templates went, over as many renderings as are noted. */
struct branch {
    struct span span;    /* of what if, with or range asks */
    struct str pipeline; /* what it asks, as Go writes it */
    bool has_otherwise;  /* there is an {{ else }} */
    bool was_true, was_false;
};

/* Make one with {.arena = …}; everything lives in that arena. One thread at a time. */
struct branches {
    struct arena *arena;
    struct map by_span; /* a span → struct branch, in the order in which they were first asked */
};

/* Notes an answer; nothing for what stands in no file. */
void branches_note(struct branches *branches, const struct template_source *source,
                   const struct template_node *node, bool holds);

#endif
