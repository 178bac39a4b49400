#include "engine/engine.h"

/* cert-manager puts the authority of a Certificate into a webhook's configuration by this
 * annotation: NAMESPACE/NAME. */
static const struct object *certificate_of(struct pass *pass, const struct object *configuration)
{
    struct str rest = yaml_text(object_at(
        configuration->root, STR("metadata.annotations.cert-manager\\.io/inject-ca-from")));
    struct str namespace = str_cut(&rest, '/');
    struct identifier identifier = {STR("cert-manager.io"), STR("Certificate"), namespace, rest};
    const struct made *made = makers_find(pass_makers(pass), configuration->release, &identifier);
    return made && made->makers.count == 1 ? made->makers.items[0].object : NULL;
}

/* A wildcard in a certificate stands for one name. */
static bool is_named(const struct object *certificate, struct str host)
{
    const struct yaml_node *names = yaml_at(certificate->root, STR("spec.dnsNames"));
    struct str parent = str_from(host, str_find_char(host, '.'));
    for (size_t i = 0; i < yaml_item_count(names); i++) {
        struct str name = yaml_text(names->list.items[i]);
        bool is_wild = str_starts_with(name, STR("*."));
        if (str_equal(name, host) || (is_wild && str_equal(str_from(name, 1), parent)))
            return true;
    }
    return false;
}

struct search {
    struct pass *pass;
    const struct object *configuration, *certificate;
};

static void check_service(void *context, struct str path, const struct yaml_node *node)
{
    struct search *search = context;
    struct str host = str_format(pass_arena(search->pass), "%.*s.%.*s.svc",
                                 STR_ARG(yaml_text(yaml_value(node, "name"))),
                                 STR_ARG(yaml_text(yaml_value(node, "namespace"))));
    (void)path;
    if (is_named(search->certificate, host))
        return;
    struct report *report =
        pass_report_structure(search->pass, search->certificate, STR("spec.dnsNames"), "message");
    report_argument(report, "host", host);
    report_argument(report, "configuration",
                    object_title(pass_arena(search->pass), search->configuration));
}

static void check_object(struct pass *pass, const struct object *object)
{
    static const char *const places[] = {"webhooks.*.clientConfig.service",
                                         "spec.conversion.webhook.clientConfig.service",
                                         "spec.service"};
    const struct object *certificate = certificate_of(pass, object);
    struct search search = {pass, object, certificate};
    /* Where nobody says which namespace it is, templates write names without one. */
    bool is_told = certificate && certificate->release->namespace.n;
    for (size_t i = 0; is_told && i < sizeof places / sizeof *places; i++)
        object_match(pass_arena(pass), object->root, str_from_c(places[i]), check_service, &search);
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++)
            check_object(pass, &objects->items[k]);
    }
}

const struct rule_code rule_objects_certificate_names = {.repository = check, .uses_objects = true};
