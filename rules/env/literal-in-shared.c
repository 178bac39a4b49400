#include "engine/engine.h"

/* All names in one file are one finding: the first is the place, the others are related. */
struct search {
    struct pass *pass;
    const struct layer_use *use;
    const struct identities *identities;
    struct str_list except;
    struct report *report;
};

static bool is_excepted(const struct search *search, const struct layer_value *value)
{
    return glob_match_any(&search->except, layer_value_path(pass_arena(search->pass), value));
}

static void note(struct search *search, const struct layer_value *value, struct span span,
                 struct str text, const struct identity *identity)
{
    const char *kind = identity_kind_name(identity->kind);
    struct str name = identity->environment->name;
    if (is_excepted(search, value))
        return;
    if (search->report) {
        report_related(search->report, span, "%.*s is the %s of %.*s", STR_ARG(text), kind,
                       STR_ARG(name));
        return;
    }
    search->report = pass_report(search->pass, span, "message");
    report_values_path(search->report, layer_value_path(pass_arena(search->pass), value));
    report_argument(search->report, "text", text);
    report_argument(search->report, "kind", str_from_c(kind));
    report_argument(search->report, "other", name);
}

static void check_text(struct search *search, const struct layer_value *value, struct str text,
                       struct span whole)
{
    struct identity_match match;
    for (size_t at = 0; identities_next(search->identities, text, false, &at, &match);) {
        struct str found = str_slice(text, match.start, match.end);
        note(search, value, file_text_span(search->use->layer->file, whole, found), found,
             match.identity);
    }
}

static bool visit(void *context, const struct layer_value *value)
{
    struct search *search = context;
    const struct yaml_node *node = value->node;
    if (value->entry)
        check_text(search, value, value->entry->key, value->entry->key_span);
    const struct identity *structured = identities_of_value(search->identities, value);
    if (structured)
        note(search, value, node->span, node->text, structured);
    else if (node->kind == YAML_STRING)
        check_text(search, value, node->text, node->span);
    return true;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    if (!use->shared || use->layer->kind != LAYER_FILE || !layer_use_is_of_several(use))
        return;
    struct search search = {pass, use, pass_model(pass)->identities,
                            pass_option_strings(pass, "except"), NULL};
    layer_walk(use->layer, visit, &search);
}

const struct rule_code rule_env_literal_in_shared = {.layer = check};
