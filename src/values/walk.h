#ifndef BULKHEAD_VALUES_WALK_H
#define BULKHEAD_VALUES_WALK_H

#include "layer.h"

/* One value of a layer, on the way of layer_walk. */
struct layer_value {
    const struct layer_value *parent; /* NULL: it stands at the root */
    const struct yaml_entry *entry;   /* NULL for an item of a list */
    size_t index;                     /* of such an item */
    const struct yaml_node *node;
};

/* Calls visit for every value of the layer, in the order of the file, parents first. What came
 * through "<<" is passed over: it is visited where it is written. A visit that returns false keeps
 * the walk from going into that value. */
typedef bool layer_visit(void *context, const struct layer_value *value);
void layer_walk(const struct layer *layer, layer_visit *visit, void *context);

/* The same for what lies below any other node. */
void node_walk(const struct yaml_node *root, layer_visit *visit, void *context);

/* The values path of what is visited, in the arena. */
struct str layer_value_path(struct arena *arena, const struct layer_value *value);
/* The key under which it stands, or under which the list of an item stands. */
struct str layer_value_key(const struct layer_value *value);

/* What another layer writes at the same path; NULL when it writes nothing there, or when the path
 * leads through a list. */
const struct yaml_node *layer_value_elsewhere(const struct layer *layer,
                                              const struct layer_value *value);

/* Where a part of a scalar's text stands in the file. The text of a block or with escapes is a
 * copy: there it is where the same characters stand once in the span, else the whole scalar. */
struct span file_text_span(const struct file *file, struct span whole, struct str part);

/* Where a value is shown: its own text or, when nothing is written behind the key, the key. */
struct span value_span(const struct yaml_node *node, struct span key_span);

#endif
