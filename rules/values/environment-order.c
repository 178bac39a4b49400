#include "engine/engine.h"

#include <math.h>
#include <stdlib.h>

struct place {
    const struct release *release;
    struct merged_value value;
    double amount;
};

static void report_order(struct pass *pass, struct str path, const struct place *weaker,
                         const struct place *stronger)
{
    /* The one of the two that an environment's own file decides is the cause. */
    bool own = stronger->value.layer->kind == LAYER_FILE &&
               pass_layer_use(pass, stronger->value.layer)->environment;
    const struct place *cause = own ? stronger : weaker;
    const struct place *other = own ? weaker : stronger;
    struct report *report = pass_report(pass, cause->value.node->span, "message");
    report_values_path(report, path);
    report_only_for(report, stronger->release);
    report_argument(report, "weaker", weaker->release->environment->name);
    report_argument(report, "stronger", stronger->release->environment->name);
    report_argument(report, "more", yaml_brief(pass_arena(pass), weaker->value.node, 20));
    report_argument(report, "less", yaml_brief(pass_arena(pass), stronger->value.node, 20));
    report_related(report, other->value.node->span, "the value of %.*s",
                   STR_ARG(other->release->environment->name));
}

static void check_path(struct pass *pass, const struct application *application, struct str path)
{
    struct place most = {0};
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *release = application->releases[i];
        struct place place = {release, merged_at(pass_values(pass, release), path), NAN};
        place.amount = quantity_of(pass_arena(pass), place.value.node);
        if (release->environment->cluster_scope || isnan(place.amount))
            continue;
        if (most.release && place.amount < most.amount)
            report_order(pass, path, &most, &place);
        else
            most = place;
    }
}

static void check(struct pass *pass, const struct application *application)
{
    struct str_list paths = pass_option_strings(pass, "paths");
    for (size_t i = 0; i < paths.count; i++)
        check_path(pass, application, paths.items[i]);
}

const struct rule_code rule_values_environment_order = {.application = check};
