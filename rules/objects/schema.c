#include "engine/engine.h"

static void report_violation(struct pass *pass, const struct object *object,
                             const struct definition *definition,
                             const struct schema_violation *violation)
{
    struct arena *arena = pass_arena(pass);
    struct report *report = pass_report_field(pass, object, violation->path, "message");
    struct str path = violation->path.n ? violation->path : STR("the object");
    report_argument(report, "field", path);
    report_argument(report, "problem", violation->text);
    report_argument(
        report, "kind",
        str_format(arena, "%.*s of %.*s", STR_ARG(object->kind), STR_ARG(object->api_version)));
    if (definition->span.file)
        report_related(report, definition->span, "the definition of %.*s", STR_ARG(object->kind));
}

/* What a template makes of a namespace that nobody configured is nobody's mistake. */
static bool is_about_unknown_namespace(const struct object *object,
                                       const struct schema_violation *violation)
{
    return !object->release->namespace.n && (str_contains(violation->text, STR("namespace")) ||
                                             str_contains(violation->path, STR("namespace")));
}

static void check_object(struct pass *pass, const struct object *object)
{
    const struct definition *definition = definition_find(pass_definitions(pass), object);
    if (!definition)
        return;
    struct schema_violation_list violations =
        definition_violations(pass_arena(pass), definition, object->root);
    for (size_t i = 0; i < violations.count; i++) {
        if (!is_about_unknown_namespace(object, &violations.items[i]))
            report_violation(pass, object, definition, &violations.items[i]);
    }
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct object_list *objects = pass_objects(pass, &model->releases[i]);
        for (size_t k = 0; objects && k < objects->count; k++)
            check_object(pass, &objects->items[k]);
    }
}

const struct rule_code rule_objects_schema = {.repository = check, .uses_objects = true};
