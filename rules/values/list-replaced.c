#include "engine/engine.h"

/* True when two items stand for the same thing: equal, or maps with the same name (key, id …). */
static bool is_same_item(const struct yaml_node *a, const struct yaml_node *b,
                         const struct str_list *identity)
{
    if (yaml_equal(a, b))
        return true;
    for (size_t i = 0; i < identity->count; i++) {
        const struct yaml_entry *left = yaml_find(a, identity->items[i]);
        const struct yaml_entry *right = yaml_find(b, identity->items[i]);
        if (left || right)
            return left && right && yaml_equal(left->value, right->value);
    }
    return false;
}

static bool has_item(const struct yaml_node *list, const struct yaml_node *item,
                     const struct str_list *identity)
{
    for (size_t i = 0; i < list->list.count; i++) {
        if (is_same_item(list->list.items[i], item, identity))
            return true;
    }
    return false;
}

static const struct value_write *replaced_list(const struct merged *merged)
{
    const struct value_write *winner = merged_winner(merged);
    const struct value_write *hidden = merged_hidden(merged);
    bool lists = hidden && hidden->layer->kind == LAYER_FILE && hidden->node->kind == YAML_LIST &&
                 winner->node->kind == YAML_LIST;
    return lists && hidden->node->list.count && winner->node->list.count ? hidden : NULL;
}

static void report_lost(struct pass *pass, const struct merged *merged,
                        const struct yaml_node *lost)
{
    struct report *report = pass_report(pass, merged_winner(merged)->node->span, "message");
    report_values_path(report, merged_path(pass_arena(pass), merged));
    struct str item = yaml_brief(pass_arena(pass), lost, 60);
    report_related(report, lost->span, "lost: %.*s", STR_ARG(item));
}

enum { MOST_ITEMS = 200 }; /* longer lists are data, and comparing them costs their square */

static void check(struct pass *pass, const struct merged *merged)
{
    const struct value_write *hidden = replaced_list(merged);
    if (!hidden || hidden->node->list.count > MOST_ITEMS)
        return;
    const struct layer_use *above = pass_layer_use(pass, merged_winner(merged)->layer);
    if (above->shared && pass_layer_use(pass, hidden->layer)->environment)
        return; /* values/shared-hides-globals */
    struct str_list identity = pass_option_strings(pass, "identity");
    const struct yaml_node *winner = merged_winner(merged)->node;
    size_t kept = 0;
    for (size_t i = 0; i < hidden->node->list.count; i++)
        kept += has_item(winner, hidden->node->list.items[i], &identity);
    for (size_t i = 0; kept && i < hidden->node->list.count; i++) {
        if (!has_item(winner, hidden->node->list.items[i], &identity))
            report_lost(pass, merged, hidden->node->list.items[i]);
    }
}

const struct rule_code rule_values_list_replaced = {.values = check};
