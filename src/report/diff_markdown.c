#include "diff_words.h"
#include "markdown_parts.h"
#include "writers.h"

enum { MOST_OBJECTS = 6, MOST_LINES = 400 };

/* GitHub refuses comments of more than 65,536 characters, so the lines are counted. */
struct comment {
    struct text *out;
    const struct report_input *input;
    size_t lines, left_out;
};

static bool has_room(struct comment *comment)
{
    bool fits = comment->lines++ < MOST_LINES;
    comment->left_out += !fits;
    return fits;
}

static void add_cause(struct comment *comment, const struct change_cause *cause)
{
    struct text *out = comment->out;
    const struct config_environment *environment = NULL;
    if (!has_room(comment))
        return;
    text_add_c(out, "\n#### ");
    markdown_add_code(out, diff_cause_words(out->arena, cause));
    text_format(out, " (%zu release%s)\n", cause->release_count,
                cause->release_count == 1 ? "" : "s");
    for (size_t i = 0; i < cause->effect_count; i++) {
        const struct effect *effect = &cause->effects[i];
        if (!has_room(comment))
            continue;
        if (effect->environment != environment)
            text_format(out, "\n**%.*s**\n\n", STR_ARG(effect->environment->name));
        environment = effect->environment;
        text_add_c(out, "- ");
        markdown_add_code(out, diff_effect_words(out->arena, effect));
        text_add_c(out, " in ");
        markdown_add_code(out, diff_objects_words(out->arena, effect, MOST_OBJECTS));
        text_add_char(out, '\n');
    }
}

static void add_findings(struct comment *comment, const char *title,
                         const struct finding_list *findings)
{
    struct text *out = comment->out;
    if (findings->count)
        text_format(out, "\n### %s\n\n", title);
    for (size_t i = 0; i < findings->count; i++) {
        if (!has_room(comment))
            continue;
        text_add_c(out, "- ");
        markdown_add_code(out, finding_words(out->arena, STR(""), &findings->items[i]));
        text_add_char(out, '\n');
    }
}

static void add_uncompared(struct comment *comment)
{
    const struct diff *diff = comment->input->change->diff;
    if (diff->uncompared.count)
        text_add_c(comment->out, "\n### Could not be compared\n\n");
    for (size_t i = 0; i < diff->uncompared.count; i++) {
        const struct uncompared *entry = &diff->uncompared.items[i];
        if (!has_room(comment))
            continue;
        text_add_c(comment->out, "- ");
        markdown_add_code(comment->out, str_format(comment->out->arena, "%.*s: %.*s",
                                                   STR_ARG(entry->release), STR_ARG(entry->why)));
        text_add_char(comment->out, '\n');
    }
}

void report_diff_markdown(struct text *out, const struct report_input *input)
{
    const struct diff *diff = input->change->diff;
    struct comment comment = {out, input, 0, 0};
    text_format(out, "### What this change does\n\n%.*s.\n",
                STR_ARG(diff_summary_words(out->arena, diff)));
    add_findings(&comment, "New findings", &input->result->findings);
    add_findings(&comment, "Findings that are gone", &diff->gone_findings);
    if (diff->cause_count)
        text_add_c(out, "\n### Changed objects\n");
    for (size_t i = 0; i < diff->cause_count; i++)
        add_cause(&comment, &diff->causes[i]);
    add_uncompared(&comment);
    if (comment.left_out)
        text_format(out, "\n%zu more lines are left out; `bulkhead diff` prints them all.\n",
                    comment.left_out);
}
