#ifndef BULKHEAD_INFRA_OUTPUTS_H
#define BULKHEAD_INFRA_OUTPUTS_H

#include "yaml/yaml.h"

/* What a deployment of the infrastructure gave, as files of JSON hold it: `terraform output -json`
 * and the outputs of a deployment of Bicep ({name: {value: …}}), or names with their values. */
struct infra_output {
    struct str name, text;
    struct str file;  /* its path */
    struct span span; /* of the value */
};
struct infra_output_list {
    struct infra_output *items;
    size_t count, capacity;
};

/* The outputs whose values are texts, numbers or booleans, of the files that one of the globs
 * matches, in their order. What cannot be read or is no JSON gives none. Lives in the arena. */
struct infra_output_list infra_outputs_read(struct arena *arena, struct tree *tree,
                                            const struct str_list *paths,
                                            const struct str_list *globs);

/* True for names that differ only in case, "_" and "-": clientId, client_id. */
bool infra_names_are_same(struct str a, struct str b);

#endif
