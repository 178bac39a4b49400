#ifndef BULKHEAD_CLI_OUTPUTS_H
#define BULKHEAD_CLI_OUTPUTS_H

#include "cli.h"

/* `--format` and the `--output` behind each. */
struct output {
    const struct report_format *format;
    struct str file; /* empty: standard output */
};
struct output_list {
    struct output *items;
    size_t count, capacity;
};

/* Text on standard output when no format was given. False after a usage error. */
bool outputs_read(struct invocation *invocation, struct output_list *ret_outputs);
/* Writes all of them, and the summary of the job where a forge asks for one. What depends on where
 * it goes (colour) is set here. False after a message. */
bool outputs_write(const struct invocation *invocation, const struct output_list *outputs,
                   const struct report_input *input);

#endif
