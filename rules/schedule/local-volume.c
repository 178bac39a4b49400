#include "engine/engine.h"

/* True for pools of what the cluster itself runs. */
static bool is_of_system(const struct node_pool *pool)
{
    return (pool->system.known == POOL_KNOWN && pool->system.is_set) ||
           node_pool_label(pool, STR("node-role.kubernetes.io/control-plane")) ||
           node_pool_label(pool, STR("node-role.kubernetes.io/master"));
}

/* The pool of the system on which the pods may run beside others; NULL when they keep off. */
static const struct node_pool *find_system_pool(struct pass *pass, const struct workload *workload)
{
    const struct node_pools *pools = pass_pools(pass);
    struct scheduling scheduling = workload_scheduling(pass_arena(pass), workload);
    const struct node_pool *system = NULL;
    bool has_other = false;
    for (size_t i = 0; i < pools->count; i++) {
        const struct node_pool *pool = &pools->items[i];
        enum certainty lands = scheduling_lands(&scheduling, pool);
        if (!node_pool_is_used(pool) || lands == CERTAINLY_NOT)
            continue;
        if (is_of_system(pool) && lands == CERTAINLY)
            system = pool;
        has_other = has_other || !is_of_system(pool);
    }
    return has_other ? system : NULL;
}

struct search {
    struct arena *arena;
    struct str_list classes;
};

enum { MOST_DEPTH = 32 };

/* The path of a storage class that is local, below the node; p == NULL: there is none. */
static struct str find_class(const struct search *search, const struct yaml_node *node,
                             struct str path, unsigned depth)
{
    static const char *const keys[] = {"storageClassName", "storageClass", "storageclass"};
    struct str found = {0};
    for (size_t i = 0; depth < MOST_DEPTH && !found.p && i < yaml_entry_count(node); i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        struct str here = values_path_key(search->arena, path, entry->key);
        bool is_class = STR_IS_ONE_OF(entry->key, keys) &&
                        str_list_has(&search->classes, yaml_text(entry->value));
        found = is_class ? here : find_class(search, entry->value, here, depth + 1);
    }
    for (size_t i = 0; depth < MOST_DEPTH && !found.p && i < yaml_item_count(node); i++)
        found = find_class(search, node->list.items[i], values_path_index(search->arena, path, i),
                           depth + 1);
    return found;
}

static void check_object(struct pass *pass, const struct search *search,
                         const struct workload *workload, const struct object *object)
{
    struct str path = find_class(search, object->root, STR(""), 0);
    const struct node_pool *pool = path.p ? find_system_pool(pass, workload) : NULL;
    if (!pool)
        return;
    struct report *report = pass_report_field(pass, object, path, "message");
    report_argument(report, "class", yaml_text(object_at(object->root, path)));
    report_argument(report, "workload", workload_title(search->arena, workload));
    report_argument(report, "pool", node_pool_title(search->arena, pool));
}

/* The class stands in the workload, or in the claims that its pods name. */
static void check(struct pass *pass, const struct workload *workload)
{
    struct arena *arena = pass_arena(pass);
    const struct search search = {arena, pass_option_strings(pass, "classes")};
    const struct object *object = workload->object;
    const struct yaml_node *volumes = workload_part(arena, workload, STR("volumes")).node;
    if (!pass_pools(pass)->count || workload->pods->takes_no_scheduling)
        return;
    check_object(pass, &search, workload, object);
    for (size_t i = 0; i < yaml_item_count(volumes); i++) {
        struct str name =
            yaml_text(yaml_at(volumes->list.items[i], STR("persistentVolumeClaim.claimName")));
        const struct object *claim =
            name.n ? object_find(pass_objects(pass, object->release), STR("PersistentVolumeClaim"),
                                 object->namespace, name)
                   : NULL;
        if (claim)
            check_object(pass, &search, workload, claim);
    }
}

const struct rule_code rule_schedule_local_volume = {.workload = check};
