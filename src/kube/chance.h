#ifndef BULKHEAD_KUBE_CHANCE_H
#define BULKHEAD_KUBE_CHANCE_H

#include "release.h"

/* A field of a rendered object that is something else each time the release is rendered. */
struct chance {
    const struct object *object;
    struct str field;
    struct str function; /* that was called: "randAlphaNum" */
    struct span span;    /* the action that called it; file 0 in a packed chart */
    struct span printed; /* the action that printed the field; file 0 in a packed chart */
};
struct chance_list {
    struct chance *items;
    size_t count, capacity;
};

/* All of them, each with the function that was called last. The release is traced. Lives in the
 * arena or with the rendering. */
struct chance_list chances_find(struct arena *arena, const struct rendered_release *traced);

#endif
