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

const struct rule_code rule_objects_duplicate = {
    .release = check,
    .uses_objects = true,
};
