#include "engine/engine.h"

static bool is_missing(const struct placement *placement)
{
    bool is_asked =
        placement->kind == PLACEMENT_NOT_TOLERATED || placement->kind == PLACEMENT_NOT_SELECTED;
    return is_asked && !placement->part.node && !placement->elsewhere.p;
}

static void check(struct pass *pass, const struct workload *workload)
{
    struct placement placement = pass_placement(pass, workload);
    if (is_missing(&placement) && !pass_is_wired(pass, workload, &placement.part))
        pass_report_placement(pass, workload, &placement, "message");
}

const struct rule_code rule_schedule_not_wired = {.workload = check};
