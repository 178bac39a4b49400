#include "reference.h"

struct search {
    struct arena *arena;
    struct reference_list *list;
    /* The current one: */
    const struct reference_kind *kind;
    const struct object *object;
    struct str prefix; /* the path in the object at which `at` begins */
};

static struct str join(struct arena *arena, struct str path, struct str rest)
{
    bool needs_dot = path.n && rest.n && rest.p[0] != '[';
    return str_format(arena, "%.*s%s%.*s", STR_ARG(path), needs_dot ? "." : "", STR_ARG(rest));
}

static const struct yaml_node *field(const struct yaml_node *node, const char *path)
{
    return path ? object_at(node, str_from_c(path)) : NULL;
}

static struct str field_or(const struct yaml_node *node, const char *path, struct str otherwise)
{
    struct str text = yaml_text(field(node, path));
    return text.n ? text : otherwise;
}

/* "apps/v1" names the group apps, "v1" and "" that without a name. */
static struct str group_of(const struct yaml_node *node, const struct reference_kind *kind)
{
    const struct yaml_node *given = field(node, kind->fields->group);
    struct str text = yaml_text(given);
    size_t slash = str_find_char(text, '/');
    if (!given)
        return str_from_c(kind->group_named);
    if (slash != STR_NOT_FOUND)
        return str_slice(text, 0, slash);
    return str_is(str_from_c(kind->fields->group), "apiVersion") || !text.p ? STR("") : text;
}

/* The AWS Load Balancer Controller takes the name for one of an action. */
static bool is_action(const struct reference *reference)
{
    return str_is(reference->port, "use-annotation");
}

static bool is_unfinished(struct str name)
{
    bool is_url = str_contains(name, STR("/"));
    for (size_t i = 0; i < name.n; i++) {
        if (strchr("${}<>%* ", name.p[i]))
            return true;
    }
    return !name.n || is_url;
}

/* A Service may be named by its address: SERVICE.NAMESPACE.svc…; false when it is another host's.
 */
static bool read_host(struct identifier *to)
{
    struct str rest = to->name;
    struct str name = str_cut(&rest, '.');
    struct str namespace = str_cut(&rest, '.');
    if (!str_is(to->kind, "Service") || !namespace.n)
        return true;
    *to = (struct identifier){to->group, to->kind, namespace, name};
    return str_is(rest, "svc") || str_starts_with(rest, STR("svc."));
}

static void read_port(struct search *search, struct reference *reference)
{
    const struct reference_fields *fields = reference->kind->fields;
    bool has_name = field(reference->node, fields->port_name) != NULL;
    const char *place = has_name ? fields->port_name : fields->port;
    struct str port = yaml_text(field(reference->node, place));
    if (!port.n)
        return;
    reference->port = port;
    reference->port_path = join(search->arena, reference->at, str_from_c(place));
}

static void add_reference(void *context, struct str path, const struct yaml_node *node)
{
    struct search *search = context;
    const struct reference_kind *kind = search->kind;
    const struct reference_fields *fields = kind->fields;
    const struct yaml_node *optional = field(node, fields->optional);
    struct reference reference = {.kind = kind, .object = search->object, .node = node};
    struct identifier *to = &reference.to;
    if (fields->when && !str_is(yaml_text(field(node, fields->when)), fields->is))
        return;
    reference.at = join(search->arena, search->prefix, path);
    reference.path = join(search->arena, reference.at, str_from_c(fields->name));
    reference.is_optional = optional && optional->kind == YAML_BOOL && optional->boolean;
    to->kind = field_or(node, fields->kind, str_from_c(kind->kind_named));
    to->group = group_of(node, kind);
    to->name = field_or(node, fields->name, STR(""));
    to->namespace = field_or(node, fields->namespace, search->object->namespace);
    if (is_unfinished(to->name) || !read_host(to))
        return;
    if (kind_is_cluster_scoped(to->group, to->kind))
        to->namespace = STR("");
    read_port(search, &reference);
    if (!is_action(&reference))
        vector_push(search->arena, search->list, reference);
}

static bool is_of(const struct object *object, const struct reference_kind *kind)
{
    return kind->kind && str_is(object->kind, kind->kind) && str_is(object->group, kind->group);
}

static void add_of_object(struct search *search, const struct object *object)
{
    search->object = object;
    search->prefix = STR("");
    for (size_t i = 0; i < reference_kind_count; i++) {
        search->kind = &reference_kinds[i];
        if (is_of(object, search->kind))
            object_match(search->arena, object->root, str_from_c(search->kind->at), add_reference,
                         search);
    }
}

/* The first key of the place is a part of the pod, wherever that lies in the object. */
static void add_of_pods(struct search *search, const struct workload *workload)
{
    search->object = workload->object;
    for (size_t i = 0; i < reference_kind_count; i++) {
        search->kind = &reference_kinds[i];
        if (search->kind->kind)
            continue;
        struct str rest = str_from_c(search->kind->at);
        struct str first = str_cut(&rest, '.');
        struct workload_part part = workload_part(search->arena, workload, first);
        search->prefix = part.path;
        if (part.node)
            object_match(search->arena, part.node, rest, add_reference, search);
    }
}

void references_add(struct arena *arena, struct reference_list *list,
                    const struct object_list *objects, const struct workload_list *workloads)
{
    struct search search = {.arena = arena, .list = list};
    for (size_t i = 0; i < objects->count; i++)
        add_of_object(&search, &objects->items[i]);
    for (size_t i = 0; i < workloads->count; i++)
        add_of_pods(&search, &workloads->items[i]);
}

const struct reference_list *references_of(struct arena *arena, const struct makers *makers)
{
    struct reference_list *list = arena_make(arena, struct reference_list);
    for (size_t i = 0; i < makers->model->release_count; i++) {
        const struct object_list *objects = &makers->by_release[i];
        struct workload_list workloads = workloads_of(arena, makers->kinds, objects);
        references_add(arena, list, objects, &workloads);
    }
    return list;
}

/* --- whether they lead somewhere --- */

static bool is_near(const struct release *a, const struct release *b)
{
    return a->environment == b->environment || b->environment->cluster_scope;
}

/* A namespace of Temporal is none of Kubernetes: it may be made in any of the environment. */
static bool is_anywhere(const struct reference *reference)
{
    return str_is(reference->to.kind, "TemporalNamespace");
}

static const struct made *find_anywhere(const struct makers *makers,
                                        const struct reference *reference)
{
    const struct made_list *list =
        makers_of_kind(makers, reference->object->release, reference->to.group, reference->to.kind);
    for (size_t i = 0; list && i < list->count; i++) {
        const struct made *made = list->items[i];
        const struct release *maker = made->makers.items[0].object->release;
        if (str_equal(made->identifier.name, reference->to.name) &&
            is_near(reference->object->release, maker))
            return made;
    }
    return NULL;
}

const struct made *reference_find(const struct makers *makers, const struct reference *reference)
{
    if (is_anywhere(reference))
        return find_anywhere(makers, reference);
    return makers_find(makers, reference->object->release, &reference->to);
}

/* True when objects of the kind are made in the namespace by some release, so that it is here where
 * they come from. */
static bool makes_kind(const struct makers *makers, const struct reference *reference)
{
    const struct identifier *to = &reference->to;
    const struct release *release = reference->object->release;
    const struct made_list *list = makers_of_kind(makers, release, to->group, to->kind);
    for (size_t i = 0; list && i < list->count; i++) {
        const struct made *made = list->items[i];
        if (is_anywhere(reference) ? is_near(release, made->makers.items[0].object->release)
                                   : str_equal(made->identifier.namespace, to->namespace))
            return true;
    }
    return false;
}

bool reference_is_broken(struct arena *arena, const struct makers *makers,
                         const struct reference *reference, struct str *ret_hint)
{
    const struct identifier *to = &reference->to;
    const struct release *release = reference->object->release;
    bool has_place = to->namespace.n || kind_is_cluster_scoped(to->group, to->kind);
    if (!has_place || reference->is_optional || reference_find(makers, reference) ||
        !makers_are_known(makers, release, to->namespace) ||
        makers_may_have(makers, reference->object, to))
        return false;
    struct maker_hint hint = makers_hint(arena, makers, reference->object, to);
    if (!hint.is_made_elsewhere && (makers->model->detected || !makes_kind(makers, reference)))
        return false;
    *ret_hint = hint.text;
    return true;
}
