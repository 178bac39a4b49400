#ifndef BULKHEAD_TESTS_NETWORK_DEFINITION_H
#define BULKHEAD_TESTS_NETWORK_DEFINITION_H

#include <stdbool.h>

/* NetworkPolicies as the documentation of Kubernetes defines them, in the most literal way, to hold
 * the evaluation of src/kube against: bulkhead's code is not used, and nothing is quick. */

enum { KEYS = 3, PODS = 6, NAMESPACES = 3, POLICIES = 4, MOST = 3, PORTS = 3, PROTOCOLS = 2 };

/* The value of each key of labels, from 1; 0: the key is not there. */
struct drawn_labels {
    int values[KEYS];
};
enum drawn_test { DRAWN_IN, DRAWN_NOT_IN, DRAWN_EXISTS, DRAWN_NOT_EXISTS };
struct drawn_expression {
    int key;
    enum drawn_test test;
    int values[2];
};
struct drawn_selector {
    struct drawn_labels labels; /* matchLabels */
    int expression_count;
    struct drawn_expression expressions[MOST];
};
struct drawn_peer {
    bool has_pods, has_namespaces; /* neither: a block of public addresses */
    struct drawn_selector pods, namespaces;
};
struct drawn_port {
    int protocol; /* -1: not written */
    int number;   /* 0: not written; below 0: the name -number */
    int end;      /* 0: not written */
};
struct drawn_rule {
    int peer_count, port_count;
    struct drawn_peer peers[MOST];
    struct drawn_port ports[MOST];
};
struct drawn_policy {
    int namespace;
    struct drawn_selector selector;
    bool writes_types, names_ingress, names_egress;
    int rule_counts[2]; /* ingress, egress */
    struct drawn_rule rules[2][MOST];
};
struct drawn_pod {
    int namespace;
    struct drawn_labels labels;
    int named[PORTS]; /* protocol of the port FIRST_PORT + i that is named "n<i+1>"; -1: none */
};
struct drawn_network {
    struct drawn_labels namespaces[NAMESPACES];
    struct drawn_pod pods[PODS];
    int policy_count;
    struct drawn_policy policies[POLICIES];
};
enum { FIRST_PORT = 80 };

static bool fits_expression(const struct drawn_expression *expression,
                            const struct drawn_labels *labels)
{
    int value = labels->values[expression->key];
    switch (expression->test) {
    case DRAWN_IN:
        return value && (value == expression->values[0] || value == expression->values[1]);
    case DRAWN_NOT_IN:
        return value != expression->values[0] && value != expression->values[1];
    case DRAWN_EXISTS:
        return value;
    case DRAWN_NOT_EXISTS:
        return !value;
    }
    return false;
}

static bool fits(const struct drawn_selector *selector, const struct drawn_labels *labels)
{
    for (int key = 0; key < KEYS; key++) {
        if (selector->labels.values[key] && selector->labels.values[key] != labels->values[key])
            return false;
    }
    for (int i = 0; i < selector->expression_count; i++) {
        if (!fits_expression(&selector->expressions[i], labels))
            return false;
    }
    return true;
}

static bool applies(const struct drawn_policy *policy, const struct drawn_pod *pod)
{
    return policy->namespace == pod->namespace && fits(&policy->selector, &pod->labels);
}

/* "If no policyTypes are specified on a NetworkPolicy then by default Ingress will always be set
 * and Egress will be set if the NetworkPolicy has any egress rules." */
static bool is_of_type(const struct drawn_policy *policy, int direction)
{
    if (policy->writes_types)
        return direction ? policy->names_egress : policy->names_ingress;
    return direction ? policy->rule_counts[1] > 0 : true;
}

static bool names_peer(const struct drawn_network *network, const struct drawn_policy *policy,
                       const struct drawn_peer *peer, const struct drawn_pod *pod)
{
    if (!peer->has_pods && !peer->has_namespaces)
        return false;
    bool is_namespace = peer->has_namespaces
                            ? fits(&peer->namespaces, &network->namespaces[pod->namespace])
                            : pod->namespace == policy->namespace;
    return is_namespace && (!peer->has_pods || fits(&peer->pods, &pod->labels));
}

static bool names_port(const struct drawn_port *allowed, const struct drawn_pod *destination,
                       int protocol, int port)
{
    if ((allowed->protocol < 0 ? 0 : allowed->protocol) != protocol)
        return false;
    if (allowed->number == 0)
        return true;
    if (allowed->number < 0) {
        int index = -allowed->number - 1;
        return destination->named[index] == protocol && FIRST_PORT + index == port;
    }
    return allowed->end ? allowed->number <= port && port <= allowed->end : allowed->number == port;
}

static bool rule_allows(const struct drawn_network *network, const struct drawn_policy *policy,
                        const struct drawn_rule *rule, const struct drawn_pod *peer,
                        const struct drawn_pod *destination, int protocol, int port)
{
    bool is_peer = rule->peer_count == 0;
    bool is_port = rule->port_count == 0;
    for (int i = 0; i < rule->peer_count; i++)
        is_peer = is_peer || names_peer(network, policy, &rule->peers[i], peer);
    for (int i = 0; i < rule->port_count; i++)
        is_port = is_port || names_port(&rule->ports[i], destination, protocol, port);
    return is_peer && is_port;
}

static bool side_allows(const struct drawn_network *network, int direction,
                        const struct drawn_pod *subject, const struct drawn_pod *peer, int protocol,
                        int port)
{
    const struct drawn_pod *destination = direction ? peer : subject;
    bool is_isolated = false;
    bool is_allowed = false;
    for (int i = 0; i < network->policy_count; i++) {
        const struct drawn_policy *policy = &network->policies[i];
        if (!applies(policy, subject) || !is_of_type(policy, direction))
            continue;
        is_isolated = true;
        for (int k = 0; k < policy->rule_counts[direction]; k++)
            is_allowed = is_allowed || rule_allows(network, policy, &policy->rules[direction][k],
                                                   peer, destination, protocol, port);
    }
    return !is_isolated || is_allowed;
}

/* Whether a pod can connect to a port of another. */
static bool definition_allows(const struct drawn_network *network, int from, int to, int protocol,
                              int port)
{
    const struct drawn_pod *source = &network->pods[from];
    const struct drawn_pod *destination = &network->pods[to];
    return side_allows(network, 1, source, destination, protocol, port) &&
           side_allows(network, 0, destination, source, protocol, port);
}

#endif
