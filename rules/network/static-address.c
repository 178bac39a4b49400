#include "engine/engine.h"

/* Where an object that makes a load balancer says which address it gets. */
static const struct {
    const char *group, *kind, *type, *path;
} mechanisms[] = {
    {"", "Service", "spec.type", "spec.loadBalancerIP"},
    {"", "Service", "spec.type",
     "metadata.annotations.service\\.beta\\.kubernetes\\.io/azure-load-balancer-ipv4"},
    {"", "Service", "spec.type",
     "metadata.annotations.service\\.beta\\.kubernetes\\.io/azure-pip-name"},
    {"gateway.envoyproxy.io", "EnvoyProxy", "spec.provider.kubernetes.envoyService.type",
     "spec.provider.kubernetes.envoyService.loadBalancerIP"},
    {"gateway.envoyproxy.io", "EnvoyProxy", "spec.provider.kubernetes.envoyService.type",
     "spec.provider.kubernetes.envoyService.annotations.service\\.beta\\.kubernetes\\.io/"
     "azure-load-balancer-ipv4"},
    {"gateway.envoyproxy.io", "EnvoyProxy", "spec.provider.kubernetes.envoyService.type",
     "spec.provider.kubernetes.envoyService.annotations.service\\.beta\\.kubernetes\\.io/"
     "azure-pip-name"},
};

/* What an object says: the first mechanism, and how many it uses. */
struct address {
    struct str field, text;
    struct str other_field;
    size_t count;
    bool is_balancer;
};

static struct address address_of(const struct object *object)
{
    struct address address = {0};
    for (size_t i = 0; i < sizeof mechanisms / sizeof *mechanisms; i++) {
        if (!str_is(object->kind, mechanisms[i].kind) ||
            !str_is(object->group, mechanisms[i].group))
            continue;
        struct str type = yaml_text(object_at(object->root, str_from_c(mechanisms[i].type)));
        struct str field = str_from_c(mechanisms[i].path);
        struct str text = yaml_text(object_at(object->root, field));
        address.is_balancer = str_is(type, "LoadBalancer");
        if (!text.n)
            continue;
        if (!address.count++) {
            address.field = field;
            address.text = text;
        } else if (!str_equal(text, address.text)) {
            address.other_field = field;
        }
    }
    return address;
}

static void check_object(struct pass *pass, const struct object *object)
{
    struct address address = address_of(object);
    if (!address.is_balancer || !address.other_field.n)
        return;
    struct report *report = pass_report_field(pass, object, address.other_field, "two");
    report_argument(report, "text", address.text);
    report_argument(report, "other", yaml_text(object_at(object->root, address.other_field)));
    struct cause cause = pass_cause(pass, object, address.field);
    if (cause_span(&cause).file)
        report_related(report, cause_span(&cause), "the other way");
}

/* The same object in another environment that has an address of its own; NULL: there is none. */
static const struct object *find_given(struct pass *pass, const struct application *application,
                                       const struct object *object)
{
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *release = application->releases[i];
        const struct object_list *objects = pass_objects(pass, release);
        for (size_t k = 0; objects && k < objects->count; k++) {
            const struct object *other = &objects->items[k];
            bool is_same = str_equal(other->kind, object->kind) &&
                           str_equal(other->name, object->name) &&
                           config_are_apart(release->environment, object->release->environment);
            if (is_same && address_of(other).is_balancer && address_of(other).count)
                return other;
        }
    }
    return NULL;
}

static void check_release(struct pass *pass, const struct application *application,
                          const struct release *release)
{
    const struct object_list *objects = pass_objects(pass, release);
    for (size_t i = 0; objects && i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        struct address address = address_of(object);
        const struct object *given =
            address.is_balancer && !address.count ? find_given(pass, application, object) : NULL;
        if (!given)
            continue;
        struct str field = address_of(given).field;
        struct report *report = pass_report_field(pass, object, field, "missing");
        report_argument(report, "field", field);
        report_argument(report, "other", given->release->environment->name);
    }
}

static void check(struct pass *pass, const struct application *application)
{
    for (size_t i = 0; i < application->release_count; i++)
        check_release(pass, application, application->releases[i]);
}

const struct rule_code rule_network_static_address = {
    .object = check_object,
    .application = check,
    .uses_objects = true,
};
