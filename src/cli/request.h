#ifndef BULKHEAD_CLI_REQUEST_H
#define BULKHEAD_CLI_REQUEST_H

#include "cli.h"

/* What commands that run rules are asked for: `--env`, `--app`, `--select`, `--ignore`,
 * `--profile`, `--severity`, `--fail-on`, `--jobs`, `--color`. */
struct request {
    struct run_options run;
    unsigned jobs; /* 0: one per processor */
    int fail_on;   /* a severity, or above all of them for never */
    struct str color;
    double started; /* as now_in_milliseconds gives it */
};

/* False after a usage error. */
bool request_read(struct invocation *invocation, struct request *ret_request);
/* True when one of the findings is as severe as `--fail-on` says. */
bool request_fails(const struct request *request, const struct finding_list *findings);

/* Of a clock that only goes forward. */
double now_in_milliseconds(void);

#endif
