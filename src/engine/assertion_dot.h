#ifndef BULKHEAD_ENGINE_ASSERTION_DOT_H
#define BULKHEAD_ENGINE_ASSERTION_DOT_H

#include "pass_private.h"

/* What the expressions of assertions see (assertion.h) of a release of the current application, of
 * one of its objects or pod templates. It is made once and shared by all rules, each of which sets
 * what is its own: `options`, `path`, `value`, `layers`. Lives until the application is done. */

struct value_map *assertion_dot(struct pass *pass, const struct release *release);
/* `index` is the object's in pass_objects. */
struct value_map *assertion_object_dot(struct pass *pass, const struct release *release,
                                       size_t index);
/* `index` is the pod template's in pass_workloads. */
struct value_map *assertion_workload_dot(struct pass *pass, const struct release *release,
                                         size_t index);
/* The options of the pass's rule. */
struct value assertion_options(struct pass *pass);

#endif
