#include <stdio.h>

#include "outputs.h"
#include "request.h"

static const struct option options[] = {
    {"path", "PATH", "the repository; default: around the current directory"},
    {"config", "FILE", "configuration file, instead of .bulkhead.yaml"},
    {"env", "ENV", "only for these environments (globs, repeatable)"},
    {"app", "APP", "only for these applications (globs, repeatable)"},
    {"select", "RULE", "run only these rules or groups (repeatable)"},
    {"ignore", "RULE", "do not run these rules or groups (repeatable)"},
    {"profile", "NAME", "which rules run: default, isolation, …, all"},
    {"severity", "LEVEL", "least severity shown: error, warning, info"},
    {"fail-on", "LEVEL", "fail from error (default), warning, info, never"},
    {"format", "FORMAT",
     "text (default), json, sarif, junit, github, gitlab,\n"
     "checkstyle, markdown; may be repeated"},
    {"output", "FILE", "where the format before it is written; - is stdout"},
    {"jobs", "N", "threads; default: one per processor"},
    {"color", "WHEN", "auto (default), always, never"},
    {"verbose", NULL, "print all objects and places"},
};

/* The two revisions; an empty one is the working tree. */
struct revisions {
    struct str from, to;
};

/* REV against the working tree, REV..REV against each other, where an empty one is HEAD. False: the
 * default is not known, which was reported. */
static bool read_revisions(struct invocation *invocation, struct diagnostics *problems,
                           struct revisions *ret_revisions)
{
    const struct str_list *positional = &invocation->arguments.positional;
    struct revisions revisions = {0};
    struct str given = positional->count ? positional->items[0] : STR("");
    size_t dots = str_find(given, STR(".."));
    if (dots != STR_NOT_FOUND) {
        revisions.from = str_slice(given, 0, dots);
        revisions.to = str_from(given, dots + 2);
        revisions.from = revisions.from.n ? revisions.from : STR("HEAD");
        revisions.to = revisions.to.n ? revisions.to : STR("HEAD");
    } else if (given.n) {
        revisions.from = given;
    } else {
        revisions.from =
            tree_git_merge_base(invocation->arena, invocation->repository.root, problems);
    }
    *ret_revisions = revisions;
    return revisions.from.n;
}

static bool print_problems(const struct repository *side, const struct diagnostics *problems,
                           struct str revision, bool verbose)
{
    if (revision.n && problems->count)
        fprintf(stderr, "bulkhead: in revision %.*s:\n", STR_ARG(revision));
    return repository_print_problems(side, problems, verbose);
}

static int compare(struct invocation *invocation, const struct request *request,
                   const struct revisions *revisions, struct repository *sides,
                   const struct output_list *outputs)
{
    bool verbose = option_given(&invocation->arguments, "verbose");
    /* What was wrong in the older revision is told, and only what is wrong now counts. */
    print_problems(&sides[0], &sides[0].workspace->problems, revisions->from, verbose);
    bool good = print_problems(&sides[1], &sides[1].workspace->problems, revisions->to, verbose);
    const struct workspace *before = sides[0].workspace;
    const struct workspace *after = sides[1].workspace;
    const struct model *const models[] = {before->model, after->model};
    if (!before->model || !after->model || !request_names_exist(invocation, models, 2))
        return EXIT_NOT_DONE;
    struct diagnostics problems = {.arena = invocation->arena};
    struct diff diff =
        compare_workspaces(invocation->arena, before, after, &request->run, &problems);
    if (!print_problems(&sides[1], &problems, revisions->to, verbose))
        return EXIT_NOT_DONE;
    const struct report_change change = {
        .before = before,
        .diff = &diff,
        .from = revisions->from,
        .to = revisions->to.n ? revisions->to : STR("the working tree"),
    };
    struct run_result result = run_result_with(&diff.after, &diff.new_findings);
    struct report_input input = request_report(invocation, request);
    input.workspace = after;
    input.result = &result;
    input.change = &change;
    if (!outputs_write(invocation, outputs, &input) || !good)
        return EXIT_NOT_DONE;
    return request_fails(request, &diff.new_findings) ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int open_and_compare(struct invocation *invocation, const struct request *request,
                            const struct output_list *outputs)
{
    struct diagnostics problems = {.arena = invocation->arena};
    struct revisions revisions;
    struct repository sides[2] = {0};
    int status = EXIT_NOT_DONE;
    if (read_revisions(invocation, &problems, &revisions) &&
        repository_open_revision(invocation, revisions.from, request->jobs, &problems, &sides[0]) &&
        repository_open_revision(invocation, revisions.to, request->jobs, &problems, &sides[1]))
        status = compare(invocation, request, &revisions, sides, outputs);
    else
        repository_print_problems(&invocation->repository, &problems, false);
    for (int i = 0; i < 2; i++)
        repository_close(&sides[i]);
    return status;
}

static int run(struct invocation *invocation)
{
    struct request request;
    struct output_list outputs;
    struct str_list paths = option_values(invocation->arena, &invocation->arguments, "path");
    if (!request_read(invocation, &request) || !outputs_read(invocation, &outputs) ||
        !repository_find(invocation, &paths))
        return EXIT_NOT_DONE;
    return open_and_compare(invocation, &request, &outputs);
}

const struct cli_command command_diff = {
    .name = "diff",
    .arguments = "[REV | REV..REV]",
    .help = "Prints what a change does: objects and fields by their cause, and findings.\n"
            "Renders the revision REV and the working tree, or two revisions. REV defaults to\n"
            "the commit where HEAD left the main branch (origin/HEAD, origin/main, main …).\n"
            "Exit status: 0 no new findings, 1 new findings, 2 the work could not be done.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .most_arguments = 1,
    .run = run,
};
