#include <stdlib.h>

#include "engine/engine.h"

/* The number as Go prints it: with the fewest digits that mean it. */
static struct str print_number(struct arena *arena, double number)
{
    struct str text = STR("");
    for (int digits = 0; digits <= 16; digits++) {
        text = str_format(arena, "%.*e", digits, number);
        double again = strtod(text.p, NULL);
        if (!(again < number) && !(again > number))
            break;
    }
    return text;
}

/* True when Go writes an exponent (strconv, %g with the shortest precision). */
static bool has_exponent(double number)
{
    double size = number < 0 ? -number : number;
    return size >= 1e6 || (size > 0 && size < 1e-4);
}

/* Whether a template prints just this value. */
static bool is_printed(const struct value_reads *value)
{
    for (size_t i = 0; i < value->charts->count; i++) {
        for (size_t k = 0; k < value->sets[i].count; k++) {
            if (read_node_uses(value->sets[i].items[k]) & READ_PRINTED)
                return true;
        }
    }
    return false;
}

static bool visit(void *context, const struct value_reads *value)
{
    struct pass *pass = context;
    const struct yaml_node *node = value->node;
    if (node->kind != YAML_NUMBER || !has_exponent(node->number) || !is_printed(value))
        return true;
    struct report *report = pass_report(pass, node->span, "message");
    report_values_path(report, value->path);
    report_argument(report, "printed", print_number(pass_arena(pass), node->number));
    return true;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    layer_reads_walk(pass, use, visit, pass);
}

const struct rule_code rule_values_number_format = {.layer = check, .uses_reads = true};
