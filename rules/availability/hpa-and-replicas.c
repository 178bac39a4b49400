#include "engine/engine.h"

static void check(struct pass *pass, const struct release *release)
{
    const struct object_list *objects = pass_objects(pass, release);
    for (size_t i = 0; objects && i < objects->count; i++) {
        const struct object *scaler = &objects->items[i];
        const struct object *target =
            object_is_scaler(scaler) ? scaler_target(objects, scaler) : NULL;
        const struct yaml_node *replicas =
            target ? yaml_at(target->root, STR("spec.replicas")) : NULL;
        if (!replicas || replicas->kind == YAML_NULL)
            continue;
        struct report *report = pass_report_field(pass, target, STR("spec.replicas"), "message");
        report_argument(report, "scaler", object_title(pass_arena(pass), scaler));
    }
}

const struct rule_code rule_availability_hpa_and_replicas = {
    .release = check,
    .uses_objects = true,
};
