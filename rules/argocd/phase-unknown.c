#include "engine/engine.h"

static const struct yaml_node *steps_of(const struct application_set *set)
{
    const struct yaml_node *steps = yaml_at(set->node, STR("spec.strategy.rollingSync.steps"));
    struct str type = yaml_text(yaml_at(set->node, STR("spec.strategy.type")));
    return str_is(type, "RollingSync") && steps && steps->kind == YAML_LIST ? steps : NULL;
}

static bool has_value(const struct yaml_node *values, struct str phase)
{
    for (size_t i = 0; values && values->kind == YAML_LIST && i < values->list.count; i++) {
        if (str_equal(yaml_text(values->list.items[i]), phase))
            return true;
    }
    return false;
}

/* True when the step selects the phase, or says something else than lists of values. */
static bool may_select(const struct yaml_node *step, struct str phase)
{
    const struct yaml_node *expressions = yaml_value(step, "matchExpressions");
    if (!expressions || expressions->kind != YAML_LIST || !expressions->list.count)
        return true;
    for (size_t i = 0; i < expressions->list.count; i++) {
        const struct yaml_node *expression = expressions->list.items[i];
        bool lists = str_is(yaml_text(yaml_value(expression, "operator")), "In");
        if (!lists || has_value(yaml_value(expression, "values"), phase))
            return true;
    }
    return false;
}

static bool is_step(const struct yaml_node *steps, struct str phase)
{
    for (size_t i = 0; i < steps->list.count; i++) {
        if (may_select(steps->list.items[i], phase))
            return true;
    }
    return false;
}

static void check_application(struct pass *pass, const struct application_set_list *sets,
                              const struct application *application)
{
    struct str key = pass_option_string(pass, "key");
    const struct yaml_entry *phase = yaml_find(application->component, key);
    const struct file *file = tree_file(pass_tree(pass), application->component->span.file);
    for (size_t i = 0; phase && i < sets->count; i++) {
        const struct application_set *set = &sets->items[i];
        const struct yaml_node *steps = steps_of(set);
        if (!steps || !str_list_has(&set->files, file->path) ||
            is_step(steps, yaml_text(phase->value)))
            continue;
        struct report *report = pass_report(pass, phase->value->span, "message");
        report_argument(report, "application", application->name);
        report_argument(report, "phase", yaml_text(phase->value));
        report_argument(report, "set", set->name);
        report_related(report, steps->span, "the steps");
        report_only_for_all(report, application);
    }
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct application_set_list sets =
        application_sets_find(pass_arena(pass), pass_tree(pass), model->config);
    for (size_t i = 0; i < model->application_count; i++) {
        if (model->applications[i].component)
            check_application(pass, &sets, &model->applications[i]);
    }
}

const struct rule_code rule_argocd_phase_unknown = {.repository = check};
