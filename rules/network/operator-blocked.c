#include "engine/engine.h"

/* True when the policy's rule may let the API server in, which is no pod. */
static bool may_admit(const struct network_policy *policy)
{
    for (size_t i = 0; i < policy->rules[NETWORK_INGRESS].count; i++) {
        const struct network_rule *rule = &policy->rules[NETWORK_INGRESS].items[i];
        bool may_be = rule->allows_any_peer;
        for (size_t k = 0; k < rule->peers.count; k++)
            may_be = may_be || rule->peers.items[k].is_block;
        if (may_be)
            return true;
    }
    return policy->is_unknown;
}

/* The policy that keeps the API server from a pod; NULL when none does for certain. */
static const struct network_policy *find_blocking(const struct network_pod *pod)
{
    const struct network_policy *blocking = NULL;
    for (size_t i = 0; i < pod->namespace->policies.count; i++) {
        const struct network_policy *policy = pod->namespace->policies.items[i];
        enum network_truth selects = network_policy_selects(policy, pod);
        if (selects == NETWORK_NO || !policy->isolates[NETWORK_INGRESS])
            continue;
        if (may_admit(policy))
            return NULL;
        if (selects == NETWORK_YES && !blocking)
            blocking = policy;
    }
    return pod->is_on_host ? NULL : blocking;
}

static void check_service(struct pass *pass, const struct object *configuration,
                          const struct network_service *service)
{
    const struct network *network = pass_network(pass);
    for (size_t i = 0; i < network->pods.count; i++) {
        const struct network_pod *pod = network->pods.items[i];
        if (pod->namespace != service->namespace || !service->has_selector ||
            network_selects(&service->selector, &pod->labels) != NETWORK_YES)
            continue;
        const struct network_policy *policy = find_blocking(pod);
        if (!policy)
            return;
        struct report *report =
            pass_report_field(pass, policy->object, STR("spec.podSelector"), "message");
        report_argument(report, "policy", policy->object->name);
        report_argument(report, "workload", pod->title);
        report_argument(report, "service", service->object->name);
        report_argument(report, "configuration",
                        str_format(pass_arena(pass), "%.*s %.*s", STR_ARG(configuration->kind),
                                   STR_ARG(configuration->name)));
        return;
    }
}

static void check_webhook(struct pass *pass, const struct object *configuration,
                          const struct yaml_node *webhook)
{
    const struct network *network = pass_network(pass);
    const struct yaml_node *called = yaml_at(webhook, STR("clientConfig.service"));
    struct str name = yaml_text(yaml_value(called, "name"));
    struct str namespace = yaml_text(yaml_value(called, "namespace"));
    for (size_t i = 0; name.n && i < network->services.count; i++) {
        const struct network_service *service = network->services.items[i];
        if (str_equal(service->object->name, name) &&
            str_equal(service->namespace->name, namespace) &&
            service->object->release->environment == configuration->release->environment) {
            check_service(pass, configuration, service);
            return;
        }
    }
}

static void check_object(struct pass *pass, const struct object *object)
{
    static const char *const kinds[] = {"MutatingWebhookConfiguration",
                                        "ValidatingWebhookConfiguration"};
    if (!STR_IS_ONE_OF(object->kind, kinds))
        return;
    const struct yaml_node *webhooks = yaml_value(object->root, "webhooks");
    for (size_t i = 0; webhooks && webhooks->kind == YAML_LIST && i < webhooks->list.count; i++)
        check_webhook(pass, object, webhooks->list.items[i]);
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++)
            check_object(pass, &objects->items[k]);
    }
}

const struct rule_code rule_network_operator_blocked = {.repository = check, .uses_objects = true};
