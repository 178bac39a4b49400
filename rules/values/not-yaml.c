#include "engine/engine.h"

static void check_root(struct pass *pass, const struct layer_use *use)
{
    const struct yaml_node *root = yaml_root(use->layer->stream);
    if (root->kind == YAML_MAP || root->kind == YAML_NULL)
        return;
    struct report *report = pass_report(pass, root->span, "root");
    report_argument(report, "kind", str_from_c(yaml_kind_name(root->kind)));
}

static void check(struct pass *pass, const struct layer_use *use)
{
    if (!use->layer->stream)
        return;
    const struct diagnostics *problems = &use->layer->stream->problems;
    struct report *first = NULL; /* what follows in the file is often only its echo */
    for (size_t i = 0; i < problems->count; i++) {
        const struct diagnostic *problem = &problems->items[i];
        if (problem->severity != SEVERITY_ERROR || str_is(STR("duplicate-key"), problem->kind))
            continue;
        if (first) {
            report_related(first, problem->span, "%.*s", STR_ARG(problem->message));
            continue;
        }
        first = pass_report(pass, problem->span, "problem");
        report_argument(first, "problem", problem->message);
        if (problem->related.file)
            report_related(first, problem->related, "see here");
    }
    if (use->layer->stream->complete)
        check_root(pass, use);
}

const struct rule_code rule_values_not_yaml = {.layer = check};
