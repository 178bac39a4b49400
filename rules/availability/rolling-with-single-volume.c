#include "engine/engine.h"

/* True when all its modes are for one node. */
static bool is_single(const struct object *claim)
{
    const struct yaml_node *modes = yaml_at(claim->root, STR("spec.accessModes"));
    bool is_list = modes && modes->kind == YAML_LIST && modes->list.count;
    for (size_t i = 0; is_list && i < modes->list.count; i++) {
        if (!str_starts_with(yaml_text(modes->list.items[i]), STR("ReadWriteOnce")))
            return false;
    }
    return is_list;
}

/* The claim of the Deployment that only one node can have; NULL: it has none. */
static const struct object *single_claim(const struct object_list *objects,
                                         const struct object *deployment)
{
    const struct yaml_node *volumes = yaml_at(deployment->root, STR("spec.template.spec.volumes"));
    for (size_t i = 0; volumes && volumes->kind == YAML_LIST && i < volumes->list.count; i++) {
        struct str name =
            yaml_text(yaml_at(volumes->list.items[i], STR("persistentVolumeClaim.claimName")));
        const struct object *claim =
            object_find(objects, STR("PersistentVolumeClaim"), deployment->namespace, name);
        if (name.n && claim && is_single(claim))
            return claim;
    }
    return NULL;
}

static bool is_rolled(const struct object *deployment)
{
    const struct yaml_node *strategy = yaml_at(deployment->root, STR("spec.strategy"));
    struct str surge = yaml_text(yaml_at(strategy, STR("rollingUpdate.maxSurge")));
    return !str_is(yaml_text(yaml_value(strategy, "type")), "Recreate") && !str_is(surge, "0") &&
           !str_is(surge, "0%");
}

static void check(struct pass *pass, const struct object *object)
{
    const struct object *claim = str_is(object->kind, "Deployment")
                                     ? single_claim(pass_objects(pass, object->release), object)
                                     : NULL;
    if (!claim || !is_rolled(object))
        return;
    struct report *report = pass_report_field(pass, object, STR("spec.strategy.type"), "message");
    report_argument(report, "claim", claim->name);
}

const struct rule_code rule_availability_rolling_with_single_volume = {.object = check};
