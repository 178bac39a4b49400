#ifndef BULKHEAD_KUBE_MANIFEST_H
#define BULKHEAD_KUBE_MANIFEST_H

#include "eval/eval.h"

/* Rendered files as Helm takes them apart (pkg/release/v1/util: manifest.go, manifest_sorter.go,
 * kind_sorter.go). */

/* One document of a rendered file. */
struct manifest {
    struct str path; /* of its template: "chart/templates/x.yaml" */
    struct str text; /* without blanks at both ends */
    struct str kind, name;
    bool is_hook;
    bool is_test; /* a hook of `helm test` */
    const struct yaml_node *root;
};
struct manifest_list {
    struct manifest *items;
    size_t count, capacity;
};

/* The documents of all files but notes and partials: first the manifests in the order in which Helm
 * installs their kinds, then the hooks in the same. False when one is no YAML: *ret_problem says so
 * as Helm does, and it is the only one in *ret_manifests. Of the options the version of Helm and
 * the limits count. Everything lives in the arena. */
bool manifests_sort(struct arena *arena, const struct rendered_list *files,
                    const struct render_options *options, struct manifest_list *ret_manifests,
                    struct str *ret_problem);

/* The documents between lines "---", without the empty ones. */
struct str_list manifests_split(struct arena *arena, struct str text);

#endif
