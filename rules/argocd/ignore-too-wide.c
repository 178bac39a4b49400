#include "engine/engine.h"

/* True for kinds with pods, and for what means all kinds. */
static bool concerns_pods(struct str kind)
{
    static const char *const kinds[] = {"",          "*",           "Deployment",
                                        "DaemonSet", "StatefulSet", "Rollout"};
    return STR_IS_ONE_OF(kind, kinds);
}

static void check_item(struct pass *pass, const struct application *application,
                       const struct yaml_node *item)
{
    struct str_list wide = pass_option_strings(pass, "pointers");
    const struct yaml_node *pointers = yaml_value(item, "jsonPointers");
    struct str kind = yaml_text(yaml_value(item, "kind"));
    bool is_any = !kind.n || str_is(kind, "*");
    for (size_t i = 0; concerns_pods(kind) && i < yaml_item_count(pointers); i++) {
        const struct yaml_node *pointer = pointers->list.items[i];
        if (!str_list_has(&wide, yaml_text(pointer)))
            continue;
        struct report *report = pass_report(pass, pointer->span, "message");
        report_argument(report, "pointer", yaml_text(pointer));
        report_argument(report, "kind", is_any ? STR("all kinds") : kind);
        report_only_for_all(report, application);
    }
}

static void check_list(struct pass *pass, const struct application *application,
                       const struct yaml_node *items)
{
    for (size_t i = 0; i < yaml_item_count(items); i++)
        check_item(pass, application, items->list.items[i]);
}

/* `resource.customizations.ignoreDifferences.all` or `….apps_Deployment` of argocd-cm. */
static void check_setting(struct pass *pass, const struct object *object,
                          const struct yaml_entry *setting)
{
    static const struct str opening = {"resource.customizations.ignoreDifferences.", 42};
    struct arena *arena = pass_arena(pass);
    struct str_list wide = pass_option_strings(pass, "pointers");
    if (!str_starts_with(setting->key, opening))
        return;
    struct str kind = str_from(setting->key, opening.n);
    size_t line = str_find_last_char(kind, '_');
    bool is_any = str_is(kind, "all");
    kind = line == STR_NOT_FOUND ? kind : str_from(kind, line + 1);
    const struct yaml_stream *stream =
        yaml_parse_bytes(arena, yaml_text(setting->value), 0, &limits_default);
    const struct yaml_node *pointers = yaml_value(yaml_root(stream), "jsonPointers");
    for (size_t i = 0; (is_any || concerns_pods(kind)) && i < yaml_item_count(pointers); i++) {
        struct str pointer = yaml_text(pointers->list.items[i]);
        if (!str_list_has(&wide, pointer))
            continue;
        struct str field = values_path_key(arena, STR("data"), setting->key);
        struct report *report = pass_report_field(pass, object, field, "settings");
        report_argument(report, "pointer", pointer);
        report_argument(report, "kind", is_any ? STR("all kinds") : kind);
    }
}

static void check_settings(struct pass *pass, const struct release *release)
{
    const struct object_list *objects = pass_objects(pass, release);
    for (size_t i = 0; objects && i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        const struct yaml_node *data = yaml_value(object->root, "data");
        bool is_settings = str_is(object->kind, "ConfigMap") && str_is(object->name, "argocd-cm");
        for (size_t k = 0; is_settings && k < yaml_entry_count(data); k++)
            check_setting(pass, object, &data->map.entries[k]);
    }
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->release_count; i++)
        check_settings(pass, &model->releases[i]);
    for (size_t i = 0; i < model->application_count; i++) {
        const struct application *application = &model->applications[i];
        check_list(pass, application, yaml_value(application->component, "ignoreDifferences"));
        for (size_t k = 0; k < application->release_count; k++) {
            const struct deployment *deployment = application->releases[k]->deployment;
            if (deployment && deployment->manifest)
                check_list(pass, application,
                           yaml_at(deployment->manifest, STR("spec.ignoreDifferences")));
        }
    }
}

const struct rule_code rule_argocd_ignore_too_wide = {.repository = check, .uses_objects = true};
