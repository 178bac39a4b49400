#include "pool.h"

const struct outcome *outcome_of_node(struct arena *arena, const struct yaml_node *node)
{
    struct outcome *outcome = outcome_make(arena, OUTCOME_NULL, node->span);
    switch (node->kind) {
    case YAML_NULL:
        break;
    case YAML_BOOL:
        outcome->kind = OUTCOME_BOOL;
        outcome->boolean = node->boolean;
        break;
    case YAML_NUMBER:
        outcome->kind = OUTCOME_NUMBER;
        outcome->number = node->number;
        break;
    case YAML_STRING:
        outcome->kind = OUTCOME_TEXT;
        outcome->text = node->text;
        break;
    case YAML_LIST:
        outcome->kind = OUTCOME_LIST;
        for (size_t i = 0; i < node->list.count; i++) {
            const struct yaml_node *item = node->list.items[i];
            outcome_add(
                arena, outcome,
                (struct outcome_member){.span = item->span, .value = outcome_of_node(arena, item)});
        }
        break;
    case YAML_MAP:
        outcome->kind = OUTCOME_OBJECT;
        for (size_t i = 0; i < node->map.count; i++) {
            const struct yaml_entry *entry = &node->map.entries[i];
            struct span span = {entry->key_span.file, entry->key_span.start,
                                entry->value->span.end};
            outcome_add(
                arena, outcome,
                (struct outcome_member){entry->key, span, outcome_of_node(arena, entry->value)});
        }
        break;
    }
    return outcome;
}

/* --- az aks nodepool list -o json --- */

static void read_agent_pools(struct pool_collector *collector, const struct file *file,
                             const struct yaml_node *list)
{
    struct pool_source *source = pool_add_source(collector, POOL_FROM_NODEPOOLS, file->path);
    source->has_cluster = true;
    for (size_t i = 0; i < list->list.count; i++) {
        const struct yaml_node *node = list->list.items[i];
        const struct outcome *object = outcome_of_node(collector->arena, node);
        struct node_pool *pool =
            pool_add(collector, source, &pool_fields_azure, object, node->span);
        struct str power = yaml_text(yaml_at(node, STR("powerState.code")));
        pool->enabled.is_set = !str_is(power, "Stopped");
    }
}

/* --- kubectl get nodes -o json --- */

static struct str pool_name(const struct yaml_node *labels, struct span *ret_span)
{
    static const char *const keys[] = {"kubernetes.azure.com/agentpool", "agentpool",
                                       "eks.amazonaws.com/nodegroup",
                                       "cloud.google.com/gke-nodepool"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct yaml_node *value = yaml_value(labels, keys[i]);
        if (value && value->kind == YAML_STRING) {
            *ret_span = value->span;
            return value->text;
        }
    }
    return (struct str){0};
}

/* "3860m" or "4", in thousandths; false when it is none. */
static bool read_processors(struct str text, int64_t *ret_cpu)
{
    double number = 0;
    bool thousandths = str_ends_with(text, STR("m"));
    if (!parse_go_float(str_slice(text, 0, text.n - thousandths), &number) || number < 0 ||
        number > 1e6)
        return false;
    *ret_cpu = (int64_t)(thousandths ? number : number * 1000);
    return true;
}

static bool read_bytes(struct str text, int64_t *ret_bytes)
{
    static const struct {
        const char *unit;
        double bytes;
    } units[] = {{"Ki", 0x1p10}, {"Mi", 0x1p20}, {"Gi", 0x1p30}, {"k", 1e3},
                 {"M", 1e6},     {"G", 1e9},     {"", 1}};
    double number = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct str unit = str_from_c(units[i].unit);
        if (!str_ends_with(text, unit))
            continue;
        if (!parse_go_float(str_slice(text, 0, text.n - unit.n), &number) || number < 0 ||
            number * units[i].bytes > 1e15)
            return false;
        *ret_bytes = (int64_t)(number * units[i].bytes);
        return true;
    }
    return false;
}

static void widen(struct pool_number *number, bool read, int64_t value, struct span span)
{
    if (number->known == POOL_UNKNOWN)
        return;
    if (!read)
        *number = (struct pool_number){.known = POOL_UNKNOWN, .span = span};
    else if (number->known == POOL_ABSENT)
        *number = (struct pool_number){POOL_KNOWN, value, value, span};
    number->least = value < number->least ? value : number->least;
    number->most = value > number->most ? value : number->most;
}

static struct node_pool *find_pool(struct pool_collector *collector,
                                   const struct pool_source *source, struct str name)
{
    for (size_t i = 0; i < collector->pools->count; i++) {
        struct node_pool *pool = &collector->pools->items[i];
        if (pool->source == source && str_equal(pool->name.text, name))
            return pool;
    }
    return NULL;
}

/* Taints that the cluster sets while a node has a condition. */
static bool is_condition(struct str key)
{
    return str_starts_with(key, STR("node.kubernetes.io/")) ||
           str_starts_with(key, STR("node.cloudprovider.kubernetes.io/")) ||
           str_starts_with(key, STR("ToBeDeletedByClusterAutoscaler")) ||
           str_starts_with(key, STR("DeletionCandidateOfClusterAutoscaler"));
}

/* Keeps the labels that this node has too; the others are of single nodes. */
static void keep_labels(struct node_pool *pool, const struct yaml_node *labels)
{
    size_t kept = 0;
    for (size_t i = 0; i < pool->labels.count; i++) {
        struct pool_label label = pool->labels.items[i];
        const struct yaml_entry *entry = yaml_find(labels, label.key);
        if (entry && str_equal(yaml_text(entry->value), label.value.text))
            pool->labels.items[kept++] = label;
    }
    pool->labels.count = kept;
}

static void start_pool(struct pool_collector *collector, const struct pool_source *source,
                       const struct yaml_node *node)
{
    static const struct pool_fields fields = {
        .labels = "metadata.labels",
        .taints = "spec.taints",
    };
    const struct outcome *object = outcome_of_node(collector->arena, node);
    struct node_pool *pool = pool_add(collector, source, &fields, object, node->span);
    const struct yaml_node *labels = yaml_at(node, STR("metadata.labels"));
    size_t kept = 0;
    for (size_t i = 0; i < pool->taints.count; i++) {
        if (!is_condition(pool->taints.items[i].key))
            pool->taints.items[kept++] = pool->taints.items[i];
    }
    pool->taints.count = kept;
    pool->name.text = pool_name(labels, &pool->name.span);
    pool->name.known = POOL_KNOWN;
    pool->span = pool->name.span;
    pool->count = (struct pool_number){POOL_KNOWN, 0, 0, node->span};
    pool->autoscaling.known = POOL_UNKNOWN;
    struct str mode = yaml_text(yaml_value(labels, "kubernetes.azure.com/mode"));
    if (mode.n)
        pool->system = (struct pool_flag){.known = POOL_KNOWN, .is_set = str_is(mode, "system")};
    const struct yaml_node *type = yaml_value(labels, "node.kubernetes.io/instance-type");
    if (type)
        pool->machine =
            (struct pool_text){.known = POOL_KNOWN, .text = yaml_text(type), .span = type->span};
    pool->cpu.known = pool->memory.known = POOL_ABSENT;
}

static void read_node(struct pool_collector *collector, struct pool_source *source,
                      const struct yaml_node *node)
{
    struct span span = node->span;
    const struct yaml_node *labels = yaml_at(node, STR("metadata.labels"));
    struct str name = pool_name(labels, &span);
    if (!name.n) {
        pool_note_more(source, node->span);
        return;
    }
    if (!find_pool(collector, source, name))
        start_pool(collector, source, node);
    struct node_pool *pool = find_pool(collector, source, name);
    pool->count.least++;
    pool->count.most++;
    keep_labels(pool, labels);
    int64_t cpu = 0;
    int64_t memory = 0;
    bool has_cpu = read_processors(yaml_text(yaml_at(node, STR("status.allocatable.cpu"))), &cpu);
    bool has_memory =
        read_bytes(yaml_text(yaml_at(node, STR("status.allocatable.memory"))), &memory);
    widen(&pool->cpu, has_cpu, cpu, node->span);
    widen(&pool->memory, has_memory, memory, node->span);
}

static void read_node_list(struct pool_collector *collector, const struct file *file,
                           const struct yaml_node *items)
{
    struct pool_source *source = pool_add_source(collector, POOL_FROM_NODES, file->path);
    source->has_cluster = true;
    for (size_t i = 0; i < items->list.count; i++) {
        const struct yaml_node *node = items->list.items[i];
        if (str_is(yaml_text(yaml_value(node, "kind")), "Node"))
            read_node(collector, source, node);
    }
}

void nodes_read(struct pool_collector *collector, const struct str_list *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        const struct file *file = tree_find(collector->tree, paths->items[i]);
        if (!file || file->state != FILE_READ)
            continue;
        const struct yaml_node *root =
            yaml_root(yaml_parse(collector->arena, file, &limits_default));
        const struct yaml_node *items = yaml_value(root, "items");
        if (items && items->kind == YAML_LIST)
            read_node_list(collector, file, items);
        else if (root->kind == YAML_LIST)
            read_agent_pools(collector, file, root);
        else
            diagnostics_add(collector->sink, SEVERITY_WARNING, "infrastructure",
                            (struct span){file->id, 0, 0},
                            "neither nodes (kubectl get nodes -o json) nor node pools (az aks "
                            "nodepool list -o json)");
    }
}
