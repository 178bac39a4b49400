#include "outputs.h"

#include <stdlib.h>
#include <unistd.h>

static const struct report_format *find_format(const struct invocation *invocation, struct str name)
{
    const struct report_format *format = report_find_format(name);
    if (format)
        return format;
    struct str_list names = report_format_names(invocation->arena);
    usage_error(invocation->command, "unknown format %.*s%.*s", STR_ARG(name),
                STR_ARG(similar_hint(invocation->arena, name, &names)));
    return NULL;
}

bool outputs_read(struct invocation *invocation, struct output_list *ret_outputs)
{
    struct arena *arena = invocation->arena;
    struct output_list outputs = {0};
    const struct output text = {.format = report_find_format(STR("text"))};
    for (size_t i = 0; i < invocation->arguments.count; i++) {
        const struct given_option *given = &invocation->arguments.items[i];
        if (strcmp(given->option->name, "format") == 0) {
            struct output output = {.format = find_format(invocation, given->value)};
            if (!output.format)
                return false;
            vector_push(arena, &outputs, output);
        } else if (strcmp(given->option->name, "output") == 0) {
            if (!outputs.count)
                vector_push(arena, &outputs, text);
            outputs.items[outputs.count - 1].file =
                str_is(given->value, "-") ? STR("") : given->value;
        }
    }
    if (!outputs.count)
        vector_push(arena, &outputs, text);
    *ret_outputs = outputs;
    return true;
}

/* Only beside what goes to the log of the job: a format for a file is for something else. */
static bool write_summary(const struct invocation *invocation, const struct output *output,
                          const struct report_input *input)
{
    const char *variable = output->format->summary_variable;
    const char *file = variable && !output->file.n ? getenv(variable) : NULL;
    struct text text = {.arena = invocation->arena};
    if (!file || !*file)
        return true;
    report_write(&text, report_find_format(STR("markdown")), input);
    return print_to_file(invocation->arena, str_from_c(file), text_str(&text), true);
}

bool outputs_write(const struct invocation *invocation, const struct output_list *outputs,
                   const struct report_input *input)
{
    struct str color = option_value(&invocation->arguments, "color", "auto");
    bool is_quiet = option_given(&invocation->arguments, "quiet");
    bool written = true;
    for (size_t i = 0; i < outputs->count; i++) {
        const struct output *output = &outputs->items[i];
        struct text text = {.arena = invocation->arena};
        struct report_input own = *input;
        own.color = !output->file.n && color_wanted(color, STDOUT_FILENO);
        own.hyperlinks = !output->file.n && hyperlinks_wanted(color, STDOUT_FILENO);
        report_write(&text, output->format, &own);
        bool is_nothing = is_quiet && str_is(str_from_c(output->format->name), "text") &&
                          !input->result->findings.count;
        if (is_nothing)
            continue;
        bool done = output->file.n
                        ? print_to_file(invocation->arena, output->file, text_str(&text), false)
                        : print(text_str(&text));
        written = done && write_summary(invocation, output, &own) && written;
    }
    return written;
}
