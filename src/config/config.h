#ifndef BULKHEAD_CONFIG_CONFIG_H
#define BULKHEAD_CONFIG_CONFIG_H

#include "values/values.h"

/* `.bulkhead.yaml`, checked and with defaults. Every string lives as long as the file's tree or the
 * arena that is passed to config_load. A span without a file: detected or defaulted. */
struct config_environment {
    struct str name;
    struct span span;
    bool cluster_scope; /* `scope: cluster`: what belongs to no environment (operators, gateways) */
    struct str namespace, pool, taint, domain, cluster;
    struct str base; /* the environment whose things this one uses as its own; empty: none */
    struct str vault_server, vault_path;
    struct str state;
    struct str_list hosts;
};

struct config_layer {
    struct str pattern; /* With {env} {app} {domain} {namespace} {pool} {cluster}, and {chart}: the
                         * directory of the application's chart. A release for which a placeholder
                         * has no value does not have the layer. */
    bool optional;
    struct str_list environments; /* globs; empty: all */
    struct span span;
};

/* `components`: files that each describe one application. */
struct config_components {
    struct str files;             /* a glob */
    struct str_list environments; /* globs; empty: all that are not of cluster scope */
    struct span span;
};

/* One item of `applications.list`. */
struct config_application {
    struct str name, chart, domain, namespace;
    struct str_list environments; /* globs; empty: all */
    struct str_list layers;       /* appended behind the common ones */
    struct span span;
};

/* A cluster that Argo CD knows, for generators of clusters. */
struct config_cluster {
    struct str name, server;
    const struct yaml_node *labels, *annotations; /* maps; NULL */
    struct span span;
};

/* `applications.argocd`. */
struct config_argocd {
    bool is_given;
    struct str_list files; /* globs of files that hold Applications and ApplicationSets */
    VECTOR(struct config_application) roots; /* charts that make Applications, deployed by hand */
    VECTOR(struct config_cluster) clusters;
};

/* One item of `applications.from`: any YAML that names what is deployed. The texts are Go templates
 * whose dot is one item, with `file` beside its keys. */
struct config_from {
    struct str_list files; /* globs */
    struct str each;       /* the path of the list inside each document; empty: the document */
    struct str when, name, environment, chart, domain, namespace, release;
    struct str_list layers; /* each gives any number of paths, with blanks between them */
    struct span span;
};

/* `charts`: where charts lie that are named by repository; `*` of the key is put in for `*` of the
 * value. */
struct config_chart_source {
    struct str name, directory;
    struct span span;
};

/* One item of `pools`: where node pools are written, or one itself. */
struct config_pools {
    struct str bicep, terraform, nodes; /* globs of files; one of the three, or none */
    const struct yaml_node *pool;       /* a checked map of `name`, `labels`, `taints` …; NULL */
    struct span span;
};

/* `shutdown`: how an environment is switched off. */
struct config_shutdown {
    struct str_list flags;       /* values paths; empty: those of shutdown_flags_find */
    const struct yaml_node *off; /* the value that switches off; NULL: the string "off" */
};

enum config_deployed {
    DEPLOYED_EVERYWHERE, /* every application in every environment */
    DEPLOYED_WITH_LAYER, /* only where a layer exists that names application and environment */
};

struct config_exception {
    struct str rule;           /* glob */
    struct str env, app, path; /* globs; empty: all */
    struct str reason;
    struct str until; /* YYYY-MM-DD, or empty */
    struct span span;
};

/* Settings for a part of the repository; every list holds globs. */
struct config_override {
    struct str env, app, path; /* globs; empty: all */
    struct str_list ignore;
    const struct yaml_node *severity; /* map: rule → word; NULL */
    struct span span;
};

struct config {
    struct str path; /* of the file; empty when detected */
    struct str
        root; /* what paths in the file are relative to, itself relative to the tree's root */
    const struct yaml_stream *stream;               /* NULL when detected */
    VECTOR(struct config_environment) environments; /* weakest first */
    struct str label_tier, label_environment, label_pool;
    struct str_list tiers;
    VECTOR(struct config_components) components;
    struct str_list application_charts; /* globs of chart directories */
    VECTOR(struct config_application) applications;
    enum config_deployed deployed;
    VECTOR(struct config_layer) layers;
    VECTOR(struct config_chart_source) chart_sources;
    struct str_list shared_namespaces, shared_hosts;
    struct str_list shared_objects; /* globs of KIND/NAME or KIND/NAMESPACE/NAME */
    bool has_pools; /* `pools` is there, if only as an empty list: nothing is looked for */
    VECTOR(struct config_pools) pools;
    struct config_shutdown shutdown;
    struct config_argocd argocd;
    struct str_list flux;     /* globs of files that hold Flux's Kustomizations and HelmReleases */
    struct str_list helmfile; /* globs of helmfiles */
    VECTOR(struct config_from) from;
    struct {
        struct str profile;
        struct str_list select, ignore;
        const struct yaml_node *severity; /* map: rule → word; NULL */
        const struct yaml_node *options;  /* map: rule → map; NULL */
        VECTOR(struct config_exception) exceptions;
        VECTOR(struct config_override) overrides;
    } rules;
};

/* Reads the configuration file at the path. Unknown keys, wrong types and impossible values go to
 * the sink as errors (kind "config") with the nearest known name; false when there was one. */
bool config_load(struct arena *arena, struct tree *tree, struct str path, struct diagnostics *sink,
                 struct config *ret_config);
/* True when what belongs to the other environment may not be named or used in this one: it is
 * another one, not its base, and both are no cluster scope. */
bool config_is_foreign(const struct config_environment *own,
                       const struct config_environment *other);
/* The same both ways: what both have or use they share by mistake. */
bool config_are_apart(const struct config_environment *a, const struct config_environment *b);
/* A configuration with nothing but defaults, for detection to fill. */
struct config config_default(void);

#endif
