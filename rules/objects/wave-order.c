#include "engine/engine.h"

struct search {
    struct pass *pass;
    struct arena *arena;
    const struct object_list *objects;
    bool is_of_argocd;
    struct dependences dependences;
    struct map makers; /* identifier_key → struct producer, the first of them */
};

struct producer {
    const struct object *object;
    struct sync_moment moment;
};

static bool has_words_of_argocd(const struct object_list *objects)
{
    for (size_t i = 0; i < objects->count; i++) {
        const struct yaml_node *annotations =
            yaml_at(objects->items[i].root, STR("metadata.annotations"));
        if (yaml_value(annotations, "argocd.argoproj.io/hook") ||
            yaml_value(annotations, "argocd.argoproj.io/sync-wave"))
            return true;
    }
    return false;
}

static void note_makers(struct search *search, size_t number)
{
    const struct object *object = &search->objects->items[number];
    struct sync_moment moment = sync_moment_of(object, search->is_of_argocd);
    const struct identifier_list *made = &search->dependences.made[number];
    for (size_t i = 0; moment.phase && i < made->count; i++) {
        struct str key = identifier_key(search->arena, &made->items[i]);
        const struct producer *known = map_get(&search->makers, key);
        if (known && sync_moments_compare(&known->moment, &moment) <= 0)
            continue;
        struct producer *maker = arena_make(search->arena, struct producer);
        *maker = (struct producer){object, moment};
        map_put(search->arena, &search->makers, key, maker);
    }
}

/* Kinds that are waited for and that wait for what they refer to. Helm waits for hooks that run to
 * their end; Argo CD for everything to be healthy. */
static bool waits(const struct search *search, const struct object *object)
{
    static const char *const ending[] = {"Job", "Pod"};
    static const char *const running[] = {"Deployment", "StatefulSet", "DaemonSet", "Rollout"};
    const struct yaml_node *count = object_at(object->root, STR("spec.replicas"));
    if (STR_IS_ONE_OF(object->kind, ending))
        return search->is_of_argocd || object->hook.p;
    bool is_idle = count && count->kind == YAML_NUMBER && count->number == 0;
    return search->is_of_argocd && STR_IS_ONE_OF(object->kind, running) && !is_idle;
}

/* Whether the object cannot be applied, or never becomes healthy, without it. What a custom
 * resource says of Secrets its operator may wait for without being unhealthy. */
static bool is_blocking(const struct search *search, const struct object *object,
                        const struct identifier *need)
{
    static const char *const parts[] = {"Secret", "ConfigMap", "ServiceAccount",
                                        "PersistentVolumeClaim"};
    if (STR_IS_ONE_OF(need->kind, parts))
        return waits(search, object);
    return search->is_of_argocd || str_is(need->kind, "CustomResourceDefinition");
}

/* The annotation that is to be changed: that of the earlier one, else of the later. */
static struct span span_of(const struct search *search, const struct object *object,
                           const struct sync_moment *own, const struct producer *maker)
{
    bool differ = own->phase != maker->moment.phase;
    const struct yaml_entry *early = differ ? own->phase_by : own->wave_by;
    const struct object *blamed = early ? object : maker->object;
    const struct yaml_entry *by = early    ? early
                                  : differ ? maker->moment.phase_by
                                           : maker->moment.wave_by;
    struct str path = values_path_key(search->arena, STR("metadata.annotations"), by->key);
    struct cause cause = pass_cause(search->pass, blamed, path);
    return cause_span(&cause);
}

static struct span span_of_object(const struct search *search, const struct object *object)
{
    struct cause cause = pass_cause(search->pass, object, STR("kind"));
    return cause_span(&cause);
}

static void report_need(struct search *search, const struct object *object,
                        const struct sync_moment *own, const struct producer *maker,
                        const struct str_list *needed)
{
    struct span span = span_of(search, object, own, maker);
    if (!span.file)
        span = object->release->application->span;
    struct report *report = pass_report(search->pass, span, "message");
    report_argument(report, "object", object_title(search->arena, object));
    report_argument(report, "when", sync_moment_text(search->arena, own, &maker->moment));
    report_argument(report, "needed", str_list_join(search->arena, needed, STR(", ")));
    report_argument(report, "later", sync_moment_text(search->arena, &maker->moment, own));
    struct span needs = span_of_object(search, object);
    struct span makes = span_of_object(search, maker->object);
    if (needs.file)
        report_related(report, needs, "%.*s waits for it",
                       STR_ARG(object_title(search->arena, object)));
    if (makes.file)
        report_related(report, makes, "it is made here");
}

static void check_object(struct search *search, size_t number)
{
    const struct object *object = &search->objects->items[number];
    struct sync_moment own = sync_moment_of(object, search->is_of_argocd);
    const struct identifier_list *needs = &search->dependences.needed[number];
    struct str_list needed = {0};
    const struct producer *latest = NULL;
    for (size_t i = 0; own.phase && i < needs->count; i++) {
        struct str key = identifier_key(search->arena, &needs->items[i]);
        const struct producer *maker = map_get(&search->makers, key);
        if (!maker || maker->object == object || !is_blocking(search, object, &needs->items[i]) ||
            sync_moments_compare(&own, &maker->moment) >= 0)
            continue;
        struct str title = identifier_title(search->arena, &needs->items[i]);
        if (!str_list_has(&needed, title))
            vector_push(search->arena, &needed, title);
        if (!latest || sync_moments_compare(&latest->moment, &maker->moment) < 0)
            latest = maker;
    }
    if (latest)
        report_need(search, object, &own, latest, &needed);
}

static void check(struct pass *pass, const struct release *release)
{
    struct search search = {.pass = pass, .arena = pass_arena(pass)};
    search.objects = pass_objects(pass, release);
    if (!search.objects)
        return;
    search.is_of_argocd = release_is_of_argocd(release) || has_words_of_argocd(search.objects);
    search.dependences = pass_dependences(pass, release);
    for (size_t i = 0; i < search.objects->count; i++)
        note_makers(&search, i);
    for (size_t i = 0; i < search.objects->count; i++)
        check_object(&search, i);
}

const struct rule_code rule_objects_wave_order = {.release = check, .uses_objects = true};
