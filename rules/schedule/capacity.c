#include "engine/engine.h"

#include <math.h>

enum resource { CPU, MEMORY, RESOURCES };
static const char *const names[RESOURCES] = {"cpu", "memory"};

/* Pods of a workload that run on one pool or nowhere. */
struct demand {
    const struct workload *workload;
    struct workload_count count;
    double request[RESOURCES]; /* of each */
};

struct demand_list {
    struct demand *items;
    size_t count, capacity;
};

struct pool_offer {
    const struct node_pool *pool; /* the first of that name */
    bool is_known[RESOURCES];
    double node[RESOURCES]; /* what one node has at most */
    double nodes;           /* at most; NAN: not known */
};

struct check {
    struct pass *pass;
    const struct node_pools *pools;
    VECTOR(const struct workload *) workloads;
};

/* --- what there is --- */

static bool is_known_name(const struct node_pool *pool)
{
    return pool->name.known == POOL_KNOWN && pool->name.text.n;
}

/* Two sources may declare one pool. */
static bool is_same_pool(const struct node_pool *a, const struct node_pool *b)
{
    return a == b ||
           (is_known_name(a) && is_known_name(b) && str_equal(a->name.text, b->name.text));
}

static void widen(struct pool_offer *offer, const struct node_pool *pool)
{
    const struct pool_number *numbers[RESOURCES] = {&pool->cpu, &pool->memory};
    static const double unit[RESOURCES] = {1000, 1};
    struct pool_number nodes = node_pool_most(pool);
    offer->nodes = nodes.known == POOL_KNOWN ? fmax(offer->nodes, (double)nodes.most) : NAN;
    for (size_t i = 0; i < RESOURCES; i++) {
        offer->is_known[i] = offer->is_known[i] && numbers[i]->known == POOL_KNOWN;
        offer->node[i] = fmax(offer->node[i], (double)numbers[i]->most / unit[i]);
    }
}

static struct pool_offer offer_of(const struct check *check, const struct node_pool *pool)
{
    struct pool_offer offer = {.pool = pool, .is_known = {true, true}};
    for (size_t i = 0; i < check->pools->count; i++) {
        if (node_pool_is_used(&check->pools->items[i]) &&
            is_same_pool(&check->pools->items[i], pool) && !isnan(offer.nodes))
            widen(&offer, &check->pools->items[i]);
    }
    return offer;
}

/* --- what is asked for --- */

static bool may_land(struct check *check, const struct workload *workload,
                     const struct node_pool *pool, enum certainty at_least)
{
    struct scheduling scheduling = workload_scheduling(pass_arena(check->pass), workload);
    return node_pool_is_used(pool) && !workload->pods->takes_no_scheduling &&
           scheduling_lands(&scheduling, pool) >= at_least;
}

/* True when the pods run on this pool or nowhere. */
static bool runs_only_on(struct check *check, const struct workload *workload,
                         const struct node_pool *pool)
{
    for (size_t i = 0; i < check->pools->count; i++) {
        const struct node_pool *other = &check->pools->items[i];
        if (!is_same_pool(other, pool) && may_land(check, workload, other, PERHAPS))
            return false;
    }
    return may_land(check, workload, pool, PERHAPS);
}

static struct demand demand_of(struct check *check, const struct workload *workload,
                               const struct pool_offer *offer)
{
    struct arena *arena = pass_arena(check->pass);
    struct demand demand = {.workload = workload};
    for (size_t i = 0; i < RESOURCES; i++)
        demand.request[i] = workload_request(arena, workload, str_from_c(names[i]));
    if (!workload->pods->is_on_every_node) {
        const struct object_list *objects = pass_objects(check->pass, workload->object->release);
        demand.count = workload_count(workload, objects);
    } else if (workload_stays(workload)) {
        demand.count = (struct workload_count){offer->nodes, offer->nodes};
    }
    return demand;
}

/* Pods that no node of the pool can hold are another finding. */
static bool fits_on_node(const struct demand *demand, const struct pool_offer *offer)
{
    bool fits = true;
    for (size_t i = 0; i < RESOURCES; i++)
        fits = fits && !(offer->is_known[i] && demand->request[i] > offer->node[i]);
    return fits;
}

static struct demand_list demands_on(struct check *check, const struct pool_offer *offer)
{
    struct demand_list demands = {0};
    for (size_t i = 0; i < check->workloads.count; i++) {
        const struct workload *workload = check->workloads.items[i];
        bool is_counted = workload->pods->is_on_every_node
                              ? may_land(check, workload, offer->pool, CERTAINLY)
                              : runs_only_on(check, workload, offer->pool);
        if (!is_counted)
            continue;
        struct demand demand = demand_of(check, workload, offer);
        if (demand.count.most > 0 && fits_on_node(&demand, offer))
            vector_push(pass_arena(check->pass), &demands, demand);
    }
    return demands;
}

static double total(const struct demand_list *demands, enum resource resource, bool is_scaled)
{
    double sum = 0;
    for (size_t i = 0; i < demands->count; i++) {
        const struct demand *demand = &demands->items[i];
        double pods = is_scaled ? demand->count.most : demand->count.least;
        sum += pods * demand->request[resource];
    }
    return sum;
}

/* --- what is said --- */

static struct str amount_text(struct arena *arena, enum resource resource, double amount)
{
    if (resource == CPU)
        return str_format(arena, "%.4g processors", amount);
    return str_format(arena, "%.4g GiB", amount / (1024.0 * 1024 * 1024));
}

static struct span offer_span(const struct node_pool *pool)
{
    struct span nodes = node_pool_most(pool).span;
    return nodes.file ? nodes : pool->span;
}

/* Points to the workload that asks for most. */
static void relate_greatest(struct check *check, struct report *report,
                            const struct demand_list *demands, enum resource resource)
{
    struct arena *arena = pass_arena(check->pass);
    const struct demand *greatest = NULL;
    for (size_t i = 0; i < demands->count; i++) {
        const struct demand *demand = &demands->items[i];
        if (!greatest || demand->count.most * demand->request[resource] >
                             greatest->count.most * greatest->request[resource])
            greatest = demand;
    }
    if (!greatest)
        return;
    struct workload_part part =
        workload_largest_request(arena, greatest->workload, str_from_c(names[resource]));
    struct cause cause = pass_cause(check->pass, greatest->workload->object, part.path);
    struct span span = cause_span(&cause);
    struct str title = object_title(arena, greatest->workload->object);
    struct str each = amount_text(arena, resource, greatest->request[resource]);
    if (span.file)
        report_related(report, span, "%.*s of %.*s asks for most: %g × %.*s", STR_ARG(title),
                       STR_ARG(greatest->workload->object->release->name), greatest->count.most,
                       STR_ARG(each));
}

static void report_sum(struct check *check, const struct pool_offer *offer,
                       const struct demand_list *demands, enum resource resource, bool is_scaled)
{
    struct arena *arena = pass_arena(check->pass);
    struct report *report =
        pass_report(check->pass, offer_span(offer->pool), is_scaled ? "scaled" : "message");
    report_argument(report, "pool", node_pool_title(arena, offer->pool));
    report_argument(report, "request",
                    amount_text(arena, resource, total(demands, resource, is_scaled)));
    report_argument(report, "nodes", str_format(arena, "%g", offer->nodes));
    report_argument(report, "offer",
                    amount_text(arena, resource, offer->nodes * offer->node[resource]));
    if (is_scaled)
        report_severity(report, SEVERITY_INFO);
    for (size_t i = 0; i < demands->count; i++) {
        if (demands->items[i].request[resource] > 0)
            report_only_for(report, demands->items[i].workload->object->release);
    }
    relate_greatest(check, report, demands, resource);
}

static void check_pool(struct check *check, const struct node_pool *pool)
{
    struct pool_offer offer = offer_of(check, pool);
    if (isnan(offer.nodes) || offer.nodes <= 0)
        return;
    struct demand_list demands = demands_on(check, &offer);
    for (unsigned i = 0; i < 2 * RESOURCES; i++) {
        enum resource resource = (enum resource)(i % RESOURCES);
        bool is_scaled = i >= RESOURCES;
        if (offer.is_known[resource] &&
            total(&demands, resource, is_scaled) > offer.nodes * offer.node[resource]) {
            report_sum(check, &offer, &demands, resource, is_scaled);
            return;
        }
    }
}

/* The greatest node that may take the pods; NULL when none may or one is not known. */
static const struct node_pool *greatest_node(struct check *check, const struct workload *workload,
                                             enum resource resource, double *ret_amount)
{
    const struct node_pool *greatest = NULL;
    for (size_t i = 0; i < check->pools->count; i++) {
        const struct node_pool *pool = &check->pools->items[i];
        struct pool_offer offer = {.is_known = {true, true}};
        if (!may_land(check, workload, pool, PERHAPS))
            continue;
        widen(&offer, pool);
        if (!offer.is_known[resource])
            return NULL;
        if (!greatest || offer.node[resource] > *ret_amount) {
            greatest = pool;
            *ret_amount = offer.node[resource];
        }
    }
    return greatest;
}

/* A pod that is larger than every node. */
static void check_pod(struct check *check, const struct workload *workload)
{
    struct arena *arena = pass_arena(check->pass);
    for (unsigned i = 0; i < RESOURCES; i++) {
        double most = 0;
        double request = workload_request(arena, workload, str_from_c(names[i]));
        const struct node_pool *pool =
            request > 0 ? greatest_node(check, workload, (enum resource)i, &most) : NULL;
        if (!pool || request <= most)
            continue;
        struct workload_part part = workload_largest_request(arena, workload, str_from_c(names[i]));
        struct report *report = pass_report_field(check->pass, workload->object, part.path, "pod");
        report_argument(report, "pool", node_pool_title(arena, pool));
        report_argument(report, "request", amount_text(arena, (enum resource)i, request));
        report_argument(report, "offer", amount_text(arena, (enum resource)i, most));
    }
}

static void collect(struct check *check)
{
    const struct model *model = pass_model(check->pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct workload_list *workloads = pass_workloads(check->pass, &model->releases[i]);
        for (size_t k = 0; workloads && k < workloads->count; k++)
            vector_push(pass_arena(check->pass), &check->workloads, &workloads->items[k]);
    }
}

static bool is_first_of_name(const struct node_pools *pools, size_t number)
{
    for (size_t i = 0; i < number; i++) {
        if (node_pool_is_used(&pools->items[i]) &&
            is_same_pool(&pools->items[i], &pools->items[number]))
            return false;
    }
    return node_pool_is_used(&pools->items[number]);
}

static void check(struct pass *pass)
{
    struct check check = {.pass = pass, .pools = pass_pools(pass)};
    if (!pools_tell_all(check.pools, pass_model(pass)->config))
        return;
    collect(&check);
    for (size_t i = 0; i < check.pools->count; i++) {
        if (is_first_of_name(check.pools, i))
            check_pool(&check, &check.pools->items[i]);
    }
    for (size_t i = 0; i < check.workloads.count; i++)
        check_pod(&check, check.workloads.items[i]);
}

const struct rule_code rule_schedule_capacity = {.repository = check, .uses_objects = true};
