#ifndef BULKHEAD_REPORT_FINDING_WORDS_H
#define BULKHEAD_REPORT_FINDING_WORDS_H

#include "report.h"

/* Private to report/: what several formats say of a finding. */

/* A finding's path in the Git repository, for formats that must have one: what has no place is
 * about the configuration. */
struct str finding_path(struct arena *arena, const struct report_input *input,
                        const struct finding *finding);
/* Its line for them: 1 for what has no place. */
uint32_t finding_line(const struct finding *finding);
/* "env/dev.yaml:3:5: error[group/rule] message"; the path behind the prefix. */
struct str finding_words(struct arena *arena, struct str prefix, const struct finding *finding);
/* The page of a rule; p == NULL for one of the user's. */
struct str rule_url(struct arena *arena, const struct rule *rule);
/* "s", but for one. */
const char *plural(size_t count);

#endif
