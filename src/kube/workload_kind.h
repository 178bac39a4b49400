#ifndef BULKHEAD_KUBE_WORKLOAD_KIND_H
#define BULKHEAD_KUBE_WORKLOAD_KIND_H

#include "kind_file.h"

/* Which kinds make pods and where in their objects the parts of the pods lie, as read from
 * rules/workloads/<kind>.yaml and .bulkhead/workloads/ of a user. */

/* A path of the pod's spec, which also knows `labels`, `annotations` and `replicas`, and the path
 * in the object where it lies. */
struct workload_place {
    struct str pod, object;
};

/* A container that the operator makes itself; its fields lie at the places of its map. */
struct workload_container_kind {
    struct str name;
    const struct yaml_node *fields;
};

/* One sort of pods that the objects of a kind make. */
struct workload_pods {
    struct str name; /* empty for kinds that make only one sort */
    struct str each; /* the list whose every item makes pods; p == NULL: none. Places then are paths
                      * in the item. */
    struct kind_condition when, unless;
    struct str needs_kind;    /* there must be an object of that kind in the release … */
    struct str needs_without; /* … without anything at this path; p == NULL: any */
    VECTOR(struct workload_place) places; /* the first one where something stands counts */
    VECTOR(struct workload_container_kind) containers;
    struct str more_containers;               /* a list of further containers; p == NULL: none */
    const struct yaml_node *default_replicas; /* NULL: not known */
    bool is_on_every_node;
    bool is_to_completion;    /* Jobs */
    bool takes_no_scheduling; /* nobody can say where these pods run */
};

/* What an operator makes of each object of a kind, besides pods. */
struct workload_made {
    struct str group, kind;
    struct str_list names; /* with {name}, or {PATH} of a field of the object; globs */
};

struct workload_kind {
    struct str kind;
    struct str_list groups;
    struct str operator_name;      /* empty for kinds of Kubernetes itself */
    struct kind_condition stopped; /* then the object makes no pods, whatever else it says */
    VECTOR(struct workload_pods) pods;
    VECTOR(struct workload_made) makes;
};

struct workload_kinds {
    struct workload_kind *items;
    size_t count, capacity;
};

/* The texts of rules/workloads/<kind>.yaml, which the build embeds. */
extern const char *const embedded_workloads[];
extern const size_t embedded_workload_count;

/* Loads the embedded kinds and those below .bulkhead/workloads/ of the user's tree (NULL: none),
 * which come first and so replace others of the same kind and group. What is wrong in a file goes
 * to the sink at its line (kind "workload"); such a kind is left out. Lives in the arena. */
struct workload_kinds workload_kinds_load(struct arena *arena, struct tree *user_tree,
                                          struct diagnostics *sink);

/* NULL when objects of that kind make no pods, as far as is known. */
const struct workload_kind *workload_kind_find(const struct workload_kinds *kinds, struct str group,
                                               struct str kind);

#endif
