#include "engine/engine.h"

static const char *selector_field(const struct object *object)
{
    if (str_is(object->kind, "Service") && !object->group.n)
        return "spec.selector";
    if (str_is(object->kind, "PodMonitor") && str_is(object->group, "monitoring.coreos.com"))
        return "spec.selector";
    return NULL;
}

static void check_selector(struct pass *pass, const struct object *object,
                           const struct workload_list *workloads, struct str field)
{
    struct arena *arena = pass_arena(pass);
    const struct yaml_node *selector = yaml_at(object->root, field);
    if (!selector || selector_workloads(arena, selector, workloads, object->namespace).count)
        return;
    struct selector_near near = selector_nearest(arena, selector, workloads, object->namespace);
    if (!near.workload || !near.missing || near.workload->kind->operator_name.n)
        return;
    struct str path = selector_path(arena, field, selector, near.missing);
    struct report *report = pass_report_field(pass, object, path, "message");
    report_argument(report, "hint", selector_hint(arena, &near));
}

static void check(struct pass *pass, const struct object *object)
{
    const char *field = selector_field(object);
    if (field)
        check_selector(pass, object, pass_workloads(pass, object->release), str_from_c(field));
}

const struct rule_code rule_objects_selector_matches_nothing = {.object = check};
