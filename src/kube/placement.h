#ifndef BULKHEAD_KUBE_PLACEMENT_H
#define BULKHEAD_KUBE_PLACEMENT_H

#include "scheduling.h"

/* Whether a workload's pods run on the nodes of their environment and on no others, as far as that
 * can be told from the pools that are known and from the configuration. */
enum placement_kind {
    PLACEMENT_UNDECIDED,     /* fine, or it cannot be told */
    PLACEMENT_FOREIGN,       /* they ask for a pool of another environment */
    PLACEMENT_UNKNOWN_POOL,  /* they ask for a pool that there is not */
    PLACEMENT_NOT_TOLERATED, /* they do not tolerate the taint of their environment's nodes */
    PLACEMENT_NOT_SELECTED,  /* they ask for no pool, and others would take them too */
    PLACEMENT_NOWHERE,       /* no pool takes them */
};

struct placement {
    enum placement_kind kind;
    struct workload_part part; /* that is wrong, or missing */
    struct str pool;           /* the other one, or that of the environment */
    struct str environment;    /* of the other pool */
    struct str taint;          /* "key=value:Effect", that is not tolerated */
    struct str elsewhere; /* where the object has such a part for other pods, or for nobody; of a
                           * custom resource whose part is missing */
    bool also_selects_nothing; /* of PLACEMENT_NOT_TOLERATED: they ask for no pool either */
};

/* Everything lives in the arena or with its arguments. */
struct placement placement_of(struct arena *arena, const struct node_pools *pools,
                              const struct config *config, const struct workload *workload);

/* True when the sources tell all pools that there are: pods run on one of them or nowhere. */
bool pools_tell_all(const struct node_pools *pools, const struct config *config);

#endif
