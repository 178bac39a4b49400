#include "request.h"

#include <stdlib.h>
#include <time.h>

enum { FAIL_NEVER = SEVERITY_ERROR + 1 };

double now_in_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static struct str today(struct arena *arena)
{
    time_t now = time(NULL);
    struct tm date;
    gmtime_r(&now, &date);
    return str_format(arena, "%04d-%02d-%02d", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday);
}

static bool read_severities(struct invocation *invocation, struct request *request)
{
    struct str least = option_value(&invocation->arguments, "severity", "info");
    if (!severity_parse(least, &request->run.least)) {
        usage_error(invocation->command, "--severity is error, warning or info, not %.*s",
                    STR_ARG(least));
        return false;
    }
    struct str fail_on = option_value(&invocation->arguments, "fail-on", "error");
    enum severity severity = SEVERITY_ERROR;
    if (str_is(fail_on, "never")) {
        request->fail_on = FAIL_NEVER;
    } else if (severity_parse(fail_on, &severity)) {
        request->fail_on = (int)severity;
    } else {
        usage_error(invocation->command, "--fail-on is error, warning, info or never, not %.*s",
                    STR_ARG(fail_on));
        return false;
    }
    return true;
}

static bool read_jobs(struct invocation *invocation, struct request *request)
{
    struct str jobs = option_value(&invocation->arguments, "jobs", "0");
    char *end = NULL;
    unsigned long number = strtoul(str_to_c(invocation->arena, jobs), &end, 10);
    if (*end || !jobs.n || number > 64) {
        usage_error(invocation->command, "--jobs is a number up to 64, not %.*s", STR_ARG(jobs));
        return false;
    }
    request->jobs = (unsigned)number;
    return true;
}

static bool check_color(const struct invocation *invocation)
{
    struct str color = option_value(&invocation->arguments, "color", "auto");
    if (str_is(color, "auto") || str_is(color, "always") || str_is(color, "never"))
        return true;
    usage_error(invocation->command, "--color is auto, always or never, not %.*s", STR_ARG(color));
    return false;
}

bool request_read(struct invocation *invocation, struct request *ret_request)
{
    struct arena *arena = invocation->arena;
    const struct arguments *arguments = &invocation->arguments;
    struct request request = {.started = now_in_milliseconds()};
    request.run.select = option_values(arena, arguments, "select");
    request.run.ignore = option_values(arena, arguments, "ignore");
    request.run.profile = option_value(arguments, "profile", "");
    request.run.environments = option_values(arena, arguments, "env");
    request.run.applications = option_values(arena, arguments, "app");
    request.run.today = today(arena);
    if (!read_severities(invocation, &request) || !read_jobs(invocation, &request) ||
        !check_color(invocation))
        return false;
    *ret_request = request;
    return true;
}

struct report_input request_report(const struct invocation *invocation,
                                   const struct request *request)
{
    const struct repository *repository = &invocation->repository;
    return (struct report_input){
        .workspace = repository->workspace,
        .options = &request->run,
        .prefix = repository_prefix(invocation->arena, repository),
        .fail_on = request->fail_on,
        .milliseconds = now_in_milliseconds() - request->started,
        .verbose = option_given(&invocation->arguments, "verbose"),
    };
}

bool request_fails(const struct request *request, const struct finding_list *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        if ((int)findings->items[i].severity >= request->fail_on)
            return true;
    }
    return false;
}
