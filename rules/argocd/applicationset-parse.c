#include "engine/engine.h"

static void report_problems(struct pass *pass, const struct yaml_stream *stream)
{
    for (size_t i = 0; i < stream->problems.count; i++) {
        const struct diagnostic *problem = &stream->problems.items[i];
        if (problem->severity != SEVERITY_ERROR)
            continue;
        struct report *report = pass_report(pass, problem->span, "message");
        report_argument(report, "problem", problem->message);
        return; /* the others follow from the first */
    }
}

static void check_source(struct pass *pass, const struct yaml_node *source)
{
    const struct yaml_node *files = yaml_at(source, STR("helm.valueFiles"));
    if (!files || files->kind == YAML_LIST || files->kind == YAML_NULL)
        return;
    struct report *report = pass_report(pass, files->span, "files");
    report_argument(report, "kind", str_from_c(yaml_kind_name(files->kind)));
}

static void check_set(struct pass *pass, const struct yaml_node *set)
{
    const struct yaml_node *spec = yaml_at(set, STR("spec.template.spec"));
    const struct yaml_node *sources = yaml_value(spec, "sources");
    const struct yaml_node *source = yaml_value(spec, "source");
    if (source)
        check_source(pass, source);
    for (size_t i = 0; sources && sources->kind == YAML_LIST && i < sources->list.count; i++)
        check_source(pass, sources->list.items[i]);
}

static void check(struct pass *pass)
{
    struct application_set_list sets =
        application_sets_find(pass_arena(pass), pass_tree(pass), pass_model(pass)->config);
    for (size_t i = 0; i < sets.count; i++) {
        bool first = i == 0 || sets.items[i].file != sets.items[i - 1].file;
        if (first)
            report_problems(pass, sets.items[i].stream);
        check_set(pass, sets.items[i].node);
    }
}

const struct rule_code rule_argocd_applicationset_parse = {.repository = check};
