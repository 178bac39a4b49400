#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct layer_use *use;
};

static bool is_false(const struct yaml_node *node)
{
    return node->kind == YAML_BOOL && !node->boolean;
}

static bool is_zero(const struct yaml_node *node)
{
    return node->kind == YAML_NUMBER && !(node->number < 0) && !(node->number > 0);
}

static bool is_empty_text(const struct yaml_node *node)
{
    return node->kind == YAML_STRING && !node->text.n;
}

/* True when the value hides a text of a lower layer or of the chart in each of the releases. */
static bool hides_text(struct search *search, struct str path)
{
    for (size_t i = 0; i < search->use->release_count; i++) {
        const struct merged *merged = pass_values(search->pass, search->use->releases[i]);
        struct merged_value value = merged_at(merged, path);
        const struct value_write *hidden = value.merged ? merged_hidden(value.merged) : NULL;
        if (!hidden || yaml_is_blank(hidden->node))
            return false;
    }
    return search->use->release_count > 0;
}

/* The first `default` over the value; NULL when there is none. */
static const struct read_site *default_of(const struct value_reads *value)
{
    for (size_t i = 0; i < value->charts->count; i++) {
        const struct read_site_list *sites = &value->charts->items[i]->defaults;
        for (size_t k = 0; k < sites->count; k++) {
            for (size_t n = 0; n < value->sets[i].count; n++) {
                if (value->sets[i].items[n] == sites->items[k].node)
                    return &sites->items[k];
            }
        }
    }
    return NULL;
}

static void report_value(struct search *search, const struct value_reads *value,
                         const struct read_site *site)
{
    struct span span = value->node->span;
    struct report *report = pass_report(search->pass, span, site ? "default" : "unset");
    report_values_path(report, value->path);
    report_argument(report, "value", pass_text(search->pass, span));
    if (site)
        report_argument(report, "instead", site->text);
    if (site && site->span.file)
        report_related(report, site->span, "replaced here");
}

static bool visit(void *context, const struct value_reads *value)
{
    struct search *search = context;
    const struct yaml_node *node = value->node;
    unsigned uses = value_uses(value);
    bool is_defaulted = uses & READ_DEFAULTED;
    if (uses & READ_PLAIN)
        return node->kind == YAML_MAP || node->kind == YAML_LIST;
    bool by_default = is_defaulted && !(uses & READ_TESTED) &&
                      (is_false(node) || is_zero(node) ||
                       (is_empty_text(node) && hides_text(search, value->path)));
    bool by_test = is_zero(node) && (uses & READ_TESTED) && (uses & READ_WHOLE);
    if (by_default)
        report_value(search, value, default_of(value));
    else if (by_test)
        report_value(search, value, NULL);
    return true;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    struct search search = {pass, use};
    layer_reads_walk(pass, use, visit, &search);
}

const struct rule_code rule_values_swallowed_value = {.layer = check, .uses_reads = true};
