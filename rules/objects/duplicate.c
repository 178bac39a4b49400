#include "engine/engine.h"

static struct str identity_of(struct arena *arena, const struct object *object)
{
    return str_format(arena, "%.*s/%.*s/%.*s/%.*s", STR_ARG(object->group), STR_ARG(object->kind),
                      STR_ARG(object->namespace), STR_ARG(object->name));
}

static void check(struct pass *pass, const struct release *release)
{
    struct arena *arena = pass_arena(pass);
    struct map seen = {0};
    const struct object_list *objects = pass_objects(pass, release);
    for (size_t i = 0; objects && i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        struct str identity = identity_of(arena, object);
        const struct object *first = map_get(&seen, identity);
        if (!object->name.n)
            continue;
        if (!first) {
            map_put(arena, &seen, identity, (void *)object);
            continue;
        }
        struct report *report = pass_report_field(pass, object, STR("metadata.name"), "message");
        struct cause cause = pass_cause(pass, first, STR("metadata.name"));
        report_related(report, cause_span(&cause), "and here");
    }
}

/* Hooks come and go; what an operator makes is no document of a release. */
static bool is_kept(const struct made *made)
{
    for (size_t i = 0; i < made->makers.count; i++) {
        const struct maker *maker = &made->makers.items[i];
        if (maker->is_operator || maker->object->hook.p)
            return false;
    }
    return made->identifier.namespace.n > 0;
}

static void check_releases(struct pass *pass)
{
    const struct made_list *all = &pass_makers(pass)->all;
    for (size_t i = 0; i < all->count; i++) {
        if (is_kept(all->items[i]))
            pass_report_again(pass, all->items[i], "releases");
    }
}

const struct rule_code rule_objects_duplicate = {
    .release = check,
    .repository = check_releases,
    .uses_objects = true,
};
