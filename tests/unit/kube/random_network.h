#ifndef BULKHEAD_TESTS_RANDOM_NETWORK_H
#define BULKHEAD_TESTS_RANDOM_NETWORK_H

#include "base/base.h"

#include "network_definition.h"

/* Draws networks, the same for the same seed, and writes them as objects of Kubernetes. */

static int draw(uint64_t *seed, int below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (int)(*seed >> 33) % below;
}

static struct drawn_labels draw_labels(uint64_t *seed, int most)
{
    struct drawn_labels labels = {0};
    for (int key = 0; key < KEYS; key++)
        labels.values[key] = draw(seed, 3) < most ? 1 + draw(seed, 2) : 0;
    return labels;
}

static struct drawn_selector draw_selector(uint64_t *seed)
{
    struct drawn_selector selector = {0};
    if (draw(seed, 2))
        selector.labels.values[draw(seed, KEYS)] = 1 + draw(seed, 2);
    selector.expression_count = draw(seed, 4) ? 0 : 1 + draw(seed, 2);
    for (int i = 0; i < selector.expression_count; i++) {
        struct drawn_expression *expression = &selector.expressions[i];
        expression->key = draw(seed, KEYS);
        expression->test = (enum drawn_test)draw(seed, 4);
        expression->values[0] = 1 + draw(seed, 2);
        expression->values[1] = 1 + draw(seed, 3);
    }
    return selector;
}

static struct drawn_rule draw_rule(uint64_t *seed)
{
    struct drawn_rule rule = {.peer_count = draw(seed, MOST), .port_count = draw(seed, MOST)};
    for (int i = 0; i < rule.peer_count; i++) {
        struct drawn_peer *peer = &rule.peers[i];
        int form = draw(seed, 7);
        peer->has_pods = form != 0 && form % 3 != 1;
        peer->has_namespaces = form != 0 && form % 3 != 2;
        peer->pods = draw_selector(seed);
        peer->namespaces = draw_selector(seed);
    }
    for (int i = 0; i < rule.port_count; i++) {
        struct drawn_port *port = &rule.ports[i];
        port->protocol = draw(seed, PROTOCOLS + 1) - 1;
        int form = draw(seed, 4);
        port->number = form == 0 ? 0 : FIRST_PORT + draw(seed, PORTS);
        if (form == 1)
            port->number = -1 - draw(seed, PORTS);
        if (form == 2)
            port->end = port->number + draw(seed, 2);
    }
    return rule;
}

static struct drawn_policy draw_policy(uint64_t *seed)
{
    struct drawn_policy policy = {
        .namespace = draw(seed, NAMESPACES),
        .selector = draw_selector(seed),
        .writes_types = draw(seed, 2),
    };
    int types = 1 + draw(seed, 3);
    policy.names_ingress = types & 1;
    policy.names_egress = types & 2;
    for (int d = 0; d < 2; d++) {
        policy.rule_counts[d] = draw(seed, MOST);
        for (int i = 0; i < policy.rule_counts[d]; i++)
            policy.rules[d][i] = draw_rule(seed);
    }
    return policy;
}

static struct drawn_network draw_network(uint64_t *seed)
{
    struct drawn_network network = {.policy_count = draw(seed, POLICIES + 1)};
    for (int i = 0; i < NAMESPACES; i++) {
        network.namespaces[i] = draw_labels(seed, 2);
        network.namespaces[i].values[KEYS - 1] = i + 1; /* its name */
    }
    for (int i = 0; i < PODS; i++) {
        network.pods[i] = (struct drawn_pod){draw(seed, NAMESPACES), draw_labels(seed, 2), {0}};
        for (int k = 0; k < PORTS; k++)
            network.pods[i].named[k] = draw(seed, PROTOCOLS + 1) - 1;
    }
    for (int i = 0; i < network.policy_count; i++)
        network.policies[i] = draw_policy(seed);
    return network;
}

/* --- as objects --- */

static const char *label_key(int key, bool is_namespace)
{
    static const char *const keys[KEYS] = {"app", "shop.example/tier", "team"};
    return is_namespace && key == KEYS - 1 ? "kubernetes.io/metadata.name" : keys[key];
}

static void write_labels(struct text *out, const struct drawn_labels *labels, bool is_namespace)
{
    text_add_char(out, '{');
    for (int key = 0; key < KEYS; key++) {
        if (labels->values[key])
            text_format(out, "\"%s\": v%d, ", label_key(key, is_namespace), labels->values[key]);
    }
    text_add_char(out, '}');
}

static void write_selector(struct text *out, const struct drawn_selector *selector,
                           bool is_namespace)
{
    static const char *const tests[] = {"In", "NotIn", "Exists", "DoesNotExist"};
    text_add_c(out, "{matchLabels: ");
    write_labels(out, &selector->labels, is_namespace);
    text_add_c(out, ", matchExpressions: [");
    for (int i = 0; i < selector->expression_count; i++) {
        const struct drawn_expression *expression = &selector->expressions[i];
        text_format(out, "{key: \"%s\", operator: %s", label_key(expression->key, is_namespace),
                    tests[expression->test]);
        if (expression->test <= DRAWN_NOT_IN)
            text_format(out, ", values: [v%d, v%d]", expression->values[0], expression->values[1]);
        text_add_c(out, "}, ");
    }
    text_add_c(out, "]}");
}

static void write_port(struct text *out, const struct drawn_port *port)
{
    static const char *const protocols[] = {"TCP", "UDP"};
    text_add_char(out, '{');
    if (port->protocol >= 0)
        text_format(out, "protocol: %s, ", protocols[port->protocol]);
    if (port->number > 0)
        text_format(out, "port: %d, ", port->number);
    if (port->number < 0)
        text_format(out, "port: n%d, ", -port->number);
    if (port->end)
        text_format(out, "endPort: %d, ", port->end);
    text_add_c(out, "}, ");
}

static void write_rule(struct text *out, const struct drawn_rule *rule, const char *peers)
{
    text_format(out, "    - {%s: [", peers);
    for (int i = 0; i < rule->peer_count; i++) {
        const struct drawn_peer *peer = &rule->peers[i];
        text_add_char(out, '{');
        if (peer->has_pods) {
            text_add_c(out, "podSelector: ");
            write_selector(out, &peer->pods, false);
            text_add_c(out, ", ");
        }
        if (peer->has_namespaces) {
            text_add_c(out, "namespaceSelector: ");
            write_selector(out, &peer->namespaces, true);
        }
        if (!peer->has_pods && !peer->has_namespaces)
            text_add_c(out, "ipBlock: {cidr: 203.0.113.0/24}");
        text_add_c(out, "}, ");
    }
    text_add_c(out, "], ports: [");
    for (int i = 0; i < rule->port_count; i++)
        write_port(out, &rule->ports[i]);
    text_add_c(out, "]}\n");
}

static void write_policy(struct text *out, const struct drawn_policy *policy, int number)
{
    static const char *const sections[] = {"ingress", "egress"};
    static const char *const peers[] = {"from", "to"};
    text_format(out,
                "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
                "metadata: {name: p%d, namespace: v%d}\nspec:\n  podSelector: ",
                number, policy->namespace + 1);
    write_selector(out, &policy->selector, false);
    if (policy->writes_types)
        text_format(out, "\n  policyTypes: [%s%s]", policy->names_ingress ? "Ingress, " : "",
                    policy->names_egress ? "Egress" : "");
    for (int d = 0; d < 2; d++) {
        text_format(out, "\n  %s:\n", sections[d]);
        for (int i = 0; i < policy->rule_counts[d]; i++)
            write_rule(out, &policy->rules[d][i], peers[d]);
    }
}

/* --- the same policies as Calico writes them --- */

static void write_expression(struct text *out, const struct drawn_expression *expression,
                             bool is_namespace)
{
    const char *key = label_key(expression->key, is_namespace);
    const char *prefix = expression->test == DRAWN_NOT_EXISTS ? "!" : "";
    if (expression->test <= DRAWN_NOT_IN)
        text_format(out, " && %s %s {'v%d', 'v%d'}", key,
                    expression->test == DRAWN_IN ? "in" : "not in", expression->values[0],
                    expression->values[1]);
    else
        text_format(out, " && %shas(%s)", prefix, key);
}

static void write_calico_selector(struct text *out, const struct drawn_selector *selector,
                                  bool is_namespace)
{
    text_add_c(out, "\"all()");
    for (int key = 0; key < KEYS; key++) {
        if (selector->labels.values[key])
            text_format(out, " && %s == 'v%d'", label_key(key, is_namespace),
                        selector->labels.values[key]);
    }
    for (int i = 0; i < selector->expression_count; i++)
        write_expression(out, &selector->expressions[i], is_namespace);
    text_add_c(out, "\"");
}

static void write_calico_peer(struct text *out, const struct drawn_peer *peer)
{
    if (peer->has_pods) {
        text_add_c(out, "selector: ");
        write_calico_selector(out, &peer->pods, false);
        text_add_c(out, ", ");
    }
    if (peer->has_namespaces) {
        text_add_c(out, "namespaceSelector: ");
        write_calico_selector(out, &peer->namespaces, true);
        text_add_c(out, ", ");
    }
}

static void write_calico_port(struct text *out, const struct drawn_port *port)
{
    if (port->number > 0 && port->end)
        text_format(out, "ports: ['%d:%d']", port->number, port->end);
    else if (port->number > 0)
        text_format(out, "ports: [%d]", port->number);
    else if (port->number < 0)
        text_format(out, "ports: [n%d]", -port->number);
}

/* One rule for a peer and a port; NULL for any. */
static void write_calico_rule(struct text *out, const struct drawn_peer *peer,
                              const struct drawn_port *port, int direction)
{
    static const char *const protocols[] = {"TCP", "UDP"};
    text_add_c(out, "    - {action: Allow, ");
    if (port)
        text_format(out, "protocol: %s, ", protocols[port->protocol > 0]);
    if (peer && !direction) {
        text_add_c(out, "source: {");
        write_calico_peer(out, peer);
        text_add_c(out, "}, ");
    }
    text_add_c(out, "destination: {");
    if (peer && direction)
        write_calico_peer(out, peer);
    if (port)
        write_calico_port(out, port);
    text_add_c(out, "}}\n");
}

/* Rules of Calico have one peer and one protocol; blocks of addresses are left out: no pod is in
 * them. */
static void write_calico_rules(struct text *out, const struct drawn_rule *rule, int direction)
{
    for (int i = 0; i < rule->peer_count || (i == 0 && !rule->peer_count); i++) {
        const struct drawn_peer *peer = rule->peer_count ? &rule->peers[i] : NULL;
        if (peer && !peer->has_pods && !peer->has_namespaces)
            continue;
        for (int k = 0; k < rule->port_count || (k == 0 && !rule->port_count); k++)
            write_calico_rule(out, peer, rule->port_count ? &rule->ports[k] : NULL, direction);
    }
}

static void write_calico_policy(struct text *out, const struct drawn_policy *policy, int number)
{
    static const char *const sections[] = {"ingress", "egress"};
    bool is_egress = policy->writes_types ? policy->names_egress : policy->rule_counts[1] > 0;
    bool is_ingress = !policy->writes_types || policy->names_ingress;
    text_format(out,
                "---\napiVersion: projectcalico.org/v3\nkind: NetworkPolicy\n"
                "metadata: {name: p%d, namespace: v%d}\nspec:\n  order: %d\n  selector: ",
                number, policy->namespace + 1, 10 * number);
    write_calico_selector(out, &policy->selector, false);
    text_format(out, "\n  types: [%s%s]", is_ingress ? "Ingress, " : "", is_egress ? "Egress" : "");
    for (int d = 0; d < 2; d++) {
        text_format(out, "\n  %s:\n", sections[d]);
        for (int i = 0; i < policy->rule_counts[d]; i++)
            write_calico_rules(out, &policy->rules[d][i], d);
    }
}

static void write_pod(struct text *out, const struct drawn_pod *pod, int number)
{
    static const char *const protocols[] = {"TCP", "UDP"};
    text_format(
        out,
        "---\napiVersion: apps/v1\nkind: Deployment\n"
        "metadata: {name: d%d, namespace: v%d}\nspec:\n  template:\n    metadata: {labels: ",
        number, pod->namespace + 1);
    write_labels(out, &pod->labels, false);
    text_add_c(out, "}\n    spec:\n      containers:\n        - {name: c, ports: [");
    for (int i = 0; i < PORTS; i++) {
        if (pod->named[i] >= 0)
            text_format(out, "{name: n%d, containerPort: %d, protocol: %s}, ", i + 1,
                        FIRST_PORT + i, protocols[pod->named[i]]);
    }
    text_add_c(out, "]}\n");
}

/* With `calico` every second policy is one of Calico. */
static struct str write_network(struct arena *arena, const struct drawn_network *network,
                                bool calico)
{
    struct text out = {.arena = arena};
    for (int i = 0; i < NAMESPACES; i++) {
        text_format(
            &out,
            "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: v%d\n  labels: ", i + 1);
        write_labels(&out, &network->namespaces[i], true);
        text_add_char(&out, '\n');
    }
    for (int i = 0; i < PODS; i++)
        write_pod(&out, &network->pods[i], i);
    for (int i = 0; i < network->policy_count; i++) {
        if (calico && i % 2 == 0)
            write_calico_policy(&out, &network->policies[i], i);
        else
            write_policy(&out, &network->policies[i], i);
    }
    return text_str(&out);
}

#endif
