#include "engine/engine.h"

/* Services, looked at as what a ServiceMonitor selects by their own labels. */
static struct workload_list services_of(struct arena *arena, const struct object_list *objects)
{
    struct workload_kind *kind = arena_make(arena, struct workload_kind);
    struct workload_pods *pods = arena_make(arena, struct workload_pods);
    struct workload_list services = {0};
    vector_push(arena, &pods->places,
                ((struct workload_place){STR("labels"), STR("metadata.labels")}));
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        struct workload service = {object, kind, pods, STR(""), object->root, STR("")};
        if (str_is(object->kind, "Service") && !object->group.n)
            vector_push(arena, &services, service);
    }
    return services;
}

static const char *selector_field(const struct object *object)
{
    if (str_is(object->kind, "Service") && !object->group.n)
        return "spec.selector";
    if (str_is(object->kind, "PodMonitor") && str_is(object->group, "monitoring.coreos.com"))
        return "spec.selector";
    return NULL;
}

static void check_selector(struct pass *pass, const struct object *object,
                           const struct workload_list *workloads, struct str field,
                           const char *what)
{
    struct arena *arena = pass_arena(pass);
    const struct yaml_node *selector = yaml_at(object->root, field);
    if (!selector || selector_workloads(arena, selector, workloads, object->namespace).count)
        return;
    struct selector_near near = selector_nearest(arena, selector, workloads, object->namespace);
    if (!near.workload || !near.missing || near.workload->kind->operator_name.n)
        return;
    struct str path = selector_path(arena, field, selector, near.missing);
    struct report *report = pass_report_field(pass, object, path, "message");
    report_argument(report, "hint", selector_hint(arena, &near));
    report_argument(report, "what", str_from_c(what));
}

/* Services of other namespaces may be those of other releases. */
static bool is_service_monitor(const struct object *object)
{
    return str_is(object->kind, "ServiceMonitor") &&
           str_is(object->group, "monitoring.coreos.com") &&
           !yaml_at(object->root, STR("spec.namespaceSelector"));
}

static void check(struct pass *pass, const struct object *object)
{
    const char *field = selector_field(object);
    if (field)
        check_selector(pass, object, pass_workloads(pass, object->release), str_from_c(field),
                       "pods");
    if (!is_service_monitor(object))
        return;
    struct workload_list services =
        services_of(pass_arena(pass), pass_objects(pass, object->release));
    check_selector(pass, object, &services, STR("spec.selector"), "Services");
}

const struct rule_code rule_objects_selector_matches_nothing = {.object = check};
