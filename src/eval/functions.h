#ifndef BULKHEAD_EVAL_FUNCTIONS_H
#define BULKHEAD_EVAL_FUNCTIONS_H

#include "function.h"

/* The families, each the table at the end of its funcs_<family>.c. */

/* The function of that name in any family; NULL when there is none. */
const struct function *function_find(struct str name);

#endif
