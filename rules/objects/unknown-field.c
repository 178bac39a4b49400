#include "engine/engine.h"

/* Fields that people write though no version of the kind has them. */
static const struct {
    const char *kind, *group, *path;
} known[] = {
    {"EnvoyPatchPolicy", "gateway.envoyproxy.io", "spec.targetRef.namespace"},
    {"ClientTrafficPolicy", "gateway.envoyproxy.io", "spec.telemetry"},
    {"Gateway", "gateway.networking.k8s.io", "spec.infrastructure.parametersRef.namespace"},
};

static struct report *report_field(struct pass *pass, const struct object *object, struct str path,
                                   struct str near)
{
    struct arena *arena = pass_arena(pass);
    struct str hint = near.p ? str_format(arena, "; did you mean %.*s?", STR_ARG(near)) : STR("");
    struct report *report = pass_report_key(pass, object, path, "message");
    report_argument(report, "field", path);
    report_argument(
        report, "kind",
        str_format(arena, "%.*s of %.*s", STR_ARG(object->kind), STR_ARG(object->api_version)));
    report_argument(report, "near", hint);
    return report;
}

static void check_known(struct pass *pass, const struct object *object)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        bool is_kind = str_is(object->kind, known[i].kind) && str_is(object->group, known[i].group);
        if (is_kind && object_at(object->root, str_from_c(known[i].path)))
            report_field(pass, object, str_from_c(known[i].path), (struct str){0});
    }
}

static void check_object(struct pass *pass, const struct object *object)
{
    const struct definition *definition = definition_find(pass_definitions(pass), object);
    if (!definition) {
        check_known(pass, object);
        return;
    }
    struct unknown_field_list fields =
        definition_unknown_fields(pass_arena(pass), definition, object->root);
    for (size_t i = 0; i < fields.count; i++) {
        struct report *report =
            report_field(pass, object, fields.items[i].path, fields.items[i].near);
        if (definition->span.file)
            report_related(report, definition->span, "the definition of %.*s",
                           STR_ARG(object->kind));
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

const struct rule_code rule_objects_unknown_field = {.repository = check, .uses_objects = true};
