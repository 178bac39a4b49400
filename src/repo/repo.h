#ifndef BULKHEAD_REPO_REPO_H
#define BULKHEAD_REPO_REPO_H

#include "chart/chart.h"
#include "config/config.h"
#include "deploy/deploy.h"

#include "identity.h"

/* The repository model: environments × applications → releases, each with its ordered layers. Built
 * once from configuration and tree, immutable afterwards, everything in the arena of model_load. */

/* One layer in the chain of a release. */
struct release_layer {
    struct str path;           /* the pattern with its placeholders filled in, behind links */
    const struct layer *layer; /* NULL: the file is not there */
    bool optional;
    const struct config_layer
        *pattern;         /* NULL: the chart's defaults, or named by the application */
    struct span named_at; /* where an application names it, else the pattern's span */
};

/* True for a layer of this application alone, false for one that all applications load. */
bool release_layer_is_own(const struct release_layer *layer);

struct release {
    size_t number; /* index in the model */
    const struct config_environment *environment;
    size_t environment_number;
    const struct application *application;
    struct str name; /* "dev/platform" */
    struct str release_name, namespace;
    const struct chart *chart;    /* NULL when it is not in the tree */
    struct release_layer *layers; /* lowest first, the chart's defaults included */
    size_t layer_count;
    const struct deployment *deployment; /* of a deployer that was read; NULL */
};

/* True when Argo CD is known to deploy it: by a component file, an Application or a set of them. */
bool release_is_of_argocd(const struct release *release);

struct application {
    size_t number;
    struct str name, domain, namespace;
    struct str chart_directory;        /* p == NULL: not in the tree; empty: the root */
    struct span span;                  /* where it is declared */
    const struct yaml_node *component; /* root of its component file, or NULL */
    const struct release **releases;   /* one per environment it is deployed to, in their order */
    size_t release_count;
};

/* Who loads a layer. */
struct layer_use {
    const struct layer *layer;
    const struct release **releases;
    size_t release_count, release_capacity;
    /* The one environment that the layer belongs to: its path names the environment ({env},
     * {namespace}, {pool}, {cluster}) and no release of another one loads it. NULL for shared
     * layers. */
    const struct config_environment *environment;
    bool shared; /* loaded in several environments, or its pattern names none */
};

/* True when releases of several environments load it, those of cluster scope left aside. */
bool layer_use_is_of_several(const struct layer_use *use);

struct model {
    const struct config *config;
    bool detected; /* no configuration file: worked out from the tree */
    struct application *applications;
    size_t application_count;
    struct release *releases;
    size_t release_count;
    struct layer_use *layers; /* indexed by struct layer's number, in the order of their paths */
    size_t layer_count;
    size_t missing_count; /* layers that are named and not there */
    const struct identities *identities;
};

/* Builds the model; reads and parses every layer once, on `jobs` threads. What is wrong goes to the
 * sink; NULL when there is no release at all, with an error that says why. */
const struct model *model_load(struct arena *arena, struct tree *tree, const struct config *config,
                               unsigned jobs, struct diagnostics *sink);

/* Works out a configuration for a tree that has none. What it could make no sense of goes to the
 * sink (severity info). False when no environment or application was recognized. */
bool model_detect(struct arena *arena, struct tree *tree, struct diagnostics *sink,
                  struct config *ret_config);

/* The detected configuration as the text of a commented `.bulkhead.yaml`. */
struct str config_write(struct arena *arena, const struct config *config);

/* The merged values of a release; lives in the arena. */
const struct merged *release_merge(struct arena *arena, const struct release *release);

/* True when the value that the layer writes is the one that the release gets: no layer above it
 * writes another there, nor in the place of a map or list around it (the merge of values/merge.h
 * without merging). False when one of those cannot be read. */
bool release_gets(const struct release *release, const struct layer *layer,
                  const struct layer_value *value);

/* True when values of the release cannot be seen: a layer is encrypted or lies outside, or is not
 * there although it must be. */
bool release_has_unknown_layers(const struct release *release);
/* True when a layer that is there may hold what nobody can see: it is encrypted, outside, or broken
 * off by a mistake. Layers that are missing do not count: they hold nothing. */
bool release_has_unread_layers(const struct release *release);
/* False for the environment `default`, into which detection puts whatever names none: releases of
 * it need not meet in one cluster. */
bool model_knows_environment(const struct model *model, const struct release *release);

/* The name of the cluster that the environment is in: environments share one unless their `cluster`
 * differs; without a configuration, or without a namespace, each is taken to have one of its own.
 */
struct str model_cluster(const struct model *model, const struct config_environment *environment);

/* An application of a component file, and an ApplicationSet that finds that file. */
struct component_set {
    const struct application *application;
    const struct application_set *set;
};
struct component_set_list {
    struct component_set *items;
    size_t count, capacity;
};
/* All such pairs, those of one application together. Lives in the arena. */
struct component_set_list component_sets_find(struct arena *arena, struct tree *tree,
                                              const struct model *model);

const struct release *model_find_release(const struct model *model, struct str name);

/* What paths of layers look like in a repository, whether some release loads them or not. */
struct layer_shapes {
    struct str_list globs;     /* layer patterns with "*" for each placeholder */
    struct str_list in_charts; /* those of {chart}/…, relative to a chart's directory */
    struct map charts;         /* directories of the applications' charts */
    struct map names;          /* what the placeholders stand for in some release */
    struct str_list folders;   /* folders that two patterns share and that hold no chart */
};

/* Lives in the arena. */
struct layer_shapes layer_shapes_find(struct arena *arena, struct tree *tree,
                                      const struct model *model);
/* True when the path matches a pattern with any name in the place of its placeholders, or lies in
 * one of the folders. A pattern that begins with a placeholder takes only known names there. */
bool layer_shapes_fit(const struct layer_shapes *shapes, struct str path);
/* What stands in the place of {env} when the path is read by one of the layer patterns; p == NULL
 * when no pattern with {env} fits. */
struct str layer_shapes_environment(struct arena *arena, const struct model *model,
                                    struct str path);

#endif
