#include "engine/engine.h"

/* A port of a policy's rule and the pods whose ports it is about. */
struct asked {
    const struct network_policy *policy;
    const struct network_rule *rule;
    const struct network_policy_port *port;
    enum network_direction direction;
};

static bool is_destination(const struct asked *asked, const struct network_pod *pod)
{
    if (asked->direction == NETWORK_INGRESS)
        return pod->namespace == asked->policy->namespace &&
               network_policy_selects(asked->policy, pod) != NETWORK_NO;
    for (size_t i = 0; i < asked->rule->peers.count; i++) {
        if (network_peer_matches(asked->policy, &asked->rule->peers.items[i], pod) != NETWORK_NO)
            return true;
    }
    return false;
}

static bool listens(const struct asked *asked, const struct network_pod *pod)
{
    for (size_t i = 0; i < pod->ports.count; i++) {
        if (network_port_matches(asked->port, pod, &pod->ports.items[i]) != NETWORK_NO)
            return true;
    }
    return pod->has_more_ports || pod->is_on_host || !pod->ports.count;
}

/* The port of a Service of the pod that has the policy's number and leads to another one. */
static const struct network_service_port *find_service_port(const struct network *network,
                                                            const struct asked *asked,
                                                            const struct network_pod *pod,
                                                            const struct network_service **ret_of)
{
    for (size_t i = 0; i < network->services.count; i++) {
        const struct network_service *service = network->services.items[i];
        if (service->namespace != pod->namespace || !service->has_selector ||
            network_selects(&service->selector, &pod->labels) != NETWORK_YES)
            continue;
        for (size_t k = 0; k < service->ports.count; k++) {
            const struct network_service_port *port = &service->ports.items[k];
            *ret_of = service;
            if (port->number == asked->port->first && port->protocol == asked->port->protocol &&
                port->target != port->number)
                return port;
        }
    }
    return NULL;
}

static struct str target_of(struct arena *arena, const struct network_service_port *port)
{
    return port->target ? str_format(arena, "%u", port->target) : port->target_name;
}

static void check_port(struct pass *pass, const struct asked *asked)
{
    const struct network *network = pass_network(pass);
    const struct network_service_port *port = NULL;
    const struct network_service *service = NULL;
    const struct network_pod *found = NULL;
    for (size_t i = 0; i < network->pods.count; i++) {
        const struct network_pod *pod = network->pods.items[i];
        if (!is_destination(asked, pod))
            continue;
        if (listens(asked, pod))
            return;
        if (!port) {
            port = find_service_port(network, asked, pod, &service);
            found = pod;
        }
    }
    if (!port)
        return;
    struct str field = values_path_key(pass_arena(pass), asked->port->path, STR("port"));
    struct report *report = pass_report_field(pass, asked->policy->object, field, "message");
    report_argument(report, "policy", object_title(pass_arena(pass), asked->policy->object));
    report_argument(report, "port", str_format(pass_arena(pass), "%u", asked->port->first));
    report_argument(report, "service", service->object->name);
    report_argument(report, "target", target_of(pass_arena(pass), port));
    report_argument(report, "workload", found->title);
}

static void check_rules(struct pass *pass, const struct network_policy *policy,
                        enum network_direction direction)
{
    for (size_t i = 0; i < policy->rules[direction].count; i++) {
        const struct network_rule *rule = &policy->rules[direction].items[i];
        for (size_t k = 0; k < rule->ports.count; k++) {
            const struct network_policy_port *port = &rule->ports.items[k];
            bool is_number = !port->is_any && !port->name.p && port->first == port->last;
            if (is_number)
                check_port(pass, &(struct asked){policy, rule, port, direction});
        }
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

const struct rule_code rule_network_port_mismatch = {.repository = check, .uses_objects = true};
