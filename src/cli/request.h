#ifndef BULKHEAD_CLI_REQUEST_H
#define BULKHEAD_CLI_REQUEST_H

#include "cli.h"

/* What commands that run rules are asked for: `--env`, `--app`, `--select`, `--ignore`,
 * `--profile`, `--severity`, `--fail-on`, `--jobs`, `--color`, `--verbose`. */
struct request {
    struct run_options run;
    unsigned jobs;  /* 0: one per processor */
    int fail_on;    /* a severity, or above all of them for never */
    double started; /* as now_in_milliseconds gives it */
};

/* False after a usage error. */
bool request_read(struct invocation *invocation, struct request *ret_request);
/* True when every glob of --env and --app matches something in one of the models, which may be
 * NULL; else a usage error. */
bool request_names_exist(const struct invocation *invocation, const struct model *const *models,
                         size_t count);
/* What a report is told about the opened repository and the request; its result is still missing.
 */
struct report_input request_report(const struct invocation *invocation,
                                   const struct request *request);
/* True when one of the findings is as severe as `--fail-on` says. */
bool request_fails(const struct request *request, const struct finding_list *findings);

/* Of a clock that only goes forward. */
double now_in_milliseconds(void);

#endif
