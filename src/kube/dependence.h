#ifndef BULKHEAD_KUBE_DEPENDENCE_H
#define BULKHEAD_KUBE_DEPENDENCE_H

#include "reference.h"
#include "secret.h"

/* What the objects of a release make for others, and what they need of them before they work. */

struct identifier_list {
    struct identifier *items;
    size_t count, capacity;
};

struct dependences {
    /* By the object's number: itself, and the Secrets that its operator alone makes of it. */
    struct identifier_list *made;
    /* By the object's number: what it refers to and waits for (reference.h), the Secrets that it
     * uses (secret.h), and the definition of its own kind. Nothing that is optional. */
    struct identifier_list *needed;
};

/* Reads the objects and the workloads among them. A CustomResourceDefinition is called "KIND.GROUP"
 * here. Everything lives in the arena or with the objects. */
struct dependences dependences_of(struct arena *arena, const struct secret_kinds *kinds,
                                  const struct object_list *objects,
                                  const struct workload_list *workloads);

#endif
