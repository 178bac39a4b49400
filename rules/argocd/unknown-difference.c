#include "engine/engine.h"

/* What a component ignores, its placeholders filled in for a release. */
static struct str fill_in(struct arena *arena, struct str name, const struct release *release)
{
    name = str_replace(arena, name, STR("{{ .namespace }}"), release->namespace);
    name = str_replace(arena, name, STR("{{ .env }}"), release->environment->name);
    return str_replace(arena, name, STR("{{ .valuesEnvironment }}"), release->environment->name);
}

/* Whether the release has the object; *has_kind: or another of its kind. */
static bool has_object(struct pass *pass, const struct release *release,
                       const struct yaml_node *difference, bool *has_kind)
{
    const struct object_list *objects = pass_objects(pass, release);
    struct str kind = yaml_text(yaml_value(difference, "kind"));
    struct str group = yaml_text(yaml_value(difference, "group"));
    struct str name = fill_in(pass_arena(pass), yaml_text(yaml_value(difference, "name")), release);
    bool found = false;
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        bool is_kind = str_equal(object->kind, kind) && str_equal(object->group, group);
        *has_kind = *has_kind || is_kind;
        found = found || (is_kind && str_equal(object->name, name));
    }
    return found;
}

static void check_difference(struct pass *pass, const struct application *application,
                             const struct yaml_node *difference)
{
    const struct yaml_node *name = yaml_value(difference, "name");
    bool has_kind = false;
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *release = application->releases[i];
        if (!pass_objects(pass, release) || release_has_unknown_layers(release) ||
            has_object(pass, release, difference, &has_kind))
            return;
    }
    if (!has_kind || glob_is_pattern(yaml_text(name)))
        return;
    struct report *report = pass_report(pass, name->span, "message");
    report_argument(report, "kind", yaml_text(yaml_value(difference, "kind")));
    report_argument(report, "name", yaml_text(name));
    report_only_for_all(report, application);
}

static void check(struct pass *pass, const struct application *application)
{
    const struct yaml_node *differences = yaml_value(application->component, "ignoreDifferences");
    for (size_t i = 0; i < yaml_item_count(differences); i++) {
        const struct yaml_node *difference = differences->list.items[i];
        if (yaml_text(yaml_value(difference, "name")).n)
            check_difference(pass, application, difference);
    }
}

const struct rule_code rule_argocd_unknown_difference = {.application = check,
                                                         .uses_objects = true};
