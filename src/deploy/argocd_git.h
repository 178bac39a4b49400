#ifndef BULKHEAD_DEPLOY_ARGOCD_GIT_H
#define BULKHEAD_DEPLOY_ARGOCD_GIT_H

#include "argocd.h"

/* Private to deploy/: the generator `git`. */
struct argocd_git_list {
    struct value_map **items;
    size_t count, capacity;
};

/* The parameters of every folder or file that the generator finds in this repository. */
void argocd_git_find(struct argocd *argocd, const struct yaml_node *git,
                     struct argocd_git_list *list);

/* True when the pattern of `files` fits the path. As with `git ls-files`, which Argo CD asks, a
 * star stands for slashes too. */
bool argocd_git_matches(struct str pattern, struct str path);
/* True when one of the items of `files` fits and none that excludes. */
bool argocd_git_wants(struct node_list patterns, struct str path);

#endif
