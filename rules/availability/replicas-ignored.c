#include "engine/engine.h"

/* True when a values file says how many there are: that is more exact than what is for all. */
static bool is_written(const struct cause *cause)
{
    if (cause->kind != CAUSE_VALUES || cause->is_missing)
        return false;
    const struct layer *layer = cause->places.items[0].value.layer;
    return !layer || layer->kind != LAYER_CHART;
}

static void check_key(struct pass *pass, const struct workload *workload, double count,
                      struct str key)
{
    struct arena *arena = pass_arena(pass);
    const struct release *release = workload->object->release;
    const struct merged_value wanted = merged_at(pass_values(pass, release), key);
    const struct reads *reads = pass_reads(pass, release);
    if (!wanted.node || wanted.node->kind != YAML_NUMBER || count >= wanted.node->number ||
        !reads || reads->everything || reads_path(arena, reads, key))
        return;
    struct workload_part part = workload_part(arena, workload, STR("replicas"));
    struct cause cause = pass_cause(pass, workload->object, part.path);
    if (cause.kind == CAUSE_UNKNOWN || is_written(&cause))
        return;
    struct report *report = pass_report_part(pass, workload, &part, "message");
    report_values_path(report, key); /* the one that is not taken */
    report_related(report, wanted.node->span, "%.*s is set here", STR_ARG(key));
    report_argument(report, "count", str_format(arena, "%g", count));
    report_argument(report, "key", key);
    report_argument(report, "wanted", yaml_text(wanted.node));
}

static void check(struct pass *pass, const struct workload *workload)
{
    static const char *const kinds[] = {"Deployment", "StatefulSet", "Rollout"};
    const struct object *object = workload->object;
    struct str_list keys = pass_option_strings(pass, "keys");
    double count;
    if (!STR_IS_ONE_OF(object->kind, kinds) || !workload_replicas(workload, &count) || count <= 0 ||
        scaler_of(pass_objects(pass, object->release), object))
        return;
    for (size_t i = 0; i < keys.count; i++)
        check_key(pass, workload, count, keys.items[i]);
}

const struct rule_code rule_availability_replicas_ignored = {.workload = check, .uses_reads = true};
