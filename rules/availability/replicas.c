#include "engine/engine.h"

static bool is_production(struct pass *pass, const struct release *release)
{
    struct str_list names = pass_option_strings(pass, "production");
    return str_list_has(&names, release->environment->name);
}

static void check(struct pass *pass, const struct release *release)
{
    const struct object_list *objects = pass_objects(pass, release);
    const struct workload_list *workloads = objects ? pass_workloads(pass, release) : NULL;
    double least = pass_option_number(pass, "least");
    for (size_t i = 0; workloads && i < workloads->count && is_production(pass, release); i++) {
        const struct workload *workload = &workloads->items[i];
        struct arena *arena = pass_arena(pass);
        const struct object *scaler = scaler_of(objects, workload->object);
        double count;
        if (workload->pods->is_on_every_node || workload->pods->is_to_completion ||
            !workload_replicas(workload, &count))
            continue;
        count = scaler ? scaler_least(scaler) : count;
        if (count == 0 || count >= least)
            continue;
        struct str field = workload_part(arena, workload, STR("replicas")).path;
        struct report *report = scaler
                                    ? pass_report_field(pass, scaler, STR("spec"), "message")
                                    : pass_report_field(pass, workload->object, field, "message");
        report_argument(report, "count", str_format(arena, "%g", count));
        report_argument(report, "least", str_format(arena, "%g", least));
    }
}

const struct rule_code rule_availability_replicas = {
    .release = check,
    .uses_objects = true,
};
