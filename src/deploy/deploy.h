#ifndef BULKHEAD_DEPLOY_DEPLOY_H
#define BULKHEAD_DEPLOY_DEPLOY_H

#include "chart/chart.h"
#include "config/config.h"

#include "environment_words.h"
#include "place.h"
#include "sets.h"

/* The door of deploy/: what Argo CD, Flux, Helmfile and the configuration's `from` deploy, as
 * releases whose layers are named one by one. Nothing is executed, nothing is fetched. */

/* One values layer of a deployment, lowest first, without the chart's defaults. */
struct deployed_layer {
    struct str path;           /* a path of the tree, or what the deployer calls it */
    const struct layer *layer; /* written in the deployer's own file, or unknown; NULL: a file of
                                  the tree, if it is there */
    bool optional;             /* its absence is no mistake */
    struct span named_at;
};

/* One application in one environment. */
struct deployment {
    struct str application; /* without the environment that is a part of the deployer's name */
    struct str full_name; /* by which the deployer tells it from others: two of one environment with
                             the same are a clash */
    struct str environment; /* a name of the configuration, or a new one when it names none */
    struct str release_name, namespace, domain;
    struct str chart_directory; /* p == NULL: not in the tree */
    VECTOR(struct deployed_layer) layers;
    struct span span; /* where the deployer names it */
    /* Argo CD's Application, filled in, and the ApplicationSet that made it, as it is written;
     * NULL: none. */
    const struct yaml_node *manifest, *set;
    /* Equal for Applications of one set, chart or folder that is deployed once; NULL: it stands in
     * a file that nothing is known to deploy. Only to be compared. */
    const void *maker;
};

struct deployments {
    struct deployment *items;
    size_t count, capacity;
    /* What was found and could not be worked out, each said in the sink (kind "unresolved"). */
    size_t unresolved_count;
};

/* Reads `applications.argocd`, `flux`, `helmfile` and `from` of the configuration. A file that two
 * of them name is read once. What cannot be known without a cluster, a network or a command is
 * reported as a warning and counted. Everything lives in the arena. */
struct deployments deployments_find(struct arena *arena, struct tree *tree,
                                    const struct config *config, struct diagnostics *sink);

#endif
