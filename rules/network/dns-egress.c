#include "engine/engine.h"

enum { DNS_PORT = 53 };

/* What the policies of one pod let through to the cluster's DNS. */
struct seen {
    bool allows[NETWORK_OTHER + 1]; /* by protocol */
    bool is_unknown;
    const struct network_policy *policy; /* the first with rules of egress; NULL: none */
    const struct network_policy *udp_policy;
    const struct network_policy_port *udp; /* that names DNS over UDP; NULL: none does */
};

static bool names_dns(const struct network_policy_port *port, enum network_protocol protocol)
{
    bool is_dns =
        port->is_any || (!port->name.p && port->first <= DNS_PORT && DNS_PORT <= port->last);
    return port->protocol == protocol && is_dns;
}

/* True for a peer that may be kube-system, where the cluster's DNS is. */
static bool may_be_dns(struct pass *pass, const struct network_peer *peer)
{
    struct str name = STR("kube-system");
    struct network_labels labels = {.is_open = true};
    map_put(pass_arena(pass), &labels.texts, STR("kubernetes.io/metadata.name"), &name);
    if (peer->is_block)
        return peer->block != NETWORK_NO;
    return peer->namespaces && network_selects(peer->namespaces, &labels) != NETWORK_NO;
}

static void see_rule(struct pass *pass, struct seen *seen, const struct network_policy *policy,
                     const struct network_rule *rule)
{
    bool may_be = rule->allows_any_peer;
    for (size_t i = 0; i < rule->peers.count; i++)
        may_be = may_be || may_be_dns(pass, &rule->peers.items[i]);
    if (rule->allows_any_port && may_be) {
        seen->allows[NETWORK_TCP] = true;
        seen->allows[NETWORK_UDP] = true;
    }
    for (size_t i = 0; i < rule->ports.count; i++) {
        const struct network_policy_port *port = &rule->ports.items[i];
        /* A port by name may be that of DNS, and who writes 53 means DNS wherever it is. */
        seen->is_unknown = seen->is_unknown || (port->name.p && may_be);
        for (int p = NETWORK_TCP; p <= NETWORK_UDP; p++)
            seen->allows[p] = seen->allows[p] || (names_dns(port, (enum network_protocol)p) &&
                                                  (may_be || !port->is_any));
        if (!seen->udp && names_dns(port, NETWORK_UDP)) {
            seen->udp = port;
            seen->udp_policy = policy;
        }
    }
}

static struct seen look_at(struct pass *pass, const struct network_pod *pod)
{
    struct seen seen = {.is_unknown = pod->is_on_host};
    for (size_t i = 0; i < pod->namespace->policies.count; i++) {
        const struct network_policy *policy = pod->namespace->policies.items[i];
        enum network_truth selects = network_policy_selects(policy, pod);
        if (selects == NETWORK_NO || !policy->isolates[NETWORK_EGRESS])
            continue;
        seen.is_unknown = seen.is_unknown || selects == NETWORK_MAYBE || policy->is_unknown;
        for (size_t k = 0; k < policy->rules[NETWORK_EGRESS].count; k++)
            see_rule(pass, &seen, policy, &policy->rules[NETWORK_EGRESS].items[k]);
        if (!seen.policy && policy->rules[NETWORK_EGRESS].count)
            seen.policy = policy;
    }
    return seen;
}

static void check_pod(struct pass *pass, const struct network_pod *pod)
{
    struct seen seen = look_at(pass, pod);
    bool has_no_tcp = seen.udp && !seen.allows[NETWORK_TCP];
    bool has_none = !seen.allows[NETWORK_UDP] && !seen.allows[NETWORK_TCP];
    if (seen.is_unknown || !seen.policy || (!has_no_tcp && !has_none))
        return;
    const struct network_policy *policy = has_no_tcp ? seen.udp_policy : seen.policy;
    struct report *report = pass_report_structure(pass, policy->object,
                                                  has_no_tcp ? seen.udp->path : STR("spec.egress"),
                                                  has_no_tcp ? "tcp" : "none");
    report_argument(report, "policy", object_title(pass_arena(pass), policy->object));
    report_argument(report, "workload", pod->title);
}

static void check(struct pass *pass)
{
    const struct network *network = pass_network(pass);
    for (size_t i = 0; i < network->pods.count; i++)
        check_pod(pass, network->pods.items[i]);
}

const struct rule_code rule_network_dns_egress = {.repository = check, .uses_objects = true};
