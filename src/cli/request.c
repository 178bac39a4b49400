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
    static const char *const least[] = {"info", "warning", "error"};
    static const char *const fail_on[] = {"error", "warning", "info", "never"};
    struct str shown = option_word(invocation, "severity", least, 3);
    struct str failing = option_word(invocation, "fail-on", fail_on, 4);
    enum severity severity;
    if (!shown.p || !failing.p)
        return false;
    severity_parse(shown, &request->run.least);
    request->fail_on = severity_parse(failing, &severity) ? (int)severity : FAIL_NEVER;
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
    static const char *const words[] = {"auto", "always", "never"};
    return option_word(invocation, "color", words, 3).p;
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

static bool names_exist(const struct invocation *invocation, const char *option, const char *what,
                        const struct map *known)
{
    struct str_list names = {0};
    for (size_t i = 0; i < known->count; i++)
        vector_push(invocation->arena, &names, known->items[i].key);
    struct str_list globs = option_values(invocation->arena, &invocation->arguments, option);
    for (size_t i = 0; i < globs.count; i++) {
        bool matches = false;
        for (size_t k = 0; k < names.count && !matches; k++)
            matches = glob_match(globs.items[i], names.items[k]);
        if (matches)
            continue;
        usage_error(invocation->command, "--%s: no %s is called %.*s%.*s", option, what,
                    STR_ARG(globs.items[i]),
                    STR_ARG(similar_hint(invocation->arena, globs.items[i], &names)));
        return false;
    }
    return true;
}

bool request_names_exist(const struct invocation *invocation, const struct model *const *models,
                         size_t count)
{
    struct arena *arena = invocation->arena;
    struct map environments = {0};
    struct map applications = {0};
    for (size_t i = 0; i < count; i++) {
        const struct config *config = models[i] ? models[i]->config : NULL;
        for (size_t k = 0; config && k < config->environments.count; k++)
            map_put(arena, &environments, config->environments.items[k].name, NULL);
        for (size_t k = 0; config && k < models[i]->application_count; k++)
            map_put(arena, &applications, models[i]->applications[k].name, NULL);
    }
    return names_exist(invocation, "env", "environment", &environments) &&
           names_exist(invocation, "app", "application", &applications);
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
