#ifndef BULKHEAD_INFRA_INFRA_H
#define BULKHEAD_INFRA_INFRA_H

#include "config/config.h"
#include "outputs.h"

/* Node pools: what the configuration, Bicep, Terraform and JSON of clusters say about the nodes
 * that there are. Unknown is a value of its own: what an expression that cannot be evaluated would
 * give. Nothing may be concluded from it, neither that something is there nor that it is missing.
 */

enum pool_known {
    POOL_ABSENT,  /* not written, and the provider has no default that is always the same */
    POOL_KNOWN,   /* written, or the provider's default */
    POOL_UNKNOWN, /* written, but what it gives cannot be told */
};

/* The span of these is the value where it is written; without a file when it is nowhere. */
struct pool_text {
    enum pool_known known;
    struct str text; /* POOL_KNOWN */
    /* POOL_UNKNOWN because of a condition that cannot be told: all that it may be; else empty. */
    struct str_list alternatives;
    struct span span;
};

/* Known when it lies between two numbers, which are the same unless a condition decides. */
struct pool_number {
    enum pool_known known;
    int64_t least, most;
    struct span span;
};

struct pool_flag {
    enum pool_known known;
    bool is_set;
    struct span span;
};

struct pool_label {
    struct str key;
    struct pool_text value;
    struct span span; /* of key and value together */
};

struct pool_taint {
    struct str key, value;
    struct str effect; /* "NoSchedule", "PreferNoSchedule" or "NoExecute" */
    struct span span;
};

enum pool_source_kind {
    POOL_FROM_CONFIG,
    POOL_FROM_BICEP,
    POOL_FROM_TERRAFORM,
    POOL_FROM_NODES,     /* kubectl get nodes -o json */
    POOL_FROM_NODEPOOLS, /* az aks nodepool list -o json */
};

/* What is deployed at once: a Bicep file that no other one uses as a module, a folder of Terraform
 * that is no module of another, a file of JSON, the configuration. */
struct pool_source {
    enum pool_source_kind kind;
    struct str path;     /* of the file or folder */
    bool has_cluster;    /* the cluster itself is declared here: its pools are not elsewhere */
    bool has_more;       /* it makes pools that cannot be told */
    struct span more_at; /* where */
};

struct node_pool {
    const struct pool_source *source;
    struct span head; /* of the declaration, in the file that declares it */
    struct span span; /* the name, else the head */
    /* The file that declares it is a module: used by others, or in a folder of modules. */
    bool in_module;
    struct pool_text name;
    VECTOR(struct pool_label) labels;
    bool has_more_labels; /* some cannot be told */
    VECTOR(struct pool_taint) taints;
    bool has_more_taints;
    struct span taints_span; /* the list of taints, without a file when there is none */
    struct pool_flag autoscaling;
    struct pool_number minimum, maximum; /* of nodes, when it scales */
    struct pool_number count;            /* of nodes, fixed or to begin with */
    struct pool_flag system;             /* a pool for what the cluster itself runs */
    struct pool_flag enabled;
    struct pool_text machine; /* "Standard_D4as_v6", "m5.large" */
    /* What a node offers to pods: at most so many thousandths of a processor and bytes. */
    struct pool_number cpu, memory;
    const struct config_environment *environment; /* NULL: none, several, or it cannot be told */
};

/* A list of environments that Terraform works with: a variable or local value. */
struct environment_mention {
    struct str name;
    struct pool_flag enabled;
    struct span span;
};

struct environment_list {
    struct str name; /* of the variable */
    struct span span;
    VECTOR(struct environment_mention) items;
};

/* A service account that may act as an identity of the cloud: the subject of a federated identity
 * of Azure, or a condition of the trust that a role of AWS has. */
struct identity_subject {
    struct str text; /* "system:serviceaccount:NAMESPACE:NAME" */
    struct span span;
};

struct node_pools {
    struct node_pool *items; /* in the order of their sources' paths, then as they are written */
    size_t count;
    struct pool_source **sources;
    size_t source_count;
    /* The files of text that were read to the end of this: for comments in them. */
    VECTOR(const struct file *) files;
    VECTOR(struct environment_list) environment_lists;
    VECTOR(struct identity_subject) subjects; /* those that can be told */
    bool makes_objects; /* Terraform itself makes objects or releases of Helm in a cluster */
};

/* Reads all pools and subjects in what `pools:` of the configuration names, else in all Bicep and
 * Terraform files below the root, except in folders of tests and examples. Never NULL; empty when
 * there are none. Lives in the arena. Files that cannot be read to their end are reported (kind
 * "infrastructure", a warning) and give what was understood. */
const struct node_pools *node_pools_load(struct arena *arena, struct tree *tree,
                                         const struct config *config, struct diagnostics *sink);

/* A comment in Bicep or Terraform. */
struct infra_comment {
    struct span span;
    struct str text; /* without its sign and blanks at both ends */
    /* Its line; for one that stands alone the declaration, entry or item that begins below it. */
    struct span covers;
};

struct infra_comment_list {
    struct infra_comment *items;
    size_t count, capacity;
};

/* The comments of a file of Bicep or Terraform that begin with "#" or "//". */
struct infra_comment_list infra_comments(struct arena *arena, const struct file *file);

/* The label of a key; NULL when there is none, which may be because it cannot be told
 * (has_more_labels). */
const struct pool_label *node_pool_label(const struct node_pool *pool, struct str key);
/* The fewest nodes that the pool can have: its minimum when it scales, else its count. */
struct pool_number node_pool_least(const struct node_pool *pool);
/* The most nodes that the pool can have. */
struct pool_number node_pool_most(const struct node_pool *pool);
/* True for the taints that keep pods off: NoSchedule and NoExecute. */
bool pool_taint_repels(const struct pool_taint *taint);
/* The name for messages, in the arena where it is not known. */
struct str node_pool_title(struct arena *arena, const struct node_pool *pool);
/* False for a pool that is known to be switched off. */
bool node_pool_is_used(const struct node_pool *pool);
/* True when the pool has the very same taint. */
bool node_pool_has_taint(const struct node_pool *pool, const struct pool_taint *taint);
/* "key=value:Effect" */
struct str pool_taint_text(struct arena *arena, const struct pool_taint *taint);
/* "Bicep", "Terraform", "the configuration", … */
const char *pool_source_name(enum pool_source_kind kind);

#endif
