#include "engine/engine.h"

/* A pool of the source that has the label; NULL when there is none. */
static const struct node_pool *find_labelled(const struct node_pools *pools,
                                             const struct pool_source *source, struct str key)
{
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        if (pool->source == source && node_pool_is_used(pool) && node_pool_label(pool, key))
            return pool;
    }
    return NULL;
}

static void check(struct pass *pass)
{
    const struct node_pools *pools = pass_pools(pass);
    struct str key = pass_model(pass)->config->label_pool;
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        bool for_workloads = pool->system.known == POOL_KNOWN && !pool->system.is_set;
        if (!for_workloads || !node_pool_is_used(pool) || pool->has_more_labels ||
            node_pool_label(pool, key))
            continue;
        const struct node_pool *other = find_labelled(pools, pool->source, key);
        if (!other)
            continue;
        struct report *report = pass_report(pass, pool->span, "message");
        report_argument(report, "pool", node_pool_title(pass_arena(pass), pool));
        report_argument(report, "label", key);
        report_related(report, node_pool_label(other, key)->span, "this pool has it");
    }
}

const struct rule_code rule_infra_pool_label_missing = {.repository = check};
