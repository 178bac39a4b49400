#ifndef BULKHEAD_KUBE_SCALER_H
#define BULKHEAD_KUBE_SCALER_H

#include "object.h"

/* What changes the number of pods of a workload: a HorizontalPodAutoscaler, or a ScaledObject of
 * KEDA, which makes one. */

bool object_is_scaler(const struct object *object);
/* What it scales; NULL when that is not among the objects. */
const struct object *scaler_target(const struct object_list *objects, const struct object *scaler);
/* The one that scales the object, or NULL. */
const struct object *scaler_of(const struct object_list *objects, const struct object *target);
/* The least number of pods that it leaves. */
double scaler_least(const struct object *scaler);
/* The greatest number of pods that it makes. */
double scaler_most(const struct object *scaler);

#endif
