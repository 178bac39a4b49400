#include "engine/engine.h"

/* Reports the containers of the workload that request nothing of the resource. */
static void check_workload(struct pass *pass, const struct object *scaler,
                           const struct workload *workload, struct str resource)
{
    struct arena *arena = pass_arena(pass);
    struct workload_container_list containers = workload_containers(arena, workload);
    for (size_t i = 0; i < containers.count; i++) {
        const struct workload_container *container = &containers.items[i];
        struct str base = container->pod_path;
        struct str request =
            str_format(arena, "%.*s.resources.requests.%.*s", STR_ARG(base), STR_ARG(resource));
        struct str limit =
            str_format(arena, "%.*s.resources.limits.%.*s", STR_ARG(base), STR_ARG(resource));
        struct workload_part part = workload_part(arena, workload, request);
        if (container->is_init || !part.path.p || part.node ||
            workload_part(arena, workload, limit).node)
            continue;
        struct report *report = pass_report_field(pass, workload->object, part.path, "message");
        report_argument(report, "container", container->name);
        report_argument(report, "resource", resource);
        report_argument(report, "scaler", object_title(arena, scaler));
    }
}

static void check_metric(struct pass *pass, const struct object *scaler,
                         const struct object *target, struct str resource)
{
    const struct workload_list *workloads = pass_workloads(pass, scaler->release);
    for (size_t i = 0; i < workloads->count; i++) {
        if (workloads->items[i].object == target)
            check_workload(pass, scaler, &workloads->items[i], resource);
    }
}

/* The resource whose use is compared with requests; empty: it is another metric. */
static struct str resource_of(const struct yaml_node *metric)
{
    const struct yaml_node *resource = yaml_value(metric, "resource");
    bool is_share = str_is(yaml_text(yaml_at(resource, STR("target.type"))), "Utilization");
    return is_share ? yaml_text(yaml_value(resource, "name")) : STR("");
}

/* The same for a trigger of KEDA. */
static struct str resource_of_trigger(const struct yaml_node *trigger)
{
    struct str type = yaml_text(yaml_value(trigger, "type"));
    struct str how = yaml_text(yaml_value(trigger, "metricType"));
    bool is_resource = str_is(type, "cpu") || str_is(type, "memory");
    if (!how.n)
        how = yaml_text(yaml_at(trigger, STR("metadata.type")));
    return is_resource && str_is(how, "Utilization") ? type : STR("");
}

static void check_scaler(struct pass *pass, const struct object *scaler,
                         const struct object *target)
{
    const struct yaml_node *spec = yaml_value(scaler->root, "spec");
    const struct yaml_node *metrics = yaml_value(spec, "metrics");
    const struct yaml_node *triggers = yaml_value(spec, "triggers");
    if (yaml_value(spec, "targetCPUUtilizationPercentage"))
        check_metric(pass, scaler, target, STR("cpu"));
    for (size_t i = 0; metrics && metrics->kind == YAML_LIST && i < metrics->list.count; i++) {
        struct str resource = resource_of(metrics->list.items[i]);
        if (resource.n)
            check_metric(pass, scaler, target, resource);
    }
    for (size_t i = 0; triggers && triggers->kind == YAML_LIST && i < triggers->list.count; i++) {
        struct str resource = resource_of_trigger(triggers->list.items[i]);
        if (resource.n)
            check_metric(pass, scaler, target, resource);
    }
}

static void check(struct pass *pass, const struct object *scaler)
{
    const struct object *target = object_is_scaler(scaler)
                                      ? scaler_target(pass_objects(pass, scaler->release), scaler)
                                      : NULL;
    if (target)
        check_scaler(pass, scaler, target);
}

const struct rule_code rule_availability_hpa_without_requests = {.object = check};
