#include "engine/engine.h"

static bool isolates_all(const struct network_namespace *namespace,
                         enum network_direction direction)
{
    for (size_t i = 0; i < namespace->policies.count; i++) {
        if (network_policy_is_for_all(namespace->policies.items[i], direction))
            return true;
    }
    return false;
}

/* The first pod of the namespace that certainly no policy isolates. */
static const struct network_pod *find_open(const struct network *network,
                                           const struct network_namespace *namespace,
                                           enum network_direction direction)
{
    static const struct network_port port = {.protocol = NETWORK_TCP};
    for (size_t i = 0; i < network->pods.count; i++) {
        const struct network_pod *pod = network->pods.items[i];
        if (pod->namespace == namespace && !pod->is_on_host &&
            network_side_of(pod, pod, direction, &port).isolated == NETWORK_NO)
            return pod;
    }
    return NULL;
}

static void report_egress(struct pass *pass, const struct network_namespace *namespace,
                          const struct network_pod *pod)
{
    for (size_t i = 0; i < namespace->policies.count; i++) {
        const struct network_policy *policy = namespace->policies.items[i];
        if (!network_policy_is_for_all(policy, NETWORK_INGRESS))
            continue;
        struct report *report =
            pass_report_field(pass, policy->object, STR("spec.policyTypes"), "egress");
        report_argument(report, "policy", object_title(pass_arena(pass), policy->object));
        report_argument(report, "namespace", namespace->name);
        report_argument(report, "workload", pod->title);
        return;
    }
}

/* True when another namespace of the environment is isolated as a whole. */
static bool has_isolated_sister(const struct network *network,
                                const struct network_namespace *namespace)
{
    for (size_t i = 0; i < network->namespaces.count; i++) {
        const struct network_namespace *other = network->namespaces.items[i];
        if (other->environment == namespace->environment && isolates_all(other, NETWORK_INGRESS))
            return true;
    }
    return false;
}

/* What pods of other environments reach is told by cross-environment-reach. */
static bool is_reached_from_elsewhere(const struct network *network, const struct network_pod *pod)
{
    for (size_t i = 0; i < network->pods.count; i++) {
        const struct network_pod *from = network->pods.items[i];
        if (from->namespace->environment &&
            from->namespace->environment != pod->namespace->environment &&
            network_connect_any(from, pod).truth == NETWORK_YES)
            return true;
    }
    return false;
}

static void check_namespace(struct pass *pass, const struct network_namespace *namespace)
{
    const struct network *network = pass_network(pass);
    const struct network_pod *pod = find_open(network, namespace, NETWORK_EGRESS);
    if (isolates_all(namespace, NETWORK_INGRESS)) {
        if (pod)
            report_egress(pass, namespace, pod);
        return;
    }
    pod = find_open(network, namespace, NETWORK_INGRESS);
    if (!pod || !namespace->object || !has_isolated_sister(network, namespace) ||
        is_reached_from_elsewhere(network, pod))
        return;
    struct report *report =
        pass_report_field(pass, namespace->object, STR("metadata.name"), "ingress");
    report_argument(report, "namespace", namespace->name);
    report_argument(report, "workload", pod->title);
}

static void check(struct pass *pass)
{
    const struct network *network = pass_network(pass);
    for (size_t i = 0; i < network->namespaces.count; i++) {
        if (network->namespaces.items[i]->environment)
            check_namespace(pass, network->namespaces.items[i]);
    }
}

const struct rule_code rule_network_default_open = {.repository = check, .uses_objects = true};
