#include "engine/engine.h"

static bool is_production(struct pass *pass, const struct release *release)
{
    struct str_list names = pass_option_strings(pass, "production");
    return str_list_has(&names, release->environment->name);
}

static void check(struct pass *pass, const struct workload *workload)
{
    struct arena *arena = pass_arena(pass);
    const struct release *release = workload->object->release;
    const struct object *scaler = scaler_of(pass_objects(pass, release), workload->object);
    double least = pass_option_number(pass, "least");
    double count;
    if (!is_production(pass, release) || workload->pods->is_on_every_node ||
        workload->pods->is_to_completion || !workload_replicas(workload, &count))
        return;
    count = scaler ? scaler_least(scaler) : count;
    if (count == 0 || count >= least)
        return;
    struct workload_part replicas = workload_part(arena, workload, STR("replicas"));
    struct report *report = scaler ? pass_report_field(pass, scaler, STR("spec"), "message")
                                   : pass_report_part(pass, workload, &replicas, "message");
    report_argument(report, "count", str_format(arena, "%g", count));
    report_argument(report, "least", str_format(arena, "%g", least));
}

const struct rule_code rule_availability_replicas = {.workload = check};
