#ifndef BULKHEAD_VALUES_VALUES_PATH_H
#define BULKHEAD_VALUES_VALUES_PATH_H

#include "base/base.h"

/* A values path is written as in `helm --set`: keys joined by ".", a "." inside a key escaped by a
 * backslash, an index in brackets: nodeSelector.ameide\.io/pool, tolerations[0].key */

/* Appends one key or one index to a path. */
struct str values_path_key(struct arena *arena, struct str path, struct str key);
struct str values_path_index(struct arena *arena, struct str path, size_t index);

struct values_step {
    bool is_index;
    size_t index;
    struct str key; /* unescaped */
};
struct values_step_list {
    struct values_step *items;
    size_t count, capacity;
};
/* The steps of a path, in the arena; items == NULL and count 0 for the empty path. A key lies in
 * the path itself unless something in it is escaped. */
struct values_step_list values_path_parse(struct arena *arena, struct str path);

#endif
