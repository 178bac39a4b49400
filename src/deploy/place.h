#ifndef BULKHEAD_DEPLOY_PLACE_H
#define BULKHEAD_DEPLOY_PLACE_H

#include "chart/chart.h"
#include "config/config.h"

/* The directory of the chart that is called so: a path from the configured root, or a name that
 * `charts` of the configuration maps to one ("repository/name"). p == NULL when it is not in the
 * tree; empty for the root. */
struct str chart_place_find(struct arena *arena, struct tree *tree, const struct config *config,
                            struct str named);
/* True when a template of the chart seems to make Applications of Argo CD. */
bool chart_makes_applications(struct arena *arena, struct tree *tree, struct str directory);

#endif
