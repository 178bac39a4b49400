#include "engine/engine.h"

/* True for the name of another environment that the configuration has. */
static bool is_another(const struct config *config, const struct config_environment *own,
                       struct str name)
{
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        if (config_is_foreign(own, environment) && str_equal(environment->name, name))
            return true;
    }
    return false;
}

static void check_label(struct pass *pass, const struct object *object, struct str path)
{
    const struct config_environment *own = object->release->environment;
    struct str value = yaml_text(object_at(object->root, path));
    if (own->cluster_scope || !value.n || str_equal(value, own->name) ||
        !is_another(pass_model(pass)->config, own, value))
        return;
    struct report *report = pass_report_field(pass, object, path, "message");
    report_argument(report, "value", value);
}

static void check_object(struct pass *pass, const struct object *object)
{
    struct str key = pass_model(pass)->config->label_environment;
    if (key.n)
        check_label(pass, object, values_path_key(pass_arena(pass), STR("metadata.labels"), key));
}

static void check_workload(struct pass *pass, const struct workload *workload)
{
    struct arena *arena = pass_arena(pass);
    struct str key = pass_model(pass)->config->label_environment;
    struct str path = key.n ? values_path_key(arena, STR("labels"), key) : STR("labels");
    struct workload_part part = workload_part(arena, workload, path);
    if (key.n && part.node)
        check_label(pass, workload->object, part.path);
}

const struct rule_code rule_labels_environment_wrong = {
    .object = check_object,
    .workload = check_workload,
};
