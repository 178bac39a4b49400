#ifndef BULKHEAD_REPO_DETECT_H
#define BULKHEAD_REPO_DETECT_H

#include "repo.h"

/* Private to repo/: the parts of model_detect. */

struct detection {
    struct arena *arena;
    struct tree *tree;
    struct diagnostics *sink;
    struct config *config;
};

/* What Argo CD, Flux or Helmfile deploy. False when they are not used here, or deploy what lies
 * elsewhere. */
bool detect_deployers(struct detection *detection);
/* Component files and a values tree, as in the repository that bulkhead was made for. False when it
 * is none. */
bool detect_components(struct detection *detection);
/* Values files that are named by environment and application. False when there are none. */
bool detect_patterns(struct detection *detection);
/* Charts without values files of environments: one environment `default`. False when there is no
 * chart. */
bool detect_charts(struct detection *detection);

/* Adds an environment unless it is there. */
void detect_add_environment(struct detection *detection, struct str name);
/* Weakest first. */
void detect_sort_environments(struct detection *detection);
/* Adds an optional layer. */
void detect_add_layer(struct detection *detection, struct str pattern);
/* Fills in what the environment-wide layers say clearly: namespace, domain, pool and taint. */
void detect_identities(struct detection *detection);
/* True for a YAML file that may hold values, told from its text: it is no Kubernetes object and no
 * template. */
bool detect_is_values(struct detection *detection, struct str path);

#endif
