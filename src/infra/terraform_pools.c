#include "terraform.h"

/* What the resources and modules of the providers call the parts of a pool. */
static const struct pool_fields azure = {
    .name = {"name"},
    .labels = "node_labels",
    .taints = "node_taints",
    .minimum = {"min_count"},
    .maximum = {"max_count"},
    .count = {"node_count"},
    .autoscaling = {"auto_scaling_enabled", "enable_auto_scaling"},
    .mode = "mode",
    .machine = {"vm_size"},
    .fixed_by_default = true,
    .user_by_default = true,
};

static const struct pool_fields amazon = {
    .name = {"node_group_name"},
    .labels = "labels",
    .taints = "taint",
    .minimum = {"scaling_config.min_size"},
    .maximum = {"scaling_config.max_size"},
    .count = {"scaling_config.desired_size"},
    .machine = {"instance_types"},
};

static const struct pool_fields amazon_module = {
    .name = {"name"},
    .labels = "labels",
    .taints = "taints",
    .minimum = {"min_size"},
    .maximum = {"max_size"},
    .count = {"desired_size"},
    .machine = {"instance_types", "instance_type"},
};

static const struct pool_fields google = {
    .name = {"name"},
    .labels = "node_config.labels",
    .taints = "node_config.taint",
    .minimum = {"autoscaling.total_min_node_count", "autoscaling.min_node_count"},
    .maximum = {"autoscaling.total_max_node_count", "autoscaling.max_node_count"},
    .count = {"node_count", "initial_node_count"},
    .autoscaling = {"autoscaling"},
    .machine = {"node_config.machine_type"},
    .scales_by_presence = true,
    .is_per_zone = true,
};

static bool is_text(const struct outcome *outcome, const char *text)
{
    return outcome && outcome->kind == OUTCOME_TEXT && str_is(outcome->text, text);
}

static struct node_pool *add(struct terraform_instance *instance, const struct pool_fields *fields,
                             const struct outcome *object, struct span span,
                             struct pool_flag enabled)
{
    struct node_pool *pool =
        pool_add(instance->program->collector, instance->source, fields, object, span);
    pool->enabled = enabled;
    struct str path = instance->folder->path;
    pool->in_module = map_has(&instance->program->used, path) ||
                      str_is(path_name(path_directory(path)), "modules") ||
                      str_is(path_name(path), "modules");
    return pool;
}

/* --- resources --- */

static void read_azure_cluster(struct terraform_instance *instance, const struct outcome *object,
                               struct span span, struct pool_flag enabled)
{
    struct arena *arena = instance->evaluator.arena;
    const struct outcome *pools = outcome_behind(arena, object, "default_node_pool");
    const struct outcome *provisioning =
        outcome_behind(arena, object, "node_provisioning_profile.mode");
    instance->source->has_cluster = true;
    if (provisioning && !is_text(provisioning, "Manual"))
        pool_note_more(instance->source, span);
    if (!pools || pools->kind != OUTCOME_LIST || !pools->members.count) {
        pool_note_more(instance->source, span);
        return;
    }
    const struct outcome *first = pools->members.items[0].value;
    const struct outcome *critical = outcome_behind(arena, first, "only_critical_addons_enabled");
    struct node_pool *pool = add(instance, &azure, first, first->span, enabled);
    pool->system = (struct pool_flag){.known = POOL_KNOWN, .is_set = true};
    if (critical && critical->kind == OUTCOME_BOOL && critical->boolean)
        pool_add_taint(arena, pool, STR("CriticalAddonsOnly=true:NoSchedule"), critical->span);
    else if (critical && critical->kind != OUTCOME_BOOL && critical->kind != OUTCOME_NULL)
        pool->has_more_taints = true;
}

static void read_azure_pool(struct terraform_instance *instance, const struct outcome *object,
                            struct span span, struct pool_flag enabled)
{
    add(instance, &azure, object, span, enabled);
}

static void read_amazon_pool(struct terraform_instance *instance, const struct outcome *object,
                             struct span span, struct pool_flag enabled)
{
    struct node_pool *pool = add(instance, &amazon, object, span, enabled);
    pool->system = (struct pool_flag){.known = POOL_KNOWN};
}

static void read_google_pool(struct terraform_instance *instance, const struct outcome *object,
                             struct span span, struct pool_flag enabled)
{
    struct node_pool *pool = add(instance, &google, object, span, enabled);
    pool->system = (struct pool_flag){.known = POOL_KNOWN};
}

static void read_google_cluster(struct terraform_instance *instance, const struct outcome *object,
                                struct span span, struct pool_flag enabled)
{
    struct arena *arena = instance->evaluator.arena;
    instance->source->has_cluster = true;
    const struct outcome *removed = outcome_behind(arena, object, "remove_default_node_pool");
    const struct outcome *pools = outcome_behind(arena, object, "node_pool");
    if (outcome_behind(arena, object, "enable_autopilot") ||
        outcome_behind(arena, object, "cluster_autoscaling") ||
        (pools && (pools->kind != OUTCOME_LIST || pools->is_open)))
        pool_note_more(instance->source, span);
    for (size_t i = 0; pools && pools->kind == OUTCOME_LIST && i < pools->members.count; i++)
        read_google_pool(instance, pools->members.items[i].value, pools->members.items[i].span,
                         enabled);
    if (!pools && !(removed && removed->kind == OUTCOME_BOOL && removed->boolean))
        pool_note_more(instance->source, span); /* its own pool, about which little is said */
}

static void read_cluster(struct terraform_instance *instance, const struct outcome *object,
                         struct span span, struct pool_flag enabled)
{
    (void)enabled;
    instance->source->has_cluster = true;
    if (outcome_behind(instance->evaluator.arena, object, "compute_config"))
        pool_note_more(instance->source, span); /* EKS makes pools as they are needed */
}

static void read_others(struct terraform_instance *instance, const struct outcome *object,
                        struct span span, struct pool_flag enabled)
{
    (void)object, (void)enabled;
    pool_note_more(instance->source, span);
}

static const struct {
    const char *type;
    void (*read)(struct terraform_instance *instance, const struct outcome *object,
                 struct span span, struct pool_flag enabled);
} resources[] = {
    {"azurerm_kubernetes_cluster", read_azure_cluster},
    {"azurerm_kubernetes_cluster_node_pool", read_azure_pool},
    {"aws_eks_cluster", read_cluster},
    {"aws_eks_node_group", read_amazon_pool},
    {"aws_eks_fargate_profile", read_others},
    {"google_container_cluster", read_google_cluster},
    {"google_container_node_pool", read_google_pool},
};

static size_t find_resource(const struct terraform_block *block)
{
    size_t count = sizeof resources / sizeof *resources;
    size_t i = 0;
    while (i < count && !(block->labels.count && str_is(block->labels.items[0], resources[i].type)))
        i++;
    return i;
}

bool terraform_is_pool_resource(const struct terraform_block *block)
{
    return find_resource(block) < sizeof resources / sizeof *resources;
}

void terraform_read_resource(struct terraform_instance *instance,
                             const struct terraform_block *block, const struct outcome *object,
                             struct pool_flag enabled)
{
    resources[find_resource(block)].read(instance, object, block->span, enabled);
}

/* --- modules of the registry --- */

static struct pool_text text_of_key(const struct outcome_member *member)
{
    struct span key = member->span;
    return (struct pool_text){.known = POOL_KNOWN, .text = member->key, .span = key};
}

/* A map of pools by name. */
static void read_map(struct terraform_instance *instance, const struct outcome *pools,
                     const struct pool_fields *fields, struct span span, struct pool_flag enabled)
{
    if (!pools || pools->kind == OUTCOME_NULL)
        return;
    pools = outcome_common(instance->evaluator.arena, pools);
    if (pools->kind != OUTCOME_OBJECT || pools->is_open)
        pool_note_more(instance->source, span);
    for (size_t i = 0; pools->kind == OUTCOME_OBJECT && i < pools->members.count; i++) {
        const struct outcome_member *member = &pools->members.items[i];
        struct node_pool *pool = add(instance, fields, member->value, member->span, enabled);
        if (pool->name.known == POOL_ABSENT)
            pool->name = text_of_key(member);
    }
}

static void read_amazon_module(struct terraform_instance *instance, const struct outcome *object,
                               struct span span, struct pool_flag enabled)
{
    static const char *const maps[] = {"eks_managed_node_groups", "self_managed_node_groups"};
    static const char *const others[] = {
        "fargate_profiles", "cluster_compute_config",          "compute_config",
        "node_groups",      "eks_managed_node_group_defaults", "self_managed_node_group_defaults"};
    struct arena *arena = instance->evaluator.arena;
    bool defaults = false;
    instance->source->has_cluster = true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        bool given = outcome_behind(arena, object, others[i]);
        defaults = defaults || (given && i >= 4);
        if (given && i < 4)
            pool_note_more(instance->source, span);
    }
    size_t before = instance->program->collector->pools->count;
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        read_map(instance, outcome_behind(arena, object, maps[i]), &amazon_module, span, enabled);
    for (size_t i = before; i < instance->program->collector->pools->count; i++) {
        struct node_pool *pool = &instance->program->collector->pools->items[i];
        pool->has_more_labels = pool->has_more_labels || defaults;
        pool->has_more_taints = pool->has_more_taints || defaults;
        pool->system = (struct pool_flag){.known = POOL_KNOWN};
    }
}

void terraform_read_registry_module(struct terraform_instance *instance,
                                    const struct terraform_block *block, struct str module,
                                    const struct outcome *object, struct pool_flag enabled)
{
    static const char *const words[] = {"aks",       "eks",       "gke",       "kubernetes-engine",
                                        "karpenter", "node-pool", "node-group"};
    if (str_is(module, "terraform-aws-modules/eks/aws")) {
        read_amazon_module(instance, object, block->span, enabled);
        return;
    }
    struct str name = str_lower(instance->evaluator.arena, module);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_contains(name, str_from_c(words[i])))
            pool_note_more(instance->source, block->span);
    }
}
