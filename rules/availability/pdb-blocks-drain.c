#include "engine/engine.h"

#include <math.h>

/* The least number of pods there are; NAN when it is not known. */
static double least_pods(const struct object_list *objects, const struct workload *workload)
{
    double count;
    const struct object *scaler = scaler_of(objects, workload->object);
    if (workload->pods->is_on_every_node || workload->pods->is_to_completion)
        return NAN;
    if (scaler)
        return scaler_least(scaler);
    return workload_replicas(workload, &count) ? count : NAN;
}

/* A number or a share of `count`; NAN when it is none. */
static double amount_of(struct arena *arena, const struct yaml_node *node, double count)
{
    struct str text = yaml_text(node);
    if (node && node->kind == YAML_NUMBER)
        return node->number;
    if (!node || !str_ends_with(text, STR("%")))
        return NAN;
    struct yaml_node share = {.kind = YAML_STRING, .text = str_slice(text, 0, text.n - 1)};
    return ceil(quantity_of(arena, &share) * count / 100);
}

static void check_budget(struct pass *pass, const struct object *budget,
                         const struct workload *workload)
{
    struct arena *arena = pass_arena(pass);
    double count = least_pods(pass_objects(pass, budget->release), workload);
    const struct yaml_node *spec = yaml_value(budget->root, "spec");
    bool says_least = yaml_value(spec, "minAvailable");
    const char *field = says_least ? "minAvailable" : "maxUnavailable";
    const struct yaml_node *node = yaml_value(spec, field);
    double amount = amount_of(arena, node, count);
    bool blocks = says_least ? amount >= count : amount == 0;
    if (isnan(count) || count == 0 || !blocks)
        return;
    struct report *report =
        pass_report_field(pass, budget, str_format(arena, "spec.%s", field), "message");
    report_argument(report, "workload", object_title(arena, workload->object));
    report_argument(report, "field", str_from_c(field));
    report_argument(report, "value", yaml_text(node));
    report_argument(report, "count", str_format(arena, "%g", count));
}

static void check(struct pass *pass, const struct object *object)
{
    if (!str_is(object->kind, "PodDisruptionBudget"))
        return;
    struct workload_list selected =
        selector_workloads(pass_arena(pass), yaml_at(object->root, STR("spec.selector")),
                           pass_workloads(pass, object->release), object->namespace);
    if (selected.count == 1)
        check_budget(pass, object, &selected.items[0]);
}

const struct rule_code rule_availability_pdb_blocks_drain = {.object = check};
