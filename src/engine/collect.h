#ifndef BULKHEAD_ENGINE_COLLECT_H
#define BULKHEAD_ENGINE_COLLECT_H

#include "finding.h"
#include "pass_private.h"

/* Makes findings of all threads' reports: those of one cause become one, messages are written out,
 * the order is that of the files. Severities are still the rules' own and fingerprints are missing.
 */
struct finding_list collect_findings(struct arena *arena, const struct workspace *workspace,
                                     const struct worker *workers, unsigned worker_count);
/* By path, line, column, rule, values path. */
void findings_sort(struct finding_list *findings);
/* Gives every finding its fingerprint; the list must be in its final order. */
void findings_number(struct arena *arena, struct finding_list *findings);

#endif
