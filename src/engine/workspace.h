#ifndef BULKHEAD_ENGINE_WORKSPACE_H
#define BULKHEAD_ENGINE_WORKSPACE_H

#include "infra/infra.h"
#include "kube/kube.h"

#include "rule.h"

/* One repository, loaded: its tree, configuration, model and rules. Immutable once opened; owns its
 * arena. */
struct workspace {
    struct arena arena;
    struct tree *tree;
    struct str root; /* as a path of the operating system; empty for a tree in memory */
    struct config config;
    bool has_config;
    const struct model *model; /* NULL when the configuration is wrong or no release was found */
    const struct node_pools *pools; /* NULL when there is no model */
    struct rule_set rules;
    struct workload_kinds workload_kinds;
    struct secret_kinds secret_kinds;
    struct shutdown_flags shutdown_flags; /* empty when there is no model */
    struct diagnostics problems;          /* of everything above; an error means exit status 2 */
    unsigned jobs;
};

/* Opens the repository in `tree` with the configuration file at `config_path` (empty:
 * `.bulkhead.yaml` if it is there, else detection). Never NULL; the caller closes it. The tree must
 * outlive the workspace. */
struct workspace *workspace_open(struct tree *tree, struct str config_path, unsigned jobs);
void workspace_close(struct workspace *workspace);

#endif
