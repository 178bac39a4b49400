#include "network_policy.h"

/* Policies as objects: NetworkPolicy of Kubernetes, and which kinds there are. */

static bool is_list(const struct yaml_node *node)
{
    return node && node->kind == YAML_LIST;
}

/* --- selectors --- */

static void require_value(struct arena *arena, struct network_selector *selector, struct str key,
                          struct str value)
{
    struct network_requirement requirement = {key, NETWORK_IN, {0}};
    vector_push(arena, &requirement.values, value);
    vector_push(arena, selector, requirement);
}

static void require_labels(struct arena *arena, struct network_selector *selector,
                           const struct yaml_node *labels)
{
    for (size_t i = 0; labels && labels->kind == YAML_MAP && i < labels->map.count; i++) {
        struct str value = yaml_text(labels->map.entries[i].value);
        require_value(arena, selector, labels->map.entries[i].key, value.p ? value : STR(""));
    }
}

static bool read_test(struct str word, enum network_test *ret_test)
{
    static const char *const words[] = {"In", "NotIn", "Exists", "DoesNotExist"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *ret_test = (enum network_test)i;
        if (str_is(word, words[i]))
            return true;
    }
    return false;
}

static void require_expression(struct arena *arena, struct network_selector *selector,
                               const struct yaml_node *expression)
{
    struct network_requirement requirement = {.key = yaml_text(yaml_value(expression, "key"))};
    if (!requirement.key.p ||
        !read_test(yaml_text(yaml_value(expression, "operator")), &requirement.test)) {
        selector->is_unknown = true;
        return;
    }
    const struct yaml_node *values = yaml_value(expression, "values");
    for (size_t i = 0; is_list(values) && i < values->list.count; i++)
        vector_push(arena, &requirement.values, yaml_text(values->list.items[i]));
    vector_push(arena, selector, requirement);
}

struct network_selector network_selector_of_labels(struct arena *arena,
                                                   const struct yaml_node *labels)
{
    struct network_selector selector = {0};
    require_labels(arena, &selector, labels);
    return selector;
}

struct network_selector network_selector_read(struct arena *arena, const struct yaml_node *node)
{
    struct network_selector selector =
        network_selector_of_labels(arena, yaml_value(node, "matchLabels"));
    const struct yaml_node *expressions = yaml_value(node, "matchExpressions");
    for (size_t i = 0; is_list(expressions) && i < expressions->list.count; i++)
        require_expression(arena, &selector, expressions->list.items[i]);
    return selector;
}

static const struct network_selector *selector_at(struct arena *arena, const struct yaml_node *peer,
                                                  const char *key)
{
    const struct yaml_node *node = yaml_value(peer, key);
    if (!node || node->kind != YAML_MAP)
        return NULL;
    struct network_selector *selector = arena_make(arena, struct network_selector);
    *selector = network_selector_read(arena, node);
    return selector;
}

/* --- ports --- */

static const char *const protocols[] = {"TCP", "UDP", "SCTP"};

enum network_protocol network_protocol_read(const struct yaml_node *node)
{
    struct str text = yaml_text(node);
    for (size_t i = 0; text.n && i < sizeof protocols / sizeof *protocols; i++) {
        if (str_is(text, protocols[i]))
            return (enum network_protocol)i;
    }
    return text.n ? NETWORK_OTHER : NETWORK_TCP;
}

const char *network_protocol_name(enum network_protocol protocol)
{
    return protocol < NETWORK_OTHER ? protocols[protocol] : "other";
}

struct network_policy_port network_policy_port_read(const struct yaml_node *node, struct str path)
{
    const struct yaml_node *port = yaml_value(node, "port");
    const struct yaml_node *end = yaml_value(node, "endPort");
    struct network_policy_port read = {
        .protocol = network_protocol_read(yaml_value(node, "protocol")),
        .path = path,
    };
    uint64_t number = 0;
    if (!yaml_text(port).n) {
        read.is_any = true;
    } else if (parse_go_uint(yaml_text(port), 10, &number) && number <= UINT16_MAX) {
        read.first = (uint32_t)number;
        read.last = read.first;
    } else {
        read.name = yaml_text(port);
    }
    if (!read.name.p && parse_go_uint(yaml_text(end), 10, &number) && number <= UINT16_MAX)
        read.last = (uint32_t)number;
    return read;
}

/* --- rules --- */

static struct network_peer read_peer(struct arena *arena, const struct yaml_node *node,
                                     struct str path)
{
    const struct yaml_node *block = yaml_value(node, "ipBlock");
    struct network_peer peer = {
        .pods = selector_at(arena, node, "podSelector"),
        .namespaces = selector_at(arena, node, "namespaceSelector"),
        .path = path,
    };
    /* The API refuses a peer of nothing. */
    peer.is_block = block || (!peer.pods && !peer.namespaces);
    peer.block = NETWORK_MAYBE;
    if (block)
        peer.block = network_block_has_pods(yaml_text(yaml_value(block, "cidr")),
                                            yaml_value(block, "except"));
    return peer;
}

static struct network_rule read_rule(struct arena *arena, const struct yaml_node *node,
                                     const char *peers_key, struct str path)
{
    const struct yaml_node *peers = yaml_value(node, peers_key);
    const struct yaml_node *ports = yaml_value(node, "ports");
    struct network_rule rule = {.path = path};
    rule.allows_any_peer = !is_list(peers) || !peers->list.count;
    rule.allows_any_port = !is_list(ports) || !ports->list.count;
    struct str peers_path = values_path_key(arena, path, str_from_c(peers_key));
    for (size_t i = 0; !rule.allows_any_peer && i < peers->list.count; i++)
        vector_push(
            arena, &rule.peers,
            read_peer(arena, peers->list.items[i], values_path_index(arena, peers_path, i)));
    struct str ports_path = values_path_key(arena, path, STR("ports"));
    for (size_t i = 0; !rule.allows_any_port && i < ports->list.count; i++)
        vector_push(arena, &rule.ports,
                    network_policy_port_read(ports->list.items[i],
                                             values_path_index(arena, ports_path, i)));
    return rule;
}

static bool has_type(const struct yaml_node *types, const char *word)
{
    for (size_t i = 0; i < types->list.count; i++) {
        if (str_is(yaml_text(types->list.items[i]), word))
            return true;
    }
    return false;
}

/* Without types a policy is about ingress, and about egress when it has rules for that. */
static void read_types(struct network_policy *policy, const struct yaml_node *spec)
{
    const struct yaml_node *types = yaml_value(spec, "policyTypes");
    bool has_types = is_list(types) && types->list.count;
    const struct yaml_node *egress = yaml_value(spec, "egress");
    policy->isolates[NETWORK_INGRESS] = !has_types || has_type(types, "Ingress");
    policy->isolates[NETWORK_EGRESS] =
        has_types ? has_type(types, "Egress") : is_list(egress) && egress->list.count;
}

static void read_standard(struct arena *arena, struct network_policy *policy)
{
    static const struct {
        const char *rules, *peers;
    } sections[NETWORK_DIRECTIONS] = {{"ingress", "from"}, {"egress", "to"}};
    const struct yaml_node *spec = yaml_value(policy->object->root, "spec");
    policy->selector = network_selector_read(arena, yaml_value(spec, "podSelector"));
    read_types(policy, spec);
    for (size_t d = 0; d < NETWORK_DIRECTIONS; d++) {
        const struct yaml_node *rules = yaml_value(spec, sections[d].rules);
        struct str path = values_path_key(arena, STR("spec"), str_from_c(sections[d].rules));
        for (size_t i = 0; is_list(rules) && i < rules->list.count; i++)
            vector_push(arena, &policy->rules[d],
                        read_rule(arena, rules->list.items[i], sections[d].peers,
                                  values_path_index(arena, path, i)));
    }
}

/* --- kinds --- */

static void read_unknown(struct arena *arena, struct network_policy *policy)
{
    (void)arena;
    policy->is_unknown = true;
    policy->selector.is_unknown = true;
    policy->isolates[NETWORK_INGRESS] = true;
    policy->isolates[NETWORK_EGRESS] = true;
}

static const struct policy_kind {
    const char *group, *kind;
    void (*read)(struct arena *arena, struct network_policy *policy);
    bool is_of_cluster;
} kinds[] = {
    {"networking.k8s.io", "NetworkPolicy", read_standard, false},
    {"cilium.io", "CiliumNetworkPolicy", network_policy_read_cilium, false},
    {"cilium.io", "CiliumClusterwideNetworkPolicy", read_unknown, true},
    {"projectcalico.org", "NetworkPolicy", network_policy_read_calico, false},
    {"crd.projectcalico.org", "NetworkPolicy", network_policy_read_calico, false},
    {"projectcalico.org", "GlobalNetworkPolicy", read_unknown, true},
    {"crd.projectcalico.org", "GlobalNetworkPolicy", read_unknown, true},
    {"policy.networking.k8s.io", "AdminNetworkPolicy", read_unknown, true},
    {"policy.networking.k8s.io", "BaselineAdminNetworkPolicy", read_unknown, true},
    {"policy.networking.k8s.io", "ClusterNetworkPolicy", read_unknown, true},
};

static const struct policy_kind *find_kind(const struct object *object)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_is(object->group, kinds[i].group) && str_is(object->kind, kinds[i].kind))
            return &kinds[i];
    }
    return NULL;
}

struct network_policy *network_policy_read(struct arena *arena, const struct object *object)
{
    const struct policy_kind *kind = find_kind(object);
    if (!kind)
        return NULL;
    struct network_policy *policy = arena_make(arena, struct network_policy);
    policy->object = object;
    kind->read(arena, policy);
    if (policy->is_unknown)
        read_unknown(arena, policy);
    return policy;
}

bool network_policy_is_of_cluster(const struct object *object)
{
    const struct policy_kind *kind = find_kind(object);
    return kind && kind->is_of_cluster;
}
