#ifndef BULKHEAD_EVAL_EVAL_H
#define BULKHEAD_EVAL_EVAL_H

/* The door of eval/. */
#include "reads.h"
#include "render.h"
#include "rule_expression.h"

#endif
