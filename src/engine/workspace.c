#include "workspace.h"

#include <stdlib.h>

static struct config *load_config(struct workspace *workspace, struct str path)
{
    if (!path.n && tree_has_file(workspace->tree, STR(".bulkhead.yaml")))
        path = STR(".bulkhead.yaml");
    workspace->has_config = path.n > 0;
    bool loaded = workspace->has_config ? config_load(&workspace->arena, workspace->tree, path,
                                                      &workspace->problems, &workspace->config)
                                        : model_detect(&workspace->arena, workspace->tree,
                                                       &workspace->problems, &workspace->config);
    return loaded ? &workspace->config : NULL;
}

struct workspace *workspace_open(struct tree *tree, struct str config_path, unsigned jobs)
{
    struct arena arena = {0};
    struct workspace *workspace = arena_make(&arena, struct workspace);
    workspace->arena = arena;
    workspace->tree = tree;
    workspace->jobs = jobs ? jobs : parallel_processors();
    workspace->problems.arena = &workspace->arena;
    workspace->config = config_default();
    workspace->rules = rules_load(&workspace->arena, tree, &workspace->problems);
    workspace->workload_kinds = workload_kinds_load(&workspace->arena, tree, &workspace->problems);
    workspace->secret_kinds = secret_kinds_load(&workspace->arena, tree, &workspace->problems);
    const struct config *config = load_config(workspace, config_path);
    if (config)
        workspace->model =
            model_load(&workspace->arena, tree, config, workspace->jobs, &workspace->problems);
    else if (!workspace->has_config)
        diagnostics_add(
            &workspace->problems, SEVERITY_ERROR, "empty", (struct span){0},
            "no environment and no application was recognized here; write what there is "
            "into a .bulkhead.yaml");
    if (workspace->model) {
        workspace->pools = node_pools_load(&workspace->arena, tree, config, &workspace->problems);
        workspace->shutdown_flags = shutdown_flags_find(&workspace->arena, workspace->model);
    }
    diagnostics_append(&workspace->problems, tree_problems(tree));
    return workspace;
}

void workspace_close(struct workspace *workspace)
{
    if (workspace->rules.tree)
        tree_close(workspace->rules.tree);
    struct arena arena = workspace->arena;
    arena_release(&arena);
}
