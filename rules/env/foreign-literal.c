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
        if (!config_is_foreign(search->use->environment, match.identity->environment))
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
    if (structured && config_is_foreign(search->use->environment, structured->environment))
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

/* --- what is rendered: literals of templates and defaults, names that templates put together ---
 */

/* True when the name stands in a value of a file that was looked at as such. */
static bool is_told(struct pass *pass, const struct cause *cause, struct str name)
{
    const struct merged_value *value;
    for (size_t at = 0; (value = cause_next_value(cause, name, &at));) {
        const struct layer_use *use = pass_layer_use(pass, value->layer);
        if (use->environment || layer_use_is_of_several(use))
            return true;
    }
    return cause->kind == CAUSE_UNKNOWN;
}

/* A domain before a slash, with no scheme before it, begins a label's key or an image's name. */
static bool is_prefix(struct str text, const struct identity_match *match)
{
    bool is_url = match->start > 1 && text.p[match->start - 1] == '/';
    return match->identity->kind == IDENTITY_HOST && !is_url && match->end < text.n &&
           text.p[match->end] == '/';
}

static bool is_excepted(struct pass *pass, const struct cause *cause, struct str field)
{
    struct str_list except = pass_option_strings(pass, "except");
    bool is_of_value = cause->kind == CAUSE_VALUES;
    return glob_match_any(&except, field) ||
           (is_of_value && glob_match_any(&except, cause->places.items[0].path));
}

static void check_rendered(struct pass *pass, const struct object_text *text,
                           const struct identity_match *match)
{
    struct str name = str_slice(text->text, match->start, match->end);
    struct str field = layer_value_path(pass_arena(pass), text->value);
    struct text_part part = text_part_of(text->text, name);
    struct cause cause = pass_cause_of(pass, text->object, field, part);
    if (is_told(pass, &cause, name) || is_excepted(pass, &cause, field))
        return;
    struct report *report = pass_report_text(pass, text->object, field, part, "rendered");
    report_argument(report, "kind", str_from_c(identity_kind_name(match->identity->kind)));
    report_argument(report, "other", match->identity->environment->name);
}

static void visit_text(void *context, const struct object_text *text)
{
    struct pass *pass = context;
    const struct config_environment *own = text->object->release->environment;
    struct identity_match match;
    for (size_t at = 0;
         identities_next(pass_model(pass)->identities, text->text, false, &at, &match);) {
        if (config_is_foreign(own, match.identity->environment) && !is_prefix(text->text, &match) &&
            !text_is_comment(text->text, match.start))
            check_rendered(pass, text, &match);
    }
}

static void check_object(struct pass *pass, const struct object *object)
{
    object_texts_walk(object, visit_text, pass);
}

const struct rule_code rule_env_foreign_literal = {.layer = check, .object = check_object};
