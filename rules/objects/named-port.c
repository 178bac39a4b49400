#include "engine/engine.h"

/* The names of the ports of all containers. */
static struct str_list port_names(struct arena *arena, const struct workload *workload)
{
    struct str_list names = {0};
    struct workload_container_list containers = workload_containers(arena, workload);
    for (size_t i = 0; i < containers.count; i++) {
        struct str path = str_format(arena, "%.*s.ports", STR_ARG(containers.items[i].pod_path));
        const struct yaml_node *ports = workload_part(arena, workload, path).node;
        for (size_t k = 0; ports && ports->kind == YAML_LIST && k < ports->list.count; k++) {
            struct str name = yaml_text(yaml_value(ports->list.items[k], "name"));
            if (name.n)
                vector_push(arena, &names, name);
        }
    }
    return names;
}

/* The workload that lacks the port; NULL when one has it, or when that is not known. */
static const struct workload *lacking(struct arena *arena, const struct workload_list *selected,
                                      struct str port)
{
    const struct workload *found = NULL;
    for (size_t i = 0; i < selected->count; i++) {
        struct str_list names = port_names(arena, &selected->items[i]);
        if (selected->items[i].kind->operator_name.n || str_list_has(&names, port))
            return NULL;
        found = &selected->items[i];
    }
    return found;
}

static void check_port(struct pass *pass, const struct object *service,
                       const struct workload_list *selected, size_t index)
{
    struct arena *arena = pass_arena(pass);
    struct str path = str_format(arena, "spec.ports[%zu].targetPort", index);
    const struct yaml_node *port = object_at(service->root, path);
    const struct workload *workload =
        port && port->kind == YAML_STRING ? lacking(arena, selected, port->text) : NULL;
    if (!workload)
        return;
    struct str_list names = port_names(arena, workload);
    struct str ports = str_list_join(arena, &names, STR(", "));
    struct report *report = pass_report_field(pass, service, path, "message");
    report_argument(report, "port", port->text);
    report_argument(report, "workload", object_title(arena, workload->object));
    report_argument(report, "ports", ports.n ? ports : STR("none with a name"));
}

static void check(struct pass *pass, const struct object *object)
{
    const struct yaml_node *ports = yaml_at(object->root, STR("spec.ports"));
    if (!str_is(object->kind, "Service") || !ports || ports->kind != YAML_LIST)
        return;
    struct workload_list selected =
        selector_workloads(pass_arena(pass), yaml_at(object->root, STR("spec.selector")),
                           pass_workloads(pass, object->release), object->namespace);
    for (size_t i = 0; i < ports->list.count; i++)
        check_port(pass, object, &selected, i);
}

const struct rule_code rule_objects_named_port = {.object = check};
