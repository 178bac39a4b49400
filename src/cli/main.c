#include <stdio.h>

#include "cli.h"

static const struct cli_command *const commands[] = {
    &command_lint,  &command_list, &command_why,   &command_where, &command_template, &command_diff,
    &command_reach, &command_off,  &command_rules, &command_init,  &command_lsp};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_help(void)
{
    printf("bulkhead keeps the environments of a GitOps repository apart.\n\n"
           "Usage: bulkhead [COMMAND] [ARGUMENTS]\n\nCommands:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        struct str first = str_from_c(commands[i]->help);
        first = str_slice(first, 0, str_find_char(first, '\n'));
        printf("  %-8s %.*s\n", commands[i]->name, STR_ARG(first));
    }
    printf("\nWithout a command it lints the repository around the current directory.\n"
           "'bulkhead COMMAND --help' tells more.\n");
}

static const struct cli_command *find_command(struct str name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (str_is(name, commands[i]->name))
            return commands[i];
    }
    return NULL;
}

static int unknown_command(struct str name)
{
    struct str names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = str_from_c(commands[i]->name);
    struct str near = similar_find(name, names, COMMAND_COUNT);
    if (near.p)
        return usage_error(NULL, "unknown command %.*s, did you mean %.*s?", STR_ARG(name),
                           STR_ARG(near));
    return usage_error(NULL, "unknown command %.*s", STR_ARG(name));
}

static int run_command(struct arena *arena, const struct cli_command *command, int count,
                       char **words)
{
    struct invocation invocation = {.arena = arena, .command = command};
    if (!options_parse(arena, command, count, words, &invocation.arguments))
        return EXIT_NOT_DONE;
    if (invocation.arguments.help) {
        options_print_help(command);
        return EXIT_CLEAN;
    }
    int status = command->run(&invocation);
    repository_close(&invocation.repository);
    return status;
}

static int print_general_help(int count, char **words)
{
    const struct cli_command *about = count > 0 ? find_command(str_from_c(words[0])) : NULL;
    if (about)
        options_print_help(about);
    else
        print_help();
    return EXIT_CLEAN;
}

int main(int count, char **words)
{
    struct arena arena = {0};
    struct str name = count > 1 ? str_from_c(words[1]) : STR("lint");
    if (str_is(name, "--version")) {
        printf("bulkhead %s\n", BULKHEAD_VERSION);
        return EXIT_CLEAN;
    }
    if (str_is(name, "--help") || str_is(name, "-h") || str_is(name, "help"))
        return print_general_help(count - 2, words + 2);
    const struct cli_command *command = find_command(name);
    int skipped = command && count > 1 ? 2 : 1;
    if (!command && name.n && name.p[0] == '-')
        command = &command_lint; /* options alone belong to lint */
    int status = command ? run_command(&arena, command, count - skipped, words + skipped)
                         : unknown_command(name);
    arena_release(&arena);
    return status;
}
