#include "engine/engine.h"

/* True when the text has `before`, perhaps a quote, and the key. */
static bool has_key_behind(struct str text, struct str before, struct str key)
{
    for (size_t at; (at = str_find(text, key)) != STR_NOT_FOUND;
         text = str_from(text, at + key.n)) {
        struct str line = str_slice(text, 0, at);
        while (line.n && strchr("\"'", line.p[line.n - 1]))
            line.n--;
        if (str_ends_with(line, before))
            return true;
    }
    return false;
}

/* True when a template of the chart itself may name the key so: else there is no need to look
 * closer, which is costly. */
static bool templates_have(struct pass *pass, const struct release *release, struct str before,
                           struct str key)
{
    struct arena *arena = pass_arena(pass);
    struct str folder = path_join(arena, release->chart->directory, STR("templates"));
    struct str pattern = path_join(arena, folder, STR("**"));
    struct str_list paths = tree_glob(pass_tree(pass), arena, pattern);
    for (size_t i = 0; i < paths.count; i++) {
        const struct file *file = tree_find(pass_tree(pass), paths.items[i]);
        if (file && has_key_behind(file->bytes, before, key))
            return true;
    }
    return false;
}

/* A part of the pod; templates write its key behind `before`. */
static void check_field(struct pass *pass, const struct workload *workload, struct str pod_path,
                        struct str before, struct str key)
{
    struct workload_part part = workload_part(pass_arena(pass), workload, pod_path);
    const struct release *release = workload->object->release;
    if (!part.node || !release->chart || !templates_have(pass, release, before, key))
        return;
    struct cause cause = pass_cause(pass, workload->object, part.path);
    if (cause.kind != CAUSE_TEMPLATE || !cause_span(&cause).file)
        return;
    struct report *report = pass_report_part(pass, workload, &part, "message");
    report_argument(report, "key", key);
    report_argument(report, "value", yaml_text(part.node));
}

/* What the cluster itself needs may name the nodes that are for it. Elsewhere the keys of the
 * option are the matter of schedule/forbidden-toleration. */
static struct str_list keys_of(struct pass *pass, const struct workload *workload)
{
    struct arena *arena = pass_arena(pass);
    const struct config *config = pass_model(pass)->config;
    struct str priority = yaml_text(workload_part(arena, workload, STR("priorityClassName")).node);
    struct str_list keys = {0};
    if (workload->object->release->environment->cluster_scope &&
        !str_starts_with(priority, STR("system-")))
        keys = pass_option_strings(pass, "keys");
    vector_push(arena, &keys, config->label_pool);
    vector_push(arena, &keys, config->label_environment);
    return keys;
}

/* A node selector, and the values of tolerations for keys that belong to pools. */
static void check(struct pass *pass, const struct workload *workload)
{
    struct arena *arena = pass_arena(pass);
    struct str_list keys = keys_of(pass, workload);
    const struct yaml_node *tolerations = workload_part(arena, workload, STR("tolerations")).node;
    for (size_t i = 0; i < keys.count; i++) {
        if (keys.items[i].n)
            check_field(pass, workload, values_path_key(arena, STR("nodeSelector"), keys.items[i]),
                        STR(""), keys.items[i]);
    }
    for (size_t i = 0; i < yaml_item_count(tolerations); i++) {
        const struct yaml_node *toleration = tolerations->list.items[i];
        struct str key = yaml_text(yaml_value(toleration, "key"));
        bool has_value = yaml_text(yaml_value(toleration, "value")).n;
        struct str path = values_path_index(arena, STR("tolerations"), i);
        path = values_path_key(arena, path, has_value ? STR("value") : STR("key"));
        if (key.n && str_list_has(&keys, key))
            check_field(pass, workload, path, STR("key: "), key);
    }
}

const struct rule_code rule_schedule_hardcoded = {.workload = check};
