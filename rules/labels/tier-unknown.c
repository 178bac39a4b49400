#include "engine/engine.h"

static void check(struct pass *pass, const struct layer_use *use)
{
    const struct str_list *tiers = &pass_model(pass)->config->tiers;
    struct str key = pass_option_string(pass, "key");
    if (!tiers->count || use->layer->kind != LAYER_FILE)
        return;
    const struct yaml_node *node = yaml_at(use->layer->root, key);
    struct str tier = yaml_text(node);
    if (!tier.n || str_list_has(tiers, tier))
        return;
    struct str near = similar_find(tier, tiers->items, tiers->count);
    struct report *report = pass_report(pass, node->span, near.p ? "near" : "message");
    report_values_path(report, key);
    report_argument(report, "tier", tier);
    report_argument(report, "near", near);
    report_argument(report, "tiers", str_list_join(pass_arena(pass), tiers, STR(", ")));
}

const struct rule_code rule_labels_tier_unknown = {.layer = check};
