#include "engine/engine.h"

static bool is_elsewhere(const struct config *config, const struct object *object)
{
    struct str namespace = object->namespace;
    struct str own = object->release->namespace;
    /* What tells Argo CD what to deploy lies where Argo CD does. */
    bool is_for_argo = str_is(object->group, "argoproj.io") && str_is(namespace, "argocd");
    return own.n && namespace.n && !is_for_argo && !str_equal(namespace, own) &&
           !str_starts_with(namespace, STR("kube-")) &&
           !str_list_has(&config->shared_namespaces, namespace);
}

/* Another environment's namespace is another rule's. */
static bool is_of_environment(const struct config *config, struct str namespace)
{
    for (size_t i = 0; i < config->environments.count; i++) {
        if (str_equal(config->environments.items[i].namespace, namespace))
            return true;
    }
    return false;
}

static void check(struct pass *pass, const struct object *object)
{
    const struct config *config = pass_model(pass)->config;
    struct str field = STR("metadata.namespace");
    if (!is_elsewhere(config, object) || is_of_environment(config, object->namespace) ||
        pass_cause(pass, object, field).kind != CAUSE_TEMPLATE)
        return;
    struct report *report = pass_report_field(pass, object, field, "message");
    report_argument(report, "namespace", object->namespace);
    report_argument(report, "own", object->release->namespace);
}

const struct rule_code rule_objects_namespace_hardcoded = {.object = check};
