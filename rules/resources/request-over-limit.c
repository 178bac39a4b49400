#include "engine/engine.h"

static void check_resource(struct pass *pass, const struct workload *workload,
                           const struct workload_container *container, struct str resource)
{
    struct arena *arena = pass_arena(pass);
    struct str base = container->pod_path;
    struct str request_path = values_path_key(
        arena, str_format(arena, "%.*s.resources.requests", STR_ARG(base)), resource);
    struct str limit_path =
        values_path_key(arena, str_format(arena, "%.*s.resources.limits", STR_ARG(base)), resource);
    struct workload_part request = workload_part(arena, workload, request_path);
    struct workload_part limit = workload_part(arena, workload, limit_path);
    /* What is no quantity is not greater. */
    if (!(quantity_of(arena, request.node) > quantity_of(arena, limit.node)))
        return;
    struct report *report = pass_report_field(pass, workload->object, request.path, "message");
    report_argument(report, "container", container->name);
    report_argument(report, "resource", resource);
    report_argument(report, "request", yaml_text(request.node));
    report_argument(report, "limit", yaml_text(limit.node));
}

static void check_container(struct pass *pass, const struct workload *workload,
                            const struct workload_container *container)
{
    struct arena *arena = pass_arena(pass);
    struct str path = str_format(arena, "%.*s.resources.requests", STR_ARG(container->pod_path));
    const struct yaml_node *requests = workload_part(arena, workload, path).node;
    for (size_t i = 0; requests && requests->kind == YAML_MAP && i < requests->map.count; i++)
        check_resource(pass, workload, container, requests->map.entries[i].key);
}

static void check(struct pass *pass, const struct workload *workload)
{
    struct workload_container_list containers = workload_containers(pass_arena(pass), workload);
    for (size_t i = 0; i < containers.count; i++)
        check_container(pass, workload, &containers.items[i]);
}

const struct rule_code rule_resources_request_over_limit = {.workload = check};
