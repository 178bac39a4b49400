#include "engine/engine.h"

/* What the configurations of Envoy Gateway that are rendered say. */
struct gateways {
    bool is_rendered, has_backend;
};

static void read_configuration(struct pass *pass, struct str text, struct gateways *gateways)
{
    if (!str_contains(text, STR("kind: EnvoyGateway")))
        return;
    const struct yaml_stream *stream = yaml_parse_bytes(pass_arena(pass), text, 0, &limits_default);
    const struct yaml_node *root = yaml_root(stream);
    if (!str_is(yaml_text(yaml_value(root, "kind")), "EnvoyGateway"))
        return;
    gateways->is_rendered = true;
    gateways->has_backend |= yaml_at(root, STR("rateLimit.backend")) != NULL;
}

static void read_object(struct pass *pass, const struct object *object, struct gateways *gateways)
{
    const struct yaml_node *data =
        str_is(object->kind, "ConfigMap") ? yaml_value(object->root, "data") : NULL;
    for (size_t i = 0; data && i < yaml_entry_count(data); i++)
        read_configuration(pass, yaml_text(data->map.entries[i].value), gateways);
}

static bool is_global(const struct object *object)
{
    const struct yaml_node *limit = object_at(object->root, STR("spec.rateLimit"));
    return str_is(object->kind, "BackendTrafficPolicy") &&
           str_is(object->group, "gateway.envoyproxy.io") &&
           (str_is(yaml_text(yaml_value(limit, "type")), "Global") ||
            (!yaml_value(limit, "type") && yaml_value(limit, "global")));
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct gateways gateways = {0};
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++)
            read_object(pass, &objects->items[k], &gateways);
    }
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++) {
            if (gateways.is_rendered && !gateways.has_backend && is_global(&objects->items[k]))
                pass_report_field(pass, &objects->items[k], STR("spec.rateLimit.type"), "message");
        }
    }
}

const struct rule_code rule_network_rate_limit_backend = {.repository = check,
                                                          .uses_objects = true};
