#include "placement.h"

/* The pools that matter to one workload. */
struct world {
    struct arena *arena;
    const struct config *config;
    const struct config_environment *environment;
    const struct workload *workload;
    struct scheduling scheduling;
    VECTOR(const struct node_pool *) pools;
    bool is_whole; /* there are no other pools */
};

/* --- pools --- */

/* A pool as the configuration names it for an environment; more may be true of it. */
static const struct node_pool *implied_pool(struct world *world,
                                            const struct config_environment *environment)
{
    struct arena *arena = world->arena;
    const struct config *config = world->config;
    struct node_pool *pool = arena_make(arena, struct node_pool);
    pool->environment = environment;
    pool->name = (struct pool_text){.known = POOL_KNOWN, .text = environment->pool};
    pool->has_more_labels = true;
    pool->has_more_taints = true;
    struct pool_text value = {.known = POOL_KNOWN, .text = environment->pool};
    vector_push(arena, &pool->labels, ((struct pool_label){config->label_pool, value, {0}}));
    struct pool_taint taint = {
        config->label_environment, environment->taint, STR("NoSchedule"), {0}};
    if (environment->taint.n && config->label_environment.n)
        vector_push(arena, &pool->taints, taint);
    return pool;
}

static bool has_label_value(const struct node_pool *pool, struct str key, struct str value)
{
    const struct pool_label *label = node_pool_label(pool, key);
    return label && value.n && label->value.known == POOL_KNOWN &&
           str_equal(label->value.text, value);
}

static bool is_own(const struct world *world, const struct node_pool *pool)
{
    return pool->environment == world->environment ||
           has_label_value(pool, world->config->label_pool, world->environment->pool);
}

/* Several clusters have several sets of pools, and which is whose is not known. */
static bool is_one_cluster(const struct config *config)
{
    struct str first = {0};
    for (size_t i = 0; i < config->environments.count; i++) {
        struct str cluster = config->environments.items[i].cluster;
        if (cluster.n && first.n && !str_equal(first, cluster))
            return false;
        first = cluster.n ? cluster : first;
    }
    return true;
}

bool pools_tell_all(const struct node_pools *pools, const struct config *config)
{
    bool has_cluster = false;
    for (size_t i = 0; i < pools->source_count; i++) {
        const struct pool_source *source = pools->sources[i];
        if (source->has_more)
            return false;
        has_cluster = has_cluster || source->has_cluster ||
                      (source->kind != POOL_FROM_BICEP && source->kind != POOL_FROM_TERRAFORM);
    }
    return pools->count && has_cluster && is_one_cluster(config);
}

/* Pools that are declared; else, for environments of which none is, those that the configuration
 * names. */
static void add_pools(struct world *world, const struct node_pools *pools)
{
    for (size_t i = 0; i < pools->count; i++) {
        if (node_pool_is_used(&pools->items[i]))
            vector_push(world->arena, &world->pools, &pools->items[i]);
    }
    size_t declared = world->pools.count;
    world->is_whole = pools_tell_all(pools, world->config);
    for (size_t i = 0; !world->is_whole && i < world->config->environments.count; i++) {
        const struct config_environment *environment = &world->config->environments.items[i];
        bool is_declared = !environment->pool.n || !world->config->label_pool.n;
        for (size_t k = 0; k < declared; k++)
            is_declared = is_declared || world->pools.items[k]->environment == environment;
        if (!is_declared)
            vector_push(world->arena, &world->pools, implied_pool(world, environment));
    }
}

/* --- what is wrong --- */

static bool names_pool(const struct world *world)
{
    return scheduling_names(&world->scheduling, world->config->label_pool) ||
           scheduling_names(&world->scheduling, world->config->label_environment);
}

/* Labels that say nothing about who the nodes are for. */
static bool is_about_machines(struct str key)
{
    static const char *const names[] = {"kubernetes.io/os", "kubernetes.io/arch",
                                        "beta.kubernetes.io/os", "beta.kubernetes.io/arch"};
    return STR_IS_ONE_OF(key, names);
}

static bool asks_for_nothing(const struct scheduling *scheduling)
{
    const struct yaml_node *selector = scheduling->node_selector;
    for (size_t i = 0; i < yaml_entry_count(selector); i++) {
        if (!is_about_machines(selector->map.entries[i].key))
            return false;
    }
    return !yaml_value(scheduling->node_affinity, "requiredDuringSchedulingIgnoredDuringExecution");
}

/* Where the pods say which nodes they want, or would say it. */
static struct workload_part selecting_part(const struct world *world)
{
    struct workload_part selector =
        workload_part(world->arena, world->workload, STR("nodeSelector"));
    struct workload_part affinity =
        workload_part(world->arena, world->workload, STR("affinity.nodeAffinity"));
    struct str key = world->config->label_pool;
    if (yaml_find(selector.node, key)) {
        struct str path = values_path_key(world->arena, STR("nodeSelector"), key);
        return workload_part(world->arena, world->workload, path);
    }
    return (affinity.node && !selector.node) || !selector.path.p ? affinity : selector;
}

static struct str pool_title(const struct world *world, const struct node_pool *pool)
{
    const struct pool_label *label = node_pool_label(pool, world->config->label_pool);
    if (label && label->value.known == POOL_KNOWN)
        return label->value.text;
    return node_pool_title(world->arena, pool);
}

static bool find_foreign(const struct world *world, struct placement *placement)
{
    const struct node_pool *foreign = NULL;
    bool has_own = false;
    for (size_t i = 0; i < world->pools.count; i++) {
        const struct node_pool *pool = world->pools.items[i];
        bool is_selected = scheduling_selects(&world->scheduling, pool) != CERTAINLY_NOT;
        has_own = has_own || is_own(world, pool);
        if (is_selected && is_own(world, pool))
            return false;
        if (is_selected && pool->environment && !foreign)
            foreign = pool;
    }
    if (!foreign || !has_own || !names_pool(world))
        return false;
    placement->kind = PLACEMENT_FOREIGN;
    placement->part = selecting_part(world);
    placement->pool = pool_title(world, foreign);
    placement->environment = foreign->environment->name;
    return true;
}

/* A value for the pool's label that no pool has. */
static bool find_unknown(const struct world *world, struct placement *placement)
{
    const struct workload_part part = selecting_part(world);
    struct str wanted = yaml_text(part.node);
    bool is_asked = world->is_whole && wanted.n &&
                    yaml_find(world->scheduling.node_selector, world->config->label_pool);
    for (size_t i = 0; is_asked && i < world->pools.count; i++) {
        const struct node_pool *pool = world->pools.items[i];
        const struct pool_label *label = node_pool_label(pool, world->config->label_pool);
        bool is_other =
            label ? label->value.known == POOL_KNOWN && !str_equal(label->value.text, wanted)
                  : !pool->has_more_labels;
        is_asked = is_other;
    }
    if (!is_asked)
        return false;
    placement->kind = PLACEMENT_UNKNOWN_POOL;
    placement->part = part;
    placement->pool = wanted;
    return true;
}

static bool find_untolerated(const struct world *world, struct placement *placement)
{
    const struct node_pool *repelling = NULL;
    for (size_t i = 0; i < world->pools.count; i++) {
        const struct node_pool *pool = world->pools.items[i];
        if (!is_own(world, pool) || scheduling_selects(&world->scheduling, pool) == CERTAINLY_NOT)
            continue;
        if (!scheduling_repelled_by(&world->scheduling, pool))
            return false;
        repelling = repelling ? repelling : pool;
    }
    if (!repelling)
        return false;
    placement->kind = PLACEMENT_NOT_TOLERATED;
    placement->part = workload_part(world->arena, world->workload, STR("tolerations"));
    placement->pool = pool_title(world, repelling);
    placement->taint =
        pool_taint_text(world->arena, scheduling_repelled_by(&world->scheduling, repelling));
    placement->also_selects_nothing = !names_pool(world) && asks_for_nothing(&world->scheduling);
    return true;
}

static bool find_unselected(const struct world *world, struct placement *placement)
{
    const struct node_pool *own = NULL;
    bool has_others = !world->is_whole && asks_for_nothing(&world->scheduling);
    for (size_t i = 0; i < world->pools.count; i++) {
        const struct node_pool *pool = world->pools.items[i];
        if (is_own(world, pool))
            own = own ? own : pool;
        else if (world->is_whole && scheduling_lands(&world->scheduling, pool) == CERTAINLY)
            has_others = true;
    }
    /* What tolerates everything is worse than that, and another finding. */
    if (!own || !has_others || names_pool(world) ||
        scheduling_tolerates_everything(&world->scheduling))
        return false;
    placement->kind = PLACEMENT_NOT_SELECTED;
    placement->part = selecting_part(world);
    placement->pool = pool_title(world, own);
    return true;
}

static bool find_nowhere(const struct world *world, struct placement *placement)
{
    if (!world->is_whole || !world->pools.count)
        return false;
    for (size_t i = 0; i < world->pools.count; i++) {
        if (scheduling_lands(&world->scheduling, world->pools.items[i]) != CERTAINLY_NOT)
            return false;
    }
    struct workload_part selector =
        workload_part(world->arena, world->workload, STR("nodeSelector"));
    placement->kind = PLACEMENT_NOWHERE;
    placement->part =
        selector.node ? selector : workload_part(world->arena, world->workload, STR("tolerations"));
    if (world->workload->pods->takes_no_scheduling)
        placement->part.path = STR("kind"); /* that there is such an object */
    return true;
}

/* --- the same part elsewhere --- */

enum { MOST_DEPTH = 32 };

/* The path of a key of that name, below the node, that is not the part's own and has a value. */
static struct str find_elsewhere(struct arena *arena, const struct yaml_node *node, struct str path,
                                 struct str key, struct str own, unsigned depth)
{
    for (size_t i = 0; depth < MOST_DEPTH && i < yaml_entry_count(node); i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        struct str here = values_path_key(arena, path, entry->key);
        bool is_such = str_equal(entry->key, key) && !yaml_is_blank(entry->value);
        if (is_such && !str_equal(here, own))
            return here;
        struct str found = find_elsewhere(arena, entry->value, here, key, own, depth + 1);
        if (found.p)
            return found;
    }
    for (size_t i = 0; depth < MOST_DEPTH && i < yaml_item_count(node); i++) {
        struct str here = values_path_index(arena, path, i);
        struct str found = find_elsewhere(arena, node->list.items[i], here, key, own, depth + 1);
        if (found.p)
            return found;
    }
    return (struct str){0};
}

static void note_elsewhere(const struct world *world, struct placement *placement)
{
    const struct workload *workload = world->workload;
    struct str path = placement->part.path;
    size_t dot = str_find_last_char(path, '.');
    struct str key = str_from(path, dot == STR_NOT_FOUND ? 0 : dot + 1);
    bool is_missing =
        placement->kind == PLACEMENT_NOT_TOLERATED || placement->kind == PLACEMENT_NOT_SELECTED;
    if (workload->kind->operator_name.n && is_missing && !placement->part.node)
        placement->elsewhere =
            find_elsewhere(world->arena, workload->object->root, STR(""), key, path, 0);
}

struct placement placement_of(struct arena *arena, const struct node_pools *pools,
                              const struct config *config, const struct workload *workload)
{
    const struct object *object = workload->object;
    struct world world = {
        .arena = arena,
        .config = config,
        .environment = object->release->environment,
        .workload = workload,
        .scheduling = workload_scheduling(arena, workload),
    };
    struct placement placement = {0};
    if (object->manifest->is_test)
        return placement;
    add_pools(&world, pools);
    bool is_found = !world.environment->cluster_scope && !workload->pods->takes_no_scheduling &&
                    (find_foreign(&world, &placement) || find_unknown(&world, &placement) ||
                     find_untolerated(&world, &placement) || find_unselected(&world, &placement));
    if (!is_found)
        is_found = find_nowhere(&world, &placement);
    if (!is_found || !placement.part.path.p)
        return (struct placement){0};
    note_elsewhere(&world, &placement);
    return placement;
}
