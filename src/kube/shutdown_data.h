#ifndef BULKHEAD_KUBE_SHUTDOWN_DATA_H
#define BULKHEAD_KUBE_SHUTDOWN_DATA_H

#include "object.h"

/* Private to kube/: which objects hold data, and whether it goes with them. */

/* True when the object is a volume, owns some, or is data in another way. */
bool object_holds_data(const struct object *object);
/* True when that data is removed with the object, as Kubernetes and the operators do unless told
 * otherwise. */
bool object_loses_data(const struct object *object);
/* True when an annotation keeps the deployment from removing the object: of Helm, Argo CD, Flux. */
bool object_is_never_pruned(const struct object *object);
/* The field by which the object gives up its volumes when it is scaled down; p == NULL: none. */
struct str object_scales_data_away(const struct object *object);

#endif
