#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "cli.h"

static const struct option options[] = {
    {"stdout", NULL, "print the file instead of writing it"},
};

static int write_config(struct arena *arena, const struct repository *repository, struct str text)
{
    struct str path = str_format(arena, "%.*s/.bulkhead.yaml", STR_ARG(repository->root));
    /* O_EXCL: a file that a person wrote is never touched. */
    int descriptor = open(path.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool written = descriptor >= 0 && write(descriptor, text.p, text.n) == (ssize_t)text.n;
    if (descriptor >= 0 && close(descriptor) != 0)
        written = false;
    if (!written) {
        fprintf(stderr, "bulkhead: error: %.*s: %s\n", STR_ARG(path), strerror(errno));
        return EXIT_NOT_DONE;
    }
    fprintf(stderr, "wrote %.*s\n", STR_ARG(path));
    return EXIT_CLEAN;
}

static int run(struct invocation *invocation)
{
    if (!repository_open(invocation, &invocation->arguments.positional, 0))
        return EXIT_NOT_DONE;
    const struct repository *repository = &invocation->repository;
    const struct workspace *workspace = repository->workspace;
    bool to_stdout = option_given(&invocation->arguments, "stdout");
    if (workspace->has_config && !to_stdout) {
        fprintf(stderr, "bulkhead: error: there is a .bulkhead.yaml already\n");
        return EXIT_NOT_DONE;
    }
    repository_print_problems(repository, &workspace->problems, true);
    if (!workspace->model)
        return EXIT_NOT_DONE;
    struct str text = config_write(invocation->arena, &workspace->config);
    if (to_stdout)
        return print(text) ? EXIT_CLEAN : EXIT_NOT_DONE;
    return write_config(invocation->arena, repository, text);
}

const struct cli_command command_init = {
    .name = "init",
    .arguments = "[PATH]",
    .help = "Writes .bulkhead.yaml from what is detected in the repository.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .most_arguments = 1,
    .run = run,
};
