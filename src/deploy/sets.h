#ifndef BULKHEAD_DEPLOY_SETS_H
#define BULKHEAD_DEPLOY_SETS_H

#include "config/config.h"

/* ApplicationSets of Argo CD as they are written, for rules about them. */
struct application_set {
    const struct file *file;
    const struct yaml_stream *stream;
    const struct yaml_node *node; /* the object; a null when its file could not be understood */
    struct str name;
    struct str_list files; /* paths of the tree that its `git` generators of files find, sorted */
};
struct application_set_list {
    struct application_set *items;
    size_t count, capacity;
};

/* All of the tree, in the order of their files; those in charts' templates are none yet. Lives in
 * the arena. */
struct application_set_list application_sets_find(struct arena *arena, struct tree *tree,
                                                  const struct config *config);
/* The item of `files` in one of its `git` generators that finds the path, be there a file or not;
 * NULL when none does. */
const struct yaml_node *application_set_pattern(const struct application_set *set,
                                                const struct config *config, struct str path);

/* The steps of the rolling sync of an ApplicationSet; NULL when it has none. */
const struct yaml_node *application_set_steps(const struct yaml_node *set);
/* The first of the steps, from 1, that selects an Application of these labels (NULL: none), as the
 * controller does (Argo CD 3, applicationset/controllers); 0: none does. */
size_t application_set_step(const struct yaml_node *steps, const struct yaml_node *labels);

#endif
