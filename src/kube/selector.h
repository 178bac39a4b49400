#ifndef BULKHEAD_KUBE_SELECTOR_H
#define BULKHEAD_KUBE_SELECTOR_H

#include "workload.h"

/* What a selector of labels says about labels. It is a LabelSelector (matchLabels and
 * matchExpressions) or, as in a Service, a plain map of labels. */

/* True when it selects what has these labels (NULL: none). An empty or missing selector selects
 * nothing here, whatever it means to its kind. */
bool selector_matches(const struct yaml_node *selector, const struct yaml_node *labels);

/* The workloads of the namespace that it selects. Lives in the arena. */
struct workload_list selector_workloads(struct arena *arena, const struct yaml_node *selector,
                                        const struct workload_list *all, struct str namespace);

/* Of workloads that a selector does not match, the one with most of its labels. */
struct selector_near {
    const struct workload *workload;  /* NULL: none has one of them */
    const struct yaml_entry *missing; /* the first label that it lacks; NULL: none by value */
    const struct yaml_node *labels;   /* those it has */
};
struct selector_near selector_nearest(struct arena *arena, const struct yaml_node *selector,
                                      const struct workload_list *all, struct str namespace);
/* " (Deployment web has app: www)", or nothing when no workload comes near; in the arena. */
struct str selector_hint(struct arena *arena, const struct selector_near *near);
/* The path of the label in the selector that stands at `at`, of the selector without a label. */
struct str selector_path(struct arena *arena, struct str at, const struct yaml_node *selector,
                         const struct yaml_entry *label);

#endif
