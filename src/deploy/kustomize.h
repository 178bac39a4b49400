#ifndef BULKHEAD_DEPLOY_KUSTOMIZE_H
#define BULKHEAD_DEPLOY_KUSTOMIZE_H

#include "deployer.h"

/* Private to deploy/: what Kustomize makes of a folder, as far as releases of Helm need it: objects
 * with their namespaces, patches, and ConfigMaps and Secrets with values. Semantics: Kustomize 5,
 * api/internal/target and api/resmap; without a kustomization.yaml the generation of Flux
 * (fluxcd/pkg/kustomize). */

/* A key of a generated ConfigMap or Secret. */
struct kustomize_file {
    struct str key, path; /* of the tree */
    struct span span;
};

struct kustomize_object {
    const struct yaml_node *node;
    struct str kind, name, namespace;
    /* `spec.values`, and what each patch says about them: Helm merges them as Kustomize does, and
     * each keeps its place in a file of its own. */
    VECTOR(const struct yaml_node *) values;
    VECTOR(struct kustomize_file) files; /* of a generator */
};
struct kustomize_objects {
    struct kustomize_object *items;
    size_t count, capacity;
};

/* Appends the objects of the folder, a path of the tree. What comes from elsewhere is reported. */
void kustomize_build(struct deployer *deployer, struct str folder,
                     struct kustomize_objects *objects);
/* Applies the items of `patches` to the objects; paths are relative to the folder. */
void kustomize_patch(struct deployer *deployer, struct node_list patches, struct str folder,
                     struct kustomize_objects *objects);
/* The same for those from the number `from` on. */
void kustomize_patch_from(struct deployer *deployer, struct node_list patches, struct str folder,
                          struct kustomize_objects *objects, size_t from);
/* Appends an object of a manifest; anything else is passed over. */
void kustomize_add(struct deployer *deployer, const struct yaml_node *node,
                   struct kustomize_objects *objects);
/* NULL when there is none. */
const struct kustomize_object *kustomize_find(const struct kustomize_objects *objects,
                                              const char *kind, struct str name);

#endif
