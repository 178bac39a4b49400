#ifndef BULKHEAD_VALUES_JSON_DETOUR_H
#define BULKHEAD_VALUES_JSON_DETOUR_H

#include "value.h"

/* Private to values/: sigs.k8s.io/yaml writes a value as JSON, reads that with goyaml.v2 and writes
 * what comes of it, so that texts change on their way, and some do not arrive. */

/* The text that arrives: bytes that are no UTF-8 are U+FFFD, and a U+0085 is folded as the line end
 * that it is in YAML. False: it has a character that goyaml refuses. */
bool detour_text(struct arena *arena, struct str s, struct str *ret_text);
/* The same for a key, which must also be short and on one line. */
bool detour_key(struct arena *arena, struct str key, struct str *ret_key);
/* What goyaml says of the first text that does not arrive; p == NULL when all do. */
struct str detour_problem(struct arena *arena, struct value value);

#endif
