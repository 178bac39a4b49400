#include "engine/engine.h"

static bool has_port(const struct yaml_node *ports, struct str wanted)
{
    for (size_t i = 0; i < ports->list.count; i++) {
        const struct yaml_node *port = ports->list.items[i];
        if (str_equal(yaml_text(yaml_value(port, "name")), wanted) ||
            str_equal(yaml_text(yaml_value(port, "port")), wanted))
            return true;
    }
    return false;
}

/* "http (80), 9090" */
static struct str list_ports(struct arena *arena, const struct yaml_node *ports)
{
    struct text text = {.arena = arena};
    for (size_t i = 0; i < ports->list.count; i++) {
        struct str name = yaml_text(yaml_value(ports->list.items[i], "name"));
        struct str number = yaml_text(yaml_value(ports->list.items[i], "port"));
        text_add_c(&text, i ? ", " : "");
        if (name.n)
            text_format(&text, "%.*s (%.*s)", STR_ARG(name), STR_ARG(number));
        else
            text_add(&text, number);
    }
    return text_str(&text);
}

/* What leads to a port of a Service: the name of the Service, and the path of the port. */
static void check_reference(struct pass *pass, const struct object *object, struct str name,
                            struct str path)
{
    const struct object *service =
        object_find(pass_objects(pass, object->release), STR("Service"), object->namespace, name);
    const struct yaml_node *ports = service ? yaml_at(service->root, STR("spec.ports")) : NULL;
    struct str port = yaml_text(object_at(object->root, path));
    if (!port.n || !ports || ports->kind != YAML_LIST || has_port(ports, port))
        return;
    struct report *report = pass_report_field(pass, object, path, "message");
    report_argument(report, "port", port);
    report_argument(report, "service", name);
    report_argument(report, "ports", list_ports(pass_arena(pass), ports));
}

static void check_backend(struct pass *pass, const struct object *object,
                          const struct yaml_node *backend, struct str at)
{
    const struct yaml_node *port = yaml_at(backend, STR("service.port"));
    const char *key = yaml_value(port, "name") ? "name" : "number";
    check_reference(pass, object, yaml_text(yaml_at(backend, STR("service.name"))),
                    str_format(pass_arena(pass), "%.*s.service.port.%s", STR_ARG(at), key));
}

static void check_ingress(struct pass *pass, const struct object *object)
{
    const struct yaml_node *rules = yaml_at(object->root, STR("spec.rules"));
    check_backend(pass, object, yaml_at(object->root, STR("spec.defaultBackend")),
                  STR("spec.defaultBackend"));
    for (size_t i = 0; rules && rules->kind == YAML_LIST && i < rules->list.count; i++) {
        const struct yaml_node *paths = yaml_at(rules->list.items[i], STR("http.paths"));
        for (size_t k = 0; paths && paths->kind == YAML_LIST && k < paths->list.count; k++)
            check_backend(
                pass, object, yaml_value(paths->list.items[k], "backend"),
                str_format(pass_arena(pass), "spec.rules[%zu].http.paths[%zu].backend", i, k));
    }
}

static void check_route(struct pass *pass, const struct object *object)
{
    const struct yaml_node *rules = yaml_at(object->root, STR("spec.rules"));
    for (size_t i = 0; rules && rules->kind == YAML_LIST && i < rules->list.count; i++) {
        const struct yaml_node *backends = yaml_value(rules->list.items[i], "backendRefs");
        for (size_t k = 0; backends && backends->kind == YAML_LIST && k < backends->list.count;
             k++) {
            const struct yaml_node *backend = backends->list.items[k];
            struct str kind = yaml_text(yaml_value(backend, "kind"));
            if ((!kind.n || str_is(kind, "Service")) && !yaml_value(backend, "namespace"))
                check_reference(
                    pass, object, yaml_text(yaml_value(backend, "name")),
                    str_format(pass_arena(pass), "spec.rules[%zu].backendRefs[%zu].port", i, k));
        }
    }
}

static void check(struct pass *pass, const struct object *object)
{
    if (str_is(object->kind, "Ingress"))
        check_ingress(pass, object);
    else if (str_ends_with(object->kind, STR("Route")) &&
             str_is(object->group, "gateway.networking.k8s.io"))
        check_route(pass, object);
}

const struct rule_code rule_objects_service_port = {.object = check};
