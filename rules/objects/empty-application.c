#include "engine/engine.h"

static bool allows_empty(const struct application *application)
{
    const struct yaml_node *word = yaml_value(application->component, "allowEmpty");
    return word && word->kind == YAML_BOOL && word->boolean;
}

static void check(struct pass *pass, const struct release *release)
{
    const struct application *application = release->application;
    if (!application->component || allows_empty(application))
        return;
    const struct object_list *objects = pass_objects(pass, release);
    if (objects && !objects->count)
        pass_report(pass, application->span, "message");
}

const struct rule_code rule_objects_empty_application = {
    .release = check,
    .uses_objects = true,
};
