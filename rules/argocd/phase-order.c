#include "engine/engine.h"

/* When an application is synced, among those that wait for each other. */
struct phase {
    struct str text; /* digits; p == NULL: it has none */
    struct span span;
    struct str scale; /* equal for those that can be compared */
};

/* Who makes an object of an environment first. */
struct producer {
    const struct release *release;
    struct phase phase;
};

struct search {
    struct pass *pass;
    struct arena *arena;
    struct str phase_key;
    enum { WAVES_UNKNOWN, WAVES_WAIT, WAVES_PASS } waves; /* of Applications */
    struct map producers; /* environment, scale and identifier_key → struct producer */
    const struct object *object;
    const struct identifier_list *made, *needed; /* by the object */
    struct phase phase;                          /* of the object's application */
};

/* --- phases --- */

static bool is_number(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    }
    return text.n;
}

static struct phase phase_of_component(const struct search *search,
                                       const struct yaml_node *component)
{
    const struct yaml_entry *entry = yaml_find(component, search->phase_key);
    struct str text = entry ? yaml_text(entry->value) : (struct str){0};
    return entry && is_number(text) ? (struct phase){text, entry->value->span, STR("components")}
                                    : (struct phase){0};
}

/* A rolling sync waits for the Applications of each step to be healthy. */
static struct phase phase_of_step(const struct search *search, const struct deployment *deployment)
{
    const struct yaml_node *steps = application_set_steps(deployment->set);
    const struct yaml_node *labels = yaml_at(deployment->manifest, STR("metadata.labels"));
    size_t step = steps ? application_set_step(steps, labels) : 0;
    if (!step)
        return (struct phase){0};
    return (struct phase){
        str_format(search->arena, "%zu", step), steps->list.items[step - 1]->span,
        str_format(search->arena, "set %u:%u", steps->span.file, steps->span.start)};
}

/* True when argocd-cm tells the health of Applications, for which no wave waits otherwise. */
static bool waves_wait(struct search *search)
{
    static const char *const settings[] = {
        "resource.customizations.health.argoproj.io_Application:", "argoproj.io/Application:"};
    const struct str_list *paths = pass_paths(search->pass);
    for (size_t i = 0; i < paths->count && !search->waves; i++) {
        const struct file *file = path_is_yaml(paths->items[i])
                                      ? tree_find(pass_tree(search->pass), paths->items[i])
                                      : NULL;
        for (size_t k = 0; file && k < sizeof settings / sizeof *settings; k++) {
            if (str_contains(file->bytes, str_from_c(settings[k])) &&
                str_contains(file->bytes, STR("hs.status")))
                search->waves = WAVES_WAIT;
        }
    }
    if (!search->waves)
        search->waves = WAVES_PASS;
    return search->waves == WAVES_WAIT;
}

/* Applications of one folder, or of one chart that makes them, are taken to be synced together. */
static struct phase phase_of_wave(struct search *search, const struct deployment *deployment)
{
    const struct yaml_node *annotations =
        yaml_at(deployment->manifest, STR("metadata.annotations"));
    const struct yaml_node *wave = yaml_value(annotations, "argocd.argoproj.io/sync-wave");
    const struct file *file = tree_file(pass_tree(search->pass), deployment->span.file);
    struct str text = yaml_text(wave);
    if (!is_number(text) || !file || !waves_wait(search))
        return (struct phase){0};
    return (struct phase){text, wave->span, path_directory(file->path)};
}

static struct phase phase_of(struct search *search, const struct release *release)
{
    const struct deployment *deployment = release->deployment;
    if (release->application->component)
        return phase_of_component(search, release->application->component);
    if (!deployment || !deployment->manifest)
        return (struct phase){0};
    return deployment->set ? phase_of_step(search, deployment) : phase_of_wave(search, deployment);
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

static struct str key_of(const struct search *search, const struct identifier *identifier)
{
    const struct object *object = search->object;
    return str_format(search->arena, "%.*s %.*s %.*s", STR_ARG(object->release->environment->name),
                      STR_ARG(search->phase.scale),
                      STR_ARG(identifier_key(search->arena, identifier)));
}

static void add_producers(struct search *search)
{
    for (size_t i = 0; i < search->made->count; i++) {
        struct str key = key_of(search, &search->made->items[i]);
        const struct producer *known = map_get(&search->producers, key);
        if (known && compare_phases(known->phase.text, search->phase.text) <= 0)
            continue;
        struct producer *producer = arena_make(search->arena, struct producer);
        *producer = (struct producer){search->object->release, search->phase};
        map_put(search->arena, &search->producers, key, producer);
    }
}

static void need(struct search *search, const struct identifier *needed)
{
    const struct object *object = search->object;
    const struct producer *producer = map_get(&search->producers, key_of(search, needed));
    if (!producer || producer->release->application == object->release->application ||
        compare_phases(producer->phase.text, search->phase.text) <= 0)
        return;
    struct report *report = pass_report(search->pass, search->phase.span, "message");
    report_argument(report, "application", object->release->application->name);
    report_argument(report, "phase", search->phase.text);
    report_argument(report, "object", identifier_title(search->arena, needed));
    report_argument(report, "producer", producer->release->application->name);
    report_argument(report, "later", producer->phase.text);
    report_only_for(report, object->release);
    report_related(report, producer->phase.span, "the later phase");
}

static void check_object(struct search *search)
{
    for (size_t i = 0; i < search->needed->count; i++)
        need(search, &search->needed->items[i]);
}

static void each_object(struct search *search, void (*visit)(struct search *search))
{
    const struct model *model = pass_model(search->pass);
    for (size_t i = 0; i < model->release_count; i++) {
        search->phase = phase_of(search, &model->releases[i]);
        const struct object_list *objects =
            search->phase.text.p ? pass_objects(search->pass, &model->releases[i]) : NULL;
        struct dependences dependences =
            objects ? pass_dependences(search->pass, &model->releases[i]) : (struct dependences){0};
        for (size_t k = 0; objects && k < objects->count; k++) {
            search->object = &objects->items[k];
            search->made = &dependences.made[k];
            search->needed = &dependences.needed[k];
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
