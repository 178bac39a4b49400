#include "engine/engine.h"

/* A Secret that is needed and that no release makes. */
struct missing {
    const struct secret_use *use;
    struct str namespace; /* CLUSTER/NAMESPACE */
};

/* What becomes of the Secrets that the objects of a namespace need. */
struct tally {
    size_t made, missing;
};

/* How many Secrets of a namespace come from releases for each that does not. */
enum { ENOUGH = 4 };

struct search {
    struct pass *pass;
    const struct secret_model *secrets;
    struct str_list external;
    struct map seen;    /* CLUSTER/NAMESPACE/NAME that was counted */
    struct map tallies; /* CLUSTER/NAMESPACE, and CLUSTER/NAMESPACE/FAMILY → struct tally */
    struct map names;   /* of what is missing */
    VECTOR(struct missing) missing;
};

static struct tally *tally_of(struct search *search, struct str namespace)
{
    struct tally *tally = map_get(&search->tallies, namespace);
    if (!tally) {
        tally = arena_make(pass_arena(search->pass), struct tally);
        map_put(pass_arena(search->pass), &search->tallies, namespace, tally);
    }
    return tally;
}

/* Secrets whose names begin with the same word often come from one source. */
static struct str family_of(struct search *search, struct str namespace, struct str name)
{
    struct str word = str_cut(&name, '-');
    return str_format(pass_arena(search->pass), "%.*s/%.*s", STR_ARG(namespace), STR_ARG(word));
}

/* Each Secret counts once for its namespace. */
static void count(struct search *search, const struct secret_use *use, struct str namespace,
                  bool is_made)
{
    struct arena *arena = pass_arena(search->pass);
    struct str key = str_format(arena, "%.*s/%.*s", STR_ARG(namespace), STR_ARG(use->name));
    if (map_has(&search->seen, key))
        return;
    map_put(arena, &search->seen, key, (void *)use);
    struct tally *tallies[] = {tally_of(search, namespace),
                               tally_of(search, family_of(search, namespace, use->name))};
    for (size_t i = 0; i < 2; i++) {
        tallies[i]->made += is_made;
        tallies[i]->missing += !is_made;
    }
}

/* --- keys --- */

static bool may_have_key(const struct secret_made_list *made, struct str key)
{
    for (size_t i = 0; i < made->count; i++) {
        if (made->items[i]->is_open || str_list_has(&made->items[i]->keys, key))
            return true;
    }
    return false;
}

static void check_key(struct search *search, const struct secret_use *use,
                      const struct secret_made_list *made)
{
    struct arena *arena = pass_arena(search->pass);
    if (!use->key.n || may_have_key(made, use->key))
        return;
    const struct secret_made *maker = made->items[0];
    struct report *report = pass_report_field(search->pass, use->object, use->key_field, "key");
    report_argument(report, "name", use->name);
    report_argument(report, "key", use->key);
    report_argument(report, "maker", object_title(arena, maker->object));
    report_argument(report, "keys", str_list_join(arena, &maker->keys, STR(", ")));
    struct cause cause = pass_cause(search->pass, maker->object, maker->field);
    report_related(report, cause_span(&cause), "made here");
}

/* --- names --- */

static void check_use(struct search *search, const struct secret_use *use)
{
    struct arena *arena = pass_arena(search->pass);
    const struct release *release = use->object->release;
    if (!secret_model_knows(search->secrets, release, use->namespace) ||
        release_has_unknown_layers(release) || glob_match_any(&search->external, use->name))
        return;
    struct str cluster = model_cluster(pass_model(search->pass), release->environment);
    struct str namespace =
        str_format(arena, "%.*s/%.*s", STR_ARG(cluster), STR_ARG(use->namespace));
    const struct secret_made_list *made =
        secret_model_made(search->secrets, release, use->namespace, use->name);
    if (made) {
        count(search, use, namespace, true);
        check_key(search, use, made);
        return;
    }
    vector_push(arena, &search->missing, ((struct missing){use, namespace}));
    map_put(arena, &search->names, use->name, (void *)use);
}

/* What the namespace calls nearly like it; p == NULL when there is nothing. */
static struct str near_name(struct search *search, const struct missing *missing)
{
    struct arena *arena = pass_arena(search->pass);
    struct str_list names = {0};
    for (size_t i = 0; i < search->secrets->made.count; i++) {
        const struct secret_made_list *made = search->secrets->made.items[i].value;
        if (str_equal(made->items[0]->object->namespace, missing->use->namespace))
            vector_push(arena, &names, made->items[0]->name);
    }
    return similar_find(missing->use->name, names.items, names.count);
}

/* True when the same application finds the Secret in another environment. */
static bool is_made_elsewhere(struct search *search, const struct missing *missing)
{
    const struct release *own = missing->use->object->release;
    bool found = false;
    for (size_t i = 0; i < own->application->release_count && !found; i++) {
        const struct release *other = own->application->releases[i];
        found = other != own &&
                secret_model_made(search->secrets, other, other->namespace, missing->use->name);
    }
    return found;
}

/* True when most Secrets of the namespace come from releases, and those that are called alike. */
static bool is_likely(struct search *search, const struct missing *missing)
{
    const struct tally *all = tally_of(search, missing->namespace);
    const struct tally *family =
        tally_of(search, family_of(search, missing->namespace, missing->use->name));
    return all->made > all->missing && (family->missing < 2 || family->made > family->missing);
}

/* Where nearly all come from releases this one should, too, as where it shows that it was meant
 * to. */
static void report_missing(struct search *search, const struct missing *missing)
{
    struct arena *arena = pass_arena(search->pass);
    const struct tally *all = tally_of(search, missing->namespace);
    struct str near = near_name(search, missing);
    if (!near.p && all->made < ENOUGH * all->missing && !is_made_elsewhere(search, missing))
        return;
    struct report *report =
        pass_report_field(search->pass, missing->use->object, missing->use->field, "message");
    report_argument(report, "name", missing->use->name);
    report_argument(report, "hint",
                    near.p ? str_format(arena, "; is %.*s meant?", STR_ARG(near)) : STR(""));
    if (pass_model(search->pass)->detected)
        report_severity(report, SEVERITY_WARNING);
}

static void drop_mentioned(struct search *search)
{
    struct secret_mentions mentions = secret_mentions_find(
        pass_arena(search->pass), search->secrets, pass_tree(search->pass), &search->names);
    size_t kept = 0;
    for (size_t i = 0; i < search->missing.count; i++) {
        const struct secret_use *use = search->missing.items[i].use;
        if (!secret_mentions_have(&mentions, use->object->release, use->namespace, use->name))
            search->missing.items[kept++] = search->missing.items[i];
    }
    search->missing.count = kept;
}

static void check(struct pass *pass)
{
    struct search search = {
        .pass = pass,
        .secrets = pass_secrets(pass),
        .external = pass_option_strings(pass, "external"),
    };
    for (size_t i = 0; i < search.secrets->facts.uses.count; i++)
        check_use(&search, &search.secrets->facts.uses.items[i]);
    drop_mentioned(&search);
    for (size_t i = 0; i < search.missing.count; i++)
        count(&search, search.missing.items[i].use, search.missing.items[i].namespace, false);
    for (size_t i = 0; i < search.missing.count; i++) {
        if (is_likely(&search, &search.missing.items[i]))
            report_missing(&search, &search.missing.items[i]);
    }
}

const struct rule_code rule_secrets_missing_reference = {.repository = check, .uses_objects = true};
