#include "engine/engine.h"

enum { MOST_BYTES = 63 };

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* IsValidLabelValue of k8s.io/apimachinery. */
static bool is_valid(struct str value)
{
    if (!value.n)
        return true;
    for (size_t i = 0; i < value.n; i++) {
        if (!is_alphanumeric(value.p[i]) && !(value.p[i] && strchr("-_.", value.p[i])))
            return false;
    }
    return value.n <= MOST_BYTES && is_alphanumeric(value.p[0]) &&
           is_alphanumeric(value.p[value.n - 1]);
}

static void check_labels(struct pass *pass, const struct object *object, struct str path)
{
    const struct yaml_node *labels = object_at(object->root, path);
    for (size_t i = 0; i < yaml_entry_count(labels); i++) {
        const struct yaml_entry *label = &labels->map.entries[i];
        bool is_text = label->value->kind == YAML_STRING;
        if (label->value->kind == YAML_NULL || (is_text && is_valid(yaml_text(label->value))))
            continue;
        struct arena *arena = pass_arena(pass);
        struct str field = values_path_key(arena, path, label->key);
        struct report *report = pass_report_field(pass, object, field, "message");
        report_argument(report, "value", yaml_brief(arena, label->value, MOST_BYTES));
    }
}

static void check_object(struct pass *pass, const struct object *object)
{
    check_labels(pass, object, STR("metadata.labels"));
}

static void check_workload(struct pass *pass, const struct workload *workload)
{
    struct workload_part labels = workload_part(pass_arena(pass), workload, STR("labels"));
    if (labels.node && !str_is(labels.path, "metadata.labels"))
        check_labels(pass, workload->object, labels.path);
}

const struct rule_code rule_labels_value_invalid = {
    .object = check_object,
    .workload = check_workload,
};
