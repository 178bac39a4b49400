#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct layer_use *use;
    struct str_list keys;
};

static bool is_secret_path(struct search *search, const struct layer_value *value)
{
    struct arena *arena = pass_arena(search->pass);
    struct str key = str_lower(arena, layer_value_key(value));
    if (str_list_has(&search->keys, key))
        return true;
    struct str above = value->parent ? layer_value_key(value->parent) : STR("");
    struct str joined = str_format(arena, "%.*s.%.*s", STR_ARG(above), STR_ARG(key));
    return str_list_has(&search->keys, str_lower(arena, joined));
}

static bool has_segment(struct str path, struct str name)
{
    while (name.n && path.p) {
        if (str_equal(str_cut(&path, '/'), name))
            return true;
    }
    return false;
}

/* "shop/dev" in "shop/dev/web" and in "secret/shop/dev", at slashes only. */
static bool has_path(struct str path, struct str part)
{
    if (!part.n)
        return false;
    for (struct str rest = path; rest.p && rest.n >= part.n;) {
        size_t at = str_find(rest, part);
        if (at == STR_NOT_FOUND)
            return false;
        bool starts = at == 0 || rest.p[at - 1] == '/';
        bool ends = at + part.n == rest.n || rest.p[at + part.n] == '/';
        if (starts && ends)
            return true;
        rest = str_from(rest, at + 1);
    }
    return false;
}

/* The namespace of another environment is a name wherever it stands: env/foreign-literal tells. */
static bool leads_to(struct str path, const struct config_environment *environment)
{
    return has_path(path, environment->vault_path) || has_segment(path, environment->name);
}

static bool visit(void *context, const struct layer_value *value)
{
    struct search *search = context;
    const struct config_environment *own = search->use->environment;
    struct str text = value->node->text;
    if (value->node->kind != YAML_STRING || !is_secret_path(search, value) || leads_to(text, own) ||
        has_segment(text, own->namespace))
        return true;
    const struct config *config = pass_model(search->pass)->config;
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *other = &config->environments.items[i];
        if (other->cluster_scope || !leads_to(text, other))
            continue;
        struct report *report = pass_report(search->pass, value->node->span, "message");
        report_values_path(report, layer_value_path(pass_arena(search->pass), value));
        report_argument(report, "text", text);
        report_argument(report, "other", other->name);
        report_argument(report, "own", own->name);
        if (other->span.file)
            report_related(report, other->span, "%.*s is described here", STR_ARG(other->name));
        break;
    }
    return true;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    bool own = use->environment && !use->environment->cluster_scope;
    if (!own || use->layer->kind != LAYER_FILE)
        return;
    struct search search = {pass, use, pass_option_strings(pass, "keys")};
    layer_walk(use->layer, visit, &search);
}

const struct rule_code rule_secrets_cross_environment_path = {.layer = check};
