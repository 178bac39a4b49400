#include "engine/engine.h"

static bool is_narrow(const struct node_pool *pool)
{
    const struct pool_number *minimum = &pool->minimum;
    const struct pool_number *maximum = &pool->maximum;
    return minimum->known == POOL_KNOWN && maximum->known == POOL_KNOWN && minimum->most > 0 &&
           minimum->least == maximum->most;
}

static void check(struct pass *pass)
{
    struct str_list production = pass_option_strings(pass, "production");
    const struct node_pools *pools = pass_pools(pass);
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        const struct config_environment *environment = pool->environment;
        bool fixed = pool->autoscaling.known == POOL_KNOWN && !pool->autoscaling.is_set;
        bool narrow = !fixed && is_narrow(pool) && pool->autoscaling.known != POOL_UNKNOWN;
        if (!environment || !glob_match_any(&production, environment->name) ||
            !node_pool_is_used(pool) || (!fixed && !narrow))
            continue;
        struct span span = fixed ? pool->autoscaling.span : pool->maximum.span;
        struct report *report =
            pass_report(pass, span.file ? span : pool->span, fixed ? "message" : "narrow");
        report_argument(report, "pool", node_pool_title(pass_arena(pass), pool));
        report_argument(report, "environment", environment->name);
    }
}

const struct rule_code rule_infra_production_autoscaling = {.repository = check};
