#ifndef BULKHEAD_TESTS_FIELDS_H
#define BULKHEAD_TESTS_FIELDS_H

#include "kube/kube.h"

/* The scalar fields of a rendering, and what became of them in another one. */

enum field_fate {
    FIELD_SAME,
    FIELD_CHANGED,
    FIELD_GONE,    /* it, or a map or list around it, is not there */
    FIELD_SHIFTED, /* a list around it has another length, so that it is not known which item it is
                    */
};

struct field {
    const struct manifest *manifest;
    size_t manifest_number;
    struct str path;
    const struct yaml_node *node;
    enum field_fate fate; /* as of the last fields_compare */
};
struct field_list {
    struct field *items;
    size_t count, capacity;
};

struct field_list fields_of(struct arena *arena, const struct rendering *rendering);
/* The document of that name and kind from the same template, else the one in its place; NULL: it is
 * gone. */
const struct manifest *manifest_counterpart(const struct manifest_list *before, size_t number,
                                            const struct manifest_list *after);
/* Sets the fate of every field of `before`. */
void fields_compare(struct field_list *fields, const struct rendering *before,
                    const struct rendering *after);

#endif
