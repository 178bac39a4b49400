#include "engine/engine.h"

/* What is compared: the file of a Bicep module, the folder of a Terraform module. */
static struct str module_of(struct pass *pass, const struct node_pool *pool)
{
    const struct file *file = tree_file(pass_tree(pass), pool->head.file);
    if (!pool->in_module || !file)
        return (struct str){0};
    return pool->source->kind == POOL_FROM_BICEP ? file->path : path_directory(file->path);
}

/* The last two names of both paths are the same. */
static bool look_alike(struct str a, struct str b)
{
    return str_equal(path_name(a), path_name(b)) && path_directory(a).n && path_directory(b).n &&
           str_equal(path_name(path_directory(a)), path_name(path_directory(b)));
}

static const struct config_environment *named_environment(const struct config *config,
                                                          struct str path)
{
    while (path.p) {
        struct str name = str_cut(&path, '/');
        for (size_t i = 0; i < config->environments.count; i++) {
            const struct config_environment *environment = &config->environments.items[i];
            if (str_equal(name, environment->name) ||
                (environment->pool.n && str_equal(name, environment->pool)))
                return environment;
        }
    }
    return NULL;
}

static const struct node_pool *find_in(struct pass *pass, struct str module, struct str name)
{
    const struct node_pools *pools = pass_pools(pass);
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        if (pool->name.known == POOL_KNOWN && str_equal(pool->name.text, name) &&
            str_equal(module_of(pass, pool), module))
            return pool;
    }
    return NULL;
}

static size_t count_shared(struct pass *pass, struct str a, struct str b)
{
    const struct node_pools *pools = pass_pools(pass);
    size_t shared = 0;
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        bool first = pool->name.known == POOL_KNOWN && str_equal(module_of(pass, pool), a) &&
                     find_in(pass, a, pool->name.text) == pool;
        shared += first && find_in(pass, b, pool->name.text);
    }
    return shared;
}

static bool taints_differ(const struct node_pool *a, const struct node_pool *b)
{
    if (a->has_more_taints || b->has_more_taints)
        return false;
    bool differ = a->taints.count != b->taints.count;
    for (size_t i = 0; i < a->taints.count && !differ; i++)
        differ = !node_pool_has_taint(b, &a->taints.items[i]);
    return differ;
}

/* Reports the first pool in which the modules differ; true when there was one. */
static bool compare(struct pass *pass, const struct node_pool *own, struct str copy)
{
    const struct node_pool *other = find_in(pass, copy, own->name.text);
    if (!other)
        return false;
    bool sizes = own->machine.known == POOL_KNOWN && other->machine.known == POOL_KNOWN &&
                 !str_equal_ignoring_case(own->machine.text, other->machine.text);
    bool taints = !sizes && taints_differ(own, other);
    if (!sizes && !taints)
        return false;
    struct span span = sizes ? own->machine.span : own->taints_span;
    struct span there = sizes ? other->machine.span : other->taints_span;
    struct report *report =
        pass_report(pass, span.file ? span : own->span, sizes ? "size" : "taints");
    report_argument(report, "pool", own->name.text);
    report_argument(report, "own", own->machine.text);
    report_argument(report, "other", other->machine.text);
    report_argument(report, "path", copy);
    report_related(report, there.file ? there : other->span, "the other one");
    return true;
}

/* Modules in the order of their first pools. */
static struct str_list list_modules(struct pass *pass)
{
    const struct node_pools *pools = pass_pools(pass);
    struct str_list modules = {0};
    for (size_t i = 0; i < pools->count; i++) {
        struct str module = module_of(pass, &pools->items[i]);
        if (module.p && !str_list_has(&modules, module))
            vector_push(pass_arena(pass), &modules, module);
    }
    return modules;
}

static void check_copies(struct pass *pass, struct str module, struct str copy)
{
    const struct config *config = pass_model(pass)->config;
    const struct node_pools *pools = pass_pools(pass);
    if (!look_alike(module, copy) || named_environment(config, module) ||
        named_environment(config, copy) || count_shared(pass, module, copy) < 2)
        return;
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        if (pool->name.known == POOL_KNOWN && str_equal(module_of(pass, pool), module) &&
            compare(pass, pool, copy))
            return;
    }
}

static void check(struct pass *pass)
{
    struct str_list modules = list_modules(pass);
    for (size_t i = 0; i < modules.count; i++) {
        for (size_t k = 0; k < i; k++)
            check_copies(pass, modules.items[i], modules.items[k]);
    }
}

const struct rule_code rule_infra_duplicate_module = {.repository = check};
