#include "engine/engine.h"

/* Who makes an object of an environment first. */
struct producer {
    const struct release *release;
    struct str phase;
};

struct search {
    struct pass *pass;
    struct arena *arena;
    struct str phase_key;
    struct map producers; /* environment and dependence_key → struct producer */
    const struct object *object;
    const struct yaml_node *phase; /* of the object's component */
};

static const struct yaml_node *phase_of(const struct search *search, const struct release *release)
{
    const struct yaml_node *component = release->application->component;
    const struct yaml_entry *entry = component ? yaml_find(component, search->phase_key) : NULL;
    struct str text = entry ? yaml_text(entry->value) : (struct str){0};
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return NULL;
    }
    return text.n ? entry->value : NULL;
}

/* Both are digits. */
static int compare_phases(struct str a, struct str b)
{
    while (a.n && a.p[0] == '0')
        a = str_from(a, 1);
    while (b.n && b.p[0] == '0')
        b = str_from(b, 1);
    return a.n != b.n ? (a.n < b.n ? -1 : 1) : str_compare(a, b);
}

static struct str key_of(const struct search *search, const struct dependence *dependence)
{
    const struct object *object = search->object;
    return str_format(search->arena, "%.*s %.*s", STR_ARG(object->release->environment->name),
                      STR_ARG(dependence_key(search->arena, dependence, object->namespace)));
}

static void add_producers(struct search *search)
{
    struct dependence_list made = object_makes(search->arena, search->object);
    struct str phase = yaml_text(search->phase);
    for (size_t i = 0; i < made.count; i++) {
        struct str key = key_of(search, &made.items[i]);
        const struct producer *known = map_get(&search->producers, key);
        if (known && compare_phases(known->phase, phase) <= 0)
            continue;
        struct producer *producer = arena_make(search->arena, struct producer);
        *producer = (struct producer){search->object->release, phase};
        map_put(search->arena, &search->producers, key, producer);
    }
}

static void need(struct search *search, const struct dependence *needed)
{
    const struct object *object = search->object;
    const struct producer *producer = map_get(&search->producers, key_of(search, needed));
    struct str phase = yaml_text(search->phase);
    if (!producer || producer->release->application == object->release->application ||
        compare_phases(producer->phase, phase) <= 0)
        return;
    struct report *report = pass_report(search->pass, search->phase->span, "message");
    report_argument(report, "application", object->release->application->name);
    report_argument(report, "phase", phase);
    report_argument(
        report, "object",
        str_format(search->arena, "%.*s %.*s", STR_ARG(needed->kind), STR_ARG(needed->name)));
    report_argument(report, "producer", producer->release->application->name);
    report_argument(report, "later", producer->phase);
    report_only_for(report, object->release);
    report_related(report, phase_of(search, producer->release)->span, "the later phase");
}

static void check_object(struct search *search)
{
    struct dependence_list needs = object_needs(search->arena, search->object);
    for (size_t i = 0; i < needs.count; i++)
        need(search, &needs.items[i]);
}

static void each_object(struct search *search, void (*visit)(struct search *search))
{
    const struct model *model = pass_model(search->pass);
    for (size_t i = 0; i < model->release_count; i++) {
        search->phase = phase_of(search, &model->releases[i]);
        const struct object_list *objects =
            search->phase ? pass_objects(search->pass, &model->releases[i]) : NULL;
        for (size_t k = 0; objects && k < objects->count; k++) {
            search->object = &objects->items[k];
            visit(search);
        }
    }
}

static void check(struct pass *pass)
{
    struct search search = {
        .pass = pass, .arena = pass_arena(pass), .phase_key = pass_option_string(pass, "key")};
    each_object(&search, add_producers);
    each_object(&search, check_object);
}

const struct rule_code rule_argocd_phase_order = {.repository = check, .uses_objects = true};
