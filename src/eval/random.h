#ifndef BULKHEAD_EVAL_RANDOM_H
#define BULKHEAD_EVAL_RANDOM_H

#include "function.h"

/* The deterministic stand-in for random numbers: the same in every run, another one at each call
 * within a release. */
uint64_t random_next(struct call *call);

#endif
