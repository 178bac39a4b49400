#include "engine/engine.h"

struct outputs {
    struct pass *pass;
    struct infra_output_list terraform, bicep;
};

/* Outputs of one deployment: the files have the same name, or there is one of each. */
static bool are_of_one(const struct outputs *outputs, const struct infra_output *a,
                       const struct infra_output *b)
{
    const struct infra_output_list *lists[] = {&outputs->terraform, &outputs->bicep};
    bool is_single = true;
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < lists[i]->count; k++)
            is_single = is_single && str_equal(lists[i]->items[k].file, lists[i]->items[0].file);
    }
    return is_single || str_equal(path_name(a->file), path_name(b->file));
}

/* The output of the same name on the other side; *ret_is_compared says whether there is a file of
 * the same deployment at all. */
static const struct infra_output *find_other(const struct outputs *outputs,
                                             const struct infra_output *output,
                                             const struct infra_output_list *others,
                                             bool *ret_is_compared)
{
    const struct infra_output *found = NULL;
    *ret_is_compared = false;
    for (size_t i = 0; i < others->count; i++) {
        const struct infra_output *other = &others->items[i];
        bool is_of_one = are_of_one(outputs, output, other);
        *ret_is_compared = *ret_is_compared || is_of_one;
        if (is_of_one && infra_names_are_same(output->name, other->name))
            found = other;
    }
    return found;
}

static void report_output(const struct outputs *outputs, const struct infra_output *output,
                          const struct infra_output *other, const char *other_side,
                          const char *message)
{
    struct report *report = pass_report(outputs->pass, output->span, message);
    report_argument(report, "name", output->name);
    report_argument(report, "text", output->text);
    report_argument(report, "side", str_from_c(other_side));
    if (other) {
        report_argument(report, "other", other->text);
        report_related(report, other->span, "the other one");
    }
}

static void check(struct pass *pass)
{
    struct str_list terraform = pass_option_strings(pass, "terraform");
    struct str_list bicep = pass_option_strings(pass, "bicep");
    struct outputs outputs = {.pass = pass};
    outputs.terraform =
        infra_outputs_read(pass_arena(pass), pass_tree(pass), pass_paths(pass), &terraform);
    outputs.bicep = infra_outputs_read(pass_arena(pass), pass_tree(pass), pass_paths(pass), &bicep);
    bool is_compared;
    for (size_t i = 0; i < outputs.terraform.count; i++) {
        const struct infra_output *output = &outputs.terraform.items[i];
        if (!find_other(&outputs, output, &outputs.bicep, &is_compared) && is_compared)
            report_output(&outputs, output, NULL, "Bicep", "missing");
    }
    for (size_t i = 0; i < outputs.bicep.count; i++) {
        const struct infra_output *output = &outputs.bicep.items[i];
        const struct infra_output *other =
            find_other(&outputs, output, &outputs.terraform, &is_compared);
        if (!other && is_compared)
            report_output(&outputs, output, NULL, "Terraform", "missing");
        else if (other && !str_equal(other->text, output->text))
            report_output(&outputs, output, other, "Terraform", "differs");
    }
}

const struct rule_code rule_infra_outputs_differ = {.repository = check};
