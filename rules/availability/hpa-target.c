#include "engine/engine.h"

static struct str hint_for(struct pass *pass, const struct object_list *objects, struct str kind,
                           struct str name)
{
    struct str_list names = {0};
    for (size_t i = 0; i < objects->count; i++) {
        if (str_equal(objects->items[i].kind, kind))
            vector_push(pass_arena(pass), &names, objects->items[i].name);
    }
    struct str near = similar_find(name, names.items, names.count);
    return near.p ? str_format(pass_arena(pass), " (did you mean %.*s?)", STR_ARG(near)) : STR("");
}

static bool has_kind(const struct object_list *objects, struct str kind)
{
    for (size_t i = 0; i < objects->count; i++) {
        if (str_equal(objects->items[i].kind, kind))
            return true;
    }
    return false;
}

static void check(struct pass *pass, const struct object *scaler)
{
    const struct object_list *objects = pass_objects(pass, scaler->release);
    struct str kind = yaml_text(yaml_at(scaler->root, STR("spec.scaleTargetRef.kind")));
    struct str name = yaml_text(yaml_at(scaler->root, STR("spec.scaleTargetRef.name")));
    if (!object_is_scaler(scaler) || scaler_target(objects, scaler) || !has_kind(objects, kind))
        return;
    struct report *report =
        pass_report_field(pass, scaler, STR("spec.scaleTargetRef.name"), "message");
    report_argument(report, "kind", kind);
    report_argument(report, "name", name);
    report_argument(report, "hint", hint_for(pass, objects, kind, name));
}

const struct rule_code rule_availability_hpa_target = {.object = check};
