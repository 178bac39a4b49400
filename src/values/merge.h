#ifndef BULKHEAD_VALUES_MERGE_H
#define BULKHEAD_VALUES_MERGE_H

#include "layer.h"

/* Helm's layered merge without copying. The semantics are those of `helm -f a -f b` (maps merge key
 * by key; everything else, lists and nulls too, replaces; pkg/cli/values/options.go) followed by
 * the coalescing with the chart's defaults (a user's null deletes the default, a user's map is
 * filled up from a default map, a user's value of another type wins;
 * pkg/chart/common/util/coalesce.go).
 *
 * A merged node exists where layers meet: below a map that only one layer contributes to there are
 * no merged nodes, its parsed YAML is the value. Use merged_at to look at any depth. Everything
 * lives in the arena given to merge_layers and points into the layers. */

/* One layer's word on one path. */
struct value_write {
    const struct layer *layer;
    const struct yaml_node *node;
    struct span key_span; /* the key as written there; file 0 at the root */
};

struct merged {
    struct str key;
    const struct merged *parent; /* NULL at the root */
    /* Every layer that writes this path, lowest first; never empty. Below a value that was replaced
     * only the layers that still count are here. */
    const struct value_write *writes;
    size_t write_count;
    /* For maps that several layers contribute to: the children in the order of their first writing.
     */
    struct merged *children;
    size_t child_count;
    bool expanded;        /* several layers contribute, so children holds the map's entries */
    bool deletes_default; /* a null over a default of the chart: helm removes the key */
};

/* Merges layers that are given lowest first. At most the first one may be LAYER_CHART. Layers of
 * kind LAYER_UNKNOWN are passed over. */
const struct merged *merge_layers(struct arena *arena, const struct layer *const *layers,
                                  size_t count);

/* The write that decides the value: the last one. */
const struct value_write *merged_winner(const struct merged *merged);
/* The write directly below the winner that the winner hides (replaces): it is no map over which a
 * map merges. NULL when nothing is hidden. */
const struct value_write *merged_hidden(const struct merged *merged);

const struct merged *merged_child(const struct merged *merged, struct str key);
/* Of a map that several layers make: the key's child, when a layer gives it another value that is
 * higher than the layer that decides the other key. NULL: it is not so. */
const struct merged *merged_child_above(const struct merged *map, struct str key, struct str other);
/* "" for the root. */
struct str merged_path(struct arena *arena, const struct merged *merged);

/* The effective value at a values path (see values_path.h) and who wrote it; node == NULL when
 * there is none, also when a null deleted it. For a map that several layers make, node is the last
 * layer's part and merged tells the rest. */
struct merged_value {
    const struct yaml_node *node;
    const struct layer *layer;
    struct span key_span;
    const struct merged *merged; /* NULL below a single write */
};
struct merged_value merged_at(const struct merged *root, struct str path);

#endif
