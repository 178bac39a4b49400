#include "dependence.h"

static void add(struct arena *arena, struct identifier_list *list, struct identifier identifier)
{
    if (identifier.name.n)
        vector_push(arena, list, identifier);
}

static struct identifier definition(struct arena *arena, struct str kind, struct str group)
{
    struct str name =
        group.n ? str_format(arena, "%.*s.%.*s", STR_ARG(kind), STR_ARG(group)) : group;
    return (struct identifier){STR("apiextensions.k8s.io"), STR("CustomResourceDefinition"),
                               STR(""), name};
}

static struct identifier itself(struct arena *arena, const struct object *object)
{
    if (!str_is(object->kind, "CustomResourceDefinition"))
        return (struct identifier){object->group, object->kind, object->namespace, object->name};
    return definition(arena, yaml_text(yaml_at(object->root, STR("spec.names.kind"))),
                      yaml_text(yaml_at(object->root, STR("spec.group"))));
}

static struct identifier secret(struct str namespace, struct str name)
{
    return (struct identifier){STR(""), STR("Secret"), namespace, name};
}

static void add_secrets(struct arena *arena, const struct secret_facts *facts,
                        const struct object *first, struct dependences *dependences)
{
    for (size_t i = 0; i < facts->made.count; i++) {
        const struct secret_made *made = &facts->made.items[i];
        if (!made->is_shared)
            add(arena, &dependences->made[made->object - first],
                secret(made->object->namespace, made->name));
    }
    for (size_t i = 0; i < facts->uses.count; i++) {
        const struct secret_use *use = &facts->uses.items[i];
        if (!use->is_for_images)
            add(arena, &dependences->needed[use->object - first],
                secret(use->namespace, use->name));
    }
}

static void add_references(struct arena *arena, const struct reference_list *references,
                           const struct object *first, struct dependences *dependences)
{
    for (size_t i = 0; i < references->count; i++) {
        const struct reference *reference = &references->items[i];
        if (reference->kind->fields->waits && !reference->is_optional)
            add(arena, &dependences->needed[reference->object - first], reference->to);
    }
}

struct dependences dependences_of(struct arena *arena, const struct secret_kinds *kinds,
                                  const struct object_list *objects,
                                  const struct workload_list *workloads)
{
    struct dependences result = {
        .made = arena_make_array(arena, struct identifier_list, objects->count),
        .needed = arena_make_array(arena, struct identifier_list, objects->count),
    };
    struct reference_list references = {0};
    struct secret_facts facts = {0};
    references_add(arena, &references, objects, workloads);
    secret_facts_add(arena, &facts, kinds, objects, workloads);
    for (size_t i = 0; i < objects->count; i++)
        add(arena, &result.made[i], itself(arena, &objects->items[i]));
    add_references(arena, &references, objects->items, &result);
    add_secrets(arena, &facts, objects->items, &result);
    for (size_t i = 0; i < objects->count; i++)
        add(arena, &result.needed[i],
            definition(arena, objects->items[i].kind, objects->items[i].group));
    return result;
}
