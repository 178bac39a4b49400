#ifndef BULKHEAD_ENGINE_BASELINE_H
#define BULKHEAD_ENGINE_BASELINE_H

#include "finding.h"

/* Findings that are known and not reported again, by their fingerprints. */

struct baseline_entry {
    struct str fingerprint;
    struct str rule, file, message; /* as the finding was when it was written down */
};
struct baseline_entries {
    const struct baseline_entry **items;
    size_t count, capacity;
};
struct baseline {
    struct baseline_entries entries;
    struct map by_fingerprint; /* → const struct baseline_entry */
};

/* Reads the file that report_baseline has written; everything lives in the arena, or points into
 * the file. False when it is none. */
bool baseline_read(struct arena *arena, const struct file *file, struct baseline *ret_baseline);
/* The entry of a finding, or NULL. */
const struct baseline_entry *baseline_find(const struct baseline *baseline,
                                           const struct finding *finding);

#endif
