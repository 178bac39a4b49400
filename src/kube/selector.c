#include "selector.h"

static bool is_label_selector(const struct yaml_node *selector)
{
    return yaml_value(selector, "matchLabels") || yaml_value(selector, "matchExpressions");
}

/* The labels that are asked for by value; NULL when there are none. */
static const struct yaml_node *wanted_labels(const struct yaml_node *selector)
{
    const struct yaml_node *wanted =
        is_label_selector(selector) ? yaml_value(selector, "matchLabels") : selector;
    return wanted && wanted->kind == YAML_MAP && wanted->map.count ? wanted : NULL;
}

static bool has_label(const struct yaml_node *labels, const struct yaml_entry *wanted)
{
    const struct yaml_entry *found = yaml_find(labels, wanted->key);
    return found && str_equal(yaml_text(found->value), yaml_text(wanted->value));
}

static bool has_value(const struct yaml_node *values, struct str value)
{
    for (size_t i = 0; values && values->kind == YAML_LIST && i < values->list.count; i++) {
        if (str_equal(yaml_text(values->list.items[i]), value))
            return true;
    }
    return false;
}

static bool expression_matches(const struct yaml_node *expression, const struct yaml_node *labels)
{
    const struct yaml_node *values = yaml_value(expression, "values");
    struct str how = yaml_text(yaml_value(expression, "operator"));
    const struct yaml_entry *found = yaml_find(labels, yaml_text(yaml_value(expression, "key")));
    if (str_is(how, "Exists"))
        return found;
    if (str_is(how, "DoesNotExist"))
        return !found;
    if (str_is(how, "In"))
        return found && has_value(values, yaml_text(found->value));
    return str_is(how, "NotIn") && !(found && has_value(values, yaml_text(found->value)));
}

/* How many of the labels that it asks for by value are there with that value, and the first one
 * that is not. */
static size_t agreement(const struct yaml_node *selector, const struct yaml_node *labels,
                        const struct yaml_entry **ret_missing)
{
    const struct yaml_node *wanted = wanted_labels(selector);
    const struct yaml_entry *missing = NULL;
    size_t count = 0;
    for (size_t i = 0; wanted && i < wanted->map.count; i++) {
        const struct yaml_entry *entry = &wanted->map.entries[i];
        if (has_label(labels, entry))
            count++;
        else if (!missing)
            missing = entry;
    }
    *ret_missing = missing;
    return count;
}

bool selector_matches(const struct yaml_node *selector, const struct yaml_node *labels)
{
    const struct yaml_node *expressions = yaml_value(selector, "matchExpressions");
    const struct yaml_entry *missing;
    bool asks = wanted_labels(selector);
    agreement(selector, labels, &missing);
    if (missing)
        return false;
    for (size_t i = 0; expressions && expressions->kind == YAML_LIST && i < expressions->list.count;
         i++) {
        asks = true;
        if (!expression_matches(expressions->list.items[i], labels))
            return false;
    }
    return asks;
}

struct workload_list selector_workloads(struct arena *arena, const struct yaml_node *selector,
                                        const struct workload_list *all, struct str namespace)
{
    struct workload_list selected = {0};
    for (size_t i = 0; all && i < all->count; i++) {
        const struct workload *workload = &all->items[i];
        const struct yaml_node *labels = workload_part(arena, workload, STR("labels")).node;
        if (str_equal(workload->object->namespace, namespace) && selector_matches(selector, labels))
            vector_push(arena, &selected, *workload);
    }
    return selected;
}

struct selector_near selector_nearest(struct arena *arena, const struct yaml_node *selector,
                                      const struct workload_list *all, struct str namespace)
{
    struct selector_near near = {0};
    size_t most = 0;
    for (size_t i = 0; all && i < all->count; i++) {
        const struct workload *workload = &all->items[i];
        const struct yaml_node *labels = workload_part(arena, workload, STR("labels")).node;
        const struct yaml_entry *missing;
        size_t count = agreement(selector, labels, &missing);
        if (!near.missing)
            near.missing = missing;
        if (count <= most || !str_equal(workload->object->namespace, namespace))
            continue;
        near = (struct selector_near){workload, missing, labels};
        most = count;
    }
    return near;
}

struct str selector_hint(struct arena *arena, const struct selector_near *near)
{
    if (!near->workload || !near->missing)
        return STR("");
    struct str title = object_title(arena, near->workload->object);
    struct str key = near->missing->key;
    const struct yaml_entry *found = yaml_find(near->labels, key);
    if (!found)
        return str_format(arena, " (%.*s has no label %.*s)", STR_ARG(title), STR_ARG(key));
    return str_format(arena, " (%.*s has %.*s: %.*s)", STR_ARG(title), STR_ARG(key),
                      STR_ARG(yaml_text(found->value)));
}

struct str selector_path(struct arena *arena, struct str at, const struct yaml_node *selector,
                         const struct yaml_entry *label)
{
    if (!label)
        return at;
    if (is_label_selector(selector))
        at = values_path_key(arena, at, STR("matchLabels"));
    return values_path_key(arena, at, label->key);
}
