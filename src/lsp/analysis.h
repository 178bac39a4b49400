#ifndef BULKHEAD_LSP_ANALYSIS_H
#define BULKHEAD_LSP_ANALYSIS_H

#include <pthread.h>

#include "view.h"

/* The thread that lints what the editor shows, while the server answers. It has a view of its own
 * and shares nothing with the server but what is handed over here.
 *
 * Whoever has changed something asks for an analysis; of several the newest counts, and one that
 * goes on is given up. It looks first at the applications that load what has changed, then at the
 * whole repository: the first gives findings at once, the second makes them those of `bulkhead
 * lint`. Of a values file that is no YAML while somebody types only that is said, and everything
 * else is as if it still had its last text that was. */
struct analysis;

struct analysis_options {
    struct str root; /* path of the operating system */
    struct str today;
    enum place_encoding encoding;
    unsigned jobs;
};

/* Starts the thread; NULL when that fails. Memory is that of the arena. */
struct analysis *analysis_start(struct arena *arena, const struct analysis_options *options);
/* Ends the thread; waits until it has given up what it does. */
void analysis_end(struct analysis *analysis);

/* Asks for an analysis of these texts, which are copied. `disk_changed` as in view_show. */
void analysis_ask(struct analysis *analysis, const struct view_file *files, size_t count,
                  bool disk_changed);
/* A descriptor that can be read when there is a result to take. */
int analysis_descriptor(const struct analysis *analysis);
/* The params of all textDocument/publishDiagnostics that are to be sent: only files whose
 * diagnostics have changed. An array of the caller's own. */
json_t *analysis_take(struct analysis *analysis);

#endif
