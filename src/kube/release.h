#ifndef BULKHEAD_KUBE_RELEASE_H
#define BULKHEAD_KUBE_RELEASE_H

#include "cause.h"

/* A release of the repository model that was rendered as its deployment would render it. */
struct rendered_release {
    const struct release *release;
    const struct chart_package *package;
    struct rendering rendering;
    struct object_list objects;
    struct origins origins; /* who wrote its values, when it is traced */
};

/* True when the condition of the dependency is false in these values of its chart. */
bool dependency_is_off(const struct chart_dependency *dependency, const struct merged *values);
/* A dependency of the chart, or of a subchart, that is not there and not switched off; NULL when
 * there is none. The values are those of a release of the chart. */
const struct chart_dependency *package_missing_dependency(const struct chart_package *package,
                                                          const struct merged *values);

/* Why a release cannot be rendered. */
struct release_failure {
    enum render_reason reason;
    struct str message; /* in Helm's words */
    struct cause cause;
    struct diagnostics violations; /* of values.schema.json, each at its value ("path: what") */
};

/* Renders a release whose chart is in the tree. NULL: that failed, and the sink has an error that
 * says why. A traced one can be asked for causes. Lives in the arena; for threads see
 * renderer_load and renderer_render. */
const struct rendered_release *release_render(struct arena *arena, struct renderer *renderer,
                                              const struct release *release, bool is_traced,
                                              struct diagnostics *sink);

/* Why release_render fails: renders once more, traced. Lives in the arena. */
struct release_failure release_explain_failure(struct arena *arena, struct renderer *renderer,
                                               const struct release *release);

/* Renders a release with other values than those of its files, untraced; NULL as above. */
const struct rendered_release *release_render_with(struct arena *arena, struct renderer *renderer,
                                                   const struct release *release,
                                                   const struct value_map *values,
                                                   struct diagnostics *sink);

/* Renders a release with these values and notes which way the conditions of its templates went;
 * false when it cannot be rendered to its end. */
bool release_note_branches(struct arena *arena, struct renderer *renderer,
                           const struct release *release, const struct value_map *values,
                           struct branches *branches);

/* The cause of a field of an object of a traced release, by its path in the object
 * ("spec.template.spec.tolerations"). */
struct cause release_cause(struct arena *arena, const struct rendered_release *rendered,
                           const struct object *object, struct str field);
/* The same of a part of the field's text, see cause_find_part. */
struct cause release_cause_of(struct arena *arena, const struct rendered_release *rendered,
                              const struct object *object, struct str field, struct text_part part);

#endif
