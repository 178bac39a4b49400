#ifndef BULKHEAD_TESTS_UNIT_INFRA_POOLS_UNIT_H
#define BULKHEAD_TESTS_UNIT_INFRA_POOLS_UNIT_H

#include "infra/infra.h"

#include "unit.h"

/* Pools as short texts: a line each, "name size min..max *count auto sys {labels} [taints]", with
 * "?" for what cannot be told and nothing for what is absent; "…" behind labels, taints or all
 * pools: there is more. */
static void put_text(struct text *out, const char *before, struct pool_text value)
{
    if (value.known == POOL_ABSENT)
        return;
    text_add_c(out, before);
    if (value.known == POOL_KNOWN) {
        text_add(out, value.text);
        return;
    }
    text_add_char(out, '?');
    if (value.alternatives.count)
        text_add(out, str_list_join(out->arena, &value.alternatives, STR("|")));
}

static void put_number(struct text *out, const char *before, struct pool_number value)
{
    if (value.known == POOL_ABSENT)
        return;
    text_add_c(out, before);
    if (value.known == POOL_UNKNOWN)
        text_add_char(out, '?');
    else if (value.least == value.most)
        text_format(out, "%lld", (long long)value.least);
    else
        text_format(out, "%lld|%lld", (long long)value.least, (long long)value.most);
}

static void put_flag(struct text *out, const char *name, struct pool_flag value)
{
    if (value.known == POOL_ABSENT || (value.known == POOL_KNOWN && !value.is_set))
        return;
    text_format(out, " %s%s", name, value.known == POOL_UNKNOWN ? "?" : "");
}

static void put_pool(struct text *out, const struct node_pool *pool)
{
    put_text(out, "", pool->name);
    put_text(out, " ", pool->machine);
    put_number(out, " >", pool->minimum);
    put_number(out, " <", pool->maximum);
    put_number(out, " *", pool->count);
    put_flag(out, "auto", pool->autoscaling);
    put_flag(out, "system", pool->system);
    if (pool->enabled.known == POOL_UNKNOWN || !pool->enabled.is_set)
        text_add_c(out, pool->enabled.known == POOL_UNKNOWN ? " off?" : " off");
    for (size_t i = 0; i < pool->labels.count; i++) {
        text_format(out, " %.*s", STR_ARG(pool->labels.items[i].key));
        put_text(out, "=", pool->labels.items[i].value);
    }
    text_add_c(out, pool->has_more_labels ? " labels…" : "");
    for (size_t i = 0; i < pool->taints.count; i++)
        text_format(out, " !%.*s", STR_ARG(pool_taint_text(out->arena, &pool->taints.items[i])));
    text_add_c(out, pool->has_more_taints ? " taints…" : "");
    text_add_char(out, '\n');
}

static inline struct str describe_pools(struct arena *arena, const struct node_pools *pools)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < pools->count; i++)
        put_pool(&out, &pools->items[i]);
    for (size_t i = 0; i < pools->source_count; i++) {
        if (pools->sources[i]->has_more)
            text_add_c(&out, "…\n");
    }
    return text_str(&out);
}

/* The pools of one file, found without a configuration. */
static inline struct str describe_file(struct arena *arena, const char *path, const char *text)
{
    struct tree_memory_file *file = arena_make(arena, struct tree_memory_file);
    *file = (struct tree_memory_file){str_from_c(path), str_from_c(text)};
    struct tree *tree = tree_open_memory(arena, file, 1);
    struct config config = config_default();
    struct diagnostics sink = {.arena = arena};
    return describe_pools(arena, node_pools_load(arena, tree, &config, &sink));
}

#endif
