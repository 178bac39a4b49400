#include "engine/engine.h"

/* The environment that has the namespace and is not the release's; NULL when there is none. */
static const struct config_environment *
owner_of(const struct config *config, const struct release *release, struct str namespace)
{
    const struct config_environment *owner = NULL;
    if (!namespace.n || str_equal(namespace, release->namespace) ||
        str_equal(namespace, release->environment->namespace) ||
        str_list_has(&config->shared_namespaces, namespace))
        return NULL;
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        if (str_equal(environment->namespace, namespace) && !environment->cluster_scope)
            owner = environment;
    }
    return owner;
}

static void check(struct pass *pass, const struct object *object)
{
    const struct release *release = object->release;
    const struct config_environment *owner =
        owner_of(pass_model(pass)->config, release, object->namespace);
    if (!owner || release->environment->cluster_scope)
        return;
    struct report *report = pass_report_field(pass, object, STR("metadata.namespace"), "message");
    report_argument(report, "namespace", object->namespace);
    report_argument(report, "other", owner->name);
}

const struct rule_code rule_objects_foreign_namespace = {.object = check};
