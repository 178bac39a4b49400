#include "engine/engine.h"

static void check(struct pass *pass, const struct object *scaler)
{
    const struct object *target = object_is_scaler(scaler)
                                      ? scaler_target(pass_objects(pass, scaler->release), scaler)
                                      : NULL;
    const struct yaml_node *replicas = target ? yaml_at(target->root, STR("spec.replicas")) : NULL;
    if (!replicas || replicas->kind == YAML_NULL)
        return;
    struct report *report = pass_report_field(pass, target, STR("spec.replicas"), "message");
    report_argument(report, "scaler", object_title(pass_arena(pass), scaler));
}

const struct rule_code rule_availability_hpa_and_replicas = {.object = check};
