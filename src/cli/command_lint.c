#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "request.h"

static const struct option options[] = {
    {"config", "FILE", "configuration file, instead of .bulkhead.yaml"},
    {"env", "ENV", "only for these environments (globs, repeatable)"},
    {"app", "APP", "only for these applications (globs, repeatable)"},
    {"select", "RULE", "run only these rules or groups (repeatable)"},
    {"ignore", "RULE", "do not run these rules or groups (repeatable)"},
    {"profile", "NAME", "which rules run: default, isolation, …, all"},
    {"schema-dir", "DIR", "JSON Schemas of objects, laid out as for kubeconform"},
    {"severity", "LEVEL", "least severity shown: error, warning, info"},
    {"fail-on", "LEVEL", "fail from error (default), warning, info, never"},
    {"format", "FORMAT", "text (default), json, github; may be repeated"},
    {"output", "FILE", "where the format before it is written; - is stdout"},
    {"jobs", "N", "threads; default: one per processor"},
    {"statistics", NULL, "count findings by rule"},
    {"color", "WHEN", "auto (default), always, never"},
    {"quiet", NULL, "print nothing but findings"},
    {"verbose", NULL, "print all places, and what was detected"},
};

struct output {
    report_writer writer;
    struct str file; /* empty: standard output */
};

struct lint {
    const struct cli_command *command;
    struct arena *arena;
    struct arguments arguments;
    VECTOR(struct output) outputs;
    struct request request;
};

/* --- what was asked for --- */

static bool read_outputs(struct lint *lint)
{
    for (size_t i = 0; i < lint->arguments.count; i++) {
        const struct given_option *given = &lint->arguments.items[i];
        if (strcmp(given->option->name, "format") == 0) {
            report_writer writer = report_find_writer(given->value);
            if (!writer) {
                usage_error(lint->command, "unknown format %.*s; known are text, json, github",
                            STR_ARG(given->value));
                return false;
            }
            vector_add(lint->arena, &lint->outputs)->writer = writer;
        } else if (strcmp(given->option->name, "output") == 0) {
            if (!lint->outputs.count)
                vector_add(lint->arena, &lint->outputs)->writer = report_text;
            lint->outputs.items[lint->outputs.count - 1].file =
                str_is(given->value, "-") ? STR("") : given->value;
        }
    }
    if (!lint->outputs.count)
        vector_add(lint->arena, &lint->outputs)->writer = report_text;
    return true;
}

static bool open_schemas(struct lint *lint)
{
    struct str directory = option_value(&lint->arguments, "schema-dir", "");
    if (!option_given(&lint->arguments, "schema-dir"))
        return true;
    lint->request.run.schemas = tree_open_disk(lint->arena, directory, &limits_default);
    if (tree_paths(lint->request.run.schemas)->count)
        return true;
    usage_error(lint->command, "--schema-dir: no files in %.*s", STR_ARG(directory));
    return false;
}

/* --- the work --- */

static bool write_output(const struct lint *lint, const struct output *output, struct str text)
{
    if (!output->file.n)
        return print(text);
    FILE *file = fopen(str_to_c(lint->arena, output->file), "wb");
    bool written = file && fwrite(text.p, 1, text.n, file) == text.n;
    if (file && fclose(file) != 0)
        written = false;
    if (!written)
        fprintf(stderr, "bulkhead: error: %.*s: %s\n", STR_ARG(output->file), strerror(errno));
    return written;
}

static bool write_outputs(const struct lint *lint, const struct report_input *input)
{
    bool written = true;
    for (size_t i = 0; i < lint->outputs.count; i++) {
        const struct output *output = &lint->outputs.items[i];
        struct text text = {.arena = lint->arena};
        struct report_input own = *input;
        own.color = !output->file.n && color_wanted(lint->request.color, STDOUT_FILENO);
        output->writer(&text, &own);
        bool nothing = option_given(&lint->arguments, "quiet") && output->writer == report_text &&
                       !input->result->findings.count;
        if (!nothing)
            written = write_output(lint, output, text_str(&text)) && written;
    }
    return written;
}

static int lint_repository(struct lint *lint, struct repository *repository)
{
    bool verbose = option_given(&lint->arguments, "verbose");
    const struct workspace *workspace = repository->workspace;
    bool good = repository_print_problems(repository, &workspace->problems, verbose);
    if (!workspace->model)
        return EXIT_NOT_DONE;
    lint->request.run.paths = repository->paths;
    struct diagnostics problems = {.arena = lint->arena};
    struct run_result result = run_rules(lint->arena, workspace, &lint->request.run, &problems);
    if (!repository_print_problems(repository, &problems, verbose))
        return EXIT_NOT_DONE;
    struct report_input input = {
        .workspace = workspace,
        .result = &result,
        .milliseconds = now_in_milliseconds() - lint->request.started,
        .verbose = verbose,
        .statistics = option_given(&lint->arguments, "statistics"),
    };
    if (!write_outputs(lint, &input) || !good)
        return EXIT_NOT_DONE;
    return request_fails(&lint->request, &result.findings) ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int run(struct invocation *invocation)
{
    struct lint lint = {.command = invocation->command,
                        .arena = invocation->arena,
                        .arguments = invocation->arguments};
    if (!request_read(invocation, &lint.request) || !read_outputs(&lint) || !open_schemas(&lint) ||
        !repository_open(invocation, &lint.arguments.positional, lint.request.jobs))
        return EXIT_NOT_DONE;
    int status = lint_repository(&lint, &invocation->repository);
    if (lint.request.run.schemas)
        tree_close(lint.request.run.schemas);
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
