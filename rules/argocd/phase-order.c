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
    struct map producers; /* "environment namespace Kind name" → struct producer */
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

static struct str key_of(const struct search *search, const struct object *object, const char *kind,
                         struct str name)
{
    bool cluster = str_is(str_from_c(kind), "CustomResourceDefinition");
    struct str namespace = cluster ? STR("") : object->namespace;
    return str_format(search->arena, "%.*s %.*s %s %.*s",
                      STR_ARG(object->release->environment->name), STR_ARG(namespace), kind,
                      STR_ARG(name));
}

/* --- what is made --- */

static void add_producer(struct search *search, const char *kind, struct str name)
{
    struct str key = key_of(search, search->object, kind, name);
    struct producer *known = map_get(&search->producers, key);
    struct str phase = yaml_text(search->phase);
    if (known && compare_phases(known->phase, phase) <= 0)
        return;
    struct producer *producer = arena_make(search->arena, struct producer);
    *producer = (struct producer){search->object->release, phase};
    map_put(search->arena, &search->producers, key, producer);
}

static void add_object(struct search *search)
{
    const struct object *object = search->object;
    struct str target = yaml_text(object_at(object->root, STR("spec.target.name")));
    if (str_is(object->kind, "Secret"))
        add_producer(search, "Secret", object->name);
    else if (str_is(object->kind, "ConfigMap"))
        add_producer(search, "ConfigMap", object->name);
    else if (str_is(object->kind, "ExternalSecret"))
        add_producer(search, "Secret", target.n ? target : object->name);
    else if (str_is(object->kind, "CustomResourceDefinition"))
        add_producer(search, "CustomResourceDefinition",
                     str_format(search->arena, "%.*s.%.*s",
                                STR_ARG(yaml_text(object_at(object->root, STR("spec.names.kind")))),
                                STR_ARG(yaml_text(object_at(object->root, STR("spec.group"))))));
}

/* --- what is needed --- */

static void need(struct search *search, const char *kind, struct str name)
{
    const struct object *object = search->object;
    const struct producer *producer =
        name.n ? map_get(&search->producers, key_of(search, object, kind, name)) : NULL;
    struct str phase = yaml_text(search->phase);
    if (!producer || producer->release->application == object->release->application ||
        compare_phases(producer->phase, phase) <= 0)
        return;
    struct report *report = pass_report(search->pass, search->phase->span, "message");
    report_argument(report, "application", object->release->application->name);
    report_argument(report, "phase", phase);
    report_argument(report, "object", str_format(search->arena, "%s %.*s", kind, STR_ARG(name)));
    report_argument(report, "producer", producer->release->application->name);
    report_argument(report, "later", producer->phase);
    report_only_for(report, object->release);
    report_related(report, phase_of(search, producer->release)->span, "the later phase");
}

static void need_named(struct search *search, const struct yaml_entry *entry)
{
    static const struct {
        const char *key, *name, *kind;
    } references[] = {
        {"secretKeyRef", "name", "Secret"},    {"secretRef", "name", "Secret"},
        {"secret", "secretName", "Secret"},    {"configMapKeyRef", "name", "ConfigMap"},
        {"configMapRef", "name", "ConfigMap"}, {"configMap", "name", "ConfigMap"},
    };
    const struct yaml_node *optional = yaml_value(entry->value, "optional");
    if (optional && optional->kind == YAML_BOOL && optional->boolean)
        return;
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        if (str_is(entry->key, references[i].key))
            need(search, references[i].kind,
                 yaml_text(yaml_value(entry->value, references[i].name)));
    }
}

/* References have these keys in pods and in the custom resources of most operators. */
static void need_all(struct search *search, const struct yaml_node *node)
{
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++)
        need_all(search, node->list.items[i]);
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        need_named(search, &node->map.entries[i]);
        need_all(search, node->map.entries[i].value);
    }
}

static void check_object(struct search *search)
{
    const struct object *object = search->object;
    const struct yaml_node *pods = object_at(object->root, STR("spec"));
    if (pods)
        need_all(search, pods);
    need(search, "CustomResourceDefinition",
         str_format(search->arena, "%.*s.%.*s", STR_ARG(object->kind), STR_ARG(object->group)));
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
    each_object(&search, add_object);
    each_object(&search, check_object);
}

const struct rule_code rule_argocd_phase_order = {.repository = check, .uses_objects = true};
