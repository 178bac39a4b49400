#ifndef BULKHEAD_DEPLOY_ARGOCD_H
#define BULKHEAD_DEPLOY_ARGOCD_H

#include "deployer.h"

/* Private to deploy/: Argo CD's Applications and ApplicationSets. Semantics: Argo CD 3,
 * applicationset/{generators,utils} and util/argo, reposerver/repository. */

struct argocd_cluster {
    struct str name, server;
    const struct yaml_node *labels, *annotations; /* maps, or NULL */
};

struct argocd {
    struct deployer *deployer;
    VECTOR(struct argocd_cluster) clusters;
    struct map repositories; /* URLs that turned out to be this repository */
};

/* What made an Application. */
struct argocd_origin {
    const struct value_map *parameters; /* of an ApplicationSet; NULL */
    struct str environment;             /* of the Application that deploys it; p == NULL */
    const struct yaml_node *set;        /* the ApplicationSet; NULL */
    const void *maker;                  /* as in struct deployment */
};

/* An Application, ApplicationSet, or a List of them; anything else is passed over. */
void argocd_read_object(struct argocd *argocd, const struct yaml_node *object,
                        const struct argocd_origin *origin);
void argocd_read_application(struct argocd *argocd, const struct yaml_node *application,
                             const struct argocd_origin *origin);
void argocd_read_set(struct argocd *argocd, const struct yaml_node *object,
                     const struct argocd_origin *origin);
/* Reads the Applications that a deployed chart makes. */
void argocd_read_chart(struct argocd *argocd, const struct deployment *deployment);

/* --- sets: generators and parameters --- */

struct argocd_set {
    struct argocd *argocd;
    bool is_go;     /* goTemplate */
    bool is_strict; /* goTemplateOptions: [missingkey=error] */
};
struct argocd_parameters {
    struct value_map *map;
    const struct yaml_node *template; /* of the generator, laid over that of the set; NULL */
};
struct argocd_parameter_list {
    struct argocd_parameters *items;
    size_t count, capacity;
};

/* Adds what the generator gives, in its order. `outer` are the parameters of the first generator of
 * a matrix, NULL elsewhere. What it cannot know is reported. */
void argocd_generate(struct argocd_set *set, const struct yaml_node *generator,
                     const struct value_map *outer, struct argocd_parameter_list *list);
/* The text with its templates filled in. False when it cannot be, which is reported. */
bool argocd_fill(struct argocd_set *set, const struct value_map *parameters, struct str text,
                 struct span span, struct str *ret_text);
/* A copy of the node with all its texts filled in; NULL when one cannot be. */
struct yaml_node *argocd_fill_node(struct argocd_set *set, const struct value_map *parameters,
                                   const struct yaml_node *node);

/* The parameter at a path of keys as templates without Go write it ("path.basename", "path[0]",
 * "metadata.labels.env"); NULL when there is none. */
const struct value *argocd_parameter(const struct value_map *parameters, struct str path);
/* A parameter as text. */
struct str argocd_parameter_text(struct arena *arena, const struct value *value);
/* matchLabels and matchExpressions over what `find` knows; p == NULL is a label that is not there.
 */
bool argocd_selector_matches(const struct yaml_node *selector,
                             struct str (*find)(const void *context, struct str key),
                             const void *context);

#endif
