#ifndef BULKHEAD_DEPLOY_NODE_H
#define BULKHEAD_DEPLOY_NODE_H

#include "values/values.h"

/* Private to deploy/: YAML nodes that are made of others. Spans stay where the text was written. */

struct yaml_node *node_string(struct arena *arena, struct str text, struct span span);
struct yaml_node *node_map(struct arena *arena, struct span span);
/* Adds the key or replaces its value. */
void node_set(struct arena *arena, struct yaml_node *map, struct str key, struct span key_span,
              struct yaml_node *value);

/* How a copy differs; functions may be NULL. */
struct node_change {
    /* Replaces the text of a string or key; false ends the copy. */
    bool (*text)(void *context, const struct yaml_node *node, struct str text, struct span span,
                 struct str *ret_text);
    struct span (*span)(void *context, struct span span);
    void *context;
};
/* NULL: a text could not be replaced. */
struct yaml_node *node_copy(struct arena *arena, const struct yaml_node *node,
                            const struct node_change *change);
/* JSON merge patch (RFC 7396): maps merge, null removes, everything else replaces. Either may be
 * NULL. */
const struct yaml_node *node_merge(struct arena *arena, const struct yaml_node *below,
                                   const struct yaml_node *above);

/* The documents in a text that stands in the scalar, for example the `values: |` of an Application;
 * `text` is what became of it when templates in it were filled in. Spans lead into the file, at
 * least to the line when the text has as many lines as are written, else to the scalar. */
const struct yaml_stream *node_parse_text(struct arena *arena, struct tree *tree,
                                          const struct yaml_node *scalar, struct str text);

/* The documents in a text that was rendered from the file. Spans lead to the line of the file that
 * is the same, or begins with the same key: the one with the same number, else the first; else to
 * the file's start. `file` may be NULL. */
const struct yaml_stream *node_parse_rendered(struct arena *arena, struct str text,
                                              const struct file *file);

/* The text of the value at a path of keys; p == NULL when there is none. */
struct str node_text(const struct yaml_node *node, const char *path);
/* The items of a list; none for anything else. */
struct node_list {
    struct yaml_node *const *items;
    size_t count;
};
struct node_list node_items(const struct yaml_node *node, const char *path);

#endif
