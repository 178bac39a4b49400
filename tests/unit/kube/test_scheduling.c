#include "kube/kube.h"
#include "unit.h"

UNIT_ARENA(arena)

static const struct yaml_node *yaml(const char *text)
{
    return yaml_root(yaml_parse_bytes(&arena, str_from_c(text), 0, &limits_default));
}

/* A pool from `labels: {…}` and `taints: [key=value:Effect, …]`; a label without a value is one
 * whose value is not known, `more: true` that there may be others of both. */
static struct node_pool pool_of(const char *text)
{
    struct node_pool pool = {0};
    const struct yaml_node *labels = yaml_value(yaml(text), "labels");
    const struct yaml_node *taints = yaml_value(yaml(text), "taints");
    for (size_t i = 0; i < yaml_entry_count(labels); i++) {
        struct pool_label label = {.key = labels->map.entries[i].key};
        label.value.text = yaml_text(labels->map.entries[i].value);
        label.value.known = label.value.text.p ? POOL_KNOWN : POOL_UNKNOWN;
        vector_push(&arena, &pool.labels, label);
    }
    for (size_t i = 0; i < yaml_item_count(taints); i++) {
        struct str rest = yaml_text(taints->list.items[i]);
        struct pool_taint taint = {.key = str_cut(&rest, '=')};
        taint.value = str_cut(&rest, ':');
        taint.effect = rest;
        vector_push(&arena, &pool.taints, taint);
    }
    pool.has_more_labels = yaml_value(yaml(text), "more") != NULL;
    pool.has_more_taints = pool.has_more_labels;
    return pool;
}

static struct scheduling scheduling_of(const char *text)
{
    const struct yaml_node *root = yaml(text);
    return (struct scheduling){
        .node_selector = yaml_value(root, "nodeSelector"),
        .node_affinity = yaml_value(root, "nodeAffinity"),
        .tolerations = yaml_value(root, "tolerations"),
        .is_on_every_node = yaml_value(root, "daemon") != NULL,
    };
}

#define TERMS(terms)                                                                               \
    "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: " terms   \
    "}}}"
#define ONE(expression) TERMS("[{matchExpressions: [" expression "]}]")

/* By "Assign Pods to Nodes": nodeSelector and every expression of a term must hold, of the terms
 * one; NotIn and DoesNotExist hold for nodes without the label; Gt and Lt compare integers. */
static const struct {
    const char *pod, *pool;
    enum certainty selects;
} selections[] = {
    {"{}", "{}", CERTAINLY},
    {"{nodeSelector: {pool: dev}}", "{labels: {pool: dev}}", CERTAINLY},
    {"{nodeSelector: {pool: dev}}", "{labels: {pool: prod}}", CERTAINLY_NOT},
    {"{nodeSelector: {pool: dev}}", "{}", CERTAINLY_NOT},
    {"{nodeSelector: {pool: dev}}", "{more: true}", PERHAPS},
    {"{nodeSelector: {pool: dev}}", "{labels: {pool: }}", PERHAPS},
    {"{nodeSelector: {pool: dev, disk: ssd}}", "{labels: {pool: dev}}", CERTAINLY_NOT},
    {"{nodeSelector: {kubernetes.io/os: linux}}", "{}", PERHAPS},
    {"{nodeSelector: {topology.kubernetes.io/zone: a}}", "{}", PERHAPS},
    {"{nodeSelector: {agentpool: dev}}", "{}", PERHAPS},
    {"{nodeSelector: {node-role.kubernetes.io/control-plane: ''}}", "{}", CERTAINLY_NOT},
    {"{nodeSelector: {notkubernetes.io/os: linux}}", "{}", CERTAINLY_NOT},
    {ONE("{key: pool, operator: In, values: [a, dev]}"), "{labels: {pool: dev}}", CERTAINLY},
    {ONE("{key: pool, operator: In, values: [a, b]}"), "{labels: {pool: dev}}", CERTAINLY_NOT},
    {ONE("{key: pool, operator: NotIn, values: [dev]}"), "{labels: {pool: dev}}", CERTAINLY_NOT},
    {ONE("{key: pool, operator: NotIn, values: [dev]}"), "{labels: {pool: x}}", CERTAINLY},
    {ONE("{key: pool, operator: NotIn, values: [dev]}"), "{}", CERTAINLY},
    {ONE("{key: pool, operator: NotIn, values: [dev]}"), "{more: true}", PERHAPS},
    {ONE("{key: pool, operator: Exists}"), "{labels: {pool: x}}", CERTAINLY},
    {ONE("{key: pool, operator: Exists}"), "{labels: {pool: }}", CERTAINLY},
    {ONE("{key: pool, operator: Exists}"), "{}", CERTAINLY_NOT},
    {ONE("{key: pool, operator: DoesNotExist}"), "{labels: {pool: x}}", CERTAINLY_NOT},
    {ONE("{key: pool, operator: DoesNotExist}"), "{}", CERTAINLY},
    {ONE("{key: size, operator: Gt, values: ['4']}"), "{labels: {size: '5'}}", CERTAINLY},
    {ONE("{key: size, operator: Gt, values: ['4']}"), "{labels: {size: '4'}}", CERTAINLY_NOT},
    {ONE("{key: size, operator: Lt, values: ['4']}"), "{labels: {size: '3'}}", CERTAINLY},
    {ONE("{key: size, operator: Lt, values: ['4']}"), "{labels: {size: big}}", CERTAINLY_NOT},
    {ONE("{key: size, operator: Lt, values: ['4']}"), "{}", CERTAINLY_NOT},
    {ONE("{key: pool, operator: Near, values: [dev]}"), "{labels: {pool: dev}}", PERHAPS},
    /* expressions of a term are ANDed, terms ORed */
    {ONE("{key: a, operator: Exists}, {key: b, operator: Exists}"), "{labels: {a: 1}}",
     CERTAINLY_NOT},
    {TERMS("[{matchExpressions: [{key: a, operator: Exists}]}, "
           "{matchExpressions: [{key: b, operator: Exists}]}]"),
     "{labels: {b: 1}}", CERTAINLY},
    /* an empty term matches nothing, nor does an empty list of terms */
    {TERMS("[{}]"), "{}", CERTAINLY_NOT},
    {TERMS("[]"), "{}", CERTAINLY_NOT},
    {TERMS("[{matchFields: [{key: metadata.name, operator: In, values: [n1]}]}]"), "{}", PERHAPS},
    /* what is only preferred keeps no pod off */
    {"{nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: "
     "{matchExpressions: [{key: a, operator: Exists}]}}]}}",
     "{}", CERTAINLY},
    /* both must hold */
    {"{nodeSelector: {pool: dev}, nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
     "{nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}}",
     "{labels: {pool: dev}}", CERTAINLY_NOT},
};

START_TEST(selects)
{
    struct scheduling scheduling = scheduling_of(selections[_i].pod);
    struct node_pool pool = pool_of(selections[_i].pool);
    ck_assert_int_eq(scheduling_selects(&scheduling, &pool), selections[_i].selects);
}
END_TEST

#define TOLERATES(toleration) "{tolerations: [" toleration "]}"
#define DEV "{taints: ['env=dev:NoSchedule']}"

/* By "Taints and Tolerations". */
static const struct {
    const char *pod, *pool;
    enum certainty tolerates;
} tolerations[] = {
    {"{}", "{}", CERTAINLY},
    {"{}", "{more: true}", PERHAPS},
    {"{}", DEV, CERTAINLY_NOT},
    {"{}", "{taints: ['env=dev:PreferNoSchedule']}", CERTAINLY},
    {"{}", "{taints: ['env=dev:NoExecute']}", CERTAINLY_NOT},
    {TOLERATES("{key: env, operator: Equal, value: dev, effect: NoSchedule}"), DEV, CERTAINLY},
    {TOLERATES("{key: env, value: dev}"), DEV, CERTAINLY},
    {TOLERATES("{key: env, value: prod}"), DEV, CERTAINLY_NOT},
    {TOLERATES("{key: pool, value: dev}"), DEV, CERTAINLY_NOT},
    {TOLERATES("{key: env}"), DEV, CERTAINLY_NOT},
    {TOLERATES("{key: env}"), "{taints: ['env=:NoSchedule']}", CERTAINLY},
    {TOLERATES("{key: env, operator: Exists}"), DEV, CERTAINLY},
    {TOLERATES("{key: env, operator: Exists, effect: NoExecute}"), DEV, CERTAINLY_NOT},
    {TOLERATES("{operator: Exists}"), DEV, CERTAINLY},
    {TOLERATES("{operator: Exists}"), "{more: true}", CERTAINLY},
    {TOLERATES("{operator: Exists, effect: NoSchedule}"), "{taints: ['a=b:NoExecute']}",
     CERTAINLY_NOT},
    {TOLERATES("{value: dev}"), DEV, CERTAINLY_NOT},
    {TOLERATES("{key: env, operator: Gt, value: '1'}"), DEV, PERHAPS},
    {TOLERATES("{key: env, value: dev}"), "{taints: ['env=dev:NoSchedule', 'gpu=:NoSchedule']}",
     CERTAINLY_NOT},
    {"{}", "{taints: ['node.kubernetes.io/unschedulable=:NoSchedule']}", CERTAINLY_NOT},
    {"{daemon: true}", "{taints: ['node.kubernetes.io/unschedulable=:NoSchedule']}", CERTAINLY},
    {"{daemon: true}", DEV, CERTAINLY_NOT},
};

START_TEST(tolerates)
{
    struct scheduling scheduling = scheduling_of(tolerations[_i].pod);
    struct node_pool pool = pool_of(tolerations[_i].pool);
    ck_assert_int_eq(scheduling_tolerates(&scheduling, &pool), tolerations[_i].tolerates);
    bool repelled = scheduling_repelled_by(&scheduling, &pool) != NULL;
    ck_assert_int_eq(repelled, tolerations[_i].tolerates == CERTAINLY_NOT);
}
END_TEST

START_TEST(lands_where_both_hold)
{
    struct node_pool pool =
        pool_of("{labels: {pool: dev}, taints: ['env=dev:NoSchedule'], more: true}");
    struct scheduling both =
        scheduling_of("{nodeSelector: {pool: dev}, tolerations: [{operator: Exists}]}");
    struct scheduling selecting = scheduling_of("{nodeSelector: {pool: dev}}");
    struct scheduling tolerating = scheduling_of("{tolerations: [{key: env, value: dev}]}");
    ck_assert_int_eq(scheduling_lands(&both, &pool), CERTAINLY);
    ck_assert_int_eq(scheduling_lands(&selecting, &pool), CERTAINLY_NOT);
    ck_assert_int_eq(scheduling_lands(&tolerating, &pool), PERHAPS);
    ck_assert(scheduling_names(&both, STR("pool")) && !scheduling_names(&tolerating, STR("pool")));
}
END_TEST

UNIT_TESTS("scheduling", EACH(selects, selections), EACH(tolerates, tolerations),
           ONCE(lands_where_both_hold))
