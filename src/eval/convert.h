#ifndef BULKHEAD_EVAL_CONVERT_H
#define BULKHEAD_EVAL_CONVERT_H

#include "function.h"

/* What any value is as a number, as github.com/spf13/cast has it: texts are read, booleans are 0
 * and 1, what is no number is 0. */
int64_t value_to_int64(struct value value);
double value_to_float64(struct value value);

#endif
