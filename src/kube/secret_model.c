#include "secret_model.h"

static struct str key_of(struct arena *arena, const struct model *model,
                         const struct release *release, struct str namespace, struct str rest)
{
    struct str cluster = model_cluster(model, release->environment);
    return str_format(arena, "%.*s/%.*s/%.*s", STR_ARG(cluster), STR_ARG(namespace), STR_ARG(rest));
}

static void *find(const struct map *map, const struct secret_model *secrets,
                  const struct release *release, struct str namespace, struct str rest)
{
    struct arena scratch = {0};
    void *found = map_get(map, key_of(&scratch, secrets->model, release, namespace, rest));
    arena_release(&scratch);
    return found;
}

static struct str kind_and_name(struct arena *arena, struct str kind, struct str name)
{
    return str_format(arena, "%.*s/%.*s", STR_ARG(kind), STR_ARG(name));
}

static void add_made(struct arena *arena, struct secret_model *secrets,
                     const struct secret_made *made)
{
    const struct object *object = made->object;
    struct str key = key_of(arena, secrets->model, object->release, object->namespace, made->name);
    struct secret_made_list *list = map_get(&secrets->made, key);
    if (!list) {
        list = arena_make(arena, struct secret_made_list);
        map_put(arena, &secrets->made, key, list);
    }
    vector_push(arena, list, made);
}

static void add_objects(struct arena *arena, struct secret_model *secrets,
                        const struct object_list *objects)
{
    static const char *const kinds[] = {"SecretStore", "ClusterSecretStore", "Service"};
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        if (!STR_IS_ONE_OF(object->kind, kinds))
            continue;
        bool is_of_cluster = str_is(object->kind, "ClusterSecretStore");
        struct str key = key_of(arena, secrets->model, object->release,
                                is_of_cluster ? STR("") : object->namespace,
                                kind_and_name(arena, object->kind, object->name));
        map_put(arena, &secrets->objects, key, (void *)object);
    }
}

static void add_release(struct arena *arena, struct secret_model *secrets,
                        const struct release *release, bool is_rendered)
{
    struct str key = key_of(arena, secrets->model, release, release->namespace, STR(""));
    map_put(arena, &secrets->used, key, (void *)release);
    if (!is_rendered || release_has_unknown_layers(release))
        map_put(arena, &secrets->partial, key, (void *)release);
}

struct secret_model *secret_model_read(struct arena *arena, const struct secret_kinds *kinds,
                                       const struct workload_kinds *workload_kinds,
                                       const struct model *model,
                                       const struct object_list *by_release,
                                       const bool *is_rendered)
{
    struct secret_model *secrets = arena_make(arena, struct secret_model);
    *secrets = (struct secret_model){.model = model,
                                     .kinds = kinds,
                                     .workload_kinds = workload_kinds,
                                     .by_release = by_release,
                                     .is_rendered = is_rendered};
    for (size_t i = 0; i < model->release_count; i++) {
        add_release(arena, secrets, &model->releases[i], is_rendered[i]);
        if (!is_rendered[i])
            continue;
        struct workload_list workloads = workloads_of(arena, workload_kinds, &by_release[i]);
        secret_facts_add(arena, &secrets->facts, kinds, &by_release[i], &workloads);
        add_objects(arena, secrets, &by_release[i]);
    }
    for (size_t i = 0; i < secrets->facts.made.count; i++)
        add_made(arena, secrets, &secrets->facts.made.items[i]);
    return secrets;
}

const struct secret_made_list *secret_model_made(const struct secret_model *secrets,
                                                 const struct release *release,
                                                 struct str namespace, struct str name)
{
    return find(&secrets->made, secrets, release, namespace, name);
}

const struct object *secret_model_object(const struct secret_model *secrets,
                                         const struct release *release, struct str namespace,
                                         struct str kind, struct str name)
{
    struct arena scratch = {0};
    struct str rest = kind_and_name(&scratch, kind, name);
    const struct object *object = find(&secrets->objects, secrets, release, namespace, rest);
    arena_release(&scratch);
    return object;
}

bool secret_model_uses(const struct secret_model *secrets, const struct release *release,
                       struct str namespace)
{
    return find(&secrets->used, secrets, release, namespace, STR(""));
}

bool secret_model_is_partial(const struct secret_model *secrets, const struct release *release,
                             struct str namespace)
{
    return find(&secrets->partial, secrets, release, namespace, STR(""));
}

bool secret_model_knows(const struct secret_model *secrets, const struct release *release,
                        struct str namespace)
{
    return namespace.n && secret_model_uses(secrets, release, namespace) &&
           !secret_model_is_partial(secrets, release, namespace);
}
