#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct layer *layer;
    const struct identities *identities;
};

static void report_wrong(struct search *search, const struct layer_value *value, struct span span,
                         struct str text, const struct config_environment *environment,
                         struct str right, const char *kind)
{
    struct report *report = pass_report(search->pass, span, "message");
    report_values_path(report, layer_value_path(pass_arena(search->pass), value));
    report_argument(report, "text", text);
    report_argument(report, "kind", str_from_c(kind));
    report_argument(report, "environment", environment->name);
    report_argument(report, "right", right);
    if (environment->span.file)
        report_related(report, environment->span, "%.*s is described here",
                       STR_ARG(environment->name));
}

static bool is_called(const struct config_environment *environment, struct str text)
{
    return str_equal(environment->name, text) || str_equal(environment->pool, text) ||
           str_equal(environment->taint, text);
}

/* A pool or a taint that no environment has, but that is another name of one. */
static void check_column(struct search *search, const struct layer_value *value, bool pool)
{
    const struct map *known = pool ? &search->identities->pools : &search->identities->taints;
    struct str text = yaml_text(value->node);
    const struct config *config = search->identities->config;
    if (!text.n || map_has(known, text))
        return;
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        struct str right = pool ? environment->pool : environment->taint;
        if (right.n && is_called(environment, text)) {
            report_wrong(search, value, value->node->span, text, environment, right,
                         pool ? "pool" : "taint");
            return;
        }
    }
}

static void check_text(struct search *search, const struct layer_value *value, struct str text,
                       struct span whole)
{
    struct identity_match match;
    for (size_t at = 0; identities_next(search->identities, text, true, &at, &match);) {
        struct str found = str_slice(text, match.start, match.end);
        report_wrong(search, value, file_text_span(search->layer->file, whole, found), found,
                     match.identity->environment, match.identity->right,
                     identity_kind_name(match.identity->kind));
    }
}

static bool visit(void *context, const struct layer_value *value)
{
    struct search *search = context;
    if (identities_is_pool(search->identities, value))
        check_column(search, value, true);
    else if (identities_is_taint(search->identities, value))
        check_column(search, value, false);
    if (value->entry)
        check_text(search, value, value->entry->key, value->entry->key_span);
    if (value->node->kind == YAML_STRING)
        check_text(search, value, value->node->text, value->node->span);
    return true;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    if (use->layer->kind != LAYER_FILE)
        return;
    struct search search = {pass, use->layer, pass_model(pass)->identities};
    layer_walk(use->layer, visit, &search);
}

/* What a template says or puts together; what stands in a values file was told there. */
static void check_rendered(struct pass *pass, const struct object_text *text,
                           const struct identity_match *match)
{
    struct str name = str_slice(text->text, match->start, match->end);
    struct str field = layer_value_path(pass_arena(pass), text->value);
    struct text_part part = text_part_of(text->text, name);
    struct cause cause = pass_cause_of(pass, text->object, field, part);
    size_t at = 0;
    if (cause.kind == CAUSE_UNKNOWN || cause_next_value(&cause, name, &at))
        return;
    struct report *report = pass_report_text(pass, text->object, field, part, "message");
    report_argument(report, "kind", str_from_c(identity_kind_name(match->identity->kind)));
    report_argument(report, "environment", match->identity->environment->name);
    report_argument(report, "right", match->identity->right);
}

static void visit_text(void *context, const struct object_text *text)
{
    struct pass *pass = context;
    struct identity_match match;
    for (size_t at = 0;
         identities_next(pass_model(pass)->identities, text->text, true, &at, &match);) {
        if (!text_is_comment(text->text, match.start))
            check_rendered(pass, text, &match);
    }
}

static void check_object(struct pass *pass, const struct object *object)
{
    object_texts_walk(object, visit_text, pass);
}

const struct rule_code rule_env_name_matrix = {.layer = check, .object = check_object};
