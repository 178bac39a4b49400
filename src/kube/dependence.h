#ifndef BULKHEAD_KUBE_DEPENDENCE_H
#define BULKHEAD_KUBE_DEPENDENCE_H

#include "object.h"

/* What an object makes for others, and what it needs of them before it works. */

/* An object that is made or needed. */
struct dependence {
    struct str kind, name; /* of a CustomResourceDefinition: "Kind.group" */
    struct str path;       /* the field of the object that names it; empty: the object is it */
};
struct dependence_list {
    struct dependence *items;
    size_t count, capacity;
};

/* What the object makes: itself, and what its operator makes under a name that it gives: the Secret
 * of an ExternalSecret, SealedSecret, Certificate … Lives in the arena or with the object. */
struct dependence_list object_makes(struct arena *arena, const struct object *object);

/* What the object refers to anywhere in its spec and does not declare optional: Secrets, ConfigMaps
 * and claims of volumes and variables, the service account, the custom resource that it belongs to,
 * the definition of its own kind. Lives in the arena or with the object. */
struct dependence_list object_needs(struct arena *arena, const struct object *object);

/* A key under which equal needs and products of one namespace are equal; in the arena. */
struct str dependence_key(struct arena *arena, const struct dependence *dependence,
                          struct str namespace);

#endif
