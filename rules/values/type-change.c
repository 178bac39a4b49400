#include "engine/engine.h"

enum shape { SHAPE_NOTHING, SHAPE_SCALAR, SHAPE_LIST, SHAPE_MAP };

/* What is blank or switched off (false) has no shape that another layer could contradict. */
static enum shape shape_of(const struct yaml_node *node)
{
    if (yaml_is_blank(node) || (node->kind == YAML_BOOL && !node->boolean))
        return SHAPE_NOTHING;
    if (node->kind == YAML_MAP)
        return SHAPE_MAP;
    return node->kind == YAML_LIST ? SHAPE_LIST : SHAPE_SCALAR;
}

static void check(struct pass *pass, const struct merged *merged)
{
    const struct value_write *below = NULL;
    for (size_t i = 0; i < merged->write_count; i++) {
        const struct value_write *write = &merged->writes[i];
        enum shape shape = shape_of(write->node);
        if (shape == SHAPE_NOTHING)
            continue;
        if (below && shape != shape_of(below->node)) {
            struct report *report = pass_report(pass, write->node->span, "message");
            const char *other = yaml_kind_name(below->node->kind);
            report_values_path(report, merged_path(pass_arena(pass), merged));
            report_argument(report, "kind", str_from_c(yaml_kind_name(write->node->kind)));
            report_argument(report, "other", str_from_c(other));
            report_related(report, below->node->span, "a %s here%s", other,
                           below->layer->kind == LAYER_CHART ? ", in the chart's defaults" : "");
        }
        below = write;
    }
}

const struct rule_code rule_values_type_change = {.values = check};
