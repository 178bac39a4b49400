#include "workload_unit.h"

UNIT_ARENA(arena)

/* The workloads of objects that are given as YAML. */
static struct workload_list workloads_in(const char *text)
{
    struct object_list *objects = arena_make(&arena, struct object_list);
    *objects = objects_in(&arena, text);
    return workloads_among(&arena, objects);
}

static struct workload workload_in(const char *text)
{
    struct workload_list workloads = workloads_in(text);
    ck_assert_uint_eq(workloads.count, 1);
    return workloads.items[0];
}

#define CNPG                                                                                       \
    "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: db}\nspec:\n"              \
    "  instances: 3\n  imageName: pg:17\n  resources: {requests: {cpu: 1}}\n"                      \
    "  affinity:\n    nodeSelector: {pool: dev}\n    nodeAffinity: {a: 1}\n"
#define DEPLOYMENT                                                                                 \
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n"           \
    "    metadata: {labels: {app: web}}\n    spec:\n      tolerations: [{key: a}]\n"               \
    "      containers: [{name: web, image: web:1}]\n      initContainers: [{name: wait}]\n"
#define KEYCLOAK                                                                                   \
    "apiVersion: k8s.keycloak.org/v2alpha1\nkind: Keycloak\nmetadata: {name: id}\nspec:\n"         \
    "  scheduling: {tolerations: [{key: a}]}\n"                                                    \
    "  unsupported: {podTemplate: {spec: {nodeSelector: {pool: dev}}}}\n"
#define TEMPORAL                                                                                   \
    "apiVersion: temporal.io/v1beta1\nkind: TemporalCluster\nmetadata: {name: t}\nspec:\n"         \
    "  services:\n"                                                                                \
    "    overrides: {deployment: {spec: {template: {spec: {nodeSelector: {pool: dev}}}}}}\n"       \
    "    worker: {overrides: {deployment: {spec: {template: {spec: {nodeSelector: {a: b}}}}}}}\n"

/* Where a part of the first pod template stands, or would stand. NULL: the kind has no such
 * field. */
static const struct {
    const char *object, *pod_path, *path, *text;
} parts[] = {
    {DEPLOYMENT, "tolerations", "spec.template.spec.tolerations", "[{key: a}]"},
    {DEPLOYMENT, "nodeSelector", "spec.template.spec.nodeSelector", NULL},
    {DEPLOYMENT, "containers[0].image", "spec.template.spec.containers[0].image", "web:1"},
    {DEPLOYMENT, "labels", "spec.template.metadata.labels", "{app: web}"},
    {DEPLOYMENT, "replicas", "spec.replicas", NULL},
    {CNPG, "nodeSelector.pool", "spec.affinity.nodeSelector.pool", "dev"},
    {CNPG, "tolerations", "spec.affinity.tolerations", NULL},
    {CNPG, "affinity.nodeAffinity", "spec.affinity.nodeAffinity", "{a: 1}"},
    {CNPG, "labels", "spec.inheritedMetadata.labels", NULL},
    {CNPG, "containers[0].image", "spec.imageName", "pg:17"},
    {CNPG, "containers[0].resources.requests", "spec.resources.requests", "{cpu: 1}"},
    {CNPG, "containers[0].livenessProbe", NULL, NULL},
    {CNPG, "hostNetwork", NULL, NULL},
    {KEYCLOAK, "nodeSelector", "spec.unsupported.podTemplate.spec.nodeSelector", "{pool: dev}"},
    /* another place for the same part, where something stands */
    {KEYCLOAK, "tolerations", "spec.scheduling.tolerations", "[{key: a}]"},
    /* the place that most is there of */
    {TEMPORAL, "tolerations", "spec.services.overrides.deployment.spec.template.spec.tolerations",
     NULL},
    {TEMPORAL, "nodeSelector.pool",
     "spec.services.overrides.deployment.spec.template.spec.nodeSelector.pool", "dev"},
};

START_TEST(parts_are_where_the_kind_says)
{
    struct workload workload = workloads_in(parts[_i].object).items[0];
    struct workload_part part = workload_part(&arena, &workload, str_from_c(parts[_i].pod_path));
    ck_assert_int_eq(part.path.p != NULL, parts[_i].path != NULL);
    if (parts[_i].path)
        ck_assert_str(part.path, parts[_i].path);
    ck_assert_int_eq(part.node != NULL, parts[_i].text != NULL);
    if (parts[_i].text)
        ck_assert_str(yaml_brief(&arena, part.node, 100), parts[_i].text);
}
END_TEST

/* The names of the pod templates that objects have. */
static const struct {
    const char *objects, *names;
} templates[] = {
    {DEPLOYMENT, "Deployment/web"},
    {"kind: Service\nmetadata: {name: x}\n", ""},
    {"apiVersion: other/v1\nkind: Deployment\nmetadata: {name: x}\n", ""},
    {KEYCLOAK, "Keycloak/id (server)"},
    {KEYCLOAK "---\napiVersion: k8s.keycloak.org/v2alpha1\nkind: KeycloakRealmImport\n",
     "Keycloak/id (server), Keycloak/id (import Jobs)"},
    {TEMPORAL, "TemporalCluster/t (frontend), TemporalCluster/t (history), "
               "TemporalCluster/t (matching), TemporalCluster/t (worker), "
               "TemporalCluster/t (schema Jobs)"},
    {"apiVersion: clickhouse.altinity.com/v1\nkind: ClickHouseInstallation\nmetadata: {name: c}\n"
     "spec: {templates: {podTemplates: [{name: a}, {name: b}]}}\n",
     "ClickHouseInstallation/c (a), ClickHouseInstallation/c (b)"},
    {"apiVersion: clickhouse.altinity.com/v1\nkind: ClickHouseInstallation\nmetadata: {name: c}\n",
     "ClickHouseInstallation/c"},
    {"apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata:\n  name: k\n"
     "  annotations: {strimzi.io/node-pools: enabled}\nspec: {kafka: {replicas: 3}}\n",
     ""},
    {"apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata: {name: k}\n"
     "spec: {kafka: {replicas: 3}, entityOperator: {}}\n",
     "Kafka/k (brokers), Kafka/k (entity operator)"},
    {"apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: k}\n---\n"
     "apiVersion: kafka.strimzi.io/v1\nkind: KafkaNodePool\nmetadata: {name: p}\n",
     "Kafka/k (brokers of node pools)"},
    {"apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: k}\n---\n"
     "apiVersion: kafka.strimzi.io/v1\nkind: KafkaNodePool\nmetadata: {name: p}\n"
     "spec: {template: {pod: {}}}\n",
     "KafkaNodePool/p (nodes)"},
    {"apiVersion: opentelemetry.io/v1beta1\nkind: OpenTelemetryCollector\nmetadata: {name: o}\n"
     "spec: {mode: daemonset}\n",
     "OpenTelemetryCollector/o (collector on every node)"},
    {"apiVersion: opentelemetry.io/v1beta1\nkind: OpenTelemetryCollector\nmetadata: {name: o}\n"
     "spec: {mode: sidecar}\n",
     ""},
};

START_TEST(objects_have_the_templates_that_the_kind_says)
{
    struct workload_list workloads = workloads_in(templates[_i].objects);
    struct str_list names = {0};
    for (size_t i = 0; i < workloads.count; i++)
        vector_push(&arena, &names, workload_title(&arena, &workloads.items[i]));
    ck_assert_str(str_list_join(&arena, &names, STR(", ")), templates[_i].names);
}
END_TEST

/* The pod's spec as templates see it. */
static const struct {
    const char *object, *pod;
} pods[] = {
    {DEPLOYMENT, "containers:\n- image: web:1\n  name: web\ninitContainers:\n- name: wait\n"
                 "tolerations:\n- key: a\n"},
    {CNPG, "affinity:\n  nodeAffinity:\n    a: 1\ncontainers:\n- image: pg:17\n  name: postgres\n"
           "  resources:\n    requests:\n      cpu: 1\nnodeSelector:\n  pool: dev\n"},
    {"apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: p}\n"
     "spec: {containers: [{name: proxy, image: proxy:1}], replicas: 2}\n",
     "containers:\n- name: prometheus\n- image: proxy:1\n  name: proxy\n"},
};

START_TEST(pod_is_put_together)
{
    struct workload workload = workload_in(pods[_i].object);
    struct value pod = workload_pod(&arena, &workload);
    struct str text;
    ck_assert(value_to_yaml(&arena, pod, &text));
    ck_assert_str(text, pods[_i].pod);
}
END_TEST

START_TEST(containers_have_their_places)
{
    struct workload workload = workload_in(pods[2].object);
    struct workload_container_list made = workload_containers(&arena, &workload);
    ck_assert_uint_eq(made.count, 2);
    ck_assert_str(made.items[1].name, "proxy");
    struct str image = str_format(&arena, "%.*s.image", STR_ARG(made.items[1].pod_path));
    struct workload_part part = workload_part(&arena, &workload, image);
    ck_assert_str(part.path, "spec.containers[0].image");
    workload = workload_in(DEPLOYMENT);
    struct workload_container_list listed = workload_containers(&arena, &workload);
    ck_assert_uint_eq(listed.count, 2);
    ck_assert(listed.items[1].is_init && !listed.items[0].is_init);
    ck_assert_str(listed.items[1].pod_path, "initContainers[0]");
}
END_TEST

static const struct {
    const char *object;
    double replicas; /* negative: not known */
} counted[] = {
    {DEPLOYMENT, 1},
    {CNPG, 3},
    {"apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d}\n", -1},
    {"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: 0}\n", 0},
    {"apiVersion: redis.redis.opstreelabs.in/v1beta2\nkind: RedisCluster\nmetadata: {name: r}\n"
     "spec: {clusterSize: 5, redisLeader: {replicas: 4}}\n",
     4},
};

START_TEST(replicas_are_counted)
{
    struct workload workload = workloads_in(counted[_i].object).items[0];
    double replicas = -1;
    ck_assert_int_eq(workload_replicas(&workload, &replicas), counted[_i].replicas >= 0);
    ck_assert(replicas == counted[_i].replicas);
}
END_TEST

/* The names under which the object's operator makes Services, with ", " between them. */
static const struct {
    const char *object, *names;
} makings[] = {
    {"apiVersion: k8s.keycloak.org/v2alpha1\nkind: Keycloak\nmetadata: {name: id}\n",
     "id-service, id-discovery"},
    {"apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: db}\nspec:\n"
     "  managed: {services: {additional: [{serviceTemplate: {metadata: {name: lb}}}, {}]}}\n",
     "db-rw, db-ro, db-r, db-any*, lb"},
};

START_TEST(operators_make_services_of_their_names)
{
    const struct workload *workload = &workloads_in(makings[_i].object).items[0];
    ck_assert_uint_eq(workload->kind->makes.count, 1);
    const struct workload_made *made = &workload->kind->makes.items[0];
    struct str_list names = workload_made_names(&arena, made, workload->object);
    ck_assert_str(made->kind, "Service");
    ck_assert_str(str_list_join(&arena, &names, STR(", ")), makings[_i].names);
}
END_TEST

UNIT_TESTS("workload", EACH(parts_are_where_the_kind_says, parts),
           EACH(objects_have_the_templates_that_the_kind_says, templates),
           EACH(pod_is_put_together, pods), ONCE(containers_have_their_places),
           EACH(replicas_are_counted, counted),
           EACH(operators_make_services_of_their_names, makings))
