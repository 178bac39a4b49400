#include "engine/engine.h"

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

static void check_component(struct pass *pass, const struct component_set *pair)
{
    const struct application *application = pair->application;
    const struct yaml_entry *phase =
        yaml_find(application->component, pass_option_string(pass, "key"));
    const struct yaml_node *steps = application_set_steps(pair->set->node);
    if (!phase || !steps || is_step(steps, yaml_text(phase->value)))
        return;
    struct report *report = pass_report(pass, phase->value->span, "message");
    report_argument(report, "application", application->name);
    report_argument(report, "phase", yaml_text(phase->value));
    report_argument(report, "set", pair->set->name);
    report_related(report, steps->span, "the steps");
    report_only_for_all(report, application);
}

/* The label that the steps ask for; the name when it has none. */
static struct span label_span(const struct yaml_node *steps, const struct yaml_node *labels,
                              struct span fallback)
{
    for (size_t i = 0; i < steps->list.count; i++) {
        const struct yaml_node *expressions = yaml_value(steps->list.items[i], "matchExpressions");
        for (size_t k = 0; k < yaml_item_count(expressions); k++) {
            struct str key = yaml_text(yaml_value(expressions->list.items[k], "key"));
            const struct yaml_entry *label = yaml_find(labels, key);
            if (label)
                return label->value->span;
        }
    }
    return fallback;
}

static void check_deployed(struct pass *pass, const struct release *release)
{
    const struct deployment *deployment = release->deployment;
    const struct yaml_node *steps =
        deployment && deployment->set ? application_set_steps(deployment->set) : NULL;
    const struct yaml_node *labels =
        steps ? yaml_at(deployment->manifest, STR("metadata.labels")) : NULL;
    if (!steps || application_set_step(steps, labels))
        return;
    struct report *report =
        pass_report(pass, label_span(steps, labels, deployment->span), "unselected");
    report_argument(report, "set", yaml_text(yaml_at(deployment->set, STR("metadata.name"))));
    report_related(report, steps->span, "the steps");
    report_only_for(report, release);
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct component_set_list pairs = component_sets_find(pass_arena(pass), pass_tree(pass), model);
    for (size_t i = 0; i < pairs.count; i++)
        check_component(pass, &pairs.items[i]);
    for (size_t i = 0; i < model->release_count; i++)
        check_deployed(pass, &model->releases[i]);
}

const struct rule_code rule_argocd_phase_unknown = {.repository = check};
