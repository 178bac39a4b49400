#include "engine/engine.h"

static void check(struct pass *pass, const struct workload *workload)
{
    struct placement placement = pass_placement(pass, workload);
    if (placement.kind == PLACEMENT_FOREIGN)
        pass_report_placement(pass, workload, &placement, "message");
}

const struct rule_code rule_schedule_foreign_pool = {.workload = check};
