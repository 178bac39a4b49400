#include <stdio.h>

#include "cli.h"

static const struct command *const commands[] = {&command_lint, &command_list, &command_why,
                                                 &command_rules, &command_init};
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

static const struct command *find_command(struct str name)
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

int main(int count, char **words)
{
    struct arena arena = {0};
    struct str name = count > 1 ? str_from_c(words[1]) : STR("lint");
    if (str_is(name, "--version")) {
        printf("bulkhead %s\n", BULKHEAD_VERSION);
        return EXIT_CLEAN;
    }
    if (str_is(name, "--help") || str_is(name, "-h") || str_is(name, "help")) {
        const struct command *about = count > 2 ? find_command(str_from_c(words[2])) : NULL;
        if (about)
            options_print_help(about);
        else
            print_help();
        return EXIT_CLEAN;
    }
    const struct command *command = find_command(name);
    int skipped = command && count > 1 ? 2 : 1;
    if (!command && name.n && name.p[0] == '-')
        command = &command_lint; /* options alone belong to lint */
    int status = command ? command->run(&arena, command, count - skipped, words + skipped)
                         : unknown_command(name);
    arena_release(&arena);
    return status;
}
