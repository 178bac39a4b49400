#include "engine/engine.h"

static bool is_known(struct pass *pass, struct str name)
{
    return network_knows_namespace(pass_network(pass), pass_model(pass)->config, name);
}

static void report_name(struct pass *pass, const struct network_policy *policy, struct str field,
                        struct str name, const char *message)
{
    struct report *report = pass_report_structure(pass, policy->object, field, message);
    report_argument(report, "policy", object_title(pass_arena(pass), policy->object));
    report_argument(report, "namespace", name);
}

static void check_peer(struct pass *pass, const struct network_policy *policy,
                       const struct network_peer *peer)
{
    for (size_t i = 0; peer->namespaces && i < peer->namespaces->count; i++) {
        const struct network_requirement *requirement = &peer->namespaces->items[i];
        if (!str_is(requirement->key, "kubernetes.io/metadata.name") ||
            requirement->test != NETWORK_IN)
            continue;
        for (size_t k = 0; k < requirement->values.count; k++) {
            struct str name = requirement->values.items[k];
            if (!is_known(pass, name))
                report_name(pass, policy, peer->path, name, "peer");
        }
    }
}

static void check_policy(struct pass *pass, const struct network_policy *policy)
{
    if (!is_known(pass, policy->namespace->name))
        report_name(pass, policy, STR("metadata.namespace"), policy->namespace->name, "own");
    for (int d = 0; d < NETWORK_DIRECTIONS; d++) {
        for (size_t i = 0; i < policy->rules[d].count; i++) {
            const struct network_rule *rule = &policy->rules[d].items[i];
            for (size_t k = 0; k < rule->peers.count; k++)
                check_peer(pass, policy, &rule->peers.items[k]);
        }
    }
}

/* Which namespaces there are is known when the configuration declares those of others. */
static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    const struct network *network = pass_network(pass);
    if (model->detected || !model->config->shared_namespaces.count)
        return;
    for (size_t i = 0; i < network->policies.count; i++) {
        if (network->policies.items[i]->namespace)
            check_policy(pass, network->policies.items[i]);
    }
}

const struct rule_code rule_network_unknown_namespace = {.repository = check, .uses_objects = true};
