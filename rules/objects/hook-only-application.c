#include "engine/engine.h"

static bool is_hook_of_argocd(const struct object *object)
{
    const struct yaml_node *annotations = yaml_at(object->root, STR("metadata.annotations"));
    return yaml_value(annotations, "argocd.argoproj.io/hook");
}

static void check(struct pass *pass, const struct release *release)
{
    const struct object_list *objects = pass_objects(pass, release);
    bool is_of_argocd = release_is_of_argocd(release);
    bool are_tests = true;
    for (size_t i = 0; objects && i < objects->count; i++) {
        bool is_own = is_hook_of_argocd(&objects->items[i]);
        is_of_argocd = is_of_argocd || is_own;
        if (!is_own && !objects->items[i].hook.p)
            return;
        are_tests = are_tests && objects->items[i].manifest->is_test && !is_own;
    }
    if (objects && objects->count && is_of_argocd)
        pass_report(pass, release->application->span, are_tests ? "tests" : "hooks");
}

const struct rule_code rule_objects_hook_only_application = {
    .release = check,
    .uses_objects = true,
};
