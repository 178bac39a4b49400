#include "engine/engine.h"

static void check(struct pass *pass, const struct release *release)
{
    struct str_list production = pass_option_strings(pass, "production");
    const struct object_list *objects = pass_objects(pass, release);
    bool is_meant = objects && str_list_has(&production, release->environment->name);
    for (size_t i = 0; is_meant && i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        if (str_is(object->kind, "Deployment") && !scaler_of(objects, object))
            pass_report_field(pass, object, STR("spec.replicas"), "message");
    }
}

const struct rule_code rule_availability_hpa_missing = {
    .release = check,
    .uses_objects = true,
};
