#include "engine/engine.h"

static bool is_annotated(const struct yaml_node *annotations)
{
    return yaml_value(annotations, "prometheus.io/scrape");
}

/* True when something in the release may have Prometheus read its pods. */
static bool is_read(const struct object_list *objects)
{
    static const char *const monitors[] = {"ServiceMonitor", "PodMonitor", "VMServiceScrape",
                                           "VMPodScrape", "PodMonitoring"};
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        bool is_annotated_service =
            str_is(object->kind, "Service") &&
            is_annotated(yaml_at(object->root, STR("metadata.annotations")));
        if (STR_IS_ONE_OF(object->kind, monitors) || is_annotated_service)
            return true;
    }
    return false;
}

static void check_container(struct pass *pass, const struct workload *workload,
                            const struct workload_container *container)
{
    struct arena *arena = pass_arena(pass);
    struct str path = str_format(arena, "%.*s.ports", STR_ARG(container->pod_path));
    struct workload_part ports = workload_part(arena, workload, path);
    for (size_t i = 0; i < yaml_item_count(ports.node); i++) {
        struct str name = yaml_text(yaml_value(ports.node->list.items[i], "name"));
        if (!str_ends_with(name, STR("metrics")))
            continue;
        struct str port = str_format(arena, "%.*s[%zu].name", STR_ARG(path), i);
        struct workload_part part = workload_part(arena, workload, port);
        report_argument(pass_report_part(pass, workload, &part, "message"), "port", name);
    }
}

static void check(struct pass *pass, const struct workload *workload)
{
    struct arena *arena = pass_arena(pass);
    struct workload_container_list containers = workload_containers(arena, workload);
    if (workload->pods->is_to_completion ||
        is_annotated(workload_part(arena, workload, STR("annotations")).node) ||
        is_read(pass_objects(pass, workload->object->release)))
        return;
    for (size_t i = 0; i < containers.count; i++)
        check_container(pass, workload, &containers.items[i]);
}

const struct rule_code rule_availability_metrics_unscraped = {.workload = check};
