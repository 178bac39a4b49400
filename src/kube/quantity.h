#ifndef BULKHEAD_KUBE_QUANTITY_H
#define BULKHEAD_KUBE_QUANTITY_H

#include "yaml/yaml.h"

/* A number or a quantity of Kubernetes ("500m", "2Gi") as a number; NAN for anything else. */
double quantity_of(struct arena *arena, const struct yaml_node *node);

#endif
