#include "engine/engine.h"

/* True when the configuration or the values of the environment have a state. */
static bool can_be_off(struct pass *pass, const struct config_environment *environment,
                       const struct str_list *flags)
{
    const struct model *model = pass_model(pass);
    if (environment->state.n)
        return true;
    for (size_t i = 0; i < model->release_count; i++) {
        if (model->releases[i].environment != environment)
            continue;
        const struct merged *values = pass_values(pass, &model->releases[i]);
        for (size_t k = 0; k < flags->count; k++) {
            if (merged_at(values, flags->items[k]).node)
                return true;
        }
        return false; /* what is meant for all of them, every release has */
    }
    return false;
}

static void check_pool(struct pass *pass, const struct node_pool *pool)
{
    struct pool_number least = node_pool_least(pool);
    struct str_list flags = pass_option_strings(pass, "flags");
    if (pool->system.known != POOL_KNOWN || pool->system.is_set || !node_pool_is_used(pool) ||
        least.known != POOL_KNOWN || least.least == 0 ||
        !can_be_off(pass, pool->environment, &flags))
        return;
    struct arena *arena = pass_arena(pass);
    struct report *report = pass_report(pass, least.span.file ? least.span : pool->span, "message");
    report_argument(report, "pool", node_pool_title(arena, pool));
    report_argument(report, "count", str_format(arena, "%lld", (long long)least.least));
    report_argument(report, "environment", pool->environment->name);
}

static void check(struct pass *pass)
{
    struct str_list production = pass_option_strings(pass, "production");
    const struct node_pools *pools = pass_pools(pass);
    for (size_t i = 0; i < pools->count; i++) {
        const struct config_environment *environment = pools->items[i].environment;
        bool is_off = environment && pass_is_off(pass, environment); /* shutdown/pool-minimum */
        if (environment && !is_off && !glob_match_any(&production, environment->name))
            check_pool(pass, &pools->items[i]);
    }
}

const struct rule_code rule_infra_user_pool_minimum = {.repository = check};
