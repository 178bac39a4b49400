#ifndef BULKHEAD_REPO_APPLICATIONS_H
#define BULKHEAD_REPO_APPLICATIONS_H

#include "repo.h"

/* The applications that a configuration names, from component files, charts and lists. Private to
 * repo/. */
struct declared_application {
    struct application application; /* releases are still missing */
    struct str_list environments;   /* globs; empty: all */
    bool skips_common_layers;       /* gets only layers that name the application */
    struct str_list layers;         /* appended behind the common ones */
    struct span span;
    /* When there are any, they are the application's releases, and nothing else is looked at. */
    VECTOR(const struct deployment *) deployments;
};

struct declared_list {
    struct declared_application *items;
    size_t count, capacity;
};

/* In the order of the configuration, then of the paths, then of the deployments. What cannot be
 * read goes to the sink. */
struct declared_list applications_find(struct arena *arena, struct tree *tree,
                                       const struct config *config,
                                       const struct deployments *deployments,
                                       struct diagnostics *sink);
/* Its deployment in the environment, or NULL. */
const struct deployment *declared_in(const struct declared_application *declared,
                                     struct str environment);
/* True when the application is meant for the environment. */
bool declared_for(const struct declared_application *declared,
                  const struct config_environment *environment);

#endif
