#ifndef BULKHEAD_REPO_DEPLOYED_H
#define BULKHEAD_REPO_DEPLOYED_H

#include "repo.h"

/* Private to repo/: what deployments tell about environments and layer patterns. */
struct deployed_patterns {
    size_t given;       /* layers of the configuration itself; those behind them were learned */
    struct map by_path; /* path of a layer → its index + 1 */
};

/* A copy of the configuration to which is added what it does not say: environments, when it has
 * none, and a layer pattern for each values file that the deployments name. */
struct config *config_complete(struct arena *arena, struct tree *tree, const struct config *config,
                               const struct deployments *deployments,
                               struct deployed_patterns *ret_patterns);

#endif
