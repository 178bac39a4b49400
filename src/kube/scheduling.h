#ifndef BULKHEAD_KUBE_SCHEDULING_H
#define BULKHEAD_KUBE_SCHEDULING_H

#include "infra/infra.h"
#include "workload.h"

/* On which nodes the scheduler of Kubernetes puts pods: node selector, required node affinity,
 * taints and tolerations, as "Assigning Pods to Nodes" and "Taints and Tolerations" of its
 * documentation say and pkg/scheduler/framework/plugins does. */

/* What the scheduler asks of a pod. Nodes are NULL where nothing is written. */
struct scheduling {
    const struct yaml_node *node_selector, *node_affinity, *tolerations;
    bool is_on_every_node; /* a DaemonSet: its pods tolerate what befalls nodes */
};

struct scheduling workload_scheduling(struct arena *arena, const struct workload *workload);

/* Of pools not everything is known. */
enum certainty { CERTAINLY_NOT, PERHAPS, CERTAINLY };

/* Whether the labels of the pool's nodes are what node selector and required affinity ask for. */
enum certainty scheduling_selects(const struct scheduling *scheduling,
                                  const struct node_pool *pool);
/* Whether the pods tolerate all taints of the pool's nodes that keep pods off. */
enum certainty scheduling_tolerates(const struct scheduling *scheduling,
                                    const struct node_pool *pool);
/* Both. */
enum certainty scheduling_lands(const struct scheduling *scheduling, const struct node_pool *pool);

/* Whether a toleration is one for the taint. */
enum certainty toleration_covers(const struct yaml_node *toleration,
                                 const struct pool_taint *taint);
/* The first taint of the pool that the pods certainly do not tolerate; NULL: none. */
const struct pool_taint *scheduling_repelled_by(const struct scheduling *scheduling,
                                                const struct node_pool *pool);

/* True when some node certainly takes pods of both: of a pool, or, where no pool is declared,
 * because both ask for the same nodes in the same words. */
bool workloads_meet(struct arena *arena, const struct node_pools *pools, const struct workload *a,
                    const struct workload *b);

/* True when node selector or required affinity say something about the label's key. */
bool scheduling_names(const struct scheduling *scheduling, struct str key);
/* True when a toleration is there for taints of any key, if only of one effect. */
bool scheduling_tolerates_everything(const struct scheduling *scheduling);

#endif
