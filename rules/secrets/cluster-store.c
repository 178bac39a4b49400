#include "engine/engine.h"

/* Another environment of the same cluster that reads from the store; NULL when none does. */
static const struct config_environment *other_reader(struct pass *pass,
                                                     const struct secret_store_use *use)
{
    const struct model *model = pass_model(pass);
    const struct secret_model *secrets = pass_secrets(pass);
    const struct config_environment *own = use->object->release->environment;
    for (size_t i = 0; i < secrets->facts.stores.count; i++) {
        const struct secret_store_use *other = &secrets->facts.stores.items[i];
        const struct config_environment *environment = other->object->release->environment;
        if (environment != own && !environment->cluster_scope &&
            str_equal(other->kind, use->kind) && str_equal(other->name, use->name) &&
            str_equal(model_cluster(model, environment), model_cluster(model, own)))
            return environment;
    }
    return NULL;
}

/* A store of a cluster, its finding, and the places that are in it. */
struct search {
    struct pass *pass;
    bool is_forbidden;
    struct map reports; /* CLUSTER/STORE → struct report */
    struct map places;  /* STORE FILE START */
};

static struct report *report_of(struct search *search, const struct secret_store_use *use)
{
    struct arena *arena = pass_arena(search->pass);
    struct str cluster = model_cluster(pass_model(search->pass), use->object->release->environment);
    struct str key = str_format(arena, "%.*s/%.*s", STR_ARG(cluster), STR_ARG(use->name));
    struct report *report = map_get(&search->reports, key);
    if (!report) {
        struct str field = values_path_key(arena, use->field, STR("kind"));
        report = pass_report_field(search->pass, use->object, field,
                                   search->is_forbidden ? "forbidden" : "message");
        report_argument(report, "name", use->name);
        map_put(arena, &search->reports, key, report);
    }
    return report;
}

static void add_use(struct search *search, const struct secret_store_use *use)
{
    struct arena *arena = pass_arena(search->pass);
    size_t known = search->reports.count;
    struct report *report = report_of(search, use);
    struct cause cause =
        pass_cause(search->pass, use->object, values_path_key(arena, use->field, STR("kind")));
    struct span span = cause_span(&cause);
    struct str place =
        str_format(arena, "%.*s %u %zu", STR_ARG(use->name), span.file, (size_t)span.start);
    report_only_for(report, use->object->release);
    if (known == search->reports.count && !map_has(&search->places, place))
        report_related(report, span, "and here");
    map_put(arena, &search->places, place, report);
}

static void check(struct pass *pass)
{
    const struct secret_model *secrets = pass_secrets(pass);
    struct search search = {.pass = pass, .is_forbidden = pass_option_bool(pass, "forbidden")};
    for (size_t i = 0; i < secrets->facts.stores.count; i++) {
        const struct secret_store_use *use = &secrets->facts.stores.items[i];
        if (str_is(use->kind, "ClusterSecretStore") &&
            !use->object->release->environment->cluster_scope &&
            (search.is_forbidden || other_reader(pass, use)))
            add_use(&search, use);
    }
}

const struct rule_code rule_secrets_cluster_store = {.repository = check, .uses_objects = true};
