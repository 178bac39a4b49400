#include "engine/engine.h"

static bool is_hook_of_argocd(const struct object *object)
{
    const struct yaml_node *annotations = yaml_at(object->root, STR("metadata.annotations"));
    return yaml_value(annotations, "argocd.argoproj.io/hook");
}

static void check(struct pass *pass, const struct release *release)
{
    const struct object_list *objects = pass_objects(pass, release);
    bool is_of_argocd = release->application->component;
    for (size_t i = 0; objects && i < objects->count; i++) {
        bool is_own = is_hook_of_argocd(&objects->items[i]);
        is_of_argocd = is_of_argocd || is_own;
        if (!is_own && !objects->items[i].hook.p)
            return;
    }
    if (objects && objects->count && is_of_argocd)
        pass_report(pass, release->application->span, "message");
}

const struct rule_code rule_objects_hook_only_application = {
    .release = check,
    .uses_objects = true,
};
