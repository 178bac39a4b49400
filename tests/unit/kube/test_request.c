#include "workload_unit.h"

UNIT_ARENA(arena)

static struct workload first_workload(const struct object_list *objects)
{
    struct workload_list workloads = workloads_among(&arena, objects);
    ck_assert_uint_gt(workloads.count, 0);
    return workloads.items[0];
}

#define POD "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n"
#define ASKS(cpu) "    - {name: a, resources: {requests: {cpu: " cpu "}}}\n"
#define MAY(cpu) "    - {name: b, resources: {limits: {cpu: " cpu "}}}\n"

static const struct {
    const char *object;
    double request, limit;
} sums[] = {
    {POD ASKS("500m") ASKS("1"), 1.5, 0},
    /* a limit is a request where there is none */
    {POD ASKS("500m") MAY("2"), 2.5, 2},
    {POD "    - {name: a, resources: {requests: {cpu: 1}, limits: {cpu: 3}}}\n", 1, 3},
    {POD "    - {name: a}\n", 0, 0},
    {POD "    - {name: a, resources: {requests: {cpu: much}}}\n", 0, 0},
    /* an init container is alone, and only the greater of both counts */
    {POD ASKS("1") "  initContainers:\n" ASKS("500m") ASKS("600m"), 1, 0},
    {POD ASKS("1") "  initContainers:\n" ASKS("4"), 4, 0},
    /* a sidecar runs beside the containers and the init containers behind it */
    {POD ASKS("1") "  initContainers:\n"
                   "    - {name: s, restartPolicy: Always, resources: {requests: {cpu: 2}}}\n" ASKS(
                       "4"),
     6, 0},
    {POD ASKS("1") "  initContainers:\n" ASKS(
         "4") "    - {name: s, restartPolicy: Always, resources: {requests: {cpu: 2}}}\n",
     4, 0},
};

START_TEST(what_a_pod_asks_for)
{
    struct object_list objects = objects_in(&arena, sums[_i].object);
    struct workload workload = first_workload(&objects);
    ck_assert_double_eq_tol(workload_request(&arena, &workload, STR("cpu")), sums[_i].request,
                            1e-9);
    ck_assert_double_eq_tol(workload_limit(&arena, &workload, STR("cpu")), sums[_i].limit, 1e-9);
}
END_TEST

START_TEST(the_container_that_asks_for_most)
{
    struct object_list objects = objects_in(&arena, POD ASKS("1") MAY("2") ASKS("300m"));
    struct workload workload = first_workload(&objects);
    ck_assert_str(workload_largest_request(&arena, &workload, STR("cpu")).path,
                  "spec.containers[1].resources.limits.cpu");
    ck_assert_ptr_null(workload_largest_request(&arena, &workload, STR("memory")).path.p);
}
END_TEST

#define WEB "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
#define HPA                                                                                        \
    "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\n"      \
    "spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 7}\n"
#define SCALED                                                                                     \
    "---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: web}\n"               \
    "spec: {scaleTargetRef: {name: web}}\n"

static const struct {
    const char *objects;
    double least, most;
} counts[] = {
    {WEB, 1, 1},
    {WEB "spec: {replicas: 3}\n", 3, 3},
    {WEB "spec: {replicas: 3}\n" HPA, 2, 7},
    {WEB HPA, 2, 7},
    {WEB "spec: {replicas: 0}\n" HPA, 0, 0},
    {WEB SCALED, 0, 100},
    {"apiVersion: batch/v1\nkind: Job\nmetadata: {name: web}\n", 0, 0},
    {"apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: web}\n", 0, 0},
    {"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, annotations: "
     "{helm.sh/hook: test}}\n",
     0, 0},
    {"apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: db, annotations: "
     "{cnpg.io/hibernation: \"on\"}}\nspec: {instances: 3}\n",
     0, 0},
};

START_TEST(how_many_pods_stay)
{
    struct object_list objects = objects_in(&arena, counts[_i].objects);
    struct workload workload = first_workload(&objects);
    struct workload_count count = workload_count(&workload, &objects);
    ck_assert_double_eq(count.least, counts[_i].least);
    ck_assert_double_eq(count.most, counts[_i].most);
}
END_TEST

UNIT_TESTS("request", EACH(what_a_pod_asks_for, sums), ONCE(the_container_that_asks_for_most),
           EACH(how_many_pods_stay, counts))
