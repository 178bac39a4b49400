#ifndef BULKHEAD_KUBE_SYNC_ORDER_H
#define BULKHEAD_KUBE_SYNC_ORDER_H

#include "object.h"

/* When an object of a release is applied at the first deployment: Argo CD's phases and waves
 * (gitops- engine, pkg/sync), Helm's hooks and their weights. */
enum sync_phase {
    SYNC_NEVER, /* hooks of tests, deletions, failures; for Helm those of upgrades, too */
    SYNC_BEFORE,
    SYNC_MAIN,
    SYNC_AFTER,
};

struct sync_moment {
    enum sync_phase phase;
    int64_t wave;
    const struct yaml_entry *phase_by, *wave_by; /* the annotations that say so; NULL: none */
};

/* Of an object that is applied in several phases it is the first. */
struct sync_moment sync_moment_of(const struct object *object, bool is_of_argocd);

/* Negative, zero or positive. Neither is SYNC_NEVER. */
int sync_moments_compare(const struct sync_moment *a, const struct sync_moment *b);

/* What tells the moment from the other one: "before all that is no hook" or "in wave 2"; in the
 * arena. */
struct str sync_moment_text(struct arena *arena, const struct sync_moment *moment,
                            const struct sync_moment *other);

#endif
