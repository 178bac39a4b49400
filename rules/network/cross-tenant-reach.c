#include "engine/engine.h"

static bool are_apart(const void *context, const struct network_pod *from,
                      const struct network_pod *to)
{
    const struct str_list *labels = context;
    if (from->namespace == to->namespace ||
        from->namespace->environment != to->namespace->environment ||
        !str_equal(from->namespace->cluster, to->namespace->cluster))
        return false;
    struct str a = network_tenant(from->namespace, labels);
    struct str b = network_tenant(to->namespace, labels);
    return a.n && b.n && !str_equal(a, b) && to->namespace->is_meant_apart;
}

static struct report *begin(struct pass *pass, const struct network_leak *leak)
{
    const struct network_side *side = &leak->verdict.sides[NETWORK_INGRESS];
    if (side->rule)
        return pass_report_structure(pass, side->policy->object,
                                     side->peer ? side->peer->path : side->rule->path, "allowed");
    return pass_report_field(pass, leak->to->namespace->object, STR("metadata.name"), "open");
}

static void check(struct pass *pass)
{
    struct str_list labels = pass_option_strings(pass, "labels");
    struct network_leak_list leaks =
        network_leaks(pass_arena(pass), pass_network(pass), are_apart, &labels);
    for (size_t i = 0; i < leaks.count; i++) {
        const struct network_leak *leak = &leaks.items[i];
        struct report *report = begin(pass, leak);
        report_argument(report, "from", leak->from->title);
        report_argument(report, "to", leak->to->title);
        report_argument(report, "other", network_tenant(leak->from->namespace, &labels));
        report_argument(report, "tenant", network_tenant(leak->to->namespace, &labels));
        report_argument(report, "namespace", leak->to->namespace->name);
    }
}

const struct rule_code rule_network_cross_tenant_reach = {.repository = check,
                                                          .uses_objects = true};
