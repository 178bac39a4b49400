#include "network.h"

/* Ways between pods that are meant to be apart. */

bool network_policy_is_for_all(const struct network_policy *policy,
                               enum network_direction direction)
{
    return !policy->is_unknown && !policy->selector.is_unknown && !policy->selector.count &&
           policy->isolates[direction];
}

bool network_means_isolation(const struct network *network, struct str cluster)
{
    for (size_t i = 0; i < network->policies.count; i++) {
        const struct network_policy *policy = network->policies.items[i];
        if (policy->namespace && str_equal(policy->namespace->cluster, cluster) &&
            !policy->namespace->is_shared && network_policy_is_for_all(policy, NETWORK_INGRESS))
            return true;
    }
    return false;
}

/* A port of some pods that everybody may use, also from outside the cluster. */
static bool is_public(const struct network_side *side)
{
    return side->rule && side->rule->allows_any_peer && !side->rule->allows_any_port;
}

/* What lets pods in: a peer, a rule, or that the namespace is open. */
static const void *cause_of(const struct network_leak *leak)
{
    const struct network_side *side = &leak->verdict.sides[NETWORK_INGRESS];
    if (side->peer)
        return side->peer;
    return side->rule ? (const void *)side->rule : leak->to->namespace;
}

static bool is_noted(const struct network_leak_list *leaks, const struct network_leak *leak)
{
    for (size_t i = 0; i < leaks->count; i++) {
        if (cause_of(&leaks->items[i]) == cause_of(leak))
            return true;
    }
    return false;
}

/* False when the destination's policies let the source in on no port: most pairs, told apart sooner
 * than by asking both sides. */
static bool may_be_let_in(const struct network_pod *from, const struct network_pod *to)
{
    struct network_ports ports = network_ports(to);
    bool found = false;
    for (size_t i = 0; i < ports.count && !found; i++)
        found = network_side_of(to, from, NETWORK_INGRESS, &ports.items[i]).truth == NETWORK_YES;
    return found;
}

struct network_leak_list network_leaks(struct arena *arena, const struct network *network,
                                       bool (*are_apart)(const void *context,
                                                         const struct network_pod *from,
                                                         const struct network_pod *to),
                                       const void *context)
{
    struct network_leak_list leaks = {0};
    size_t count = network->pods.count;
    for (size_t i = 0; i < count * count; i++) {
        struct network_leak leak = {
            .from = network->pods.items[i % count],
            .to = network->pods.items[i / count],
        };
        if (!are_apart(context, leak.from, leak.to) || !may_be_let_in(leak.from, leak.to))
            continue;
        leak.verdict = network_connect_any(leak.from, leak.to);
        if (leak.verdict.truth == NETWORK_YES && !is_public(&leak.verdict.sides[NETWORK_INGRESS]) &&
            !is_noted(&leaks, &leak))
            vector_push(arena, &leaks, leak);
    }
    return leaks;
}
