#include "makers.h"

#include "makers_private.h"

struct reading {
    struct arena *arena;
    struct makers *makers;
};

struct str identifier_title(struct arena *arena, const struct identifier *identifier)
{
    return str_format(arena, "%.*s %.*s", STR_ARG(identifier->kind), STR_ARG(identifier->name));
}

struct str makers_cluster(const struct makers *makers, const struct release *release)
{
    return model_cluster(makers->model, release->environment);
}

/* --- keys of maps --- */

static struct str key_of_kind(struct arena *arena, struct str cluster, struct str group,
                              struct str kind)
{
    return str_format(arena, "%.*s/%.*s/%.*s", STR_ARG(cluster), STR_ARG(group), STR_ARG(kind));
}

struct str identifier_key(struct arena *arena, const struct identifier *identifier)
{
    return str_format(arena, "%.*s/%.*s/%.*s/%.*s", STR_ARG(identifier->group),
                      STR_ARG(identifier->kind), STR_ARG(identifier->namespace),
                      STR_ARG(identifier->name));
}

static struct str key_of(struct arena *arena, struct str cluster,
                         const struct identifier *identifier)
{
    return str_format(arena, "%.*s/%.*s", STR_ARG(cluster),
                      STR_ARG(identifier_key(arena, identifier)));
}

static struct maker_namespace *get_namespace(struct arena *arena, struct map *map, struct str key)
{
    struct maker_namespace *namespace = map_get(map, key);
    if (!namespace) {
        namespace = arena_make(arena, struct maker_namespace);
        map_put(arena, map, key, namespace);
    }
    return namespace;
}

static struct str key_of_namespace(struct arena *arena, struct str cluster, struct str namespace)
{
    return str_format(arena, "%.*s/%.*s", STR_ARG(cluster), STR_ARG(namespace));
}

/* --- reading --- */

static struct made *get_made(struct reading *reading, struct str cluster,
                             struct identifier identifier)
{
    struct arena *arena = reading->arena;
    struct makers *makers = reading->makers;
    struct str key = key_of(arena, cluster, &identifier);
    struct made *made = map_get(&makers->by_identity, key);
    if (made)
        return made;
    made = arena_make(arena, struct made);
    *made = (struct made){.identifier = identifier, .cluster = cluster};
    map_put(arena, &makers->by_identity, key, made);
    vector_push(arena, &makers->all, made);
    struct str of_kind = key_of_kind(arena, cluster, identifier.group, identifier.kind);
    struct made_list *list = map_get(&makers->by_kind, of_kind);
    if (!list) {
        list = arena_make(arena, struct made_list);
        map_put(arena, &makers->by_kind, of_kind, list);
    }
    vector_push(arena, list, made);
    return made;
}

static void add_made(struct reading *reading, const struct object *object,
                     struct identifier identifier, bool is_operator)
{
    struct str cluster = makers_cluster(reading->makers, object->release);
    struct made *made = get_made(reading, cluster, identifier);
    vector_push(reading->arena, &made->makers, ((struct maker){object, is_operator}));
}

/* What an operator makes of the object; names that are patterns are left to makers_may_have. */
static void add_made_by_operator(struct reading *reading, const struct object *object)
{
    const struct workload_kind *kind =
        workload_kind_find(reading->makers->kinds, object->group, object->kind);
    for (size_t i = 0; kind && i < kind->makes.count; i++) {
        const struct workload_made *made = &kind->makes.items[i];
        struct str_list names = workload_made_names(reading->arena, made, object);
        for (size_t k = 0; k < names.count; k++)
            if (!glob_is_pattern(names.items[k]))
                add_made(
                    reading, object,
                    (struct identifier){made->group, made->kind, object->namespace, names.items[k]},
                    true);
    }
}

static void add_object(struct reading *reading, const struct object *object)
{
    struct arena *arena = reading->arena;
    struct makers *makers = reading->makers;
    struct str cluster = makers_cluster(makers, object->release);
    struct identifier identifier = {object->group, object->kind, object->namespace, object->name};
    struct maker_namespace *namespace =
        object->namespace.n ? get_namespace(arena, &makers->namespaces,
                                            key_of_namespace(arena, cluster, object->namespace))
                            : get_namespace(arena, &makers->everywhere, cluster);
    vector_push(arena, &namespace->objects, object);
    if (!object->name.n)
        return;
    add_made(reading, object, identifier, false);
    add_made_by_operator(reading, object);
}

static void use_namespace(struct reading *reading, const struct release *release, bool is_known)
{
    struct arena *arena = reading->arena;
    struct makers *makers = reading->makers;
    struct str cluster = makers_cluster(makers, release);
    struct maker_namespace *whole = get_namespace(arena, &makers->everywhere, cluster);
    struct maker_namespace *namespace = get_namespace(
        arena, &makers->namespaces, key_of_namespace(arena, cluster, release->namespace));
    whole->is_used = true;
    whole->is_partial = whole->is_partial || !is_known;
    namespace->is_used = true;
    namespace->is_partial = namespace->is_partial || !is_known;
}

const struct makers *makers_read(struct arena *arena, const struct workload_kinds *kinds,
                                 const struct model *model, const struct object_list *by_release,
                                 const bool *is_rendered)
{
    struct makers *makers = arena_make(arena, struct makers);
    struct reading reading = {arena, makers};
    *makers = (struct makers){.model = model, .kinds = kinds, .by_release = by_release};
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        use_namespace(&reading, release, is_rendered[i] && !release_has_unknown_layers(release));
        for (size_t k = 0; is_rendered[i] && k < by_release[i].count; k++)
            add_object(&reading, &by_release[i].items[k]);
    }
    return makers;
}

/* --- looking up --- */

const struct made *makers_find(const struct makers *makers, const struct release *release,
                               const struct identifier *identifier)
{
    struct arena scratch = {0};
    struct str key = key_of(&scratch, makers_cluster(makers, release), identifier);
    const struct made *made = map_get(&makers->by_identity, key);
    arena_release(&scratch);
    return made;
}

const struct made_list *makers_of_kind(const struct makers *makers, const struct release *release,
                                       struct str group, struct str kind)
{
    struct arena scratch = {0};
    struct str key = key_of_kind(&scratch, makers_cluster(makers, release), group, kind);
    const struct made_list *list = map_get(&makers->by_kind, key);
    arena_release(&scratch);
    return list;
}

const struct maker_namespace *maker_namespace_find(const struct makers *makers, struct str cluster,
                                                   struct str namespace)
{
    struct arena scratch = {0};
    const struct maker_namespace *found =
        map_get(&makers->namespaces, key_of_namespace(&scratch, cluster, namespace));
    arena_release(&scratch);
    return found;
}

/* A release whose namespace is not known may go to any. */
bool makers_are_known(const struct makers *makers, const struct release *release,
                      struct str namespace)
{
    struct str cluster = makers_cluster(makers, release);
    const struct maker_namespace *stray = maker_namespace_find(makers, cluster, STR(""));
    const struct maker_namespace *found = namespace.n
                                              ? maker_namespace_find(makers, cluster, namespace)
                                              : map_get(&makers->everywhere, cluster);
    return !(stray && stray->is_partial) && found && found->is_used && !found->is_partial &&
           !str_list_has(&makers->model->config->shared_namespaces, namespace);
}
