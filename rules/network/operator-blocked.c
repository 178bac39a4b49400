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
        report_argument(report, "policy", object_title(pass_arena(pass), policy->object));
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

/* --- operators and the pods that they manage --- */

static bool has_text(const struct yaml_node *list, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < yaml_item_count(list); i++) {
        if (str_is_one_of(yaml_text(list->list.items[i]), texts, count))
            return true;
    }
    return false;
}

static bool has_part_of(const struct yaml_node *list, struct str suffix)
{
    for (size_t i = 0; i < yaml_item_count(list); i++) {
        struct str text = yaml_text(list->list.items[i]);
        if (str_is(text, "*") || str_ends_with(text, suffix))
            return true;
    }
    return false;
}

/* True for a role that may write the status of objects of the group: only what manages them does.
 */
static bool manages(const struct object *role, struct str group)
{
    static const char *const verbs[] = {"*", "update", "patch"};
    const struct yaml_node *rules = yaml_value(role->root, "rules");
    for (size_t i = 0; i < yaml_item_count(rules); i++) {
        const struct yaml_node *rule = rules->list.items[i];
        const struct yaml_node *groups = yaml_value(rule, "apiGroups");
        bool is_of_group = false;
        for (size_t k = 0; k < yaml_item_count(groups); k++)
            is_of_group = is_of_group || str_equal(yaml_text(groups->list.items[k]), group);
        if (is_of_group && has_text(yaml_value(rule, "verbs"), verbs, 3) &&
            has_part_of(yaml_value(rule, "resources"), STR("/status")))
            return true;
    }
    return false;
}

static bool is_operator(struct pass *pass, const struct network_pod *pod, struct str group)
{
    static const char *const kinds[] = {"ClusterRole", "Role"};
    const struct object_list *objects = pass_objects(pass, pod->object->release);
    for (size_t i = 0; objects && i < objects->count; i++) {
        if (STR_IS_ONE_OF(objects->items[i].kind, kinds) && manages(&objects->items[i], group))
            return str_is(pod->object->kind, "Deployment");
    }
    return false;
}

static void check_managed(struct pass *pass, const struct network_pod *operator,
                          const struct network_pod * managed)
{
    if (!str_equal(operator->namespace->cluster, managed->namespace->cluster))
        return;
    struct network_verdict verdict = network_connect_any(operator, managed);
    const struct network_side *side = &verdict.sides[NETWORK_INGRESS];
    if (side->truth != NETWORK_NO || side->isolated != NETWORK_YES || !side->policy)
        return;
    struct report *report =
        pass_report_field(pass, side->policy->object, STR("spec.podSelector"), "managed");
    report_argument(report, "policy", object_title(pass_arena(pass), side->policy->object));
    report_argument(report, "operator", operator->title);
    report_argument(report, "namespace", operator->namespace->name);
    report_argument(report, "workload", managed->title);
}

/* Operators that connect to what they manage; each group once. */
static void check_group(struct pass *pass, struct str group)
{
    const struct network *network = pass_network(pass);
    for (size_t i = 0; i < network->pods.count; i++) {
        const struct network_pod *managed = network->pods.items[i];
        if (!managed->is_custom || !str_equal(managed->object->group, group))
            continue;
        for (size_t k = 0; k < network->pods.count; k++) {
            const struct network_pod *operator= network->pods.items[k];
            if (!operator->is_custom && is_operator(pass, operator, group))
                check_managed(pass, operator, managed);
        }
    }
}

static void check(struct pass *pass)
{
    struct str_list groups = pass_option_strings(pass, "groups");
    for (size_t i = 0; i < groups.count; i++)
        check_group(pass, groups.items[i]);
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++)
            check_object(pass, &objects->items[k]);
    }
}

const struct rule_code rule_network_operator_blocked = {.repository = check, .uses_objects = true};
