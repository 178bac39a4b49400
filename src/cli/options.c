#include "options.h"

#include <stdarg.h>
#include <stdio.h>

#include "cli.h"

int usage_error(const struct cli_command *command, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "bulkhead%s%s: ", command ? " " : "", command ? command->name : "");
    vfprintf(stderr, format, args);
    fprintf(stderr, "\nTry 'bulkhead %s%s--help'.\n", command ? command->name : "",
            command ? " " : "");
    va_end(args);
    return EXIT_NOT_DONE;
}

static const struct option *find_option(const struct cli_command *command, struct str name)
{
    for (size_t i = 0; i < command->option_count; i++) {
        if (str_is(name, command->options[i].name))
            return &command->options[i];
    }
    return NULL;
}

static void report_unknown(struct arena *arena, const struct cli_command *command, struct str name)
{
    struct str_list names = {0};
    for (size_t i = 0; i < command->option_count; i++)
        vector_push(arena, &names, str_from_c(command->options[i].name));
    struct str near = similar_find(name, names.items, names.count);
    if (near.p)
        usage_error(command, "unknown option --%.*s, did you mean --%.*s?", STR_ARG(name),
                    STR_ARG(near));
    else
        usage_error(command, "unknown option --%.*s", STR_ARG(name));
}

static const struct option *find_letter(const struct cli_command *command, char letter)
{
    for (size_t i = 0; i < command->option_count; i++) {
        if (command->options[i].letter == letter)
            return &command->options[i];
    }
    return NULL;
}

/* Takes -x, -x VALUE, -xVALUE or -x=VALUE. */
static bool take_letter(struct arena *arena, const struct cli_command *command, char ***words,
                        char **end, struct arguments *arguments)
{
    struct str word = str_from_c(**words);
    const struct option *option = find_letter(command, word.p[1]);
    struct str value = str_from(word, 2);
    if (!option || (!option->value && value.n)) {
        usage_error(command, "unknown option %.*s", STR_ARG(word));
        return false;
    }
    if (option->value && !value.n && *words + 1 < end)
        value = str_from_c(*++*words);
    else if (value.n && value.p[0] == '=')
        value = str_from(value, 1);
    if (option->value && !value.n) {
        usage_error(command, "-%c needs a value: %s", option->letter, option->value);
        return false;
    }
    vector_push(arena, arguments, ((struct given_option){option, value}));
    return true;
}

/* True when the option must have one, which may be the next word. */
static bool needs_value(const struct option *option)
{
    return option->value && option->value[0] != '[';
}

/* Takes one option, and the next word as its value when it needs one. */
static bool take_option(struct arena *arena, const struct cli_command *command, char ***words,
                        char **end, struct arguments *arguments)
{
    struct str text = str_from(str_from_c(**words), 2);
    size_t equals = str_find_char(text, '=');
    struct str name = str_slice(text, 0, equals);
    if (str_is(name, "help")) {
        arguments->help = true;
        return true;
    }
    const struct option *option = find_option(command, name);
    if (!option) {
        report_unknown(arena, command, name);
        return false;
    }
    struct str value = {0};
    if (equals != STR_NOT_FOUND)
        value = str_from(text, equals + 1);
    else if (needs_value(option) && *words + 1 < end)
        value = str_from_c(*++*words);
    if (value.p ? !option->value : needs_value(option)) {
        usage_error(command, option->value ? "--%s needs a value: %s" : "--%s takes no value%s",
                    option->name, option->value ? option->value : "");
        return false;
    }
    vector_push(arena, arguments, ((struct given_option){option, value}));
    return true;
}

bool options_parse(struct arena *arena, const struct cli_command *command, int count, char **words,
                   struct arguments *ret_arguments)
{
    struct arguments arguments = {0};
    char **end = words + count;
    bool only_arguments = false;
    for (; words < end; words++) {
        struct str word = str_from_c(*words);
        if (!only_arguments && str_is(word, "--")) {
            only_arguments = true;
        } else if (!only_arguments && str_is(word, "-h")) {
            arguments.help = true;
        } else if (!only_arguments && str_starts_with(word, STR("--"))) {
            if (!take_option(arena, command, &words, end, &arguments))
                return false;
        } else if (!only_arguments && word.n > 1 && word.p[0] == '-') {
            if (!take_letter(arena, command, &words, end, &arguments))
                return false;
        } else {
            vector_push(arena, &arguments.positional, word);
        }
    }
    size_t given = arguments.positional.count;
    if (!arguments.help && (given < command->least_arguments || given > command->most_arguments)) {
        usage_error(command, "%s: %s",
                    given > command->most_arguments ? "too many arguments"
                                                    : "arguments are missing",
                    command->arguments);
        return false;
    }
    *ret_arguments = arguments;
    return true;
}

void options_print_help(const struct cli_command *command)
{
    printf("bulkhead %s%s%s\n\n%s\n", command->name, *command->arguments ? " " : "",
           command->arguments, command->help);
    if (command->option_count)
        printf("\nOptions:\n");
    for (size_t i = 0; i < command->option_count; i++) {
        const struct option *option = &command->options[i];
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", option->name, needs_value(option) ? " " : "",
                 option->value ? option->value : "");
        struct str rest = str_from_c(option->help);
        while (rest.p) {
            struct str line = str_cut(&rest, '\n');
            printf("  %-26s %.*s\n", left, STR_ARG(line));
            *left = 0;
        }
    }
}

bool option_given(const struct arguments *arguments, const char *name)
{
    for (size_t i = 0; i < arguments->count; i++) {
        if (strcmp(arguments->items[i].option->name, name) == 0)
            return true;
    }
    return false;
}

struct str option_value(const struct arguments *arguments, const char *name, const char *fallback)
{
    for (size_t i = arguments->count; i > 0; i--) {
        if (strcmp(arguments->items[i - 1].option->name, name) == 0)
            return arguments->items[i - 1].value;
    }
    return str_from_c(fallback);
}

struct str_list option_values(struct arena *arena, const struct arguments *arguments,
                              const char *name)
{
    struct str_list values = {0};
    for (size_t i = 0; i < arguments->count; i++) {
        struct str rest = arguments->items[i].value;
        if (strcmp(arguments->items[i].option->name, name) != 0)
            continue;
        while (rest.p) {
            struct str value = str_trim(str_cut(&rest, ','));
            if (value.n)
                vector_push(arena, &values, value);
        }
    }
    return values;
}

struct str option_word(const struct invocation *invocation, const char *name,
                       const char *const *words, size_t count)
{
    struct str value = option_value(&invocation->arguments, name, words[0]);
    struct str_list known = {0};
    if (str_is_one_of(value, words, count))
        return value;
    for (size_t i = 0; i < count; i++)
        vector_push(invocation->arena, &known, str_from_c(words[i]));
    usage_error(invocation->command, "unknown %s %.*s%.*s", name, STR_ARG(value),
                STR_ARG(similar_hint(invocation->arena, value, &known)));
    return (struct str){0};
}

bool option_format(const struct invocation *invocation, bool *ret_is_json)
{
    static const char *const words[] = {"text", "json"};
    struct str format = option_word(invocation, "format", words, 2);
    *ret_is_json = str_is(format, "json");
    return format.p;
}
