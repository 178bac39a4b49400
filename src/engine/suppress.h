#ifndef BULKHEAD_ENGINE_SUPPRESS_H
#define BULKHEAD_ENGINE_SUPPRESS_H

#include "finding.h"
#include "workspace.h"

/* Suppression comments: `# bulkhead: ignore[group/rule, …] reason` at the end of a line covers that
 * line; alone on a line it covers the entry or item that starts below it; `ignore-file[…]` covers
 * the file. */
struct suppression {
    struct span comment;
    struct span covers; /* start to end of what is covered */
    struct str_list rules;
    struct str reason;
    bool used;
};

struct suppression_list {
    struct suppression *items;
    size_t count, capacity;
};

/* All suppression comments of the layers, of Bicep and Terraform files with node pools, and of the
 * configuration file. */
struct suppression_list suppressions_find(struct arena *arena, const struct workspace *workspace);
/* True when a comment covers the finding; marks it as used. */
bool suppressions_cover(struct suppression_list *suppressions, const struct finding *finding);

#endif
