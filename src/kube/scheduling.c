#include "scheduling.h"

struct scheduling workload_scheduling(struct arena *arena, const struct workload *workload)
{
    return (struct scheduling){
        .node_selector = workload_part(arena, workload, STR("nodeSelector")).node,
        .node_affinity = workload_part(arena, workload, STR("affinity.nodeAffinity")).node,
        .tolerations = workload_part(arena, workload, STR("tolerations")).node,
        .is_on_every_node = workload->pods->is_on_every_node,
    };
}

static enum certainty both(enum certainty a, enum certainty b)
{
    return a < b ? a : b;
}

static enum certainty either(enum certainty a, enum certainty b)
{
    return a > b ? a : b;
}

static enum certainty negated(enum certainty a)
{
    return (enum certainty)(CERTAINLY - a);
}

/* --- labels --- */

/* Domains of labels that kubelets and clouds put on nodes without anybody declaring them. */
static bool comes_by_itself(struct str key)
{
    static const char *const roles[] = {"node-role.kubernetes.io/control-plane",
                                        "node-role.kubernetes.io/master"};
    static const char *const names[] = {"agentpool", "storageprofile", "storagetier"};
    static const char *const domains[] = {"kubernetes.io", "k8s.io",           "azure.com",
                                          "amazonaws.com", "cloud.google.com", "k8s.aws",
                                          "karpenter.sh"};
    size_t slash = str_find_char(key, '/');
    struct str domain = str_slice(key, 0, slash);
    if (STR_IS_ONE_OF(key, roles))
        return false;
    if (slash == STR_NOT_FOUND)
        return STR_IS_ONE_OF(key, names);
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++) {
        struct str known = str_from_c(domains[i]);
        bool is_below = str_ends_with(domain, known) && domain.n > known.n &&
                        domain.p[domain.n - known.n - 1] == '.';
        if (str_equal(domain, known) || is_below)
            return true;
    }
    return false;
}

static enum certainty has_label(const struct node_pool *pool, struct str key)
{
    if (node_pool_label(pool, key))
        return CERTAINLY;
    return pool->has_more_labels || comes_by_itself(key) ? PERHAPS : CERTAINLY_NOT;
}

/* Whether the label is there and what a test says of its value. */
static enum certainty label_is(const struct node_pool *pool, struct str key,
                               bool (*test)(const struct yaml_node *wanted, struct str value),
                               const struct yaml_node *wanted)
{
    const struct pool_label *label = node_pool_label(pool, key);
    if (!label)
        return has_label(pool, key);
    if (label->value.known == POOL_KNOWN)
        return test(wanted, label->value.text) ? CERTAINLY : CERTAINLY_NOT;
    size_t fitting = 0;
    for (size_t i = 0; i < label->value.alternatives.count; i++)
        fitting += test(wanted, label->value.alternatives.items[i]);
    if (!label->value.alternatives.count)
        return PERHAPS;
    return fitting == label->value.alternatives.count ? CERTAINLY
           : fitting                                  ? PERHAPS
                                                      : CERTAINLY_NOT;
}

static bool is_equal(const struct yaml_node *wanted, struct str value)
{
    return str_equal(yaml_text(wanted), value);
}

static bool is_listed(const struct yaml_node *wanted, struct str value)
{
    for (size_t i = 0; i < yaml_item_count(wanted); i++) {
        if (is_equal(wanted->list.items[i], value))
            return true;
    }
    return false;
}

/* Gt and Lt compare integers, others do not match. */
static bool compares(const struct yaml_node *wanted, struct str value, int64_t sign)
{
    int64_t bound;
    int64_t number;
    if (yaml_item_count(wanted) != 1 ||
        !parse_go_int(yaml_text(wanted->list.items[0]), 10, &bound) ||
        !parse_go_int(value, 10, &number))
        return false;
    return sign > 0 ? number > bound : number < bound;
}

static bool is_greater(const struct yaml_node *wanted, struct str value)
{
    return compares(wanted, value, 1);
}

static bool is_less(const struct yaml_node *wanted, struct str value)
{
    return compares(wanted, value, -1);
}

/* --- node selector and affinity --- */

static enum certainty expression_matches(const struct yaml_node *expression,
                                         const struct node_pool *pool)
{
    struct str key = yaml_text(yaml_value(expression, "key"));
    struct str operator_name = yaml_text(yaml_value(expression, "operator"));
    const struct yaml_node *values = yaml_value(expression, "values");
    if (str_is(operator_name, "In"))
        return label_is(pool, key, is_listed, values);
    if (str_is(operator_name, "NotIn")) /* also when there is no such label */
        return negated(label_is(pool, key, is_listed, values));
    if (str_is(operator_name, "Exists"))
        return has_label(pool, key);
    if (str_is(operator_name, "DoesNotExist"))
        return negated(has_label(pool, key));
    if (str_is(operator_name, "Gt"))
        return label_is(pool, key, is_greater, values);
    if (str_is(operator_name, "Lt"))
        return label_is(pool, key, is_less, values);
    return PERHAPS;
}

/* A term without expressions matches nothing. Of fields there is only the node's name, which is not
 * known. */
static enum certainty term_matches(const struct yaml_node *term, const struct node_pool *pool)
{
    const struct yaml_node *expressions = yaml_value(term, "matchExpressions");
    size_t fields = yaml_item_count(yaml_value(term, "matchFields"));
    enum certainty all = fields ? PERHAPS : CERTAINLY;
    if (!fields && !yaml_item_count(expressions))
        return CERTAINLY_NOT;
    for (size_t i = 0; i < yaml_item_count(expressions); i++)
        all = both(all, expression_matches(expressions->list.items[i], pool));
    return all;
}

static const struct yaml_node *required_terms(const struct scheduling *scheduling,
                                              bool *ret_is_required)
{
    const struct yaml_node *required =
        yaml_value(scheduling->node_affinity, "requiredDuringSchedulingIgnoredDuringExecution");
    *ret_is_required = required && required->kind == YAML_MAP;
    return yaml_value(required, "nodeSelectorTerms");
}

enum certainty scheduling_selects(const struct scheduling *scheduling, const struct node_pool *pool)
{
    enum certainty all = CERTAINLY;
    for (size_t i = 0; i < yaml_entry_count(scheduling->node_selector); i++) {
        const struct yaml_entry *entry = &scheduling->node_selector->map.entries[i];
        all = both(all, label_is(pool, entry->key, is_equal, entry->value));
    }
    bool is_required;
    const struct yaml_node *terms = required_terms(scheduling, &is_required);
    enum certainty any = is_required ? CERTAINLY_NOT : CERTAINLY;
    for (size_t i = 0; i < yaml_item_count(terms); i++)
        any = either(any, term_matches(terms->list.items[i], pool));
    return both(all, any);
}

bool scheduling_names(const struct scheduling *scheduling, struct str key)
{
    if (yaml_find(scheduling->node_selector, key))
        return true;
    bool is_required;
    const struct yaml_node *terms = required_terms(scheduling, &is_required);
    for (size_t i = 0; i < yaml_item_count(terms); i++) {
        const struct yaml_node *list = yaml_value(terms->list.items[i], "matchExpressions");
        for (size_t k = 0; k < yaml_item_count(list); k++) {
            if (str_equal(yaml_text(yaml_value(list->list.items[k], "key")), key))
                return true;
        }
    }
    return false;
}

/* --- taints --- */

enum certainty toleration_covers(const struct yaml_node *toleration, const struct pool_taint *taint)
{
    struct str key = yaml_text(yaml_value(toleration, "key"));
    struct str operator_name = yaml_text(yaml_value(toleration, "operator"));
    struct str value = yaml_text(yaml_value(toleration, "value"));
    struct str effect = yaml_text(yaml_value(toleration, "effect"));
    if (effect.n && !str_equal(effect, taint->effect))
        return CERTAINLY_NOT;
    if (key.n && !str_equal(key, taint->key))
        return CERTAINLY_NOT;
    if (str_is(operator_name, "Exists"))
        return CERTAINLY;
    if (operator_name.n && !str_is(operator_name, "Equal"))
        return PERHAPS;
    /* An empty key is for Exists; with another operator the API refuses it. */
    return key.n && str_equal(value, taint->value) ? CERTAINLY : CERTAINLY_NOT;
}

/* What the DaemonSet controller adds to pods. */
static bool befalls_nodes(const struct pool_taint *taint)
{
    static const char *const keys[] = {
        "node.kubernetes.io/not-ready",     "node.kubernetes.io/unreachable",
        "node.kubernetes.io/disk-pressure", "node.kubernetes.io/memory-pressure",
        "node.kubernetes.io/pid-pressure",  "node.kubernetes.io/unschedulable",
    };
    return STR_IS_ONE_OF(taint->key, keys);
}

static enum certainty tolerates(const struct scheduling *scheduling, const struct pool_taint *taint)
{
    if (!pool_taint_repels(taint) || (scheduling->is_on_every_node && befalls_nodes(taint)))
        return CERTAINLY;
    enum certainty any = CERTAINLY_NOT;
    for (size_t i = 0; i < yaml_item_count(scheduling->tolerations); i++)
        any = either(any, toleration_covers(scheduling->tolerations->list.items[i], taint));
    return any;
}

static bool is_for_any_key(const struct yaml_node *toleration)
{
    return str_is(yaml_text(yaml_value(toleration, "operator")), "Exists") &&
           !yaml_text(yaml_value(toleration, "key")).n;
}

bool scheduling_tolerates_everything(const struct scheduling *scheduling)
{
    for (size_t i = 0; i < yaml_item_count(scheduling->tolerations); i++) {
        if (is_for_any_key(scheduling->tolerations->list.items[i]))
            return true;
    }
    return false;
}

enum certainty scheduling_tolerates(const struct scheduling *scheduling,
                                    const struct node_pool *pool)
{
    enum certainty all = pool->has_more_taints ? PERHAPS : CERTAINLY;
    for (size_t i = 0; i < yaml_item_count(scheduling->tolerations); i++) {
        const struct yaml_node *toleration = scheduling->tolerations->list.items[i];
        if (is_for_any_key(toleration) && !yaml_text(yaml_value(toleration, "effect")).n)
            return CERTAINLY;
    }
    for (size_t i = 0; i < pool->taints.count; i++)
        all = both(all, tolerates(scheduling, &pool->taints.items[i]));
    return all;
}

const struct pool_taint *scheduling_repelled_by(const struct scheduling *scheduling,
                                                const struct node_pool *pool)
{
    for (size_t i = 0; i < pool->taints.count; i++) {
        if (tolerates(scheduling, &pool->taints.items[i]) == CERTAINLY_NOT)
            return &pool->taints.items[i];
    }
    return NULL;
}

enum certainty scheduling_lands(const struct scheduling *scheduling, const struct node_pool *pool)
{
    return both(scheduling_selects(scheduling, pool), scheduling_tolerates(scheduling, pool));
}

static bool is_same(const struct yaml_node *a, const struct yaml_node *b)
{
    bool is_blank_a = !a || yaml_is_blank(a);
    bool is_blank_b = !b || yaml_is_blank(b);
    return is_blank_a || is_blank_b ? is_blank_a && is_blank_b : yaml_equal(a, b);
}

bool workloads_meet(struct arena *arena, const struct node_pools *pools, const struct workload *a,
                    const struct workload *b)
{
    struct scheduling left = workload_scheduling(arena, a);
    struct scheduling right = workload_scheduling(arena, b);
    for (size_t i = 0; i < pools->count; i++) {
        if (node_pool_is_used(&pools->items[i]) &&
            scheduling_lands(&left, &pools->items[i]) == CERTAINLY &&
            scheduling_lands(&right, &pools->items[i]) == CERTAINLY)
            return true;
    }
    return !pools->count && is_same(left.node_selector, right.node_selector) &&
           is_same(left.node_affinity, right.node_affinity) &&
           is_same(left.tolerations, right.tolerations);
}
