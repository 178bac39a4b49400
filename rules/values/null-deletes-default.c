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

/* A map of things with names of their own, labels for instance: templates walk over it, and take
 * entries away from it on purpose. */
static bool is_collection(const struct yaml_node *map)
{
    size_t maps = 0;
    size_t qualified = 0;
    for (size_t i = 0; map->kind == YAML_MAP && i < map->map.count; i++) {
        maps += map->map.entries[i].value->kind == YAML_MAP;
        qualified += str_find_char(map->map.entries[i].key, '/') != STR_NOT_FOUND;
    }
    return map->kind == YAML_MAP && (qualified || maps == map->map.count);
}

/* Templates name what lies in a map of a fixed form, and fail without it. */
static enum severity grade(const struct merged *merged)
{
    const struct yaml_node *deleted = merged->writes[0].node;
    const struct value_write *around = &merged->parent->writes[0];
    if (is_collection(deleted) || (merged->parent->parent && is_collection(around->node)))
        return SEVERITY_INFO;
    return deleted->kind == YAML_MAP ? SEVERITY_ERROR : SEVERITY_WARNING;
}

static void check(struct pass *pass, const struct merged *merged)
{
    const struct value_write *winner = merged_winner(merged);
    const struct value_write *chart = &merged->writes[0];
    bool written_out = winner->node->span.end > winner->node->span.start;
    if (!merged->deletes_default || written_out || yaml_is_blank(chart->node) || hides_file(merged))
        return;
    struct report *report = pass_report(pass, winner->key_span, "message");
    report_severity(report, grade(merged));
    report_values_path(report, merged_path(pass_arena(pass), merged));
    report_argument(report, "kind", str_from_c(yaml_kind_name(chart->node->kind)));
    struct str value = yaml_brief(pass_arena(pass), chart->node, 40);
    report_related(report, chart->node->span, "the default that is deleted: %.*s", STR_ARG(value));
}

const struct rule_code rule_values_null_deletes_default = {.values = check};
