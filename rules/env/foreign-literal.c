#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct layer_use *use;
    const struct identities *identities;
    struct str_list except;
};

static void report_identity(struct search *search, const struct layer_value *value,
                            struct span span, struct str text, const struct identity *identity)
{
    struct str path = layer_value_path(pass_arena(search->pass), value);
    if (glob_match_any(&search->except, path))
        return;
    struct report *report = pass_report(search->pass, span, "message");
    report_values_path(report, path);
    report_argument(report, "text", text);
    report_argument(report, "kind", str_from_c(identity_kind_name(identity->kind)));
    report_argument(report, "other", identity->environment->name);
    report_argument(report, "own", search->use->environment->name);
    if (identity->environment->span.file)
        report_related(report, identity->environment->span, "%.*s is described here",
                       STR_ARG(identity->environment->name));
}

/* The first name of each text that belongs to another environment. */
static void check_text(struct search *search, const struct layer_value *value, struct str text,
                       struct span whole)
{
    struct identity_match match;
    for (size_t at = 0; identities_next(search->identities, text, false, &at, &match);) {
        if (match.identity->environment == search->use->environment)
            continue;
        struct str found = str_slice(text, match.start, match.end);
        report_identity(search, value, file_text_span(search->use->layer->file, whole, found),
                        found, match.identity);
        return;
    }
}

static bool visit(void *context, const struct layer_value *value)
{
    struct search *search = context;
    const struct yaml_node *node = value->node;
    if (value->entry)
        check_text(search, value, value->entry->key, value->entry->key_span);
    const struct identity *structured = identities_of_value(search->identities, value);
    if (structured && structured->environment != search->use->environment)
        report_identity(search, value, node->span, node->text, structured);
    else if (node->kind == YAML_STRING)
        check_text(search, value, node->text, node->span);
    return true;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    bool own = use->environment && !use->environment->cluster_scope;
    if (!own || use->layer->kind != LAYER_FILE)
        return;
    struct search search = {pass, use, pass_model(pass)->identities,
                            pass_option_strings(pass, "except")};
    layer_walk(use->layer, visit, &search);
}

const struct rule_code rule_env_foreign_literal = {.layer = check};
