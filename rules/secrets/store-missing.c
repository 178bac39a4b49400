#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct secret_model *secrets;
    struct str_list external;
    struct map names;
    VECTOR(const struct secret_store_use *) missing;
};

static struct str namespace_of(const struct secret_store_use *use)
{
    return str_is(use->kind, "ClusterSecretStore") ? STR("") : use->object->namespace;
}

/* Stores of that kind come from releases of this cluster when one does. */
static bool is_made_somewhere(const struct search *search, const struct secret_store_use *use)
{
    const struct model *model = pass_model(search->pass);
    struct str cluster = model_cluster(model, use->object->release->environment);
    for (size_t i = 0; i < search->secrets->objects.count; i++) {
        const struct object *object = search->secrets->objects.items[i].value;
        if (str_equal(object->kind, use->kind) &&
            str_equal(model_cluster(model, object->release->environment), cluster))
            return true;
    }
    return false;
}

static bool is_missing(const struct search *search, const struct secret_store_use *use)
{
    const struct release *release = use->object->release;
    return !glob_match_any(&search->external, use->name) && use->object->namespace.n &&
           !release_has_unknown_layers(release) &&
           !secret_model_is_partial(search->secrets, release, use->object->namespace) &&
           !secret_model_object(search->secrets, release, namespace_of(use), use->kind,
                                use->name) &&
           is_made_somewhere(search, use);
}

/* An object that is put into another namespace than its release is there because of that name. */
static void report_use(struct pass *pass, const struct secret_store_use *use)
{
    const struct object *object = use->object;
    struct str field = str_equal(object->namespace, object->release->namespace)
                           ? values_path_key(pass_arena(pass), use->field, STR("name"))
                           : STR("metadata.namespace");
    struct report *report = pass_report_field(pass, object, field, "message");
    report_argument(report, "kind", use->kind);
    report_argument(report, "name", use->name);
    report_argument(report, "namespace", object->namespace);
}

static void check(struct pass *pass)
{
    struct search search = {.pass = pass,
                            .secrets = pass_secrets(pass),
                            .external = pass_option_strings(pass, "external")};
    for (size_t i = 0; i < search.secrets->facts.stores.count; i++) {
        const struct secret_store_use *use = &search.secrets->facts.stores.items[i];
        if (!is_missing(&search, use))
            continue;
        vector_push(pass_arena(pass), &search.missing, use);
        map_put(pass_arena(pass), &search.names, use->name, (void *)use);
    }
    struct secret_mentions mentions =
        secret_mentions_find(pass_arena(pass), search.secrets, pass_tree(pass), &search.names);
    for (size_t i = 0; i < search.missing.count; i++) {
        const struct secret_store_use *use = search.missing.items[i];
        const struct object *object = use->object;
        if (secret_mentions_have(&mentions, object->release, object->namespace, use->name))
            continue;
        report_use(pass, use);
    }
}

const struct rule_code rule_secrets_store_missing = {.repository = check, .uses_objects = true};
