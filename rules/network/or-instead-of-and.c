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

static bool is_alone(const struct network_selector *selector, const struct network_selector *other)
{
    return selector && selector->count && !other;
}

/* True when an item of the rule lets in the whole of some namespaces, with `own` that of the
 * policy. */
static bool has_namespaces_alone(const struct network_policy *policy,
                                 const struct network_rule *rule, bool own)
{
    for (size_t i = 0; i < rule->peers.count; i++) {
        const struct network_peer *peer = &rule->peers.items[i];
        if (is_alone(peer->namespaces, peer->pods) &&
            (!own || network_selects(peer->namespaces, &policy->namespace->labels) == NETWORK_YES))
            return true;
    }
    return false;
}

static void check_peer(struct pass *pass, const struct network_policy *policy,
                       const struct network_rule *rule, const struct network_peer *peer)
{
    const char *message = NULL;
    if (!is_alone(peer->pods, peer->namespaces))
        return;
    if (has_namespaces_alone(policy, rule, true))
        message = "contained";
    else if (has_namespaces_alone(policy, rule, false) &&
             is_nobody_here(pass_network(pass), policy, peer->pods))
        message = "nobody";
    if (!message)
        return;
    struct report *report = pass_report_structure(pass, policy->object, peer->path, message);
    report_argument(report, "policy", object_title(pass_arena(pass), policy->object));
    report_argument(report, "namespace", policy->namespace->name);
}

static void check_rules(struct pass *pass, const struct network_policy *policy,
                        enum network_direction direction)
{
    for (size_t i = 0; i < policy->rules[direction].count; i++) {
        const struct network_rule *rule = &policy->rules[direction].items[i];
        for (size_t k = 0; k < rule->peers.count; k++)
            check_peer(pass, policy, rule, &rule->peers.items[k]);
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
