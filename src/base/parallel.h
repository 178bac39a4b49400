#ifndef BULKHEAD_BASE_PARALLEL_H
#define BULKHEAD_BASE_PARALLEL_H

#include <stddef.h>

/* Calls work(context, worker, index) once for every index below count, on up to `jobs` threads, and
 * returns when all are done. `worker` is below jobs and tells apart state that threads must not
 * share (arenas, sinks). Indexes are handed out in rising order. With jobs 1 it is a plain loop. */
void parallel_for(size_t count, unsigned jobs,
                  void (*work)(void *context, unsigned worker, size_t index), void *context);

/* Processors that are online, at least 1. */
unsigned parallel_processors(void);

#endif
