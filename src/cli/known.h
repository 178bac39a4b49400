#ifndef BULKHEAD_CLI_KNOWN_H
#define BULKHEAD_CLI_KNOWN_H

#include "cli.h"

/* `--baseline FILE` and `--write-baseline`: findings that are known. */
struct known {
    struct str from, to; /* files; empty: none is read or written */
    struct baseline baseline;
};

/* False after a usage error, or when the file cannot be read. A file that is to be written need not
 * be there yet. */
bool known_read(struct invocation *invocation, struct known *ret_known);
/* Writes the baseline when that was asked for, after which the run has no findings left; says what
 * of it is gone. False after a message. */
bool known_update(const struct invocation *invocation, const struct known *known,
                  const struct report_input *input, struct run_result *result);

#endif
