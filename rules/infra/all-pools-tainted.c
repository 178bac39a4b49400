#include "engine/engine.h"

/* True when a taint of the pool is known to keep off what an operator makes. */
static bool is_closed(const struct node_pool *pool, const struct str_list *tolerated)
{
    for (size_t i = 0; i < pool->taints.count; i++) {
        if (pool_taint_repels(&pool->taints.items[i]) &&
            !glob_match_any(tolerated, pool->taints.items[i].key))
            return true;
    }
    return false;
}

static void check_source(struct pass *pass, const struct pool_source *source,
                         const struct str_list *tolerated)
{
    const struct node_pools *pools = pass_pools(pass);
    const struct node_pool *shown = NULL;
    size_t count = 0;
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        if (pool->source != source || !node_pool_is_used(pool))
            continue;
        if (!is_closed(pool, tolerated))
            return;
        bool own = pool->system.known == POOL_KNOWN && pool->system.is_set;
        if (!shown || !own)
            shown = pool;
        count++;
    }
    if (!shown)
        return;
    struct span span = shown->taints_span.file ? shown->taints_span : shown->span;
    struct report *report = pass_report(pass, span, "message");
    report_argument(report, "count", str_format(pass_arena(pass), "%zu", count));
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        if (pool != shown && pool->source == source && node_pool_is_used(pool))
            report_related(report, pool->taints.items[0].span, "%.*s is tainted here",
                           STR_ARG(node_pool_title(pass_arena(pass), pool)));
    }
}

static void check(struct pass *pass)
{
    struct str_list tolerated = pass_option_strings(pass, "tolerated");
    const struct node_pools *pools = pass_pools(pass);
    for (size_t i = 0; i < pools->source_count; i++) {
        const struct pool_source *source = pools->sources[i];
        if (source->has_cluster && !source->has_more)
            check_source(pass, source, &tolerated);
    }
}

const struct rule_code rule_infra_all_pools_tainted = {.repository = check};
