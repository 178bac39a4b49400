#ifndef BULKHEAD_REPORT_DIFF_WORDS_H
#define BULKHEAD_REPORT_DIFF_WORDS_H

#include "finding_words.h"

/* Private to report/: a change of two revisions in words, the same in all formats for people. */

/* "env/dev.yaml:3:5 image.tag", "charts/web/templates/web.yaml:7 the file is different". */
struct str diff_cause_words(struct arena *arena, const struct change_cause *cause);
/* "Deployment spec.replicas: 1 → 2", "ConfigMap added", "Secret data.password: changed (hidden)".
 */
struct str diff_effect_words(struct arena *arena, const struct effect *effect);
/* The first objects of an effect, and how many more there are. */
struct str diff_objects_words(struct arena *arena, const struct effect *effect, size_t most);
/* "3 objects in 2 releases change, 1 cause; findings: 1 new, 0 gone". */
struct str diff_summary_words(struct arena *arena, const struct diff *diff);

#endif
