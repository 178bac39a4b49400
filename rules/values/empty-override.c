#include "engine/engine.h"

/* What became of the inherited value of one path, from the lowest layer up. */
struct outcome {
    const struct value_write *empty;  /* the write that wipes it, or that pretends to; NULL: none */
    const struct value_write *hidden; /* what it hides */
    bool wiped;
};

static struct outcome follow(const struct merged *merged)
{
    struct outcome outcome = {0};
    const struct value_write *inherited = NULL;
    for (size_t i = 0; i < merged->write_count; i++) {
        const struct value_write *write = &merged->writes[i];
        if (write->layer->kind == LAYER_CHART)
            continue;
        if (!yaml_is_blank(write->node)) {
            inherited = write;
            outcome = (struct outcome){0};
        } else if (inherited && !outcome.wiped) {
            bool wiped = write->node->kind != YAML_MAP || inherited->node->kind != YAML_MAP;
            if (wiped || !outcome.empty)
                outcome = (struct outcome){write, inherited, wiped};
        }
    }
    return outcome;
}

/* A file that empties what more releases share than load the file itself says what it means, unless
 * it is about one of the keys that keep environments apart. */
static bool is_deliberate(struct pass *pass, const struct merged *merged,
                          const struct outcome *outcome)
{
    struct str_list keys = pass_option_strings(pass, "keys");
    const struct layer_use *empty = pass_layer_use(pass, outcome->empty->layer);
    const struct layer_use *hidden = pass_layer_use(pass, outcome->hidden->layer);
    bool narrower = empty->environment || empty->release_count < hidden->release_count;
    return narrower && !hidden->environment && !str_list_has(&keys, merged->key);
}

static void check(struct pass *pass, const struct merged *merged)
{
    if (!yaml_is_blank(merged_winner(merged)->node) || !merged->parent)
        return;
    struct outcome outcome = follow(merged);
    if (!outcome.empty)
        return;
    struct span span = value_span(outcome.empty->node, outcome.empty->key_span);
    const char *kind = yaml_kind_name(outcome.hidden->node->kind);
    struct report *report = pass_report(pass, span, outcome.wiped ? "wiped" : "merged");
    report_values_path(report, merged_path(pass_arena(pass), merged));
    report_argument(report, "kind", str_from_c(kind));
    report_related(report, outcome.hidden->node->span,
                   outcome.wiped ? "hides this %s" : "this %s stays as it is", kind);
    if (!outcome.wiped || is_deliberate(pass, merged, &outcome))
        report_severity(report, SEVERITY_INFO);
}

const struct rule_code rule_values_empty_override = {.values = check};
