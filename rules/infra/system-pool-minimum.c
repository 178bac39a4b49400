#include "engine/engine.h"

static void check(struct pass *pass)
{
    struct str_list production = pass_option_strings(pass, "production");
    const struct node_pools *pools = pass_pools(pass);
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        struct pool_number least = node_pool_least(pool);
        bool weaker = pool->environment && !glob_match_any(&production, pool->environment->name);
        if (pool->system.known != POOL_KNOWN || !pool->system.is_set || weaker ||
            pool->enabled.known != POOL_KNOWN || !pool->enabled.is_set ||
            least.known != POOL_KNOWN || least.most >= 2)
            continue;
        struct span span = least.span.file ? least.span : pool->span;
        struct report *report = pass_report(pass, span, least.most ? "message" : "none");
        report_argument(report, "pool", node_pool_title(pass_arena(pass), pool));
        report_argument(report, "count",
                        str_format(pass_arena(pass), "%lld", (long long)least.most));
    }
}

const struct rule_code rule_infra_system_pool_minimum = {.repository = check};
