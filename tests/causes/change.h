#ifndef BULKHEAD_TESTS_CHANGE_H
#define BULKHEAD_TESTS_CHANGE_H

#include "kube/kube.h"

/* Makes of a value the `number`th other one, the likeliest to be seen first. False: there are no
 * more. */
bool change(struct arena *arena, const struct yaml_node *before, size_t number,
            struct yaml_node *ret_node);

/* The entry of a map below the root that has the value; NULL: there is none. */
struct yaml_entry *entry_of(const struct yaml_node *root, const struct yaml_node *node);

/* The values of the release's files, with the `number`th plausible value at the path. */
enum { VALUES_WITH_COUNT = 9 };
struct value_map *values_with(struct arena *arena, const struct release *release, struct str path,
                              size_t number);

/* Renders a release with the values; schemas are not checked. */
bool render_values(struct renderer *renderer, struct arena *arena, const struct release *release,
                   const struct value_map *values, struct rendering *ret_rendering);

#endif
