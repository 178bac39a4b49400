#include "engine/engine.h"

static void check(struct pass *pass, const struct workload *workload)
{
    struct placement placement = pass_placement(pass, workload);
    bool is_missing =
        placement.kind == PLACEMENT_NOT_TOLERATED || placement.kind == PLACEMENT_NOT_SELECTED;
    if (!is_missing || !placement.elsewhere.p)
        return;
    struct report *report = pass_report_placement(pass, workload, &placement, "message");
    report_argument(report, "operator", workload->kind->operator_name);
}

const struct rule_code rule_schedule_operator_managed = {.workload = check};
