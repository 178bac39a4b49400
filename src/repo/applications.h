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
};

struct declared_list {
    struct declared_application *items;
    size_t count, capacity;
};

/* In the order of the configuration, then of the paths. What cannot be read goes to the sink. */
struct declared_list applications_find(struct arena *arena, struct tree *tree,
                                       const struct config *config, struct diagnostics *sink);
/* True when the application is meant for the environment. */
bool declared_for(const struct declared_application *declared,
                  const struct config_environment *environment);

#endif
