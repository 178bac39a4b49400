#include "engine/engine.h"

/* A key that something puts into the secret store of an environment. */
struct search {
    struct pass *pass;
    struct str_list seeds; /* values paths */
    struct str_list external;
    struct map seeded; /* ENVIRONMENT/KEY; without ENVIRONMENT: by an application of the cluster */
    struct map known;  /* environments that have seeds */
};

static struct str environment_of(const struct release *release)
{
    return release->environment->cluster_scope ? STR("") : release->environment->name;
}

static void add_key(struct search *search, const struct release *release, struct str key)
{
    struct arena *arena = pass_arena(search->pass);
    struct str environment = environment_of(release);
    if (!key.n)
        return;
    map_put(arena, &search->known, environment, (void *)release);
    map_put(arena, &search->seeded,
            str_format(arena, "%.*s/%.*s", STR_ARG(environment), STR_ARG(key)), (void *)release);
}

/* An item of a list: the key itself, or a map that has it. */
static void add_item(struct search *search, const struct release *release,
                     const struct yaml_node *item)
{
    static const char *const names[] = {"vaultKey", "remoteKey", "key", "name"};
    struct str key = yaml_text(item);
    for (size_t i = 0; i < sizeof names / sizeof *names && !key.n; i++)
        key = yaml_text(yaml_value(item, names[i]));
    add_key(search, release, key);
}

static void add_seeds(struct search *search, const struct release *release, struct str path)
{
    struct merged_value value = merged_at(pass_values(search->pass, release), path);
    bool is_joined = value.merged && value.merged->expanded;
    for (size_t i = 0; is_joined && i < value.merged->child_count; i++)
        add_key(search, release, value.merged->children[i].key);
    for (size_t i = 0; !is_joined && i < yaml_entry_count(value.node); i++)
        add_key(search, release, value.node->map.entries[i].key);
    for (size_t i = 0; i < yaml_item_count(value.node); i++)
        add_item(search, release, value.node->list.items[i]);
}

static void collect(struct search *search)
{
    const struct model *model = pass_model(search->pass);
    const struct secret_facts *facts = &pass_secrets(search->pass)->facts;
    for (size_t i = 0; i < model->release_count; i++) {
        for (size_t k = 0; k < search->seeds.count; k++)
            add_seeds(search, &model->releases[i], search->seeds.items[k]);
    }
    for (size_t i = 0; i < facts->writes.count; i++) {
        const struct secret_text *write = &facts->writes.items[i];
        struct str key =
            str_format(pass_arena(search->pass), "%.*s/%.*s",
                       STR_ARG(environment_of(write->object->release)), STR_ARG(write->text));
        map_put(pass_arena(search->pass), &search->seeded, key, (void *)write);
    }
}

/* The key as it is asked for, or what is left of it without folders. */
static bool is_seeded(const struct search *search, struct str environment, struct str key)
{
    struct arena *arena = pass_arena(search->pass);
    while (key.p) {
        if (map_has(&search->seeded,
                    str_format(arena, "%.*s/%.*s", STR_ARG(environment), STR_ARG(key))))
            return true;
        str_cut(&key, '/');
    }
    return false;
}

static void check_read(struct search *search, const struct secret_text *read)
{
    const struct release *release = read->object->release;
    struct str environment = environment_of(release);
    if (!map_has(&search->known, environment) || release_has_unknown_layers(release) ||
        glob_match_any(&search->external, read->text) ||
        is_seeded(search, environment, read->text) || is_seeded(search, STR(""), read->text))
        return;
    struct report *report = pass_report_field(search->pass, read->object, read->field, "message");
    report_argument(report, "key", read->text);
}

static void check(struct pass *pass)
{
    struct search search = {
        .pass = pass,
        .seeds = pass_option_strings(pass, "seeds"),
        .external = pass_option_strings(pass, "external"),
    };
    if (!search.seeds.count)
        return;
    collect(&search);
    const struct secret_facts *facts = &pass_secrets(pass)->facts;
    for (size_t i = 0; i < facts->reads.count; i++)
        check_read(&search, &facts->reads.items[i]);
}

const struct rule_code rule_secrets_key_without_producer = {
    .repository = check,
    .uses_objects = true,
};
