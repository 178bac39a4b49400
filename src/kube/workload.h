#ifndef BULKHEAD_KUBE_WORKLOAD_H
#define BULKHEAD_KUBE_WORKLOAD_H

#include "object.h"
#include "workload_kind.h"

/* A pod template of a rendered object: what it says about its pods, under the names that Kubernetes
 * has for the parts of a pod's spec, wherever they lie in the object. */
struct workload {
    const struct object *object;
    const struct workload_kind *kind;
    const struct workload_pods *pods;
    struct str name;              /* of the template; empty when the kind makes only one */
    const struct yaml_node *item; /* what the places begin at: the object or an item of a list,
                                   * NULL for the item of a list that has none */
    struct str item_path;         /* in the object */
};
struct workload_list {
    struct workload *items;
    size_t count, capacity;
};

/* The workloads of a release's objects, in their order. Lives in the arena. */
struct workload_list workloads_of(struct arena *arena, const struct workload_kinds *kinds,
                                  const struct object_list *objects);

/* A part of the pod and its place in the object. */
struct workload_part {
    const struct yaml_node *node; /* NULL: it is not there */
    struct str path;              /* where it stands or would stand; p == NULL: the kind has no
                                   * such field */
};

/* The part at a path of the pod's spec ("tolerations", "containers[0].image"), or `labels`,
 * `annotations`, `replicas`. Lives in the arena. */
struct workload_part workload_part(struct arena *arena, const struct workload *workload,
                                   struct str pod_path);

struct workload_container {
    struct str name;
    bool is_init;
    struct str pod_path; /* "containers[0]", "initContainers[1]" */
};
struct workload_container_list {
    struct workload_container *items;
    size_t count, capacity;
};

/* The containers as far as the object says something about them, the init ones last. */
struct workload_container_list workload_containers(struct arena *arena,
                                                   const struct workload *workload);

/* The pod's spec as templates see it; of custom resources what they say about it. */
struct value workload_pod(struct arena *arena, const struct workload *workload);

/* The number of pods; false when it is not known. */
bool workload_replicas(const struct workload *workload, double *ret_count);
/* True when the object says that it is stopped: it then makes no pods, whatever else it says. */
bool workload_is_stopped(const struct workload *workload);

/* The names of what an operator makes of the object; one that takes a field which is not there is
 * left out. Lives in the arena. */
struct str_list workload_made_names(struct arena *arena, const struct workload_made *made,
                                    const struct object *object);

/* "Deployment/web", with the name of the template where there are several. */
struct str workload_title(struct arena *arena, const struct workload *workload);

#endif
