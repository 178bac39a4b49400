#include "network_policy.h"

/* Cilium's policies, in the terms of Kubernetes' own. */

#define NAMESPACE_LABEL "io.kubernetes.pod.namespace"
#define NAMESPACE_LABELS "io.cilium.k8s.namespace.labels."

static bool has_only(const struct yaml_node *map, const char *const *keys, size_t count)
{
    for (size_t i = 0; map && map->kind == YAML_MAP && i < map->map.count; i++) {
        if (!str_is_one_of(map->map.entries[i].key, keys, count))
            return false;
    }
    return map && map->kind == YAML_MAP;
}

/* Keys of Kubernetes' labels may carry a source in front. */
static struct str without_source(struct str key, bool *ret_is_other)
{
    size_t colon = str_find_char(key, ':');
    struct str source = colon == STR_NOT_FOUND ? STR("any") : str_slice(key, 0, colon);
    *ret_is_other = !str_is(source, "k8s") && !str_is(source, "any");
    return colon == STR_NOT_FOUND ? key : str_from(key, colon + 1);
}

/* Splits a selector of endpoints into what it says about pods and about their namespaces; without
 * the latter it is about the policy's own. */
static void split(struct arena *arena, const struct network_selector *selector,
                  struct network_selector *pods, struct network_selector *namespaces,
                  bool *ret_is_other)
{
    for (size_t i = 0; i < selector->count; i++) {
        struct network_requirement requirement = selector->items[i];
        bool is_other;
        requirement.key = without_source(requirement.key, &is_other);
        if (!requirement.key.p)
            continue;
        *ret_is_other =
            *ret_is_other || is_other || str_starts_with(requirement.key, STR("reserved"));
        struct network_selector *part = namespaces;
        if (str_is(requirement.key, NAMESPACE_LABEL))
            requirement.key = STR("kubernetes.io/metadata.name");
        else if (str_starts_with(requirement.key, STR(NAMESPACE_LABELS)))
            requirement.key = str_from(requirement.key, sizeof NAMESPACE_LABELS - 1);
        else
            part = pods;
        vector_push(arena, part, requirement);
    }
}

static void read_endpoints(struct arena *arena, struct network_policy *policy,
                           struct network_rule *rule, const struct yaml_node *endpoints,
                           struct str path)
{
    for (size_t i = 0; i < endpoints->list.count; i++) {
        struct network_selector all = network_selector_read(arena, endpoints->list.items[i]);
        struct network_selector *pods = arena_make(arena, struct network_selector);
        struct network_selector *namespaces = arena_make(arena, struct network_selector);
        split(arena, &all, pods, namespaces, &policy->is_unknown);
        policy->is_unknown = policy->is_unknown || all.is_unknown;
        struct network_peer peer = {
            .pods = pods,
            .namespaces = namespaces->count ? namespaces : NULL,
            .path = values_path_index(arena, path, i),
        };
        vector_push(arena, &rule->peers, peer);
    }
}

static void read_ports(struct arena *arena, struct network_policy *policy,
                       struct network_rule *rule, const struct yaml_node *to_ports, struct str path)
{
    static const char *const known[] = {"ports"};
    for (size_t i = 0; i < to_ports->list.count; i++) {
        const struct yaml_node *item = to_ports->list.items[i];
        const struct yaml_node *ports = yaml_value(item, "ports");
        struct str at = values_path_key(arena, values_path_index(arena, path, i), STR("ports"));
        if (!has_only(item, known, 1) || !ports || ports->kind != YAML_LIST) {
            policy->is_unknown = true;
            return;
        }
        for (size_t k = 0; k < ports->list.count; k++) {
            const struct yaml_node *protocol = yaml_value(ports->list.items[k], "protocol");
            /* No protocol, or ANY, is three. */
            policy->is_unknown =
                policy->is_unknown || !protocol || str_is(yaml_text(protocol), "ANY");
            vector_push(
                arena, &rule->ports,
                network_policy_port_read(ports->list.items[k], values_path_index(arena, at, k)));
        }
    }
}

static void read_rule(struct arena *arena, struct network_policy *policy,
                      enum network_direction direction, const struct yaml_node *node,
                      struct str path)
{
    static const char *const keys[NETWORK_DIRECTIONS][2] = {{"fromEndpoints", "toPorts"},
                                                            {"toEndpoints", "toPorts"}};
    const struct yaml_node *endpoints = yaml_value(node, keys[direction][0]);
    const struct yaml_node *ports = yaml_value(node, "toPorts");
    struct network_rule rule = {.path = path};
    bool is_understood = has_only(node, keys[direction], 2) &&
                         (!endpoints || endpoints->kind == YAML_LIST) &&
                         (!ports || ports->kind == YAML_LIST);
    if (!is_understood) {
        policy->is_unknown = true;
        return;
    }
    rule.allows_any_port = !ports || !ports->list.count;
    /* A rule of nothing allows nothing; one with ports alone allows them to anybody. */
    rule.allows_any_peer = !endpoints && !rule.allows_any_port;
    if (endpoints)
        read_endpoints(arena, policy, &rule, endpoints,
                       values_path_key(arena, path, str_from_c(keys[direction][0])));
    if (ports)
        read_ports(arena, policy, &rule, ports, values_path_key(arena, path, STR("toPorts")));
    vector_push(arena, &policy->rules[direction], rule);
}

void network_policy_read_cilium(struct arena *arena, struct network_policy *policy)
{
    static const char *const sections[NETWORK_DIRECTIONS] = {"ingress", "egress"};
    static const char *const known[] = {"endpointSelector", "ingress", "egress", "description"};
    const struct yaml_node *spec = yaml_value(policy->object->root, "spec");
    struct network_selector namespaces = {0};
    struct network_selector all =
        network_selector_read(arena, yaml_value(spec, "endpointSelector"));
    policy->is_unknown = all.is_unknown || !has_only(spec, known, sizeof known / sizeof *known);
    split(arena, &all, &policy->selector, &namespaces, &policy->is_unknown);
    for (size_t d = 0; d < NETWORK_DIRECTIONS; d++) {
        const struct yaml_node *rules = yaml_value(spec, sections[d]);
        struct str path = values_path_key(arena, STR("spec"), str_from_c(sections[d]));
        bool has_rules = rules && rules->kind == YAML_LIST && rules->list.count;
        policy->isolates[d] = has_rules;
        for (size_t i = 0; has_rules && i < rules->list.count; i++)
            read_rule(arena, policy, (enum network_direction)d, rules->list.items[i],
                      values_path_index(arena, path, i));
    }
}
