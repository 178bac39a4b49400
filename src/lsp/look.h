#ifndef BULKHEAD_LSP_LOOK_H
#define BULKHEAD_LSP_LOOK_H

#include "shown.h"

/* Lints one state of the texts after another, and tells of each what is not as it was told before.
 */

/* The texts that the editor shows at one moment; lives in its own arena. */
struct snapshot {
    struct arena arena;
    struct view_file *files;
    size_t count;
    bool disk_changed; /* other files may have changed too */
};
/* Copies the files. */
struct snapshot *snapshot_make(const struct view_file *files, size_t count, bool disk_changed);
void snapshot_drop(struct snapshot *snapshot);

struct look {
    struct view view;
    struct str today;
    const atomic_bool *is_unwanted; /* set when what is being done is out of date */
    /* Gets an array of params of textDocument/publishDiagnostics, which becomes its own. */
    void (*publish)(void *context, json_t *params);
    void *context;
    json_t *published; /* path → array of diagnostics, as they were told */
    struct shown_list
        half_typed;         /* what is wrong with files that stand there as they were before */
    struct snapshot *whole; /* what `all` is about; NULL: nothing was looked at as a whole yet */
    struct shown_list all;  /* what the last look at the whole found */
};

/* Looks at the snapshot, which becomes the look's own: first at the applications that load what has
 * changed since the last look at the whole, then at the whole. */
void look_at(struct look *look, struct snapshot *now);
void look_close(struct look *look);

#endif
