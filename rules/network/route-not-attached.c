#include "engine/engine.h"

/* A route asks a Gateway for a listener; the listener must be there, let the route's namespace in,
 * and serve one of its hosts, as the Gateway API's "Route Attachment" says. */
struct attachment {
    struct pass *pass;
    const struct reference *reference;
    const struct object *gateway;
};

static bool is_of_host(struct str pattern, struct str host)
{
    return str_starts_with(pattern, STR("*.")) && str_ends_with(host, str_from(pattern, 1));
}

/* A wildcard stands for one name or several. */
static bool hosts_meet(struct arena *arena, struct str a, struct str b)
{
    a = str_lower(arena, a);
    b = str_lower(arena, b);
    return !a.n || !b.n || str_equal(a, b) || is_of_host(a, b) || is_of_host(b, a);
}

static bool serves_host(const struct attachment *attachment, const struct yaml_node *listener)
{
    struct arena *arena = pass_arena(attachment->pass);
    const struct yaml_node *hosts =
        yaml_at(attachment->reference->object->root, STR("spec.hostnames"));
    struct str served = yaml_text(yaml_value(listener, "hostname"));
    bool found = !yaml_item_count(hosts);
    for (size_t i = 0; i < yaml_item_count(hosts); i++)
        found = found || hosts_meet(arena, served, yaml_text(hosts->list.items[i]));
    return found;
}

/* False when the namespace is known and has other labels. */
static bool may_be_selected(const struct attachment *attachment, const struct yaml_node *selector)
{
    const struct object *route = attachment->reference->object;
    struct identifier namespace = {STR(""), STR("Namespace"), STR(""), route->namespace};
    const struct made *made =
        makers_find(pass_makers(attachment->pass), route->release, &namespace);
    return !made || !selector ||
           selector_matches(selector,
                            yaml_at(made->makers.items[0].object->root, STR("metadata.labels")));
}

static bool lets_namespace_in(const struct attachment *attachment, const struct yaml_node *listener)
{
    const struct yaml_node *namespaces = yaml_at(listener, STR("allowedRoutes.namespaces"));
    struct str from = yaml_text(yaml_value(namespaces, "from"));
    if (str_is(from, "Selector"))
        return may_be_selected(attachment, yaml_value(namespaces, "selector"));
    return (from.n && !str_is(from, "Same")) ||
           str_equal(attachment->reference->object->namespace, attachment->gateway->namespace);
}

static bool is_asked_for(const struct attachment *attachment, const struct yaml_node *listener)
{
    const struct yaml_node *parent = attachment->reference->node;
    struct str section = yaml_text(yaml_value(parent, "sectionName"));
    struct str port = yaml_text(yaml_value(parent, "port"));
    return (!section.n || str_equal(section, yaml_text(yaml_value(listener, "name")))) &&
           (!port.n || str_equal(port, yaml_text(yaml_value(listener, "port"))));
}

static void relate_gateway(const struct attachment *attachment, struct report *report)
{
    struct cause cause = pass_cause(attachment->pass, attachment->gateway, STR("spec.listeners"));
    struct span span = cause_span(&cause);
    if (span.file)
        report_related(report, span, "the listeners of the Gateway");
}

static void report_listener(const struct attachment *attachment, struct str field,
                            const char *message)
{
    const struct reference *reference = attachment->reference;
    struct report *report = pass_report_field(attachment->pass, reference->object, field, message);
    report_argument(report, "gateway", reference->to.name);
    report_argument(report, "namespace", reference->object->namespace);
    report_argument(report, "section", yaml_text(yaml_value(reference->node, "sectionName")));
    relate_gateway(attachment, report);
}

static void check_hosts(const struct attachment *attachment, const struct yaml_node *listeners,
                        const bool *is_left)
{
    struct arena *arena = pass_arena(attachment->pass);
    const struct object *route = attachment->reference->object;
    struct str_list served = {0};
    for (size_t i = 0; i < listeners->list.count; i++) {
        const struct yaml_node *listener = listeners->list.items[i];
        if (is_left[i] && serves_host(attachment, listener))
            return;
        struct str host = yaml_text(yaml_value(listener, "hostname"));
        if (is_left[i] && !str_list_has(&served, host))
            vector_push(arena, &served, host);
    }
    struct report *report =
        pass_report_field(attachment->pass, route, STR("spec.hostnames[0]"), "host");
    report_argument(report, "gateway", attachment->reference->to.name);
    report_argument(report, "host", yaml_text(object_at(route->root, STR("spec.hostnames[0]"))));
    report_argument(report, "served", str_list_join(arena, &served, STR(", ")));
    relate_gateway(attachment, report);
}

static void check_route(const struct attachment *attachment)
{
    const struct reference *reference = attachment->reference;
    const struct yaml_node *listeners = yaml_at(attachment->gateway->root, STR("spec.listeners"));
    bool *is_left =
        arena_make_array(pass_arena(attachment->pass), bool, yaml_item_count(listeners) + 1);
    size_t asked = 0;
    size_t left = 0;
    for (size_t i = 0; i < yaml_item_count(listeners); i++) {
        bool is_asked = is_asked_for(attachment, listeners->list.items[i]);
        is_left[i] = is_asked && lets_namespace_in(attachment, listeners->list.items[i]);
        asked += is_asked;
        left += is_left[i];
    }
    struct str section =
        str_format(pass_arena(attachment->pass), "%.*s.sectionName", STR_ARG(reference->at));
    if (!asked && yaml_value(reference->node, "sectionName"))
        report_listener(attachment, section, "section");
    else if (asked && !left)
        report_listener(attachment, reference->path, "namespace");
    else if (left)
        check_hosts(attachment, listeners, is_left);
}

/* A Gateway to which ListenerSets may add has listeners that are not known. */
static bool may_have_more(const struct object *gateway)
{
    return yaml_at(gateway->root, STR("spec.allowedListeners")) != NULL;
}

static void check(struct pass *pass)
{
    const struct makers *makers = pass_makers(pass);
    const struct reference_list *references = pass_references(pass);
    for (size_t i = 0; i < references->count; i++) {
        const struct reference *reference = &references->items[i];
        const struct made *made = reference_find(makers, reference);
        if (!made || made->makers.count != 1 || !str_is(reference->to.kind, "Gateway") ||
            !str_ends_with(reference->object->kind, STR("Route")))
            continue;
        struct attachment attachment = {pass, reference, made->makers.items[0].object};
        if (!may_have_more(attachment.gateway))
            check_route(&attachment);
    }
}

const struct rule_code rule_network_route_not_attached = {.repository = check,
                                                          .uses_objects = true};
