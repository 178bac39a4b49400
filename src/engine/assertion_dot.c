#include "assertion_dot.h"

struct assertion_dots {
    struct value_map *release, *values;
    struct value_map **objects, **workloads; /* by index; NULL: nobody has asked yet */
};

static void set_text(struct value_map *map, const char *key, struct str text)
{
    value_map_set(map, str_from_c(key), value_string(text.p ? text : STR("")));
}

static struct value strings_of(struct arena *arena, const struct str_list *strings)
{
    struct value_list *list = value_list_new(arena, LIST_ANY, strings->count);
    for (size_t i = 0; i < strings->count; i++)
        value_list_add(arena, list, value_string(strings->items[i]));
    return value_of_list(list);
}

static struct value environment_of(struct arena *arena, const struct config_environment *from)
{
    struct value_map *map = value_map_new(arena, MAP_ANY);
    struct value_map *vault = value_map_new(arena, MAP_ANY);
    set_text(map, "name", from->name);
    set_text(map, "scope", from->cluster_scope ? STR("cluster") : STR("environment"));
    set_text(map, "namespace", from->namespace);
    set_text(map, "pool", from->pool);
    set_text(map, "taint", from->taint);
    set_text(map, "domain", from->domain);
    set_text(map, "cluster", from->cluster);
    set_text(map, "state", from->state);
    set_text(vault, "server", from->vault_server);
    set_text(vault, "path", from->vault_path);
    value_map_set(map, STR("vault"), value_of_map(vault));
    value_map_set(map, STR("hosts"), strings_of(arena, &from->hosts));
    return value_of_map(map);
}

static struct value labels_of(struct arena *arena, const struct config *config)
{
    struct value_map *map = value_map_new(arena, MAP_ANY);
    set_text(map, "tier", config->label_tier);
    set_text(map, "environment", config->label_environment);
    set_text(map, "pool", config->label_pool);
    return value_of_map(map);
}

struct value assertion_options(struct pass *pass)
{
    struct value_map *map = value_map_new(pass_arena(pass), MAP_ANY);
    for (size_t i = 0; i < pass->rule->option_count; i++) {
        struct str name = pass->rule->options[i].name;
        value_map_set(map, name, value_from_yaml(pass_arena(pass), pass_option_value(pass, name)));
    }
    return value_of_map(map);
}

/* The values files of the release over its chart's defaults. */
static struct value values_of(struct arena *arena, const struct release *release)
{
    struct value_map *values = release_file_values(arena, release);
    const struct layer *defaults = release->chart ? release->chart->defaults : NULL;
    if (defaults && defaults->root && defaults->root->kind == YAML_MAP)
        value_map_fill(values, value_from_yaml(arena, defaults->root).map, false);
    return value_of_map(values);
}

static struct value_map *make_release_dot(struct pass *pass, const struct release *release)
{
    struct arena *arena = pass_arena(pass);
    struct value_map *dot = value_map_new(arena, MAP_ANY);
    struct value_map *application = value_map_new(arena, MAP_ANY);
    struct value_map *names = value_map_new(arena, MAP_ANY);
    set_text(application, "name", release->application->name);
    set_text(application, "domain", release->application->domain);
    set_text(names, "name", release->release_name);
    set_text(names, "namespace", release->namespace);
    value_map_set(dot, STR("application"), value_of_map(application));
    value_map_set(dot, STR("release"), value_of_map(names));
    value_map_set(dot, STR("environment"), environment_of(arena, release->environment));
    value_map_set(dot, STR("values"), values_of(arena, release));
    value_map_set(dot, STR("labels"), labels_of(arena, pass_model(pass)->config));
    value_map_set(dot, STR("tiers"), strings_of(arena, &pass_model(pass)->config->tiers));
    /* These are known when findings of one cause have become one. */
    set_text(dot, "environments", STR("{{ .environments }}"));
    set_text(dot, "applications", STR("{{ .applications }}"));
    set_text(dot, "objects", STR("{{ .objects }}"));
    set_text(dot, "remedy", STR(""));
    return dot;
}

static struct value_map *copy_of(struct arena *arena, const struct value_map *dot)
{
    struct value_map *copy = value_map_new(arena, MAP_ANY);
    for (size_t i = 0; i < dot->count; i++)
        value_map_set(copy, dot->entries[i].key, dot->entries[i].value);
    return copy;
}

static struct assertion_dots *dots_of(struct pass *pass, const struct release *release)
{
    struct rendering_slot *slot = worker_slot(pass->worker, release);
    if (!slot->dots) {
        slot->dots = arena_make(pass_arena(pass), struct assertion_dots);
        slot->dots->release = make_release_dot(pass, release);
        slot->dots->values = copy_of(pass_arena(pass), slot->dots->release);
    }
    return slot->dots;
}

struct value_map *assertion_dot(struct pass *pass, const struct release *release)
{
    return dots_of(pass, release)->values;
}

/* --- objects --- */

/* The map, an empty one when it is none. */
static struct value map_value(struct arena *arena, const struct yaml_node *node)
{
    bool is_map = node && node->kind == YAML_MAP;
    return is_map ? value_from_yaml(arena, node) : value_of_map(value_map_new(arena, MAP_ANY));
}

static struct value_map *make_object_dot(struct pass *pass, const struct release *release,
                                         const struct object *object)
{
    struct arena *arena = pass_arena(pass);
    struct value_map *dot = copy_of(arena, dots_of(pass, release)->release);
    const struct yaml_node *annotations = yaml_at(object->root, STR("metadata.annotations"));
    struct str hook = object->hook;
    if (!hook.n)
        hook = yaml_text(yaml_value(annotations, "argocd.argoproj.io/hook"));
    value_map_set(dot, STR("object"), value_from_yaml(arena, object->root));
    value_map_set(dot, STR("annotations"), map_value(arena, annotations));
    set_text(dot, "kind", object->kind);
    set_text(dot, "hook", hook);
    set_text(dot, "remedy", STR("{{ .remedy }}"));
    return dot;
}

struct value_map *assertion_object_dot(struct pass *pass, const struct release *release,
                                       size_t index)
{
    struct assertion_dots *dots = dots_of(pass, release);
    const struct object_list *objects = pass_objects(pass, release);
    if (!dots->objects)
        dots->objects = arena_make_array(pass_arena(pass), struct value_map *, objects->count);
    if (!dots->objects[index])
        dots->objects[index] = make_object_dot(pass, release, &objects->items[index]);
    return dots->objects[index];
}

/* --- pod templates --- */

/* All containers of the pod in one list; the init ones have `init: true`. */
static struct value containers_of(struct arena *arena, struct value pod)
{
    static const char *const keys[] = {"containers", "initContainers"};
    struct value_list *all = value_list_new(arena, LIST_ANY, 0);
    for (size_t i = 0; i < 2; i++) {
        const struct value *list = value_map_get(pod.map, str_from_c(keys[i]));
        for (size_t k = 0; list && list->type == VALUE_LIST && k < list->list->count; k++) {
            if (list->list->items[k].type != VALUE_MAP)
                continue;
            struct value container = value_copy(arena, list->list->items[k]);
            value_map_set(container.map, STR("init"), value_bool(i == 1));
            value_list_add(arena, all, container);
        }
    }
    return value_of_list(all);
}

static struct value_map *make_workload_dot(struct pass *pass, const struct workload *workload,
                                           const struct value_map *object_dot)
{
    struct arena *arena = pass_arena(pass);
    struct value_map *dot = copy_of(arena, object_dot);
    struct value pod = workload_pod(arena, workload);
    double replicas;
    bool is_counted = workload_replicas(workload, &replicas);
    set_text(dot, "workload", workload_title(arena, workload));
    value_map_set(dot, STR("pod"), pod);
    value_map_set(dot, STR("podLabels"),
                  map_value(arena, workload_part(arena, workload, STR("labels")).node));
    value_map_set(dot, STR("podAnnotations"),
                  map_value(arena, workload_part(arena, workload, STR("annotations")).node));
    value_map_set(dot, STR("containers"), containers_of(arena, pod));
    value_map_set(dot, STR("replicas"), is_counted ? value_float(replicas) : value_nil());
    return dot;
}

struct value_map *assertion_workload_dot(struct pass *pass, const struct release *release,
                                         size_t index)
{
    struct assertion_dots *dots = dots_of(pass, release);
    const struct workload_list *workloads = pass_workloads(pass, release);
    const struct workload *workload = &workloads->items[index];
    if (!dots->workloads)
        dots->workloads = arena_make_array(pass_arena(pass), struct value_map *, workloads->count);
    if (!dots->workloads[index]) {
        size_t object = (size_t)(workload->object - pass_objects(pass, release)->items);
        dots->workloads[index] =
            make_workload_dot(pass, workload, assertion_object_dot(pass, release, object));
    }
    return dots->workloads[index];
}
