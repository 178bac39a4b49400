#ifndef BULKHEAD_KUBE_REQUEST_H
#define BULKHEAD_KUBE_REQUEST_H

#include "scaler.h"
#include "workload.h"

/* What the pods of a workload ask for, never more than they really do: what is not known counts for
 * nothing. As "Resource Management for Pods and Containers", "Init Containers" and "Sidecar
 * Containers" of the documentation of Kubernetes say. */

/* What one pod asks for of a resource ("cpu", "memory"): its containers and sidecars together, or
 * an init container that asks for more. A limit without a request is a request. */
double workload_request(struct arena *arena, const struct workload *workload, struct str resource);
/* The same of limits. */
double workload_limit(struct arena *arena, const struct workload *workload, struct str resource);
/* Where the container that asks for most says so; path.p == NULL when none says anything. */
struct workload_part workload_largest_request(struct arena *arena, const struct workload *workload,
                                              struct str resource);

/* How many pods run beside those of others: not of Jobs, of hooks, or of objects that are stopped,
 * and of a DaemonSet none are counted here. */
struct workload_count {
    double least, most; /* what an autoscaler may make of them */
};
struct workload_count workload_count(const struct workload *workload,
                                     const struct object_list *objects);
/* False when the pods come and go (Jobs, hooks), or there are none because the object is stopped.
 */
bool workload_stays(const struct workload *workload);

#endif
