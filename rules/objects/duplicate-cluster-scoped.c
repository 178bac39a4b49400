#include "engine/engine.h"

/* An object that some release makes, and the next of the same kind and name. */
struct made {
    const struct object *object;
    struct made *next;
};

static bool share_cluster(const struct model *model, const struct release *a,
                          const struct release *b)
{
    if (a->environment == b->environment)
        return model_knows_environment(model, a);
    return !model->detected && str_equal(a->environment->cluster, b->environment->cluster);
}

static void report_again(struct pass *pass, const struct object *first, const struct object *again)
{
    struct report *report = pass_report_field(pass, again, STR("metadata.name"), "message");
    report_argument(
        report, "object",
        str_format(pass_arena(pass), "%.*s %.*s", STR_ARG(again->kind), STR_ARG(again->name)));
    report_only_for(report, first->release);
    struct cause cause = pass_cause(pass, first, STR("metadata.name"));
    struct span span = cause_span(&cause);
    report_related(report, span.file ? span : first->release->application->span, "made by %.*s too",
                   STR_ARG(first->release->name));
}

static void add_object(struct pass *pass, struct map *by_name, const struct object *object)
{
    struct arena *arena = pass_arena(pass);
    struct str name = str_format(arena, "%.*s/%.*s/%.*s", STR_ARG(object->group),
                                 STR_ARG(object->kind), STR_ARG(object->name));
    struct made *first = map_get(by_name, name);
    for (struct made *made = first; made; made = made->next) {
        const struct release *other = made->object->release;
        if (other == object->release || !share_cluster(pass_model(pass), other, object->release))
            continue;
        report_again(pass, made->object, object);
        return;
    }
    struct made *made = arena_make(arena, struct made);
    *made = (struct made){object, first};
    map_put(arena, by_name, name, made);
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct map by_name = {0};
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++) {
            const struct object *object = &objects->items[k];
            if (kind_is_cluster_scoped(object->group, object->kind))
                add_object(pass, &by_name, object);
        }
    }
}

const struct rule_code rule_objects_duplicate_cluster_scoped = {.repository = check,
                                                                .uses_objects = true};
