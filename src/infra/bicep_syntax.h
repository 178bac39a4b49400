#ifndef BULKHEAD_INFRA_BICEP_SYNTAX_H
#define BULKHEAD_INFRA_BICEP_SYNTAX_H

#include "expression.h"

/* The declarations of a Bicep file, or of a file of parameters (.bicepparam). */
struct bicep_name {
    struct str name;
    struct span span;
    const struct expression *value; /* of a parameter its default; NULL: it has none */
};

/* A resource or a module. */
struct bicep_resource {
    struct str symbol;
    struct str type;  /* of a module its path; without the version behind "@" */
    struct span span; /* from the keyword to the type */
    bool is_existing;
    const struct expression *condition; /* NULL: always */
    const struct expression *body;      /* an object, or a loop over objects */
    const struct bicep_resource *outer; /* it stands within this one */
};

struct bicep_file {
    const struct file *file;
    struct str uses; /* of parameters: the path of their file, relative to this one */
    VECTOR(struct bicep_name) parameters;
    VECTOR(struct bicep_name) variables;
    VECTOR(const struct bicep_resource *) resources;
    VECTOR(const struct bicep_resource *) modules;
    struct span problem; /* the first thing that was not understood; file 0: none */
};

/* Never NULL. */
const struct bicep_file *bicep_parse(struct arena *arena, const struct file *file);

#endif
