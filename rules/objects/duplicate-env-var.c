#include "engine/engine.h"

static void report_twice(struct pass *pass, const struct workload *workload,
                         const struct workload_container *container, size_t index, struct str name)
{
    struct str path =
        str_format(pass_arena(pass), "%.*s.env[%zu].name", STR_ARG(container->pod_path), index);
    struct workload_part part = workload_part(pass_arena(pass), workload, path);
    struct report *report = pass_report_field(pass, workload->object, part.path, "message");
    report_argument(report, "variable", name);
    report_argument(report, "container", container->name);
}

static void check_container(struct pass *pass, const struct workload *workload,
                            const struct workload_container *container)
{
    struct arena *arena = pass_arena(pass);
    struct map seen = {0};
    struct str path = str_format(arena, "%.*s.env", STR_ARG(container->pod_path));
    const struct yaml_node *env = workload_part(arena, workload, path).node;
    for (size_t i = 0; env && env->kind == YAML_LIST && i < env->list.count; i++) {
        struct str name = yaml_text(yaml_value(env->list.items[i], "name"));
        if (map_has(&seen, name))
            report_twice(pass, workload, container, i, name);
        else if (name.n)
            map_put(arena, &seen, name, (void *)workload);
    }
}

static void check(struct pass *pass, const struct workload *workload)
{
    struct workload_container_list containers = workload_containers(pass_arena(pass), workload);
    for (size_t i = 0; i < containers.count; i++)
        check_container(pass, workload, &containers.items[i]);
}

const struct rule_code rule_objects_duplicate_env_var = {.workload = check};
