#include "diff_words.h"
#include "writers.h"

void report_diff_github(struct text *out, const struct report_input *input)
{
    const struct diff *diff = input->change->diff;
    for (size_t i = 0; i < diff->cause_count; i++) {
        const struct change_cause *cause = &diff->causes[i];
        for (size_t k = 0; k < cause->effect_count; k++) {
            const struct effect *effect = &cause->effects[k];
            text_format(
                out, "%.*s: %.*s: %.*s in %.*s\n", STR_ARG(diff_cause_words(out->arena, cause)),
                STR_ARG(effect->environment->name), STR_ARG(diff_effect_words(out->arena, effect)),
                STR_ARG(diff_objects_words(out->arena, effect, SIZE_MAX)));
        }
    }
    report_github_findings(out, input);
    text_format(out, "%.*s\n", STR_ARG(diff_summary_words(out->arena, diff)));
}
