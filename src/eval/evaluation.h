#ifndef BULKHEAD_EVAL_EVALUATION_H
#define BULKHEAD_EVAL_EVALUATION_H

#include "function.h"

/* Private to eval/: the state of one release being rendered. One thread, one arena. */
struct evaluation {
    struct arena *arena;
    const struct limits *limits;
    unsigned helm;  /* 3 or 4 */
    uint64_t steps; /* spent of limits->render_steps */
    uint64_t bytes; /* spent of limits->render_bytes */
};

#endif
