#include "engine/engine.h"

/* Who has a name first. */
struct owner {
    const struct object *object;
    struct str tenant, field;
};

struct search {
    struct pass *pass;
    struct str_list labels;
    struct map owners; /* kind and name → struct owner */
    const struct object *object;
    struct str tenant; /* of the object */
};

static void check_name(struct search *search, const char *what, struct str name, struct str shown,
                       struct str field)
{
    struct arena *arena = pass_arena(search->pass);
    struct str key = str_format(arena, "%s/%.*s", what, STR_ARG(name));
    struct owner *owner = map_get(&search->owners, key);
    if (!owner) {
        owner = arena_make(arena, struct owner);
        *owner = (struct owner){search->object, search->tenant, field};
        map_put(arena, &search->owners, key, owner);
        return;
    }
    if (str_equal(owner->tenant, search->tenant))
        return;
    struct report *report = pass_report_field(search->pass, search->object, field, "message");
    report_argument(report, "what", str_from_c(what));
    report_argument(report, "name", shown);
    report_argument(report, "own", search->tenant);
    report_argument(report, "other", owner->tenant);
    struct cause cause = pass_cause(search->pass, owner->object, owner->field);
    if (cause_span(&cause).file)
        report_related(report, cause_span(&cause), "%.*s has it here", STR_ARG(owner->tenant));
}

static void check_hosts(struct search *search)
{
    struct arena *arena = pass_arena(search->pass);
    const struct object *object = search->object;
    bool is_ingress = str_is(object->kind, "Ingress");
    struct str list = is_ingress ? STR("spec.rules") : STR("spec.hostnames");
    if (!is_ingress && !str_ends_with(object->kind, STR("Route")))
        return;
    const struct yaml_node *items = object_at(object->root, list);
    for (size_t i = 0; i < yaml_item_count(items); i++) {
        const struct yaml_node *item = items->list.items[i];
        struct str host = yaml_text(is_ingress ? yaml_value(item, "host") : item);
        struct str field = values_path_index(arena, list, i);
        if (is_ingress)
            field = str_format(arena, "%.*s.host", STR_ARG(field));
        if (host.n)
            check_name(search, "host", host, host, field);
    }
}

static void check_externals(struct search *search)
{
    struct arena *arena = pass_arena(search->pass);
    struct external_list externals = externals_of(arena, search->object);
    for (size_t i = 0; i < externals.count; i++) {
        const struct external *external = &externals.items[i];
        struct str name =
            str_format(arena, "%.*s/%.*s", STR_ARG(external->text), STR_ARG(external->beside));
        if (!external->is_of_network)
            check_name(search, external_kind_name(external->kind), name, external_shown(external),
                       external->field);
    }
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct search search = {.pass = pass, .labels = pass_option_strings(pass, "labels")};
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++) {
            search.object = &objects->items[k];
            search.tenant = network_tenant(
                network_namespace_of(pass_network(pass), model, search.object), &search.labels);
            if (!search.tenant.n)
                continue;
            check_hosts(&search);
            check_externals(&search);
        }
    }
}

const struct rule_code rule_env_tenant_name_collision = {.repository = check, .uses_objects = true};
