#ifndef BULKHEAD_DEPLOY_FLUX_H
#define BULKHEAD_DEPLOY_FLUX_H

#include "kustomize.h"

/* Private to deploy/: Flux's Kustomizations and HelmReleases. */

struct flux {
    struct deployer *deployer;
    struct kustomize_objects sources; /* repositories of all files that were read */
};

/* A HelmRelease among the objects that are deployed with it, in the environment that it inherits.
 */
void flux_read_release(struct flux *flux, const struct kustomize_object *release,
                       const struct kustomize_objects *objects, struct str inherited);
/* The last name behind a folder that holds environments or clusters: "staging" of
 * clusters/staging/apps.yaml; p == NULL when there is none. */
struct str flux_environment_of_path(struct str path);

#endif
