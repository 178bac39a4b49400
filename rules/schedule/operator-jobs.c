#include "engine/engine.h"

static void check(struct pass *pass, const struct workload *workload)
{
    struct placement placement = pass_placement(pass, workload);
    if (placement.kind != PLACEMENT_NOWHERE || !workload->pods->takes_no_scheduling)
        return;
    struct report *report = pass_report_placement(pass, workload, &placement, "message");
    report_argument(report, "operator", workload->kind->operator_name);
}

const struct rule_code rule_schedule_operator_jobs = {.workload = check};
