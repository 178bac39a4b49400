#include "engine/engine.h"

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct arena *arena = pass_arena(pass);
    struct map first = {0};
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        const struct release *other = map_get(&first, release->name);
        if (!model_knows_environment(model, release))
            continue;
        if (!other) {
            map_put(arena, &first, release->name, (void *)release);
            continue;
        }
        struct report *report = pass_report(pass, release->application->span, "message");
        report_argument(report, "application", release->application->name);
        report_only_for(report, release);
        report_related(report, other->application->span, "the other one");
    }
}

const struct rule_code rule_argocd_name_collision = {.repository = check};
