#include "engine/engine.h"

/* True when there are pods in the policy's namespace, all known, and the selector is none's. */
static bool is_nobody_here(const struct network *network, const struct network_policy *policy,
                           const struct network_selector *selector)
{
    size_t count = 0;
    for (size_t i = 0; i < network->pods.count; i++) {
        const struct network_pod *pod = network->pods.items[i];
        if (pod->namespace != policy->namespace)
            continue;
        if (network_selects(selector, &pod->labels) != NETWORK_NO)
            return false;
        count++;
    }
    return count && !policy->namespace->is_partial;
}

static const struct network_peer *find_pods_alone(const struct network *network,
                                                  const struct network_policy *policy,
                                                  const struct network_rule *rule)
{
    bool has_namespaces = false;
    const struct network_peer *found = NULL;
    for (size_t i = 0; i < rule->peers.count; i++) {
        const struct network_peer *peer = &rule->peers.items[i];
        has_namespaces = has_namespaces || (peer->namespaces && !peer->pods);
        if (!peer->namespaces && peer->pods && peer->pods->count &&
            is_nobody_here(network, policy, peer->pods))
            found = peer;
    }
    return has_namespaces ? found : NULL;
}

static void check_rules(struct pass *pass, const struct network_policy *policy,
                        enum network_direction direction)
{
    for (size_t i = 0; i < policy->rules[direction].count; i++) {
        const struct network_peer *peer =
            find_pods_alone(pass_network(pass), policy, &policy->rules[direction].items[i]);
        if (!peer)
            continue;
        struct report *report = pass_report_structure(pass, policy->object, peer->path, "message");
        report_argument(report, "policy", policy->object->name);
        report_argument(report, "namespace", policy->namespace->name);
    }
}

static void check(struct pass *pass)
{
    const struct network *network = pass_network(pass);
    for (size_t i = 0; i < network->policies.count; i++) {
        const struct network_policy *policy = network->policies.items[i];
        if (!policy->namespace || policy->is_unknown)
            continue;
        check_rules(pass, policy, NETWORK_INGRESS);
        check_rules(pass, policy, NETWORK_EGRESS);
    }
}

const struct rule_code rule_network_or_instead_of_and = {.repository = check, .uses_objects = true};
