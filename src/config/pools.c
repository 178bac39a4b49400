#include "pools.h"

#include <stddef.h>

/* What an item of `pools` may hold. What is written of a pool is only checked here: infra/ reads it
 * as it reads the pools of all other sources. */
struct item {
    struct config_pools files;
    struct str name, size, mode;
    struct str_list taints;
    bool autoscaling, enabled;
    const struct yaml_node *labels, *min, *max, *count;
};

#define TEXT(member)                                                                               \
    {                                                                                              \
#member, FIELD_TEXT, offsetof(struct item, member), NULL                                   \
    }
#define NODE(member)                                                                               \
    {                                                                                              \
#member, FIELD_NODE, offsetof(struct item, member), NULL                                   \
    }
#define FLAG(member)                                                                               \
    {                                                                                              \
#member, FIELD_FLAG, offsetof(struct item, member), NULL                                   \
    }

static const struct config_field fields[] = {
    {"bicep", FIELD_TEXT, offsetof(struct item, files.bicep), NULL},
    {"terraform", FIELD_TEXT, offsetof(struct item, files.terraform), NULL},
    {"nodes", FIELD_TEXT, offsetof(struct item, files.nodes), NULL},
    TEXT(name),
    NODE(labels),
    {"taints", FIELD_TEXTS, offsetof(struct item, taints), NULL},
    NODE(min),
    NODE(max),
    NODE(count),
    TEXT(size),
    TEXT(mode),
    FLAG(autoscaling),
    FLAG(enabled),
};

static void check_number(struct config_reader *reader, const struct yaml_node *node,
                         const char *what)
{
    if (!node)
        return;
    bool whole = node->kind == YAML_NUMBER && node->number >= 0 && node->number < 1e6 &&
                 node->number <= (double)(long)node->number;
    if (!whole)
        config_error(reader, node->span, "%s must be a whole number of nodes", what);
}

static void check_labels(struct config_reader *reader, const struct yaml_node *labels)
{
    if (!labels || !config_expect(reader, labels, YAML_MAP, "labels"))
        return;
    for (size_t i = 0; i < labels->map.count; i++) {
        const struct yaml_node *value = labels->map.entries[i].value;
        if (value->kind == YAML_LIST || value->kind == YAML_MAP)
            config_error(reader, value->span, "a label must be a string, not a %s",
                         yaml_kind_name(value->kind));
    }
}

static void check_taint(struct config_reader *reader, const struct yaml_node *pool, size_t number,
                        struct str taint)
{
    static const char *const effects[] = {"NoSchedule", "PreferNoSchedule", "NoExecute"};
    const struct yaml_node *taints = yaml_value(pool, "taints");
    struct span span = taints->kind == YAML_LIST ? taints->list.items[number]->span : taints->span;
    size_t colon = str_find_last_char(taint, ':');
    struct str effect = colon == STR_NOT_FOUND ? STR("") : str_from(taint, colon + 1);
    if (colon == 0 || !STR_IS_ONE_OF(effect, effects))
        config_error(reader, span,
                     "a taint is written key=value:Effect with NoSchedule, PreferNoSchedule or "
                     "NoExecute");
}

static void check_pool(struct config_reader *reader, const struct yaml_node *node,
                       const struct item *item)
{
    if (!item->name.n)
        config_error(reader, node->span,
                     "an item of pools needs a name, or `bicep`, `terraform` or `nodes`");
    check_labels(reader, item->labels);
    check_number(reader, item->min, "min");
    check_number(reader, item->max, "max");
    check_number(reader, item->count, "count");
    for (size_t i = 0; i < item->taints.count; i++)
        check_taint(reader, node, i, item->taints.items[i]);
    if (item->mode.n && !str_is(item->mode, "system") && !str_is(item->mode, "user"))
        config_error(reader, yaml_value(node, "mode")->span, "mode is `system` or `user`");
}

static void read_item(struct config_reader *reader, const struct yaml_node *node,
                      struct config *config)
{
    struct item item = {0};
    if (!config_expect(reader, node, YAML_MAP, "an item of pools"))
        return;
    config_read_map(reader, node, "an item of pools", CONFIG_FIELDS(fields), &item);
    bool names_files = item.files.bicep.n || item.files.terraform.n || item.files.nodes.n;
    item.files.span = node->span;
    if (!names_files) {
        check_pool(reader, node, &item);
        item.files.pool = node;
    } else if (node->map.count > 1) {
        config_error(reader, node->span,
                     "an item of pools names files of one kind, or is a pool itself");
    }
    vector_push(reader->arena, &config->pools, item.files);
}

void config_read_pools(struct config_reader *reader, const struct yaml_node *node, void *target)
{
    struct config *config = target;
    config->has_pools = true;
    if (!config_expect(reader, node, YAML_LIST, "pools"))
        return;
    for (size_t i = 0; i < node->list.count; i++)
        read_item(reader, node->list.items[i], config);
}
