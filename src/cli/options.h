#ifndef BULKHEAD_CLI_OPTIONS_H
#define BULKHEAD_CLI_OPTIONS_H

#include "base/base.h"

struct invocation;

/* One table describes a command: it gives the parsing, the usage errors and the help. */
struct option {
    const char *name;  /* "format", without the dashes */
    const char *value; /* how the value is called in the help; NULL for a flag; "[=FILE]" for one
                        * that may be left out */
    const char *help;  /* may have several lines */
    char letter;       /* "f" for -f; 0 when it has none */
};

struct cli_command {
    const char *name, *arguments, *help;
    const struct option *options;
    size_t option_count;
    size_t least_arguments, most_arguments;
    /* Does the work and returns the exit status; the arguments are parsed and there is no --help.
     */
    int (*run)(struct invocation *invocation);
};

/* Options that appeared, in their order. */
struct given_option {
    const struct option *option;
    struct str value; /* empty for a flag */
};

struct arguments {
    struct given_option *items;
    size_t count, capacity;
    struct str_list positional;
    bool help;
};

/* Reads the words behind the command's name. `--x v`, `--x=v` and, behind `--`, only arguments.
 * False after it has written to standard error what is wrong. */
bool options_parse(struct arena *arena, const struct cli_command *command, int count, char **words,
                   struct arguments *ret_arguments);
void options_print_help(const struct cli_command *command);

bool option_given(const struct arguments *arguments, const char *name);
/* The last value of the option, or the fallback. */
struct str option_value(const struct arguments *arguments, const char *name, const char *fallback);
/* All values, those of comma-separated lists taken apart. */
struct str_list option_values(struct arena *arena, const struct arguments *arguments,
                              const char *name);
/* The value of an option that is one of the words, the first of them when it is not given; p ==
 * NULL after a usage error. */
struct str option_word(const struct invocation *invocation, const char *name,
                       const char *const *words, size_t count);
/* Of commands that write a text or JSON: what --format asks for. False after a usage error. */
bool option_format(const struct invocation *invocation, bool *ret_is_json);
/* A usage error on standard error; the value is the exit status for it. */
int usage_error(const struct cli_command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
