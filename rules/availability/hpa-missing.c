#include "engine/engine.h"

static void check(struct pass *pass, const struct object *object)
{
    struct str_list production = pass_option_strings(pass, "production");
    if (str_is(object->kind, "Deployment") &&
        str_list_has(&production, object->release->environment->name) &&
        !scaler_of(pass_objects(pass, object->release), object))
        pass_report_field(pass, object, STR("spec.replicas"), "message");
}

const struct rule_code rule_availability_hpa_missing = {.object = check};
