#include "workload.h"

/* --- finding them --- */

/* True when the release has the other object that these pods depend on. */
static bool has_needed(const struct workload_pods *pods, const struct object_list *objects)
{
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        bool is_without = !pods->needs_without.p || !object_at(object->root, pods->needs_without);
        if (str_equal(object->kind, pods->needs_kind) && is_without)
            return true;
    }
    return false;
}

static bool makes(const struct object *object, const struct workload_pods *pods,
                  const struct object_list *objects)
{
    if (pods->when.path.p && !kind_condition_holds(&pods->when, object->root))
        return false;
    if (pods->unless.path.p && kind_condition_holds(&pods->unless, object->root))
        return false;
    return !pods->needs_kind.p || has_needed(pods, objects);
}

/* A workload for every item of a list; for a list that is not there the operator takes an item of
 * its own making. */
static void add_each(struct arena *arena, struct workload_list *workloads, struct workload workload)
{
    const struct yaml_node *list = object_at(workload.object->root, workload.pods->each);
    size_t count = list && list->kind == YAML_LIST ? list->list.count : 0;
    for (size_t i = 0; i < count || i == 0; i++) {
        struct workload one = workload;
        one.item = count ? list->list.items[i] : NULL;
        one.item_path = values_path_index(arena, workload.pods->each, i);
        struct str name = yaml_text(yaml_value(one.item, "name"));
        one.name = name.p ? name : STR("");
        vector_push(arena, workloads, one);
    }
}

struct workload_list workloads_of(struct arena *arena, const struct workload_kinds *kinds,
                                  const struct object_list *objects)
{
    struct workload_list workloads = {0};
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        const struct workload_kind *kind = workload_kind_find(kinds, object->group, object->kind);
        for (size_t k = 0; kind && k < kind->pods.count; k++) {
            const struct workload_pods *pods = &kind->pods.items[k];
            struct workload workload = {object, kind, pods, pods->name, object->root, STR("")};
            if (!makes(object, pods, objects))
                continue;
            if (pods->each.p)
                add_each(arena, &workloads, workload);
            else
                vector_push(arena, &workloads, workload);
        }
    }
    return workloads;
}

/* --- parts --- */

/* What remains of the path behind a prefix of whole steps; p == NULL when it is none. */
static struct str behind(struct str path, struct str prefix)
{
    if (!str_starts_with(path, prefix))
        return (struct str){0};
    struct str rest = str_from(path, prefix.n);
    bool is_whole = !prefix.n || !rest.n || rest.p[0] == '.' || rest.p[0] == '[';
    return is_whole ? rest : (struct str){0};
}

static struct str join(struct arena *arena, struct str path, struct str rest)
{
    if (rest.n && rest.p[0] == '.')
        rest = str_from(rest, 1);
    bool needs_dot = path.n && rest.n && rest.p[0] != '[';
    return str_format(arena, "%.*s%s%.*s", STR_ARG(path), needs_dot ? "." : "", STR_ARG(rest));
}

/* What stands at the path, or NULL; *ret_depth is how many of its steps lead to something. */
static const struct yaml_node *find(struct arena *arena, const struct yaml_node *root,
                                    struct str path, size_t *ret_depth)
{
    struct values_step_list steps = values_path_parse(arena, path);
    size_t depth = 0;
    for (; root && depth < steps.count; depth++) {
        const struct yaml_node *next = object_step(root, &steps.items[depth]);
        if (!next)
            break;
        root = next;
    }
    *ret_depth = depth;
    return depth == steps.count ? root : NULL;
}

struct search {
    struct arena *arena;
    const struct workload *workload;
    struct workload_part best;
    size_t depth; /* of the best, that leads to something */
};

/* The first place where something stands counts; where nothing stands, the one most of whose way is
 * there. */
static void try_place(struct search *search, struct str place, struct str rest)
{
    const struct workload *workload = search->workload;
    struct str path = join(search->arena, place, rest);
    size_t depth;
    const struct yaml_node *node = find(search->arena, workload->item, path, &depth);
    if (search->best.node || (search->best.path.p && !node && depth <= search->depth))
        return;
    search->best.node = node;
    search->best.path = join(search->arena, workload->item_path, path);
    search->depth = depth;
}

/* "containers[2].image": 2, and ".image" behind it. */
static bool read_container_index(struct arena *arena, struct str pod_path, size_t *ret_index,
                                 struct str *ret_rest)
{
    struct values_step_list steps = values_path_parse(arena, pod_path);
    if (steps.count < 2 || !str_is(steps.items[0].key, "containers") || !steps.items[1].is_index)
        return false;
    *ret_index = steps.items[1].index;
    *ret_rest = str_from(pod_path, str_find_char(pod_path, ']') + 1);
    return true;
}

/* A container that the operator makes has the fields that are listed, one behind them lies in the
 * list of further ones. False when the path is none of such a container. */
static bool try_container(struct search *search, struct str pod_path)
{
    const struct workload_pods *pods = search->workload->pods;
    size_t index;
    struct str rest;
    if (!pods->containers.count || !read_container_index(search->arena, pod_path, &index, &rest))
        return false;
    if (index >= pods->containers.count && pods->more_containers.p) {
        index -= pods->containers.count;
        try_place(search, values_path_index(search->arena, pods->more_containers, index), rest);
        return true;
    }
    const struct yaml_node *fields =
        index < pods->containers.count ? pods->containers.items[index].fields : NULL;
    for (size_t i = 0; fields && i < fields->map.count; i++) {
        const struct yaml_entry *field = &fields->map.entries[i];
        struct str after = behind(join(search->arena, STR(""), rest), field->key);
        if (after.p && !str_is(field->key, "name"))
            try_place(search, yaml_text(field->value), after);
    }
    return search->best.path.p;
}

struct workload_part workload_part(struct arena *arena, const struct workload *workload,
                                   struct str pod_path)
{
    struct search search = {.arena = arena, .workload = workload};
    bool is_metadata = str_starts_with(pod_path, STR("labels")) ||
                       str_starts_with(pod_path, STR("annotations")) ||
                       str_is(pod_path, "replicas");
    if (try_container(&search, pod_path))
        return search.best;
    for (size_t i = 0; i < workload->pods->places.count; i++) {
        const struct workload_place *place = &workload->pods->places.items[i];
        struct str rest = behind(pod_path, place->pod);
        if (rest.p && (place->pod.n || !is_metadata))
            try_place(&search, place->object, rest);
    }
    return search.best;
}

/* --- containers --- */

static void add_listed(struct arena *arena, const struct workload *workload, const char *list,
                       bool is_init, struct workload_container_list *containers)
{
    const struct yaml_node *node = workload_part(arena, workload, str_from_c(list)).node;
    for (size_t i = 0; node && node->kind == YAML_LIST && i < node->list.count; i++) {
        struct workload_container *container = vector_add(arena, containers);
        struct str name = yaml_text(yaml_value(node->list.items[i], "name"));
        container->name = name.p ? name : STR("");
        container->is_init = is_init;
        container->pod_path = values_path_index(arena, str_from_c(list), i);
    }
}

/* Those that the operator makes, then the further ones. */
static void add_made(struct arena *arena, const struct workload *workload,
                     struct workload_container_list *containers)
{
    const struct workload_pods *pods = workload->pods;
    const struct yaml_node *more = workload->item && pods->more_containers.p
                                       ? object_at(workload->item, pods->more_containers)
                                       : NULL;
    size_t further = more && more->kind == YAML_LIST ? more->list.count : 0;
    for (size_t i = 0; i < pods->containers.count + further; i++) {
        struct workload_container *container = vector_add(arena, containers);
        bool is_made = i < pods->containers.count;
        struct str name =
            is_made ? pods->containers.items[i].name
                    : yaml_text(yaml_value(more->list.items[i - pods->containers.count], "name"));
        container->name = name.p ? name : STR("");
        container->pod_path = values_path_index(arena, STR("containers"), i);
    }
}

struct workload_container_list workload_containers(struct arena *arena,
                                                   const struct workload *workload)
{
    struct workload_container_list containers = {0};
    if (workload->pods->containers.count)
        add_made(arena, workload, &containers);
    else
        add_listed(arena, workload, "containers", false, &containers);
    add_listed(arena, workload, "initContainers", true, &containers);
    return containers;
}

/* --- as a value --- */

static struct value made_container(struct arena *arena, const struct workload *workload,
                                   size_t index)
{
    const struct workload_container_kind *kind = &workload->pods->containers.items[index];
    struct value_map *map = value_map_new(arena, MAP_ANY);
    for (size_t i = 0; i < kind->fields->map.count; i++) {
        struct str key = kind->fields->map.entries[i].key;
        struct str path =
            values_path_key(arena, values_path_index(arena, STR("containers"), index), key);
        const struct yaml_node *node = workload_part(arena, workload, path).node;
        if (node)
            value_map_set(map, key, value_from_yaml(arena, node));
    }
    value_map_set(map, STR("name"), value_string(kind->name));
    return value_of_map(map);
}

static struct value containers_value(struct arena *arena, const struct workload *workload)
{
    struct workload_container_list containers = workload_containers(arena, workload);
    struct value_list *list = value_list_new(arena, LIST_ANY, containers.count);
    for (size_t i = 0; i < containers.count && !containers.items[i].is_init; i++) {
        const struct yaml_node *node =
            workload_part(arena, workload, containers.items[i].pod_path).node;
        bool is_made = i < workload->pods->containers.count;
        value_list_add(arena, list,
                       is_made ? made_container(arena, workload, i) : value_from_yaml(arena, node));
    }
    return value_of_list(list);
}

/* Sets a value at a path of keys, with maps around it where there are none. */
static void set_at(struct arena *arena, struct value_map *map, struct str path, struct value value)
{
    struct values_step_list steps = values_path_parse(arena, path);
    for (size_t i = 0; i + 1 < steps.count; i++) {
        struct value *child = value_map_get(map, steps.items[i].key);
        if (!child || child->type != VALUE_MAP) {
            value_map_set(map, steps.items[i].key, value_of_map(value_map_new(arena, MAP_ANY)));
            child = value_map_get(map, steps.items[i].key);
        }
        map = child->map;
    }
    if (steps.count)
        value_map_set(map, steps.items[steps.count - 1].key, value);
}

struct value workload_pod(struct arena *arena, const struct workload *workload)
{
    static const char *const apart[] = {"", "labels", "annotations", "replicas"};
    struct value_map *pod = value_map_new(arena, MAP_ANY);
    const struct yaml_node *spec = workload_part(arena, workload, STR("")).node;
    if (spec && spec->kind == YAML_MAP)
        pod = value_from_yaml(arena, spec).map;
    for (size_t i = 0; i < workload->pods->places.count; i++) {
        struct str path = workload->pods->places.items[i].pod;
        if (STR_IS_ONE_OF(path, apart))
            continue;
        const struct yaml_node *node = workload_part(arena, workload, path).node;
        if (node)
            set_at(arena, pod, path, value_from_yaml(arena, node));
    }
    if (workload->pods->containers.count)
        value_map_set(pod, STR("containers"), containers_value(arena, workload));
    return value_of_map(pod);
}

bool workload_replicas(const struct workload *workload, double *ret_count)
{
    struct arena scratch = {0};
    const struct yaml_node *node = workload_part(&scratch, workload, STR("replicas")).node;
    arena_release(&scratch);
    if (!node || node->kind == YAML_NULL)
        node = workload->pods->default_replicas;
    if (!node || node->kind != YAML_NUMBER)
        return false;
    *ret_count = node->number;
    return true;
}

bool workload_is_stopped(const struct workload *workload)
{
    const struct kind_condition *stopped = &workload->kind->stopped;
    return stopped->path.p && kind_condition_holds(stopped, workload->object->root);
}

struct made_names {
    struct arena *arena;
    struct str pattern, placeholder;
    struct str_list names;
};

static void add_made_name(void *context, struct str path, const struct yaml_node *node)
{
    struct made_names *names = context;
    struct str text = yaml_text(node);
    (void)path;
    if (text.n)
        vector_push(names->arena, &names->names,
                    str_replace(names->arena, names->pattern, names->placeholder, text));
}

struct str_list workload_made_names(struct arena *arena, const struct workload_made *made,
                                    const struct object *object)
{
    struct made_names found = {.arena = arena};
    for (size_t i = 0; i < made->names.count; i++) {
        struct str name = str_replace(arena, made->names.items[i], STR("{name}"), object->name);
        size_t open = str_find_char(name, '{');
        size_t close = str_find_char(name, '}');
        if (open == STR_NOT_FOUND || close == STR_NOT_FOUND) {
            vector_push(arena, &found.names, name);
            continue;
        }
        found.pattern = name;
        found.placeholder = str_slice(name, open, close + 1);
        object_match(arena, object->root, str_slice(name, open + 1, close), add_made_name, &found);
    }
    return found.names;
}

struct str workload_title(struct arena *arena, const struct workload *workload)
{
    const struct object *object = workload->object;
    struct str title = str_format(arena, "%.*s/%.*s", STR_ARG(object->kind), STR_ARG(object->name));
    if (!workload->name.n)
        return title;
    return str_format(arena, "%.*s (%.*s)", STR_ARG(title), STR_ARG(workload->name));
}
