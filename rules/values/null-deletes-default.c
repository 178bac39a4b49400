#include "engine/engine.h"

/* A values file below the winner that gives a value: then the null hides that one, which is the
 * business of values/empty-override. */
static bool hides_file(const struct merged *merged)
{
    for (size_t i = 1; i + 1 < merged->write_count; i++) {
        if (!yaml_is_blank(merged->writes[i].node))
            return true;
    }
    return false;
}

static void check(struct pass *pass, const struct merged *merged)
{
    const struct value_write *winner = merged_winner(merged);
    const struct value_write *chart = &merged->writes[0];
    bool written_out = winner->node->span.end > winner->node->span.start;
    if (!merged->deletes_default || written_out || yaml_is_blank(chart->node) || hides_file(merged))
        return;
    struct report *report = pass_report(pass, winner->key_span, "message");
    report_values_path(report, merged_path(pass_arena(pass), merged));
    report_argument(report, "kind", str_from_c(yaml_kind_name(chart->node->kind)));
    struct str value = yaml_brief(pass_arena(pass), chart->node, 40);
    report_related(report, chart->node->span, "the default that is deleted: %.*s", STR_ARG(value));
}

const struct rule_code rule_values_null_deletes_default = {.values = check};
