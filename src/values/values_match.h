#ifndef BULKHEAD_VALUES_VALUES_MATCH_H
#define BULKHEAD_VALUES_VALUES_MATCH_H

#include "value.h"

/* A pattern of values paths: a values path in which a key "*" stands for every key or item, and
 * "**" for any number of them, none too: "**.image.tag", "ingress.hosts.*.host". */

/* Called with each path that matches and what stands there. */
typedef void values_visit(void *context, struct str path, struct value value);

/* Visits what the pattern finds in the value, parents first and maps by key. A pattern without
 * stars is visited once in any case, with nil when nothing stands there. Paths live in the arena;
 * beyond what value_walk allows nothing is found. */
void values_match(struct arena *arena, struct value root, struct str pattern, values_visit *visit,
                  void *context);

#endif
