#ifndef BULKHEAD_ENGINE_COMPARE_CAUSES_H
#define BULKHEAD_ENGINE_COMPARE_CAUSES_H

#include "compare.h"
#include "compare_inputs.h"

/* A change of a release's objects, with what is needed to say where it comes from. */
struct object_change {
    const struct object *before, *after; /* NULL: not there */
    struct field_change field;           /* zeroed when the object came or went as a whole */
};

/* Looks for the inputs that make changes of one release. */
struct cause_finder {
    struct arena *arena;               /* for what is rendered; emptied by the caller */
    const struct input_side *sides[2]; /* before and after */
    const struct release *releases[2]; /* the same */
    const struct input_list *inputs;   /* what differs; at least one */
    const struct rendered_release *traced[2];
    bool is_traced[2];
};

/* The one of the inputs that makes the change: the only one there is, else the one that the trace
 * of the newer or older rendering leads to; NULL when it leads to none of them. */
const struct input_change *find_input(struct cause_finder *finder,
                                      const struct object_change *change);

#endif
