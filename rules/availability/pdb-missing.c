#include "engine/engine.h"

static bool is_selected(struct pass *pass, const struct workload *workload)
{
    const struct object_list *objects = pass_objects(pass, workload->object->release);
    struct arena *arena = pass_arena(pass);
    const struct yaml_node *labels = workload_part(arena, workload, STR("labels")).node;
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *budget = &objects->items[i];
        if (str_is(budget->kind, "PodDisruptionBudget") &&
            selector_matches(yaml_at(budget->root, STR("spec.selector")), labels))
            return true;
    }
    return false;
}

static void check(struct pass *pass, const struct workload *workload)
{
    double count;
    if (workload->kind->operator_name.n || workload->pods->is_to_completion ||
        !workload_replicas(workload, &count) || count < 2 || is_selected(pass, workload))
        return;
    struct workload_part replicas = workload_part(pass_arena(pass), workload, STR("replicas"));
    struct report *report = pass_report_part(pass, workload, &replicas, "message");
    report_argument(report, "count", str_format(pass_arena(pass), "%g", count));
}

const struct rule_code rule_availability_pdb_missing = {.workload = check};
