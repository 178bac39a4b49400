#ifndef BULKHEAD_BASE_LIMITS_H
#define BULKHEAD_BASE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/* What input may inflate. A limit that is hit is a diagnostic of kind "limit" that names it. */
struct limits {
    size_t file_bytes;         /* size of one file */
    size_t files;              /* files below one root */
    unsigned directory_depth;  /* folders within folders */
    unsigned yaml_depth;       /* nesting of one YAML document */
    uint64_t yaml_alias_nodes; /* nodes of one document after its aliases are expanded */
};

extern const struct limits limits_default;

#endif
