#include "engine/engine.h"

/* How the repository tells tenants by the labels of their namespaces. */
struct convention {
    struct pass *pass;
    struct str id, kind, prefix;
    struct str_list kinds;
    bool has_ids, has_kinds; /* some Namespace has the label */
};

static struct str label_path(const struct convention *convention, struct str key)
{
    return values_path_key(pass_arena(convention->pass), STR("metadata.labels"), key);
}

static struct str label_of(const struct convention *convention, const struct object *object,
                           struct str key)
{
    return yaml_text(object_at(object->root, label_path(convention, key)));
}

static struct report *report_label(const struct convention *convention, const struct object *object,
                                   struct str key, const char *message)
{
    struct report *report =
        pass_report_field(convention->pass, object, label_path(convention, key), message);
    report_argument(report, "label", key);
    report_argument(report, "value", label_of(convention, object, key));
    return report;
}

/* "acme" for tenant-acme and tenant-acme-prod. */
static bool is_named_after(const struct convention *convention, struct str name, struct str id)
{
    struct str rest = str_from(name, convention->prefix.n);
    return str_starts_with(rest, id) && (rest.n == id.n || rest.p[id.n] == '-');
}

static void check_kind(const struct convention *convention, const struct object *object,
                       struct str kind, struct str id)
{
    if (!str_list_has(&convention->kinds, kind))
        report_label(convention, object, convention->kind, "kind");
    else if (str_is(kind, "shared") && id.n)
        report_label(convention, object, convention->id, "shared");
}

static void check_namespace(const struct convention *convention, const struct object *object)
{
    struct str id = label_of(convention, object, convention->id);
    struct str kind = label_of(convention, object, convention->kind);
    struct str environment = pass_model(convention->pass)->config->label_environment;
    bool is_named = convention->prefix.n && str_starts_with(object->name, convention->prefix);
    bool is_tenant = is_named || id.n || str_is(kind, "namespace");
    if (kind.n)
        check_kind(convention, object, kind, id);
    if (!is_tenant || str_is(kind, "shared"))
        return;
    if (!id.n)
        report_label(convention, object, convention->id, "missing");
    else if (is_named && !is_named_after(convention, object->name, id))
        report_label(convention, object, convention->id, "wrong");
    if (!kind.n && convention->has_kinds)
        report_label(convention, object, convention->kind, "missing");
    if (environment.n && !label_of(convention, object, environment).n)
        report_label(convention, object, environment, "missing");
}

static void note_use(struct convention *convention, const struct object *object)
{
    convention->has_ids = convention->has_ids || label_of(convention, object, convention->id).n;
    convention->has_kinds =
        convention->has_kinds || label_of(convention, object, convention->kind).n;
}

static void check(struct pass *pass)
{
    const struct network *network = pass_network(pass);
    struct convention convention = {.pass = pass,
                                    .id = pass_option_string(pass, "id"),
                                    .kind = pass_option_string(pass, "kind"),
                                    .prefix = pass_option_string(pass, "prefix"),
                                    .kinds = pass_option_strings(pass, "kinds")};
    for (size_t i = 0; i < network->namespaces.count; i++) {
        if (network->namespaces.items[i]->object)
            note_use(&convention, network->namespaces.items[i]->object);
    }
    for (size_t i = 0;
         i < network->namespaces.count && (convention.has_ids || convention.has_kinds); i++) {
        if (network->namespaces.items[i]->object)
            check_namespace(&convention, network->namespaces.items[i]->object);
    }
}

const struct rule_code rule_env_tenant_labels = {.repository = check, .uses_objects = true};
