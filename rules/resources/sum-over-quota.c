#include "engine/engine.h"

/* What a quota of that name adds up. */
static const struct {
    const char *name, *resource;
    bool is_limit;
} counted[] = {
    {"cpu", "cpu", false},          {"memory", "memory", false},
    {"requests.cpu", "cpu", false}, {"requests.memory", "memory", false},
    {"limits.cpu", "cpu", true},    {"limits.memory", "memory", true},
    {"pods", NULL, false},
};

/* True when both releases certainly go to one cluster: a namespace of the same name may be in
 * several. */
static bool is_same_cluster(const struct release *a, const struct release *b)
{
    struct str cluster = a->environment->cluster;
    return a->environment == b->environment ||
           (cluster.n && str_equal(cluster, b->environment->cluster));
}

static double sum_of_release(struct pass *pass, const struct release *release,
                             const struct object *quota, size_t what)
{
    struct arena *arena = pass_arena(pass);
    const struct workload_list *workloads = pass_workloads(pass, release);
    double sum = 0;
    for (size_t i = 0; workloads && i < workloads->count; i++) {
        const struct workload *workload = &workloads->items[i];
        if (!str_equal(workload->object->namespace, quota->namespace))
            continue;
        double pods = workload_count(workload, pass_objects(pass, release)).least;
        struct str resource = str_from_c(counted[what].resource);
        double each = !resource.n              ? 1
                      : counted[what].is_limit ? workload_limit(arena, workload, resource)
                                               : workload_request(arena, workload, resource);
        sum += pods * each;
    }
    return sum;
}

static void check_hard(struct pass *pass, const struct object *quota, size_t what)
{
    struct arena *arena = pass_arena(pass);
    const struct model *model = pass_model(pass);
    struct str path = values_path_key(arena, STR("spec.hard"), str_from_c(counted[what].name));
    double most = quantity_of(arena, object_at(quota->root, path));
    double sum = 0;
    VECTOR(const struct release *) concerned = {0};
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        double own = is_same_cluster(release, quota->release)
                         ? sum_of_release(pass, release, quota, what)
                         : 0;
        if (own > 0)
            vector_push(arena, &concerned, release);
        sum += own;
    }
    /* What is no quantity is not less. */
    if (!(sum > most))
        return;
    bool is_bytes = str_is(str_from_c(counted[what].resource), "memory");
    double unit = is_bytes ? 1024.0 * 1024 * 1024 : 1;
    struct report *report = pass_report_field(pass, quota, path, "message");
    report_argument(report, "sum", str_format(arena, "%.4g%s", sum / unit, is_bytes ? "Gi" : ""));
    report_argument(report, "name", str_from_c(counted[what].name));
    report_argument(report, "namespace", quota->namespace);
    report_argument(report, "most", yaml_text(object_at(quota->root, path)));
    for (size_t i = 0; i < concerned.count; i++)
        report_only_for(report, concerned.items[i]);
}

/* A quota of scopes counts only some pods. */
static bool counts_all_pods(const struct object *object)
{
    const struct yaml_node *spec = yaml_value(object->root, "spec");
    return str_is(object->kind, "ResourceQuota") && !object->group.n &&
           !yaml_value(spec, "scopes") && !yaml_value(spec, "scopeSelector");
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++) {
            if (!counts_all_pods(&objects->items[k]))
                continue;
            for (size_t n = 0; n < sizeof counted / sizeof *counted; n++)
                check_hard(pass, &objects->items[k], n);
        }
    }
}

const struct rule_code rule_resources_sum_over_quota = {.repository = check, .uses_objects = true};
