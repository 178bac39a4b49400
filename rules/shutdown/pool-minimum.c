#include "engine/engine.h"

static void check_pool(struct pass *pass, const struct node_pool *pool)
{
    struct arena *arena = pass_arena(pass);
    struct pool_number least = node_pool_least(pool);
    bool is_system = pool->system.known != POOL_KNOWN || pool->system.is_set;
    if (is_system || !node_pool_is_used(pool) || least.known != POOL_KNOWN || least.least == 0)
        return;
    struct report *report = pass_report(pass, least.span.file ? least.span : pool->span, "message");
    report_argument(report, "pool", node_pool_title(arena, pool));
    report_argument(report, "count", str_format(arena, "%lld", (long long)least.least));
    report_argument(report, "environment", pool->environment->name);
}

static void check(struct pass *pass)
{
    const struct node_pools *pools = pass_pools(pass);
    for (size_t i = 0; i < pools->count; i++) {
        const struct config_environment *environment = pools->items[i].environment;
        if (environment && pass_is_off(pass, environment))
            check_pool(pass, &pools->items[i]);
    }
}

const struct rule_code rule_shutdown_pool_minimum = {.repository = check};
