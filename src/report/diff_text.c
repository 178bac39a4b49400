#include "diff_words.h"
#include "writers.h"

enum { MOST_OBJECTS = 4 };

static void add_cause(struct text *out, const struct report_input *input,
                      const struct change_cause *cause)
{
    struct arena *arena = out->arena;
    const struct config_environment *environment = NULL;
    text_format(out, "%s%.*s%s\n", input->color ? "\x1b[1m" : "",
                STR_ARG(diff_cause_words(arena, cause)), input->color ? "\x1b[0m" : "");
    for (size_t i = 0; i < cause->effect_count; i++) {
        const struct effect *effect = &cause->effects[i];
        size_t most = input->verbose ? SIZE_MAX : MOST_OBJECTS;
        if (effect->environment != environment)
            text_format(out, "  %.*s\n", STR_ARG(effect->environment->name));
        environment = effect->environment;
        text_format(out, "    %.*s\n      in %.*s\n", STR_ARG(diff_effect_words(arena, effect)),
                    STR_ARG(diff_objects_words(arena, effect, most)));
    }
    text_add_char(out, '\n');
}

static void add_new_findings(struct text *out, const struct report_input *input)
{
    const struct finding_list *list = &input->result->findings;
    if (list->count)
        text_add_c(out, "New findings:\n\n");
    for (size_t i = 0; i < list->count; i++)
        report_text_finding(out, input, &list->items[i]);
}

static void add_gone_findings(struct text *out, const struct report_input *input)
{
    const struct finding_list *list = &input->change->diff->gone_findings;
    if (list->count)
        text_add_c(out, "Findings that are gone:\n\n");
    for (size_t i = 0; i < list->count; i++)
        text_format(out, "%.*s\n", STR_ARG(finding_words(out->arena, STR(""), &list->items[i])));
    if (list->count)
        text_add_char(out, '\n');
}

static void add_uncompared(struct text *out, const struct diff *diff)
{
    for (size_t i = 0; i < diff->uncompared.count; i++) {
        const struct uncompared *entry = &diff->uncompared.items[i];
        text_format(out, "%.*s could not be compared: %.*s\n", STR_ARG(entry->release),
                    STR_ARG(entry->why));
    }
    if (diff->uncompared.count)
        text_add_char(out, '\n');
}

void report_diff_text(struct text *out, const struct report_input *input)
{
    const struct report_change *change = input->change;
    const struct diff *diff = change->diff;
    for (size_t i = 0; i < diff->cause_count; i++)
        add_cause(out, input, &diff->causes[i]);
    add_uncompared(out, diff);
    add_new_findings(out, input);
    add_gone_findings(out, input);
    text_format(out, "%.*s to %.*s: %.*s; %.0f ms\n", STR_ARG(change->from), STR_ARG(change->to),
                STR_ARG(diff_summary_words(out->arena, diff)), input->milliseconds);
}
