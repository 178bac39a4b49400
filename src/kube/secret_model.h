#ifndef BULKHEAD_KUBE_SECRET_MODEL_H
#define BULKHEAD_KUBE_SECRET_MODEL_H

#include "secret.h"

/* Secrets and stores of secrets of all releases together. */

struct secret_made_list {
    const struct secret_made **items;
    size_t count, capacity;
};

struct secret_model {
    struct secret_facts facts;
    struct map made;    /* CLUSTER/NAMESPACE/NAME → struct secret_made_list */
    struct map objects; /* CLUSTER/NAMESPACE/KIND/NAME → struct object; of stores and Services */
    struct map partial; /* CLUSTER/NAMESPACE of releases that are not known */
    struct map used;    /* CLUSTER/NAMESPACE of releases */
    const struct model *model;
    const struct secret_kinds *kinds;
    const struct workload_kinds *workload_kinds;
    const struct object_list *by_release;
    const bool *is_rendered;
};

/* Reads the objects of all releases, by the release's number; `is_rendered` says which of them are
 * known. Everything lives in the arena or with the objects. */
struct secret_model *secret_model_read(struct arena *arena, const struct secret_kinds *kinds,
                                       const struct workload_kinds *workload_kinds,
                                       const struct model *model,
                                       const struct object_list *by_release,
                                       const bool *is_rendered);

/* What makes the Secret in the cluster of the release; NULL when nothing does. */
const struct secret_made_list *secret_model_made(const struct secret_model *secrets,
                                                 const struct release *release,
                                                 struct str namespace, struct str name);
/* A SecretStore, ClusterSecretStore (of no namespace) or Service; NULL when no release makes it. */
const struct object *secret_model_object(const struct secret_model *secrets,
                                         const struct release *release, struct str namespace,
                                         struct str kind, struct str name);
/* True for a namespace of the release's cluster to which releases go. */
bool secret_model_uses(const struct secret_model *secrets, const struct release *release,
                       struct str namespace);
/* True when one of these is not known. */
bool secret_model_is_partial(const struct secret_model *secrets, const struct release *release,
                             struct str namespace);
/* True when releases go to the namespace and all of them are known. */
bool secret_model_knows(const struct secret_model *secrets, const struct release *release,
                        struct str namespace);

#endif
