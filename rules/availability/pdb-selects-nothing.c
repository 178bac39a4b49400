#include "engine/engine.h"

static bool has_operator(const struct workload_list *workloads)
{
    for (size_t i = 0; i < workloads->count; i++) {
        if (workloads->items[i].kind->operator_name.n)
            return true;
    }
    return false;
}

static void check_budget(struct pass *pass, const struct object *budget,
                         const struct workload_list *workloads)
{
    struct arena *arena = pass_arena(pass);
    const struct yaml_node *selector = yaml_at(budget->root, STR("spec.selector"));
    if (!selector || selector->kind != YAML_MAP || !selector->map.count ||
        selector_workloads(arena, selector, workloads, budget->namespace).count)
        return;
    struct selector_near near = selector_nearest(arena, selector, workloads, budget->namespace);
    struct str field = selector_path(arena, STR("spec.selector"), selector, near.missing);
    struct report *report = pass_report_field(pass, budget, field, "message");
    report_argument(report, "hint", selector_hint(arena, &near));
}

static void check(struct pass *pass, const struct object *object)
{
    if (!str_is(object->kind, "PodDisruptionBudget"))
        return;
    const struct workload_list *workloads = pass_workloads(pass, object->release);
    if (workloads->count && !has_operator(workloads))
        check_budget(pass, object, workloads);
}

const struct rule_code rule_availability_pdb_selects_nothing = {.object = check};
