#ifndef BULKHEAD_KUBE_RELEASE_H
#define BULKHEAD_KUBE_RELEASE_H

#include "cause.h"

/* A release of the repository model that was rendered as its deployment would render it. */
struct rendered_release {
    const struct release *release;
    const struct chart_package *package;
    struct rendering rendering;
    struct object_list objects;
    struct origins origins; /* who wrote its values, when it is traced */
};

/* Renders a release whose chart is in the tree. NULL: that failed, and the sink has an error that
 * says why. A traced one can be asked for causes. Lives in the arena; for threads see
 * renderer_load and renderer_render. */
const struct rendered_release *release_render(struct arena *arena, struct renderer *renderer,
                                              const struct release *release, bool is_traced,
                                              struct diagnostics *sink);

/* The cause of a field of an object of a traced release, by its path in the object
 * ("spec.template.spec.tolerations"). */
struct cause release_cause(struct arena *arena, const struct rendered_release *rendered,
                           const struct object *object, struct str field);

#endif
