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

static void check_service(struct pass *pass, const struct object *object)
{
    if (!str_is(object->kind, "Service"))
        return;
    struct workload_list selected =
        selector_workloads(pass_arena(pass), yaml_at(object->root, STR("spec.selector")),
                           pass_workloads(pass, object->release), object->namespace);
    if (selected.count == 1)
        check_policy(pass, object, STR("spec.externalTrafficPolicy"), &selected.items[0]);
}

/* A proxy of Envoy Gateway makes its own Service. */
static void check_proxy(struct pass *pass, const struct workload *workload)
{
    struct str policy = STR("spec.provider.kubernetes.envoyService.externalTrafficPolicy");
    if (str_is(workload->object->kind, "EnvoyProxy"))
        check_policy(pass, workload->object, policy, workload);
}

const struct rule_code rule_availability_local_traffic_policy = {.object = check_service,
                                                                 .workload = check_proxy};
