#ifndef BULKHEAD_DEPLOY_DEPLOYER_H
#define BULKHEAD_DEPLOY_DEPLOYER_H

#include "deploy.h"
#include "eval/eval.h"
#include "node.h"

/* Private to deploy/: what its readers share. */
struct deployer {
    struct arena *arena;
    struct tree *tree;
    const struct config *config;
    struct diagnostics *sink;
    const struct rule_language *language; /* of the deployer that is being read */
    struct deployments found;
    struct map streams;      /* path → const struct yaml_stream, files that were parsed */
    struct map inline_files; /* files in which a layer was found */
    struct map reported;     /* paths of files whose problems were said */
    bool is_searching;       /* files are parsed that may not be the deployer's */
    struct map written;      /* "path:line" → the last layer that was found there; unknown ones */
    struct map seen;         /* applications and folders that were read already */
    struct map expressions[2]; /* text → const struct rule_expression; the second: strict ones */
    struct str_list charts;    /* directories of the tree's charts, once charts_listed */
    bool charts_listed;
    struct template_store *templates; /* NULL until a chart is rendered */
    unsigned depth;   /* charts of Applications that render each other, folders in folders */
    bool is_in_chart; /* what is read was rendered from one */
};

/* Reads one of the sections. */
void deploy_argocd(struct deployer *deployer);
void deploy_flux(struct deployer *deployer);
void deploy_helmfile(struct deployer *deployer);
void deploy_from(struct deployer *deployer);

/* The parsed file, once; NULL when it is not there or cannot be read, which is reported. Problems
 * of its YAML are reported at the first call. */
const struct yaml_stream *deployer_parse(struct deployer *deployer, struct str path);
/* Says what cannot be worked out, and counts it. */
void deployer_unresolved(struct deployer *deployer, struct span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A path of the configuration's root as a path of the tree; p == NULL when it leads out. */
struct str deployer_path(struct deployer *deployer, struct str path);

/* Text with Go's actions for the dot, reported at the node when it fails. Missing keys are an
 * error when `strict`. */
bool deployer_write(struct deployer *deployer, struct str text, struct value dot, bool strict,
                    struct span span, struct str *ret_text);

/* A chart by the name that a repository has for it, or a path of the tree below `base`. */
struct str deployer_find_chart(struct deployer *deployer, struct str repository, struct str name,
                               struct str version);

/* What tells the environment of a deployment, the surest first. */
struct environment_clues {
    struct str_list names; /* what is called an environment: parameters and labels of that name */
    struct str namespace, cluster;
    struct str_list texts; /* names and paths that may hold one */
    struct str inherited;  /* of what deploys it; p == NULL for none */
};
/* A name of the configuration; when it has none, a word that people use. p == NULL when none shows.
 */
struct str environment_of_clues(struct deployer *deployer, const struct environment_clues *clues);
/* Where a deployment belongs that shows none: the only environment, else the one of cluster scope
 * or called "default", else p == NULL; "default" when the configuration has none. */
struct str environment_of_nothing(const struct config *config);
/* The name without the environment: "web" for "dev-web" and "web-dev". */
struct str name_without_environment(struct arena *arena, struct str name, struct str environment);

/* Layers of a deployment. */
void deployment_add_file(struct deployer *deployer, struct deployment *deployment, struct str path,
                         bool optional, struct span named_at);
/* What is not in the tree, or encrypted: nothing is known of it. */
void deployment_add_unknown(struct deployer *deployer, struct deployment *deployment,
                            struct str name, struct span named_at);
/* Values that stand in a file of the deployer; a node that is no map adds nothing. */
void deployment_add_values(struct deployer *deployer, struct deployment *deployment,
                           const struct yaml_node *values);

#endif
