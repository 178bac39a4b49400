#include "engine/engine.h"

/* "loki" of docker.io/grafana/loki:3.4.2@sha256:… */
static struct str last_name(struct str image)
{
    struct str name = path_name(str_slice(image, 0, str_find_char(image, '@')));
    return str_slice(name, 0, str_find_char(name, ':'));
}

static void check_container(struct pass *pass, const struct workload *workload,
                            const struct workload_container *container, double count)
{
    struct arena *arena = pass_arena(pass);
    struct str path = str_format(arena, "%.*s.image", STR_ARG(container->pod_path));
    struct str image = last_name(yaml_text(workload_part(arena, workload, path).node));
    const struct yaml_entry *wanted =
        image.n ? yaml_find(pass_option_map(pass, "replicas"), image) : NULL;
    if (!wanted || wanted->value->kind != YAML_NUMBER || count >= wanted->value->number)
        return;
    struct workload_part replicas = workload_part(arena, workload, STR("replicas"));
    struct report *report = pass_report_part(pass, workload, &replicas, "message");
    report_argument(report, "image", image);
    report_argument(report, "count", str_format(arena, "%g", count));
    report_argument(report, "least", wanted->value->text);
}

static void check(struct pass *pass, const struct workload *workload)
{
    struct str_list production = pass_option_strings(pass, "production");
    const struct release *release = workload->object->release;
    const struct object *scaler = scaler_of(pass_objects(pass, release), workload->object);
    double count;
    if (!str_list_has(&production, release->environment->name) ||
        workload->pods->is_on_every_node || workload->pods->is_to_completion ||
        !workload_replicas(workload, &count))
        return;
    count = scaler ? scaler_least(scaler) : count;
    struct workload_container_list containers = workload_containers(pass_arena(pass), workload);
    for (size_t i = 0; count > 0 && i < containers.count; i++) {
        if (!containers.items[i].is_init)
            check_container(pass, workload, &containers.items[i], count);
    }
}

const struct rule_code rule_availability_observability_replicas = {.workload = check};
