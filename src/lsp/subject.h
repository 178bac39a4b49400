#ifndef BULKHEAD_LSP_SUBJECT_H
#define BULKHEAD_LSP_SUBJECT_H

#include "view.h"

/* What stands at a place: a value of releases, named by a key of a layer or by .Values in a
 * template, or a definition of a chart. */

/* A chart's place in the charts of a release: the values path under which the release has its
 * values; empty for the chart itself, and for library charts, whose templates get the values of
 * others. */
struct owner {
    struct str directory; /* of the release's chart */
    const struct chart_package *package;
    struct str prefix;
};
struct owner_list {
    struct owner *items;
    size_t count, capacity;
};

/* True when the owner is the release's chart or a part of it; a release may have none. */
bool owner_is_of(const struct owner *owner, const struct release *release);
/* The values path in the release of one in the owner's templates: globals have no prefix. */
struct str owner_path(struct arena *arena, const struct owner *owner, struct str path);

/* A values path in one release. */
struct subject_value {
    const struct release *release;
    struct str path;
};

enum subject_kind { SUBJECT_NONE, SUBJECT_VALUE, SUBJECT_DEFINITION };

struct subject {
    enum subject_kind kind;
    struct span span;         /* what stands there */
    struct str name;          /* the path as it is written there, or the definition's name */
    bool is_in_template;      /* else in a file of values */
    struct owner_list owners; /* all charts of the releases that have it */
    VECTOR(struct subject_value) values;
};

/* Everything lives in the arena or the view. */
struct subject subject_find(struct arena *arena, struct view *view, const struct file *file,
                            size_t offset);

/* The charts that have the file among their templates or as their values.yaml, in all releases. */
struct owner_list owners_of_file(struct arena *arena, struct view *view, const struct file *file);
/* The charts of these releases, subcharts included. */
struct owner_list owners_of_releases(struct arena *arena, struct view *view,
                                     const struct release *const *releases, size_t count);
/* Calls visit for every name in the owners' templates. */
typedef void owner_visit(void *context, const struct owner *owner, const struct mention *mention);
void owners_visit(struct view *view, const struct owner_list *owners, owner_visit *visit,
                  void *context);

/* The layer that the file is, and who loads it; NULL when it is none. */
const struct layer_use *layer_of_file(const struct view *view, const struct file *file);

/* What the layer writes at the path; *ret_key is its key's span when it has one, may be NULL. NULL:
 * it writes nothing there. */
const struct yaml_node *layer_node_find(struct arena *arena, const struct layer *layer,
                                        struct str path, struct span *ret_key);

/* How a values path stands to another. */
enum path_relation { PATH_APART, PATH_SAME, PATH_AROUND, PATH_WITHIN };
/* PATH_AROUND: `path` holds `other`. */
enum path_relation path_relation(struct str path, struct str other);

/* Where releases write the subject's value, each place once, charts' defaults first. */
struct span_list {
    struct span *items;
    size_t count, capacity;
};
struct span_list subject_writes(struct arena *arena, const struct subject *subject);

#endif
