#include "pool.h"

static const struct pool_fields written = {
    .name = {"name"},
    .labels = "labels",
    .taints = "taints",
    .minimum = {"min"},
    .maximum = {"max"},
    .count = {"count"},
    .autoscaling = {"autoscaling"},
    .mode = "mode",
    .machine = {"size"},
    .enabled = "enabled",
};

const char *pool_source_name(enum pool_source_kind kind)
{
    static const char *const names[] = {
        [POOL_FROM_CONFIG] = "the configuration", [POOL_FROM_BICEP] = "Bicep",
        [POOL_FROM_TERRAFORM] = "Terraform",      [POOL_FROM_NODES] = "the cluster's nodes",
        [POOL_FROM_NODEPOOLS] = "the cluster",
    };
    return names[kind];
}

struct str node_pool_title(struct arena *arena, const struct node_pool *pool)
{
    if (pool->name.known == POOL_KNOWN)
        return pool->name.text;
    if (!pool->name.alternatives.count)
        return STR("a pool");
    return str_list_join(arena, &pool->name.alternatives, STR(" or "));
}

bool node_pool_is_used(const struct node_pool *pool)
{
    return pool->enabled.known != POOL_KNOWN || pool->enabled.is_set;
}

struct str pool_taint_text(struct arena *arena, const struct pool_taint *taint)
{
    return str_format(arena, "%.*s%s%.*s:%.*s", STR_ARG(taint->key), taint->value.n ? "=" : "",
                      STR_ARG(taint->value), STR_ARG(taint->effect));
}

const struct pool_label *node_pool_label(const struct node_pool *pool, struct str key)
{
    for (size_t i = 0; i < pool->labels.count; i++) {
        if (str_equal(pool->labels.items[i].key, key))
            return &pool->labels.items[i];
    }
    return NULL;
}

bool node_pool_has_taint(const struct node_pool *pool, const struct pool_taint *taint)
{
    for (size_t i = 0; i < pool->taints.count; i++) {
        const struct pool_taint *each = &pool->taints.items[i];
        if (str_equal(each->key, taint->key) && str_equal(each->value, taint->value) &&
            str_equal(each->effect, taint->effect))
            return true;
    }
    return false;
}

static struct pool_number choose(const struct node_pool *pool, const struct pool_number *scaled)
{
    if (pool->autoscaling.known == POOL_KNOWN)
        return pool->autoscaling.is_set ? *scaled : pool->count;
    if (pool->autoscaling.known == POOL_ABSENT)
        return scaled->known == POOL_ABSENT ? pool->count : *scaled;
    return (struct pool_number){.known = POOL_UNKNOWN, .span = pool->autoscaling.span};
}

struct pool_number node_pool_least(const struct node_pool *pool)
{
    return choose(pool, &pool->minimum);
}

struct pool_number node_pool_most(const struct node_pool *pool)
{
    return choose(pool, &pool->maximum);
}

bool pool_taint_repels(const struct pool_taint *taint)
{
    return str_is(taint->effect, "NoSchedule") || str_is(taint->effect, "NoExecute");
}

/* --- environments of pools --- */

static bool is_label(const struct node_pool *pool, struct str key, struct str value)
{
    const struct pool_label *label = value.n ? node_pool_label(pool, key) : NULL;
    return label && label->value.known == POOL_KNOWN && str_equal(label->value.text, value);
}

static bool has_taint(const struct node_pool *pool, struct str key, struct str value)
{
    for (size_t i = 0; value.n && i < pool->taints.count; i++) {
        if (str_equal(pool->taints.items[i].key, key) &&
            str_equal(pool->taints.items[i].value, value))
            return true;
    }
    return false;
}

static bool belongs(const struct config *config, const struct node_pool *pool,
                    const struct config_environment *environment)
{
    return is_label(pool, config->label_pool, environment->pool) ||
           is_label(pool, config->label_environment, environment->name) ||
           has_taint(pool, config->label_environment, environment->taint) ||
           (environment->pool.n && pool->name.known == POOL_KNOWN &&
            str_equal(pool->name.text, environment->pool));
}

/* What labels, taints and name say, when they say one thing. */
static const struct config_environment *environment_of(const struct config *config,
                                                       const struct node_pool *pool)
{
    const struct config_environment *found = NULL;
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        if (environment->cluster_scope || !belongs(config, pool, environment))
            continue;
        if (found)
            return NULL;
        found = environment;
    }
    return found;
}

/* --- files --- */

/* Folders of tests, examples and the like say nothing about what is deployed. */
static bool is_aside(struct arena *arena, struct str path)
{
    static const char *const folders[] = {
        "test",     "tests",    "testing", "example",    "examples", "sample",   "samples",
        "fixtures", "testdata", "e2e",     ".terraform", "docs",     "template", "templates"};
    struct str rest = str_lower(arena, path_directory(path));
    while (rest.p) {
        struct str folder = str_cut(&rest, '/');
        if (STR_IS_ONE_OF(folder, folders))
            return true;
    }
    return false;
}

static struct str_list find_by_ending(struct pool_collector *collector, struct str ending)
{
    struct str_list found = {0};
    const struct str_list *paths = tree_paths(collector->tree);
    for (size_t i = 0; i < paths->count; i++) {
        if (str_ends_with(paths->items[i], ending) &&
            path_is_below(paths->items[i], collector->config->root) &&
            !is_aside(collector->arena, paths->items[i]))
            vector_push(collector->arena, &found, paths->items[i]);
    }
    return found;
}

/* Files of parameters are found with the files whose parameters they give. */
static void add_bicep_parameters(struct pool_collector *collector, struct str_list *paths)
{
    struct str_list parameters = find_by_ending(collector, STR(".bicepparam"));
    for (size_t i = 0; paths->count && i < parameters.count; i++)
        vector_push(collector->arena, paths, parameters.items[i]);
}

static void add_glob(struct pool_collector *collector, struct str_list *paths, struct str glob,
                     struct span span)
{
    if (!glob.n)
        return;
    struct str pattern = path_join(collector->arena, collector->config->root, glob);
    struct str_list found = tree_glob(collector->tree, collector->arena, pattern);
    if (!found.count)
        diagnostics_add(collector->sink, SEVERITY_WARNING, "infrastructure", span,
                        "no file matches %.*s", STR_ARG(glob));
    for (size_t i = 0; i < found.count; i++) {
        if (!str_list_has(paths, found.items[i]))
            vector_push(collector->arena, paths, found.items[i]);
    }
}

/* Most repositories have nothing of the kind, and reading all their Terraform would be for nothing.
 */
static bool are_worth_reading(struct pool_collector *collector, const struct str_list *paths)
{
    static const char *const words[] = {
        "managedClusters", "managed-cluster",        "kubernetes_cluster", "aws_eks_",
        "/eks/aws",        "google_container_",      "environments",       "envs",
        "federated",       "aws_iam_policy_document"};
    for (size_t i = 0; i < paths->count; i++) {
        const struct file *file = tree_find(collector->tree, paths->items[i]);
        for (size_t k = 0; file && k < sizeof words / sizeof *words; k++) {
            if (str_contains(file->bytes, str_from_c(words[k])))
                return true;
        }
    }
    return false;
}

static void read_detected(struct pool_collector *collector)
{
    struct str_list bicep = find_by_ending(collector, STR(".bicep"));
    struct str_list terraform = find_by_ending(collector, STR(".tf"));
    if (are_worth_reading(collector, &bicep)) {
        add_bicep_parameters(collector, &bicep);
        bicep_read(collector, &bicep);
    }
    if (are_worth_reading(collector, &terraform))
        terraform_read(collector, &terraform);
}

static void read_configured(struct pool_collector *collector)
{
    const struct config *config = collector->config;
    struct str_list bicep = {0};
    struct str_list terraform = {0};
    struct str_list nodes = {0};
    struct pool_source *source = NULL;
    for (size_t i = 0; i < config->pools.count; i++) {
        const struct config_pools *item = &config->pools.items[i];
        add_glob(collector, &bicep, item->bicep, item->span);
        add_glob(collector, &terraform, item->terraform, item->span);
        add_glob(collector, &nodes, item->nodes, item->span);
        if (!item->pool)
            continue;
        if (!source)
            source = pool_add_source(collector, POOL_FROM_CONFIG, config->path);
        pool_add(collector, source, &written, outcome_of_node(collector->arena, item->pool),
                 item->span);
    }
    add_bicep_parameters(collector, &bicep);
    bicep_read(collector, &bicep);
    terraform_read(collector, &terraform);
    nodes_read(collector, &nodes);
}

const struct node_pools *node_pools_load(struct arena *arena, struct tree *tree,
                                         const struct config *config, struct diagnostics *sink)
{
    struct node_pools *pools = arena_make(arena, struct node_pools);
    struct pool_collector collector = {
        .arena = arena, .tree = tree, .config = config, .sink = sink, .pools = pools};
    if (config->has_pools)
        read_configured(&collector);
    else
        read_detected(&collector);
    for (size_t i = 0; i < pools->count; i++)
        pools->items[i].environment = environment_of(config, &pools->items[i]);
    return pools;
}
