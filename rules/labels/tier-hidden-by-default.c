#include "engine/engine.h"

/* True when some layer, or the chart's defaults, give the release a tier. */
static bool has_tier(struct pass *pass, const struct release *release)
{
    struct str key = pass_option_string(pass, "key");
    return yaml_text(merged_at(pass_values(pass, release), key).node).n;
}

static void check(struct pass *pass, const struct workload *workload)
{
    struct arena *arena = pass_arena(pass);
    struct str label = pass_model(pass)->config->label_tier;
    if (!label.n || has_tier(pass, workload->object->release))
        return;
    struct str path = values_path_key(arena, STR("labels"), label);
    struct workload_part part = workload_part(arena, workload, path);
    if (!yaml_text(part.node).n)
        return;
    struct cause cause = pass_cause(pass, workload->object, part.path);
    bool is_asked = cause.kind == CAUSE_VALUES && cause.places.items[0].is_nowhere;
    if (!is_asked)
        return;
    struct report *report = pass_report_part(pass, workload, &part, "message");
    report_argument(report, "value", yaml_text(part.node));
}

const struct rule_code rule_labels_tier_hidden_by_default = {.workload = check};
