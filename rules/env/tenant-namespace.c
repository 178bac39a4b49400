#include "engine/engine.h"

struct search {
    struct pass *pass;
    struct str_list labels;
    struct str tenant; /* of the object that is looked at */
    struct str cluster;
};

/* The tenant that the namespace belongs to, when it is another one than the object's. */
static struct str other_tenant(const struct search *search, struct str namespace)
{
    struct str tenant = network_tenant(
        network_namespace_find(pass_network(search->pass), search->cluster, namespace),
        &search->labels);
    return str_equal(tenant, search->tenant) ? STR("") : tenant;
}

static void note_tenants(struct search *search, struct report *report, struct str other)
{
    report_argument(report, "own", search->tenant);
    report_argument(report, "other", other);
}

static void visit_name(void *context, const struct object_text *text, struct str name)
{
    struct search *search = context;
    struct str other = other_tenant(search, name);
    if (!other.n)
        return;
    struct str field = layer_value_path(pass_arena(search->pass), text->value);
    struct report *report = pass_report_text(search->pass, text->object, field,
                                             text_part_of(text->text, name), "names");
    note_tenants(search, report, other);
}

static void check_object(struct search *search, const struct object *object)
{
    struct str own = object->release->namespace;
    const struct network_namespace *of_release =
        network_namespace_find(pass_network(search->pass), search->cluster, own);
    search->tenant = network_tenant(of_release, &search->labels);
    if (!search->tenant.n)
        return;
    struct str other = other_tenant(search, object->namespace);
    if (other.n) {
        struct report *report =
            pass_report_field(search->pass, object, STR("metadata.namespace"), "placed");
        report_argument(report, "text", object->namespace);
        note_tenants(search, report, other);
    }
    object_namespaces_walk(object, visit_name, search);
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct search search = {.pass = pass, .labels = pass_option_strings(pass, "labels")};
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        const struct object_list *objects = pass_objects(pass, release);
        search.cluster = model_cluster(model, release->environment);
        for (size_t k = 0; objects && k < objects->count; k++)
            check_object(&search, &objects->items[k]);
    }
}

const struct rule_code rule_env_tenant_namespace = {.repository = check, .uses_objects = true};
