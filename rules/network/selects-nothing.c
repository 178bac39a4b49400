#include "engine/engine.h"

static bool selects_nothing(const struct network *network, const struct network_policy *policy)
{
    size_t count = 0;
    for (size_t i = 0; i < network->pods.count; i++) {
        const struct network_pod *pod = network->pods.items[i];
        if (pod->namespace != policy->namespace)
            continue;
        if (network_policy_selects(policy, pod) != NETWORK_NO)
            return false;
        count++;
    }
    return count && !policy->namespace->is_partial;
}

static void check(struct pass *pass)
{
    const struct network *network = pass_network(pass);
    for (size_t i = 0; i < network->policies.count; i++) {
        const struct network_policy *policy = network->policies.items[i];
        if (!policy->namespace || policy->is_unknown || !selects_nothing(network, policy))
            continue;
        bool is_standard = str_is(policy->object->kind, "NetworkPolicy");
        struct str field = is_standard ? STR("spec.podSelector") : STR("spec.endpointSelector");
        struct report *report = pass_report_field(pass, policy->object, field, "message");
        report_argument(report, "policy", object_title(pass_arena(pass), policy->object));
        report_argument(report, "namespace", policy->namespace->name);
    }
}

const struct rule_code rule_network_selects_nothing = {.repository = check, .uses_objects = true};
