#include "network_policy.h"

/* Calico's policies, in the terms of Kubernetes' own: those that only allow. Such policies add up
 * with each other and with Kubernetes' whatever their order is (docs.tigera.io, "Network policy"
 * and "Selectors"). */

static bool has_only(const struct yaml_node *map, const char *const *keys, size_t count)
{
    for (size_t i = 0; i < yaml_entry_count(map); i++) {
        if (!str_is_one_of(map->map.entries[i].key, keys, count))
            return false;
    }
    return !map || map->kind == YAML_MAP;
}

/* --- selectors --- */

/* A text in quotes at the start; p == NULL: there is none. */
static struct str cut_quoted(struct str *rest)
{
    *rest = str_trim(*rest);
    if (!rest->n || !strchr("'\"", rest->p[0]))
        return (struct str){0};
    size_t end = str_find_char(str_from(*rest, 1), rest->p[0]);
    if (end == STR_NOT_FOUND)
        return (struct str){0};
    struct str text = str_slice(*rest, 1, end + 1);
    *rest = str_trim(str_from(*rest, end + 2));
    return text;
}

static bool cut_word(struct str *rest, struct str word)
{
    if (!str_starts_with(*rest, word))
        return false;
    *rest = str_trim(str_from(*rest, word.n));
    return true;
}

static struct str cut_key(struct str *rest)
{
    size_t end = 0;
    while (end < rest->n && !strchr(" \t\n=!(){}&|'\"", rest->p[end]))
        end++;
    struct str key = str_slice(*rest, 0, end);
    *rest = str_trim(str_from(*rest, end));
    return str_is(key, "projectcalico.org/name") ? STR("kubernetes.io/metadata.name") : key;
}

/* {'a', 'b'} */
static bool cut_set(struct arena *arena, struct str *rest, struct str_list *values)
{
    if (!cut_word(rest, STR("{")))
        return false;
    while (!cut_word(rest, STR("}"))) {
        struct str value = cut_quoted(rest);
        if (!value.p)
            return false;
        vector_push(arena, values, value);
        cut_word(rest, STR(","));
    }
    return true;
}

/* has(key), with the bracket cut off. */
static bool cut_existence(struct str *rest, struct network_requirement *requirement)
{
    requirement->key = cut_key(rest);
    return requirement->key.n && cut_word(rest, STR(")"));
}

static bool cut_comparison(struct arena *arena, struct str *rest,
                           struct network_requirement *requirement)
{
    requirement->key = cut_key(rest);
    bool is_equal = cut_word(rest, STR("=="));
    if (is_equal || cut_word(rest, STR("!="))) {
        struct str value = cut_quoted(rest);
        requirement->test = is_equal ? NETWORK_IN : NETWORK_NOT_IN;
        vector_push(arena, &requirement->values, value);
        return requirement->key.n && value.p;
    }
    bool is_not = cut_word(rest, STR("not in "));
    requirement->test = is_not ? NETWORK_NOT_IN : NETWORK_IN;
    return requirement->key.n && (is_not || cut_word(rest, STR("in "))) &&
           cut_set(arena, rest, &requirement->values);
}

static bool cut_requirement(struct arena *arena, struct str *rest,
                            struct network_requirement *requirement)
{
    requirement->test = NETWORK_EXISTS;
    if (cut_word(rest, STR("has(")))
        return cut_existence(rest, requirement);
    requirement->test = NETWORK_NOT_EXISTS;
    if (cut_word(rest, STR("!has(")))
        return cut_existence(rest, requirement);
    return cut_comparison(arena, rest, requirement);
}

/* all(), and comparisons with "&&" between them; anything else is not understood. */
static struct network_selector read_selector(struct arena *arena, struct str text)
{
    struct network_selector selector = {0};
    struct str rest = str_trim(text);
    for (bool is_more = rest.n > 0; is_more && !selector.is_unknown;
         is_more = cut_word(&rest, STR("&&"))) {
        struct network_requirement requirement = {0};
        if (cut_word(&rest, STR("all()")))
            continue;
        if (cut_requirement(arena, &rest, &requirement))
            vector_push(arena, &selector, requirement);
        else
            selector.is_unknown = true;
    }
    selector.is_unknown = selector.is_unknown || rest.n;
    return selector;
}

static const struct network_selector *selector_at(struct arena *arena,
                                                  struct network_policy *policy,
                                                  const struct yaml_node *side, const char *key)
{
    const struct yaml_node *node = yaml_value(side, key);
    if (!node)
        return NULL;
    struct network_selector *selector = arena_make(arena, struct network_selector);
    *selector = read_selector(arena, yaml_text(node));
    policy->is_unknown = policy->is_unknown || selector->is_unknown;
    return selector;
}

/* --- rules --- */

static void read_peer(struct arena *arena, struct network_policy *policy, struct network_rule *rule,
                      const struct yaml_node *side, struct str path)
{
    struct network_peer peer = {.path = path};
    peer.pods = selector_at(arena, policy, side, "selector");
    peer.namespaces = selector_at(arena, policy, side, "namespaceSelector");
    rule->allows_any_peer = !peer.pods && !peer.namespaces;
    if (!rule->allows_any_peer)
        vector_push(arena, &rule->peers, peer);
}

/* 80, "80:90" or a name. */
static struct network_policy_port read_port(struct arena *arena, struct str text,
                                            enum network_protocol protocol, struct str path)
{
    struct network_policy_port port = {.protocol = protocol, .path = path};
    struct str last = text;
    struct str first = str_cut(&last, ':');
    uint64_t numbers[2];
    if (!parse_go_uint(first, 10, &numbers[0]) || numbers[0] > UINT16_MAX) {
        port.name = str_copy(arena, text);
        return port;
    }
    bool has_last = last.p && parse_go_uint(last, 10, &numbers[1]) && numbers[1] <= UINT16_MAX;
    port.first = (uint32_t)numbers[0];
    port.last = has_last ? (uint32_t)numbers[1] : port.first;
    return port;
}

static void read_ports(struct arena *arena, struct network_policy *policy,
                       struct network_rule *rule, const struct yaml_node *node, struct str path)
{
    const struct yaml_node *protocol = yaml_value(node, "protocol");
    const struct yaml_node *ports = yaml_at(node, STR("destination.ports"));
    enum network_protocol read = network_protocol_read(protocol);
    struct str at = str_format(arena, "%.*s.destination.ports", STR_ARG(path));
    rule->allows_any_port = !protocol && !ports;
    policy->is_unknown = policy->is_unknown || (ports && !protocol) || read == NETWORK_OTHER;
    if (protocol && !yaml_item_count(ports))
        vector_push(arena, &rule->ports,
                    ((struct network_policy_port){.protocol = read, .is_any = true, .path = at}));
    for (size_t i = 0; ports && i < yaml_item_count(ports); i++)
        vector_push(arena, &rule->ports,
                    read_port(arena, yaml_text(ports->list.items[i]), read,
                              values_path_index(arena, at, i)));
}

static void read_rule(struct arena *arena, struct network_policy *policy,
                      enum network_direction direction, const struct yaml_node *node,
                      struct str path)
{
    static const char *const keys[] = {"action", "protocol", "source", "destination", "metadata"};
    static const char *const of_peer[] = {"selector", "namespaceSelector"};
    static const char *const of_ports[] = {"ports"};
    static const char *const of_both[] = {"selector", "namespaceSelector", "ports"};
    const struct yaml_node *source = yaml_value(node, "source");
    const struct yaml_node *destination = yaml_value(node, "destination");
    bool is_ingress = direction == NETWORK_INGRESS;
    bool is_understood =
        str_is(yaml_text(yaml_value(node, "action")), "Allow") && has_only(node, keys, 5) &&
        has_only(source, of_peer, is_ingress ? 2 : 0) &&
        (is_ingress ? has_only(destination, of_ports, 1) : has_only(destination, of_both, 3));
    struct network_rule rule = {.path = path};
    policy->is_unknown = policy->is_unknown || !is_understood;
    read_peer(arena, policy, &rule, is_ingress ? source : destination,
              values_path_key(arena, path, is_ingress ? STR("source") : STR("destination")));
    read_ports(arena, policy, &rule, node, path);
    vector_push(arena, &policy->rules[direction], rule);
}

/* --- policies --- */

static bool has_type(const struct yaml_node *types, const char *word)
{
    bool found = false;
    for (size_t i = 0; i < yaml_item_count(types); i++)
        found = found || str_is(yaml_text(types->list.items[i]), word);
    return found;
}

/* Without types a policy is about what it has rules for, and about ingress when it has none. */
static void read_types(struct network_policy *policy, const struct yaml_node *spec)
{
    const struct yaml_node *types = yaml_value(spec, "types");
    bool has_types = yaml_item_count(types) > 0;
    bool has_ingress = yaml_item_count(yaml_value(spec, "ingress")) > 0;
    bool has_egress = yaml_item_count(yaml_value(spec, "egress")) > 0;
    policy->isolates[NETWORK_INGRESS] =
        has_types ? has_type(types, "Ingress") : has_ingress || !has_egress;
    policy->isolates[NETWORK_EGRESS] = has_types ? has_type(types, "Egress") : has_egress;
}

void network_policy_read_calico(struct arena *arena, struct network_policy *policy)
{
    static const char *const sections[NETWORK_DIRECTIONS] = {"ingress", "egress"};
    static const char *const known[] = {"selector", "types", "ingress", "egress", "order", "tier"};
    const struct yaml_node *spec = yaml_value(policy->object->root, "spec");
    struct str tier = yaml_text(yaml_value(spec, "tier"));
    policy->selector = read_selector(arena, yaml_text(yaml_value(spec, "selector")));
    policy->is_unknown = policy->selector.is_unknown ||
                         !has_only(spec, known, sizeof known / sizeof *known) ||
                         (tier.n && !str_is(tier, "default"));
    read_types(policy, spec);
    for (size_t d = 0; d < NETWORK_DIRECTIONS; d++) {
        const struct yaml_node *rules = yaml_value(spec, sections[d]);
        struct str path = values_path_key(arena, STR("spec"), str_from_c(sections[d]));
        for (size_t i = 0; i < yaml_item_count(rules); i++)
            read_rule(arena, policy, (enum network_direction)d, rules->list.items[i],
                      values_path_index(arena, path, i));
    }
}
