#ifndef BULKHEAD_KUBE_MAKERS_H
#define BULKHEAD_KUBE_MAKERS_H

#include "workload.h"

/* Who makes what: the objects of all releases by cluster, namespace, kind and name, and those that
 * operators make of custom resources (`makes` of rules/workloads/). */

/* What identifies an object within a cluster. The namespace is empty for kinds of the cluster. */
struct identifier {
    struct str group, kind, namespace, name;
};
/* "ConfigMap settings"; in the arena. */
struct str identifier_title(struct arena *arena, const struct identifier *identifier);
/* Equal for equal ones of a cluster; in the arena. */
struct str identifier_key(struct arena *arena, const struct identifier *identifier);

struct maker {
    const struct object *object; /* that is it, or of which an operator makes it */
    bool is_operator;
};
/* An object that somebody makes, and all that do. */
struct made {
    struct identifier identifier;
    struct str cluster;
    VECTOR(struct maker) makers; /* in the order of the releases */
};
struct made_list {
    const struct made **items;
    size_t count, capacity;
};

struct makers {
    const struct model *model;
    const struct workload_kinds *kinds;
    const struct object_list *by_release;
    struct made_list all; /* in the order in which they are first made */
    struct map by_identity;
    struct map by_kind;    /* "CLUSTER/GROUP/KIND" → struct made_list */
    struct map namespaces; /* "CLUSTER/NAMESPACE" → struct maker_namespace; see makers_private.h */
    struct map everywhere; /* CLUSTER → struct maker_namespace of what makes objects anywhere */
};

/* Reads the objects of all releases, by the release's number; `is_rendered` says which of them are
 * known. Environments share a cluster when the configuration gives them namespaces and no `cluster`
 * that differs; otherwise each has one of its own. Everything lives in the arena or with the
 * objects. */
const struct makers *makers_read(struct arena *arena, const struct workload_kinds *kinds,
                                 const struct model *model, const struct object_list *by_release,
                                 const bool *is_rendered);

/* The cluster that a release goes to. */
struct str makers_cluster(const struct makers *makers, const struct release *release);
/* What has this identity in the release's cluster; NULL when nobody is known to make it. */
const struct made *makers_find(const struct makers *makers, const struct release *release,
                               const struct identifier *identifier);
/* All of a kind in the release's cluster; NULL: none. */
const struct made_list *makers_of_kind(const struct makers *makers, const struct release *release,
                                       struct str group, struct str kind);

/* True when everything that makes objects in the namespace is known: some release goes there, all
 * that do were rendered with values that are known, and the configuration does not share it with
 * others. An empty namespace stands for the cluster. */
bool makers_are_known(const struct makers *makers, const struct release *release,
                      struct str namespace);
/* True when the object may be there although no release makes it: the configuration says so, every
 * cluster has it, or it bears a name that some custom resource or script gives. `user` is the
 * object that uses it, whose own words do not count. */
bool makers_may_have(const struct makers *makers, const struct object *user,
                     const struct identifier *identifier);

/* Why an object that nobody makes seems to be meant to be there. */
struct maker_hint {
    struct str text; /* " (did you mean settings?)", " (staging has one)", or empty */
    bool
        is_made_elsewhere; /* another namespace, or the application in another environment has it */
};
/* Lives in the arena. */
struct maker_hint makers_hint(struct arena *arena, const struct makers *makers,
                              const struct object *user, const struct identifier *identifier);

#endif
