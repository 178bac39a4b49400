#include "engine/engine.h"

static void check(struct pass *pass, const struct merged *merged)
{
    const struct merged *tag = merged_child_above(merged, STR("tag"), STR("digest"));
    const struct merged *digest = merged_child(merged, STR("digest"));
    if (!tag || !str_starts_with(yaml_text(merged_winner(digest)->node), STR("sha256:")))
        return;
    const struct value_write *wrong = merged_winner(tag);
    const struct value_write *kept = merged_winner(digest);
    struct report *report = pass_report(pass, value_span(wrong->node, wrong->key_span), "message");
    report_values_path(report, merged_path(pass_arena(pass), tag));
    report_argument(report, "value", yaml_text(wrong->node));
    report_related(report, value_span(kept->node, kept->key_span), "the digest");
}

const struct rule_code rule_images_tag_and_digest_mismatch = {.values = check};
