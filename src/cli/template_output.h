#ifndef BULKHEAD_CLI_TEMPLATE_OUTPUT_H
#define BULKHEAD_CLI_TEMPLATE_OUTPUT_H

#include "cli.h"
#include "kube/kube.h"

/* What `template` does with a rendered release: to standard output or into files. */

struct template_output {
    struct arena *arena;
    bool include_crds, skip_tests, no_hooks;
    struct str_list show_only; /* empty: all */
    struct str directory;      /* into files below it; p == NULL: to standard output */
    struct str release;        /* a folder in the directory; p == NULL: none */
    /* Writes behind every line where it came from, for a traced rendering; NULL: does not. */
    const struct origins *origins;
    const struct repository *repository; /* for the places */
};

/* Prints as helm does. False: *ret_problem says why not. */
bool template_output(const struct template_output *how, const struct rendering *rendering,
                     struct str *ret_problem);
/* Prints, as `helm template --debug` does, what was rendered though it is no YAML: everything, file
 * by file; without files an empty line. */
bool template_output_broken(const struct template_output *how, const struct rendered_list *files,
                            struct str *ret_problem);

/* The text of a manifest with the origin of every line behind it as a comment. In
 * template_trace.c. */
struct str template_trace(const struct template_output *how, const struct rendering *rendering,
                          const struct manifest *manifest);

#endif
