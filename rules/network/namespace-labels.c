#include "engine/engine.h"

static const struct network_requirement *find_requirement(const struct network_selector *selector,
                                                          struct str key)
{
    for (size_t i = 0; i < selector->count; i++) {
        if (str_equal(selector->items[i].key, key) && selector->items[i].test == NETWORK_IN)
            return &selector->items[i];
    }
    return NULL;
}

/* The peer that picks namespaces of the environment by its label; NULL when there is none. */
static const struct network_peer *find_peer(const struct network_policy *policy, struct str key,
                                            struct str environment)
{
    for (int d = 0; d < NETWORK_DIRECTIONS; d++) {
        for (size_t i = 0; i < policy->rules[d].count; i++) {
            const struct network_rule *rule = &policy->rules[d].items[i];
            for (size_t k = 0; k < rule->peers.count; k++) {
                const struct network_selector *namespaces = rule->peers.items[k].namespaces;
                const struct network_requirement *requirement =
                    namespaces ? find_requirement(namespaces, key) : NULL;
                if (requirement && str_list_has(&requirement->values, environment))
                    return &rule->peers.items[k];
            }
        }
    }
    return NULL;
}

static void check_namespace(struct pass *pass, const struct network_namespace *namespace)
{
    const struct network *network = pass_network(pass);
    struct str key = pass_model(pass)->config->label_environment;
    struct str environment = namespace->environment->name;
    const struct str *text = map_get(&namespace->labels.texts, key);
    if (!key.n || (text && str_equal(*text, environment)))
        return;
    for (size_t i = 0; i < network->policies.count; i++) {
        const struct network_policy *policy = network->policies.items[i];
        bool is_near =
            policy->namespace && str_equal(policy->namespace->cluster, namespace->cluster);
        const struct network_peer *peer = is_near ? find_peer(policy, key, environment) : NULL;
        if (!peer)
            continue;
        struct str field = text ? values_path_key(pass_arena(pass), STR("metadata.labels"), key)
                                : STR("metadata.labels");
        struct report *report =
            pass_report_field(pass, namespace->object, field, text ? "wrong" : "missing");
        report_argument(report, "namespace", namespace->name);
        report_argument(report, "label", key);
        report_argument(report, "environment", environment);
        report_argument(report, "text", text ? *text : STR(""));
        report_argument(report, "policy", object_title(pass_arena(pass), policy->object));
        return;
    }
}

static void check(struct pass *pass)
{
    const struct network *network = pass_network(pass);
    for (size_t i = 0; i < network->namespaces.count; i++) {
        const struct network_namespace *namespace = network->namespaces.items[i];
        if (namespace->object && namespace->environment)
            check_namespace(pass, namespace);
    }
}

const struct rule_code rule_network_namespace_labels = {.repository = check, .uses_objects = true};
