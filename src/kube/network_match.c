#include "network.h"

/* Selectors and rules against pods, and what follows for a connection. */

static enum network_truth least(enum network_truth a, enum network_truth b)
{
    return a < b ? a : b;
}

static enum network_truth greatest(enum network_truth a, enum network_truth b)
{
    return a > b ? a : b;
}

static enum network_truth not(enum network_truth truth) {
    return (enum network_truth)(NETWORK_YES - truth);
}

static enum network_truth truth_of(bool is_true)
{
    return is_true ? NETWORK_YES : NETWORK_NO;
}

/* Labels that the controllers of Kubernetes give to pods. */
static bool is_given_by_controllers(struct str key)
{
    static const char *const keys[] = {
        "pod-template-hash",
        "controller-revision-hash",
        "controller-uid",
        "job-name",
        "statefulset.kubernetes.io/pod-name",
        "apps.kubernetes.io/pod-index",
        "batch.kubernetes.io/job-name",
        "batch.kubernetes.io/controller-uid",
        "batch.kubernetes.io/job-completion-index",
    };
    return STR_IS_ONE_OF(key, keys);
}

static enum network_truth meets(const struct network_requirement *requirement,
                                const struct network_labels *labels)
{
    const struct str *text = map_get(&labels->texts, requirement->key);
    bool is_negative =
        requirement->test == NETWORK_NOT_IN || requirement->test == NETWORK_NOT_EXISTS;
    if (!text && (labels->is_open || is_given_by_controllers(requirement->key)))
        return NETWORK_MAYBE;
    bool is_listed = requirement->test == NETWORK_EXISTS ||
                     requirement->test == NETWORK_NOT_EXISTS ||
                     (text && str_list_has(&requirement->values, *text));
    return truth_of((text && is_listed) != is_negative);
}

enum network_truth network_selects(const struct network_selector *selector,
                                   const struct network_labels *labels)
{
    enum network_truth truth = selector->is_unknown ? NETWORK_MAYBE : NETWORK_YES;
    for (size_t i = 0; i < selector->count && truth != NETWORK_NO; i++)
        truth = least(truth, meets(&selector->items[i], labels));
    return truth;
}

enum network_truth network_policy_selects(const struct network_policy *policy,
                                          const struct network_pod *pod)
{
    return network_selects(&policy->selector, &pod->labels);
}

enum network_truth network_peer_matches(const struct network_policy *policy,
                                        const struct network_peer *peer,
                                        const struct network_pod *pod)
{
    if (peer->is_block)
        return peer->block;
    enum network_truth truth = pod->is_on_host ? NETWORK_MAYBE : NETWORK_YES;
    if (peer->namespaces)
        truth = least(truth, network_selects(peer->namespaces, &pod->namespace->labels));
    else
        truth = least(truth, truth_of(pod->namespace == policy->namespace));
    if (peer->pods && truth != NETWORK_NO)
        truth = least(truth, network_selects(peer->pods, &pod->labels));
    return truth;
}

enum network_truth network_port_matches(const struct network_policy_port *allowed,
                                        const struct network_pod *destination,
                                        const struct network_port *port)
{
    if (allowed->protocol != port->protocol)
        return NETWORK_NO;
    if (allowed->is_any)
        return NETWORK_YES;
    if (!allowed->name.p && !port->number)
        return NETWORK_MAYBE;
    if (!allowed->name.p)
        return truth_of(allowed->first <= port->number && port->number <= allowed->last);
    for (size_t i = 0; i < destination->ports.count; i++) {
        const struct network_port *own = &destination->ports.items[i];
        if (!str_equal(own->name, allowed->name) || own->protocol != port->protocol)
            continue;
        return port->number ? truth_of(own->number == port->number) : NETWORK_MAYBE;
    }
    return destination->has_more_ports ? NETWORK_MAYBE : NETWORK_NO;
}

/* --- a side --- */

struct question {
    const struct network_pod *peer, *destination;
    const struct network_port *port;
};

static enum network_truth lets_port(const struct network_rule *rule, const struct question *asked)
{
    enum network_truth truth = truth_of(rule->allows_any_port);
    for (size_t i = 0; i < rule->ports.count && truth != NETWORK_YES; i++)
        truth = greatest(
            truth, network_port_matches(&rule->ports.items[i], asked->destination, asked->port));
    return truth;
}

/* Notes the rule in the side when it lets more through than what is noted there. */
static void try_rule(struct network_side *side, enum network_truth selects,
                     const struct network_policy *policy, const struct network_rule *rule,
                     const struct question *asked)
{
    enum network_truth allowed = side->rule ? side->truth : NETWORK_NO;
    enum network_truth most = least(selects, lets_port(rule, asked));
    size_t count = rule->allows_any_peer ? 1 : rule->peers.count;
    for (size_t i = 0; i < count && most > allowed; i++) {
        const struct network_peer *peer = rule->allows_any_peer ? NULL : &rule->peers.items[i];
        enum network_truth truth =
            peer ? least(most, network_peer_matches(policy, peer, asked->peer)) : most;
        if (truth <= allowed)
            continue;
        allowed = truth;
        side->truth = truth;
        side->policy = policy;
        side->rule = rule;
        side->peer = peer;
    }
}

enum network_truth
network_policy_allows(const struct network_policy *policy, const struct network_pod *subject,
                      const struct network_pod *peer, enum network_direction direction,
                      const struct network_port *port, const struct network_rule **ret_rule)
{
    struct network_side side = {.truth = NETWORK_NO};
    struct question asked = {peer, direction == NETWORK_INGRESS ? subject : peer, port};
    for (size_t i = 0; i < policy->rules[direction].count; i++)
        try_rule(&side, NETWORK_YES, policy, &policy->rules[direction].items[i], &asked);
    *ret_rule = side.rule;
    return policy->is_unknown ? NETWORK_MAYBE : side.truth;
}

struct network_side network_side_of(const struct network_pod *subject,
                                    const struct network_pod *peer,
                                    enum network_direction direction,
                                    const struct network_port *port)
{
    struct network_side side = {.truth = NETWORK_NO};
    struct question asked = {peer, direction == NETWORK_INGRESS ? subject : peer, port};
    bool is_unknown = subject->is_on_host;
    for (size_t i = 0; i < subject->namespace->policies.count; i++) {
        const struct network_policy *policy = subject->namespace->policies.items[i];
        enum network_truth selects = network_policy_selects(policy, subject);
        if (selects == NETWORK_NO || !policy->isolates[direction])
            continue;
        side.isolated = greatest(side.isolated, selects);
        is_unknown = is_unknown || policy->is_unknown;
        if (!side.policy)
            side.policy = policy;
        for (size_t k = 0; k < policy->rules[direction].count; k++)
            try_rule(&side, selects, policy, &policy->rules[direction].items[k], &asked);
    }
    side.truth = is_unknown ? NETWORK_MAYBE : greatest(side.truth, not(side.isolated));
    return side;
}

/* --- a connection --- */

struct network_verdict network_connect(const struct network_pod *from, const struct network_pod *to,
                                       const struct network_port *port)
{
    struct network_verdict verdict = {.truth = NETWORK_NO};
    if (!str_equal(from->namespace->cluster, to->namespace->cluster))
        return verdict;
    verdict.sides[NETWORK_INGRESS] = network_side_of(to, from, NETWORK_INGRESS, port);
    verdict.sides[NETWORK_EGRESS] = network_side_of(from, to, NETWORK_EGRESS, port);
    verdict.truth =
        least(verdict.sides[NETWORK_INGRESS].truth, verdict.sides[NETWORK_EGRESS].truth);
    return verdict;
}

struct network_ports network_ports(const struct network_pod *pod)
{
    static const struct network_port any = {.protocol = NETWORK_TCP};
    if (!pod->ports.count)
        return (struct network_ports){&any, 1};
    return (struct network_ports){pod->ports.items, pod->ports.count};
}

struct network_verdict network_connect_any(const struct network_pod *from,
                                           const struct network_pod *to)
{
    static const struct network_port unknown = {.protocol = NETWORK_TCP};
    if (!to->ports.count)
        return network_connect(from, to, &unknown);
    struct network_verdict best = network_connect(from, to, &to->ports.items[0]);
    for (size_t i = 1; i < to->ports.count && best.truth != NETWORK_YES; i++) {
        struct network_verdict verdict = network_connect(from, to, &to->ports.items[i]);
        if (verdict.truth > best.truth)
            best = verdict;
    }
    return best;
}

/* --- addresses --- */

/* "10.0.0.0/8": the first and last address; false when it is no block of IPv4. */
static bool read_block(struct str cidr, uint32_t *ret_first, uint32_t *ret_last)
{
    struct str rest = cidr;
    struct str address = str_cut(&rest, '/');
    uint64_t bits = 32;
    if (rest.p && (!parse_go_uint(rest, 10, &bits) || bits > 32))
        return false;
    uint32_t number = 0;
    size_t parts = 0;
    while (address.p) {
        uint64_t part;
        if (!parse_go_uint(str_cut(&address, '.'), 10, &part) || part > 255)
            return false;
        number = number << 8 | (uint32_t)part;
        parts++;
    }
    uint32_t mask = bits ? UINT32_MAX << (32 - bits) : 0;
    *ret_first = number & mask;
    *ret_last = *ret_first | ~mask;
    return parts == 4;
}

/* True when one of the blocks covers all of the addresses. */
static bool covers(const struct yaml_node *blocks, uint32_t first, uint32_t last)
{
    for (size_t i = 0; blocks && blocks->kind == YAML_LIST && i < blocks->list.count; i++) {
        uint32_t from, to;
        struct str text = yaml_text(blocks->list.items[i]);
        if (text.p && read_block(text, &from, &to) && from <= first && last <= to)
            return true;
    }
    return false;
}

enum network_truth network_block_has_pods(struct str cidr, const struct yaml_node *except)
{
    static const struct {
        uint32_t first, last;
    } private_networks[] = {
        {0x0A000000, 0x0AFFFFFF}, /* 10.0.0.0/8 */
        {0xAC100000, 0xAC1FFFFF}, /* 172.16.0.0/12 */
        {0xC0A80000, 0xC0A8FFFF}, /* 192.168.0.0/16 */
    };
    uint32_t first, last;
    if (!read_block(cidr, &first, &last))
        return NETWORK_MAYBE;
    for (size_t i = 0; i < sizeof private_networks / sizeof *private_networks; i++) {
        uint32_t from = private_networks[i].first;
        uint32_t to = private_networks[i].last;
        bool is_apart = last < from || to < first;
        if (!is_apart && !covers(except, first > from ? first : from, last < to ? last : to))
            return NETWORK_MAYBE;
    }
    return NETWORK_NO;
}
