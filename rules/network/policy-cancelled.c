#include "engine/engine.h"

/* Two policies of one namespace in one direction, and what was seen of them. */
struct pair {
    const struct network_policy *narrow, *wide;
    enum network_direction direction;
    const struct network_rule *wider; /* that allows more than the narrow policy */
    bool allows;                      /* the narrow policy allows something */
};

/* False when the narrow policy allows something that the wide one does not, or it is not known. */
static bool compare(struct pair *pair, const struct network_pod *subject,
                    const struct network_pod *peer, const struct network_port *port)
{
    const struct network_rule *rule;
    enum network_truth narrow =
        network_policy_allows(pair->narrow, subject, peer, pair->direction, port, &rule);
    enum network_truth wide =
        network_policy_allows(pair->wide, subject, peer, pair->direction, port, &rule);
    if (narrow == NETWORK_MAYBE || wide < narrow)
        return false;
    pair->allows = pair->allows || narrow == NETWORK_YES;
    if (wide == NETWORK_YES && narrow == NETWORK_NO && !pair->wider)
        pair->wider = rule;
    return true;
}

static bool compare_pods(struct pair *pair, const struct network_pod *subject,
                         const struct network_pod *peer)
{
    const struct network_pod *destination = pair->direction == NETWORK_INGRESS ? subject : peer;
    struct network_ports ports = network_ports(destination);
    for (size_t i = 0; i < ports.count; i++) {
        if (!compare(pair, subject, peer, &ports.items[i]))
            return false;
    }
    return true;
}

static bool compare_subject(struct pass *pass, struct pair *pair, const struct network_pod *subject)
{
    const struct network *network = pass_network(pass);
    for (size_t i = 0; i < network->pods.count; i++) {
        const struct network_pod *peer = network->pods.items[i];
        if (str_equal(peer->namespace->cluster, subject->namespace->cluster) &&
            !compare_pods(pair, subject, peer))
            return false;
    }
    return true;
}

static bool names_ports(const struct network_policy *policy, enum network_direction direction)
{
    bool names = false;
    for (size_t i = 0; i < policy->rules[direction].count; i++)
        names = names || policy->rules[direction].items[i].ports.count;
    return names;
}

/* True when the policies say the same of all pods that both select: only the ports that rules about
 * ingress name are those of the pod itself. */
static bool is_same_for_all(const struct pair *pair)
{
    return pair->direction == NETWORK_EGRESS || (!names_ports(pair->narrow, pair->direction) &&
                                                 !names_ports(pair->wide, pair->direction));
}

static bool is_somebody(const struct network *network, const struct network_policy *policy,
                        const struct network_peer *peer)
{
    for (size_t i = 0; i < network->pods.count; i++) {
        if (network_peer_matches(policy, peer, network->pods.items[i]) == NETWORK_YES)
            return true;
    }
    return false;
}

/* True when all whom its rules name are pods that are known, so that none of what it allows is
 * overlooked. */
static bool is_about_known_pods(const struct network *network, const struct network_policy *policy,
                                enum network_direction direction)
{
    for (size_t i = 0; i < policy->rules[direction].count; i++) {
        const struct network_rule *rule = &policy->rules[direction].items[i];
        bool is_known = !rule->allows_any_peer;
        for (size_t k = 0; k < rule->peers.count; k++)
            is_known = is_known && is_somebody(network, policy, &rule->peers.items[k]);
        if (!is_known)
            return false;
    }
    return policy->rules[direction].count > 0;
}

static bool is_cancelled(struct pass *pass, struct pair *pair)
{
    const struct network *network = pass_network(pass);
    if (!is_about_known_pods(network, pair->narrow, pair->direction))
        return false;
    bool one_is_enough = is_same_for_all(pair);
    bool is_compared = false;
    for (size_t i = 0; i < network->pods.count; i++) {
        const struct network_pod *pod = network->pods.items[i];
        if (pod->namespace != pair->narrow->namespace)
            continue;
        enum network_truth selected = network_policy_selects(pair->narrow, pod);
        if (selected == NETWORK_NO)
            continue;
        if (selected == NETWORK_MAYBE || network_policy_selects(pair->wide, pod) != NETWORK_YES)
            return false;
        if (!(one_is_enough && is_compared) && !compare_subject(pass, pair, pod))
            return false;
        is_compared = true;
    }
    return pair->allows && pair->wider;
}

static void check_policy(struct pass *pass, const struct network_policy *wide,
                         enum network_direction direction)
{
    const struct network_policy_list *all = &wide->namespace->policies;
    struct report *report = NULL;
    for (size_t i = 0; i < all->count; i++) {
        struct pair pair = {all->items[i], wide, direction, NULL, false};
        bool is_pair =
            pair.narrow != wide && !pair.narrow->is_unknown && pair.narrow->isolates[direction];
        if (!is_pair || !is_cancelled(pass, &pair))
            continue;
        if (!report) {
            report = pass_report_structure(pass, wide->object, pair.wider->path, "message");
            report_argument(report, "wide", object_title(pass_arena(pass), wide->object));
            report_argument(report, "narrow", object_title(pass_arena(pass), pair.narrow->object));
            report_argument(report, "direction",
                            direction == NETWORK_INGRESS ? STR("ingress") : STR("egress"));
        }
        struct cause cause = pass_cause(pass, pair.narrow->object, STR("metadata.name"));
        struct span span = cause_span(&cause);
        if (span.file)
            report_related(report, span, "NetworkPolicy %.*s allows less and adds nothing",
                           STR_ARG(pair.narrow->object->name));
    }
}

static void check(struct pass *pass)
{
    const struct network *network = pass_network(pass);
    for (size_t i = 0; i < network->policies.count; i++) {
        const struct network_policy *policy = network->policies.items[i];
        for (int d = 0; d < NETWORK_DIRECTIONS; d++) {
            if (policy->namespace && !policy->is_unknown && policy->isolates[d])
                check_policy(pass, policy, (enum network_direction)d);
        }
    }
}

const struct rule_code rule_network_policy_cancelled = {.repository = check, .uses_objects = true};
