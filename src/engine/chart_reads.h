#ifndef BULKHEAD_ENGINE_CHART_READS_H
#define BULKHEAD_ENGINE_CHART_READS_H

#include "pass_private.h"

/* Works out what the templates of every chart that has a release of the run may read, once for each
 * chart, on all threads, and gives the result to all workers. They have a renderer that has the
 * charts. */
void chart_reads_find(struct arena *arena, const struct workspace *workspace,
                      const struct run_options *options, struct worker *workers,
                      unsigned worker_count);

#endif
