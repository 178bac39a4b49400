#include "engine/engine.h"

/* A pool in a source, and what another kind of source says about it. */
struct pair {
    struct pass *pass;
    const struct node_pool *own, *other;
};

static bool is_cluster(const struct node_pool *pool)
{
    return pool->source->kind == POOL_FROM_NODES || pool->source->kind == POOL_FROM_NODEPOOLS;
}

static bool same_name(const struct node_pool *a, const struct node_pool *b)
{
    return a->name.known == POOL_KNOWN && b->name.known == POOL_KNOWN &&
           str_equal(a->name.text, b->name.text);
}

/* The only pool of its name in all sources of its kind. */
static bool is_single(const struct node_pools *pools, const struct node_pool *pool)
{
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *other = &pools->items[i];
        if (other != pool && other->source->kind == pool->source->kind && same_name(other, pool))
            return false;
    }
    return node_pool_is_used(pool);
}

/* True when the sources plausibly describe one cluster. */
static bool belong_together(const struct node_pools *pools, const struct node_pool *a,
                            const struct node_pool *b)
{
    size_t shared = 0;
    for (size_t i = 0; i < pools->count; i++) {
        for (size_t k = 0; k < pools->count; k++)
            shared += pools->items[i].source == a->source && pools->items[k].source == b->source &&
                      same_name(&pools->items[i], &pools->items[k]);
    }
    return shared > 1 || a->environment || b->environment;
}

static struct report *begin(const struct pair *pair, struct span span, struct span other,
                            const char *message)
{
    struct report *report = pass_report(pair->pass, span.file ? span : pair->own->span, message);
    report_argument(report, "pool", pair->own->name.text);
    report_argument(report, "source", str_from_c(pool_source_name(pair->other->source->kind)));
    report_related(report, other.file ? other : pair->other->span, "the other one");
    return report;
}

static struct str label_text(struct arena *arena, const struct pool_label *label)
{
    return str_format(arena, "%.*s=%.*s", STR_ARG(label->key), STR_ARG(label->value.text));
}

static void compare_label(const struct pair *pair, const struct pool_label *wanted)
{
    struct arena *arena = pass_arena(pair->pass);
    const struct pool_label *label = node_pool_label(pair->own, wanted->key);
    bool written = pair->own->source->kind != POOL_FROM_CONFIG || pair->own->labels.count;
    if (wanted->value.known != POOL_KNOWN)
        return;
    if (label && label->value.known == POOL_KNOWN &&
        !str_equal(label->value.text, wanted->value.text)) {
        struct report *report = begin(pair, label->value.span, wanted->value.span, "label");
        report_argument(report, "own", label_text(arena, label));
        report_argument(report, "other", label_text(arena, wanted));
    } else if (!label && !pair->own->has_more_labels && !is_cluster(pair->other) && written) {
        struct report *report = begin(pair, pair->own->span, wanted->span, "missing");
        report_argument(report, "other", label_text(arena, wanted));
    }
}

/* Taints of the other that this one lacks. */
static void compare_taints(const struct pair *pair)
{
    bool written = pair->own->source->kind != POOL_FROM_CONFIG || pair->own->taints_span.file;
    if (pair->own->has_more_taints || !written)
        return;
    for (size_t i = 0; i < pair->other->taints.count; i++) {
        const struct pool_taint *taint = &pair->other->taints.items[i];
        if (node_pool_has_taint(pair->own, taint))
            continue;
        struct report *report = begin(pair, pair->own->taints_span, taint->span, "missing");
        report_argument(report, "other", pool_taint_text(pass_arena(pair->pass), taint));
    }
}

static void compare_number(const struct pair *pair, const struct pool_number *own,
                           const struct pool_number *other, const char *what)
{
    struct arena *arena = pass_arena(pair->pass);
    if (own->known != POOL_KNOWN || other->known != POOL_KNOWN ||
        (own->least <= other->most && other->least <= own->most))
        return;
    struct report *report = begin(pair, own->span, other->span, "number");
    report_argument(report, "what", str_from_c(what));
    report_argument(report, "own", str_format(arena, "%lld", (long long)own->least));
    report_argument(report, "other", str_format(arena, "%lld", (long long)other->least));
}

static void compare_sizes(const struct pair *pair)
{
    const struct pool_text *own = &pair->own->machine;
    const struct pool_text *other = &pair->other->machine;
    if (own->known != POOL_KNOWN || other->known != POOL_KNOWN ||
        str_equal_ignoring_case(own->text, other->text))
        return;
    struct report *report = begin(pair, own->span, other->span, "size");
    report_argument(report, "own", own->text);
    report_argument(report, "other", other->text);
}

static void compare(struct pass *pass, const struct node_pool *earlier,
                    const struct node_pool *later)
{
    struct pair pair = {pass, later, earlier};
    struct pair reverse = {pass, earlier, later};
    compare_sizes(&pair);
    compare_number(&pair, &later->minimum, &earlier->minimum, "minimum");
    compare_number(&pair, &later->maximum, &earlier->maximum, "maximum");
    compare_taints(&pair);
    compare_taints(&reverse);
    for (size_t i = 0; i < earlier->labels.count; i++)
        compare_label(&pair, &earlier->labels.items[i]);
    for (size_t i = 0; i < later->labels.count; i++) {
        if (!node_pool_label(earlier, later->labels.items[i].key))
            compare_label(&reverse, &later->labels.items[i]);
    }
}

static void check(struct pass *pass)
{
    const struct node_pools *pools = pass_pools(pass);
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        for (size_t k = i + 1; k < pools->count; k++) {
            const struct node_pool *later = &pools->items[k];
            if (pool->source->kind != later->source->kind && same_name(pool, later) &&
                is_single(pools, pool) && is_single(pools, later) &&
                belong_together(pools, pool, later))
                compare(pass, pool, later);
        }
    }
}

const struct rule_code rule_infra_pools_differ = {.repository = check};
