#include "engine/engine.h"

/* The context is whether the configuration asks for isolation. */
static bool are_apart(const void *context, const struct network_pod *from,
                      const struct network_pod *to)
{
    const bool *is_wanted = context;
    const struct config_environment *a = from->namespace->environment;
    const struct config_environment *b = to->namespace->environment;
    return a && b && config_are_apart(a, b) &&
           str_equal(from->namespace->cluster, to->namespace->cluster) &&
           (*is_wanted || to->namespace->is_meant_apart);
}

static struct report *begin(struct pass *pass, const struct network_leak *leak)
{
    const struct network_side *side = &leak->verdict.sides[NETWORK_INGRESS];
    const struct network_namespace *namespace = leak->to->namespace;
    if (side->rule)
        return pass_report_structure(pass, side->policy->object,
                                     side->peer ? side->peer->path : side->rule->path, "allowed");
    if (namespace->object)
        return pass_report_field(pass, namespace->object, STR("metadata.name"), "open");
    struct report *report = pass_report(pass, namespace->environment->span, "open");
    report_only_for(report, leak->to->object->release);
    return report;
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    bool is_wanted = !model->detected && str_is(model->config->rules.profile, "isolation");
    struct network_leak_list leaks =
        network_leaks(pass_arena(pass), pass_network(pass), are_apart, &is_wanted);
    for (size_t i = 0; i < leaks.count; i++) {
        const struct network_leak *leak = &leaks.items[i];
        struct report *report = begin(pass, leak);
        report_argument(report, "from", leak->from->title);
        report_argument(report, "to", leak->to->title);
        report_argument(report, "other", leak->from->namespace->environment->name);
        report_argument(report, "environment", leak->to->namespace->environment->name);
        report_argument(report, "namespace", leak->to->namespace->name);
    }
}

const struct rule_code rule_network_cross_environment_reach = {.repository = check,
                                                               .uses_objects = true};
