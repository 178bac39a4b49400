#ifndef BULKHEAD_INFRA_POOL_H
#define BULKHEAD_INFRA_POOL_H

#include "infra.h"
#include "outcome.h"

/* How a provider's object says what a pool is: paths of outcome_behind, the first that is there
 * counts, NULL ends the list. */
struct pool_fields {
    const char *name[3], *labels, *taints;
    const char *minimum[3], *maximum[3], *count[3];
    const char *autoscaling[3], *mode, *machine[3];
    const char *enabled;
    bool scales_by_presence; /* autoscaling is a block: it scales when there is one */
    bool fixed_by_default;   /* without a word about autoscaling it does not scale */
    bool user_by_default;    /* without a mode it is no system pool */
    bool is_per_zone;        /* all but the first path of minimum and maximum count for each zone */
};

/* What the readers of all sources fill. */
struct pool_collector {
    struct arena *arena;
    struct tree *tree;
    const struct config *config;
    struct diagnostics *sink;
    struct node_pools *pools;
    size_t capacity, source_capacity;
    uint64_t steps; /* of evaluation, that are left for the current source */
};

/* Begins a source: what is evaluated from now on is its. */
struct pool_source *pool_add_source(struct pool_collector *collector, enum pool_source_kind kind,
                                    struct str path);
/* A pool of the source as the object says; at the span when its name is written nowhere. */
struct node_pool *pool_add(struct pool_collector *collector, const struct pool_source *source,
                           const struct pool_fields *fields, const struct outcome *object,
                           struct span span);
/* Adds "key=value:Effect"; false when the text is none. */
bool pool_add_taint(struct arena *arena, struct node_pool *pool, struct str text, struct span span);
/* That pools are made here that cannot be told. */
void pool_note_more(struct pool_source *source, struct span span);

/* Notes the service accounts that the object binds to an identity, unless it is switched off. */
void subjects_add(struct pool_collector *collector, const struct outcome *object,
                  struct pool_flag enabled);

/* The readers. Each takes the paths of its files. */
void bicep_read(struct pool_collector *collector, const struct str_list *paths);
void terraform_read(struct pool_collector *collector, const struct str_list *paths);
void nodes_read(struct pool_collector *collector, const struct str_list *paths);
/* YAML or JSON as an outcome; everything in it is known. */
const struct outcome *outcome_of_node(struct arena *arena, const struct yaml_node *node);
/* The fields of Azure's agent pools, in Bicep and in its JSON. */
extern const struct pool_fields pool_fields_azure;

#endif
