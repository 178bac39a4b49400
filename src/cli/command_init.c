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

static int init_repository(struct arena *arena, const struct arguments *arguments,
                           const struct repository *repository)
{
    const struct workspace *workspace = repository->workspace;
    bool to_stdout = option_given(arguments, "stdout");
    if (workspace->has_config && !to_stdout) {
        fprintf(stderr, "bulkhead: error: there is a .bulkhead.yaml already\n");
        return EXIT_NOT_DONE;
    }
    repository_print_problems(repository, &workspace->problems, true);
    if (!workspace->model)
        return EXIT_NOT_DONE;
    struct str text = config_write(arena, &workspace->config);
    if (to_stdout)
        return print(text) ? EXIT_CLEAN : EXIT_NOT_DONE;
    return write_config(arena, repository, text);
}

static int run(struct arena *arena, const struct command *command, int count, char **words)
{
    struct arguments arguments;
    if (!options_parse(arena, command, count, words, &arguments))
        return EXIT_NOT_DONE;
    if (arguments.help) {
        options_print_help(command);
        return EXIT_CLEAN;
    }
    struct repository repository;
    if (!repository_open(arena, command, &arguments.positional, STR(""), 0, &repository))
        return EXIT_NOT_DONE;
    int status = init_repository(arena, &arguments, &repository);
    repository_close(&repository);
    return status;
}

const struct command command_init = {
    .name = "init",
    .arguments = "[PATH]",
    .help = "Writes .bulkhead.yaml from what is detected in the repository.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .most_arguments = 1,
    .run = run,
};
