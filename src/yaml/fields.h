#ifndef BULKHEAD_YAML_FIELDS_H
#define BULKHEAD_YAML_FIELDS_H

#include "base/base.h"

struct yaml_node;

/* What sigs.k8s.io/yaml and encoding/json say when a document does not fit a Go struct. */

enum yaml_field_type {
    YAML_FIELD_TEXT, /* any scalar: sigs.k8s.io/yaml makes texts of numbers and booleans */
    YAML_FIELD_BOOL,
    YAML_FIELD_TEXTS,    /* a list of texts */
    YAML_FIELD_TEXT_MAP, /* a map of texts */
    YAML_FIELD_LIST,     /* a list of anything */
    YAML_FIELD_STRUCT,
};

struct yaml_fields;
struct yaml_field {
    const char *name;    /* in the document, in any case of letters */
    const char *go_name; /* in errors */
    const char *go_type;
    enum yaml_field_type type;
    const struct yaml_fields *inner; /* of a struct */
};
struct yaml_fields {
    const char *go_type; /* of the struct that has them */
    const struct yaml_field *items;
    size_t count;
};

/* A copy in the arena in which the text of numbers and booleans is what sigs.k8s.io/yaml makes of
 * them where a Go struct wants a string: 1.10 is "1.1", 0x10 is "16", on is "true". */
struct yaml_node *yaml_copy_for_fields(struct arena *arena, const struct yaml_node *root);

/* "json: cannot unmarshal number into Go struct field …" of the first that does not fit, p == NULL
 * when everything does. The text lives in the arena. */
struct str yaml_fields_mismatch(struct arena *arena, const struct yaml_node *root,
                                const struct yaml_fields *fields);

#endif
