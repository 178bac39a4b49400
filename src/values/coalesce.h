#ifndef BULKHEAD_VALUES_COALESCE_H
#define BULKHEAD_VALUES_COALESCE_H

#include "value.h"

/* Helm's merging of value maps (pkg/chart/common/util/coalesce.go, pkg/chart/loader). merge.h says
 * what layers mean without copying; this makes the values that templates get. */

/* `-f a -f b`: maps merge, everything else of `over` replaces what `map` has. The values of `over`
 * become part of `map`. */
void value_map_merge(struct value_map *map, const struct value_map *over);

/* Fills `map` up from `defaults`, whose values become part of it; `map` wins. Where `keep_nulls` is
 * false a null in `map` over a default that is none removes the key, else it stays. */
void value_map_fill(struct value_map *map, struct value_map *defaults, bool keep_nulls);

/* The map at a key; NULL when there is none. */
struct value_map *value_map_table(const struct value_map *map, struct str key);

#endif
