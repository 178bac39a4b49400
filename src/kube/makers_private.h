#ifndef BULKHEAD_KUBE_MAKERS_PRIVATE_H
#define BULKHEAD_KUBE_MAKERS_PRIVATE_H

#include "makers.h"

/* Private to kube/: what may make objects in a namespace, or in any. */
struct maker_namespace {
    VECTOR(const struct object *) objects;
    bool is_used;    /* a release goes there */
    bool is_partial; /* … that could not be rendered, or whose values are not all known */
};

/* NULL when nothing goes there. */
const struct maker_namespace *maker_namespace_find(const struct makers *makers, struct str cluster,
                                                   struct str namespace);

#endif
