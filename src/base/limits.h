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
    size_t archive_files;      /* files in one packed chart */
    size_t archive_bytes;      /* all files of one packed chart, unpacked */
    unsigned template_depth;   /* blocks and parentheses within each other in one template */
    unsigned call_depth;       /* templates that execute each other, in all ways */
    uint64_t render_steps;     /* nodes and arguments evaluated for one release */
    uint64_t render_bytes;     /* output and intermediate results of one release */
    uint64_t schema_steps;     /* schemas applied to values for one values.schema.json */
    uint32_t regex_steps;      /* backtracking of one match, as PCRE2 counts it */
};

extern const struct limits limits_default;

#endif
