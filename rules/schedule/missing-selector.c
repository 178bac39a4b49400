#include "engine/engine.h"

/* What is set elsewhere in a custom resource, or can be set nowhere, has rules of its own. */
static void check(struct pass *pass, const struct workload *workload)
{
    struct placement placement = pass_placement(pass, workload);
    if (placement.kind == PLACEMENT_NOT_SELECTED && !placement.elsewhere.p &&
        pass_is_wired(pass, workload, &placement.part))
        pass_report_placement(pass, workload, &placement, "message");
}

const struct rule_code rule_schedule_missing_selector = {.workload = check};
