#include "known.h"
#include "outputs.h"
#include "request.h"

static const struct option options[] = {
    {"config", "FILE", "configuration file, instead of .bulkhead.yaml"},
    {"env", "ENV", "only for these environments (globs, repeatable)"},
    {"app", "APP", "only for these applications (globs, repeatable)"},
    {"select", "RULE", "run only these rules or groups (repeatable)"},
    {"ignore", "RULE", "do not run these rules or groups (repeatable)"},
    {"profile", "NAME", "which rules run: default, isolation, …, all"},
    {"schema-dir", "DIR", "JSON Schemas of objects, as for kubeconform"},
    {"severity", "LEVEL", "least severity shown: error, warning, info"},
    {"fail-on", "LEVEL", "fail from error (default), warning, info, never"},
    {"format", "FORMAT",
     "text (default), json, sarif, junit, github, gitlab,\n"
     "checkstyle, markdown; may be repeated"},
    {"output", "FILE", "where the format before it is written; - is stdout"},
    {"changed", "REV", "only what the change since REV has to do with"},
    {"baseline", "FILE", "do not report the findings that are in this file"},
    {"write-baseline", "[=FILE]", "write them there, by default to that of --baseline"},
    {"jobs", "N", "threads; default: one per processor"},
    {"statistics", NULL, "count findings by rule"},
    {"color", "WHEN", "auto (default), always, never"},
    {"quiet", NULL, "print nothing but findings"},
    {"verbose", NULL, "print all places, and what was detected"},
};

static bool open_schemas(const struct invocation *invocation, struct request *request)
{
    struct str directory = option_value(&invocation->arguments, "schema-dir", "");
    if (!option_given(&invocation->arguments, "schema-dir"))
        return true;
    request->run.schemas = tree_open_disk(invocation->arena, directory, &limits_default);
    if (tree_paths(request->run.schemas)->count)
        return true;
    usage_error(invocation->command, "--schema-dir: no files in %.*s", STR_ARG(directory));
    return false;
}

/* What the change since --changed has to do with; everything when the older revision cannot be
 * looked at. */
static bool find_touched(struct invocation *invocation, const struct request *request,
                         struct diagnostics *problems, struct run_result *ret_result)
{
    struct arena *arena = invocation->arena;
    const struct workspace *after = invocation->repository.workspace;
    struct str revision = option_value(&invocation->arguments, "changed", "");
    struct repository older = {0};
    if (!repository_open_revision(invocation, revision, request->jobs, problems, &older))
        return false;
    if (older.workspace->model) {
        struct diff diff =
            compare_workspaces(arena, older.workspace, after, &request->run, problems);
        struct finding_list touched = compare_touched(arena, older.workspace, after, &diff);
        *ret_result = run_result_with(&diff.after, &touched);
    } else {
        *ret_result = run_rules(arena, after, &request->run, problems);
    }
    repository_close(&older);
    return true;
}

static bool find(struct invocation *invocation, const struct request *request,
                 struct run_result *ret_result)
{
    const struct repository *repository = &invocation->repository;
    bool verbose = option_given(&invocation->arguments, "verbose");
    struct diagnostics problems = {.arena = invocation->arena};
    bool found = true;
    if (option_given(&invocation->arguments, "changed"))
        found = find_touched(invocation, request, &problems, ret_result);
    else
        *ret_result = run_rules(invocation->arena, repository->workspace, &request->run, &problems);
    return repository_print_problems(repository, &problems, verbose) && found;
}

static int lint_repository(struct invocation *invocation, struct request *request,
                           const struct output_list *outputs, const struct known *known)
{
    const struct repository *repository = &invocation->repository;
    const struct workspace *workspace = repository->workspace;
    bool verbose = option_given(&invocation->arguments, "verbose");
    bool good = repository_print_problems(repository, &workspace->problems, verbose);
    struct run_result result;
    const struct model *model = workspace->model;
    if (!model || !request_names_exist(invocation, &model, 1))
        return EXIT_NOT_DONE;
    request->run.paths = repository->paths;
    request->run.baseline = &known->baseline;
    if (!find(invocation, request, &result))
        return EXIT_NOT_DONE;
    struct report_input input = request_report(invocation, request);
    input.result = &result;
    input.statistics = option_given(&invocation->arguments, "statistics");
    if (!known_update(invocation, known, &input, &result) ||
        !outputs_write(invocation, outputs, &input) || !good)
        return EXIT_NOT_DONE;
    return request_fails(request, &result.findings) ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int run(struct invocation *invocation)
{
    struct request request;
    struct output_list outputs;
    struct known known;
    if (!request_read(invocation, &request) || !outputs_read(invocation, &outputs) ||
        !open_schemas(invocation, &request) || !known_read(invocation, &known) ||
        !repository_open(invocation, &invocation->arguments.positional, request.jobs))
        return EXIT_NOT_DONE;
    int status = lint_repository(invocation, &request, &outputs, &known);
    if (request.run.schemas)
        tree_close(request.run.schemas);
    return status;
}

const struct cli_command command_lint = {
    .name = "lint",
    .arguments = "[PATH...]",
    .help = "Checks the repository: prints what breaks the isolation of its environments.\n"
            "A PATH narrows what is shown; the whole repository is always looked at.\n"
            "Exit status: 0 clean, 1 findings, 2 the work could not be done.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .most_arguments = SIZE_MAX,
    .run = run,
};
