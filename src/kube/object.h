#ifndef BULKHEAD_KUBE_OBJECT_H
#define BULKHEAD_KUBE_OBJECT_H

#include "renderer.h"

/* A rendered Kubernetes resource: a document of a release, or an item of a document of kind List.
 */
struct object {
    const struct release *release;
    const struct manifest *manifest;
    size_t manifest_number;       /* its index in the rendering */
    const struct yaml_node *root; /* a map */
    struct str at;                /* where the root stands in the document: "" or "items[0]" */
    struct str api_version, group, kind, name;
    struct str namespace; /* the release's when the object names none; empty: cluster-scoped */
    struct str hook;      /* "pre-install,pre-upgrade"; p == NULL when it is none */
};
struct object_list {
    struct object *items;
    size_t count, capacity;
};

/* The objects of a release in Helm's order, the hooks last; documents that are no map with a kind
 * are left out. Everything lives in the arena or with the rendering. */
struct object_list objects_of(struct arena *arena, const struct rendering *rendering,
                              const struct release *release);

/* Copies of the objects that live in the arena by themselves: of their manifests only path, kind
 * and name are left. */
struct object_list objects_copy(struct arena *arena, const struct object_list *objects);

/* The first object of that kind and name in the namespace, or NULL. */
const struct object *object_find(const struct object_list *objects, struct str kind,
                                 struct str namespace, struct str name);

/* "Deployment web", as messages name it; in the arena. */
struct str object_title(struct arena *arena, const struct object *object);

/* The object of the same API group, kind, namespace and name: the same object of a cluster; NULL
 * when the list has none. */
const struct object *object_find_same(const struct object_list *objects,
                                      const struct object *object);

/* True for kinds that belong to no namespace, as far as Kubernetes itself and well-known operators
 * define them. */
bool kind_is_cluster_scoped(struct str group, struct str kind);

/* The value one step further; NULL when nothing is there. */
const struct yaml_node *object_step(const struct yaml_node *node, const struct values_step *step);

typedef void object_visit(void *context, struct str path, const struct yaml_node *node);
/* Visits what stands at a path of keys in which "*" is every item of a list, or every entry of a
 * map ("spec.rules.*.backendRefs.*"). Paths live in the arena. */
void object_match(struct arena *arena, const struct yaml_node *root, struct str pattern,
                  object_visit *visit, void *context);

/* The value at a path of keys and indices, see values_path.h; NULL when nothing is there. */
const struct yaml_node *object_at(const struct yaml_node *root, struct str path);

#endif
