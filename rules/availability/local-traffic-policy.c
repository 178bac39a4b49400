#include "engine/engine.h"

/* Reports the policy of a Service at the path when there is one pod behind it. */
static void check_policy(struct pass *pass, const struct object *object, struct str path,
                         const struct workload *workload)
{
    double count;
    struct str policy = yaml_text(yaml_at(object->root, path));
    if (!str_is(policy, "Local") || !workload_replicas(workload, &count) || count != 1 ||
        scaler_of(pass_objects(pass, object->release), workload->object))
        return;
    struct report *report = pass_report_field(pass, object, path, "message");
    report_argument(report, "workload", object_title(pass_arena(pass), workload->object));
}

static void check_service(struct pass *pass, const struct object *service,
                          const struct workload_list *workloads)
{
    const struct yaml_node *selector = yaml_at(service->root, STR("spec.selector"));
    struct workload_list selected =
        selector_workloads(pass_arena(pass), selector, workloads, service->namespace);
    if (selected.count == 1)
        check_policy(pass, service, STR("spec.externalTrafficPolicy"), &selected.items[0]);
}

static void check(struct pass *pass, const struct release *release)
{
    struct str proxy = STR("spec.provider.kubernetes.envoyService.externalTrafficPolicy");
    const struct object_list *objects = pass_objects(pass, release);
    const struct workload_list *workloads = objects ? pass_workloads(pass, release) : NULL;
    for (size_t i = 0; objects && i < objects->count; i++) {
        if (str_is(objects->items[i].kind, "Service"))
            check_service(pass, &objects->items[i], workloads);
    }
    for (size_t i = 0; workloads && i < workloads->count; i++) {
        if (str_is(workloads->items[i].object->kind, "EnvoyProxy"))
            check_policy(pass, workloads->items[i].object, proxy, &workloads->items[i]);
    }
}

const struct rule_code rule_availability_local_traffic_policy = {
    .release = check,
    .uses_objects = true,
};
