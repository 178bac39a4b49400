#include "engine/engine.h"

static void check(struct pass *pass, const struct layer_use *use)
{
    if (!use->layer->stream)
        return;
    const struct diagnostics *problems = &use->layer->stream->problems;
    for (size_t i = 0; i < problems->count; i++) {
        const struct diagnostic *problem = &problems->items[i];
        if (!str_is(STR("duplicate-key"), problem->kind))
            continue;
        struct report *report = pass_report(pass, problem->span, "message");
        report_argument(report, "key", pass_text(pass, problem->span));
        report_related(report, problem->related, "this one has no effect");
    }
}

const struct rule_code rule_values_duplicate_key = {.layer = check};
