#include "engine/engine.h"

static bool has_port(const struct yaml_node *ports, struct str wanted)
{
    for (size_t i = 0; i < yaml_item_count(ports); i++) {
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

static void check_port(struct pass *pass, const struct reference *reference,
                       const struct object *service)
{
    const struct yaml_node *ports = yaml_at(service->root, STR("spec.ports"));
    if (!yaml_item_count(ports) || has_port(ports, reference->port))
        return;
    struct report *report =
        pass_report_field(pass, reference->object, reference->port_path, "message");
    report_argument(report, "port", reference->port);
    report_argument(report, "service", reference->to.name);
    report_argument(report, "ports", list_ports(pass_arena(pass), ports));
}

/* A Service that an operator makes, or two releases, has ports that are not known. */
static void check(struct pass *pass)
{
    const struct makers *makers = pass_makers(pass);
    const struct reference_list *references = pass_references(pass);
    for (size_t i = 0; i < references->count; i++) {
        const struct reference *reference = &references->items[i];
        if (!reference->port.n || !str_is(reference->to.kind, "Service"))
            continue;
        const struct made *made = reference_find(makers, reference);
        if (made && made->makers.count == 1 && !made->makers.items[0].is_operator)
            check_port(pass, reference, made->makers.items[0].object);
    }
}

const struct rule_code rule_objects_service_port = {.repository = check, .uses_objects = true};
