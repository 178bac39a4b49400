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

/* The environment that the path leads to, which is not the own one; NULL when it leads to none. */
static const struct config_environment *find_foreign(struct pass *pass, struct str text,
                                                     const struct config_environment *own)
{
    const struct config *config = pass_model(pass)->config;
    if (leads_to(text, own) || has_segment(text, own->namespace))
        return NULL;
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *other = &config->environments.items[i];
        if (config_is_foreign(own, other) && leads_to(text, other))
            return other;
    }
    return NULL;
}

static void describe(struct report *report, struct str text, const struct config_environment *other,
                     const struct config_environment *own)
{
    report_argument(report, "text", text);
    report_argument(report, "other", other->name);
    report_argument(report, "own", own->name);
    if (other->span.file)
        report_related(report, other->span, "%.*s is described here", STR_ARG(other->name));
}

static bool visit(void *context, const struct layer_value *value)
{
    struct search *search = context;
    const struct config_environment *own = search->use->environment;
    struct str text = value->node->text;
    if (value->node->kind != YAML_STRING || !is_secret_path(search, value))
        return true;
    const struct config_environment *other = find_foreign(search->pass, text, own);
    if (!other)
        return true;
    struct report *report = pass_report(search->pass, value->node->span, "message");
    report_values_path(report, layer_value_path(pass_arena(search->pass), value));
    describe(report, text, other, own);
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

/* Of what the path was made of, the value that leads into the other environment; NULL: the template
 * does. */
static const struct cause_place *find_place(const struct cause *cause,
                                            const struct config_environment *other)
{
    for (size_t i = 0; i < cause->places.count; i++) {
        const struct cause_place *place = &cause->places.items[i];
        struct str text = yaml_text(place->value.node);
        if (place->kind == CAUSE_VALUES && text.n && leads_to(text, other))
            return place;
    }
    return NULL;
}

static void report_value(struct pass *pass, const struct secret_text *path,
                         const struct cause_place *place, const struct config_environment *other)
{
    struct str text = yaml_text(place->value.node);
    bool is_long = str_find_char(text, '\n') != STR_NOT_FOUND;
    struct report *report = pass_report(pass, place->value.node->span, "value");
    report_values_path(report, place->path);
    report_only_for(report, path->object->release);
    describe(report, is_long ? path->text : text, other, path->object->release->environment);
}

static void report_template(struct pass *pass, const struct secret_text *path,
                            const struct cause *cause, const struct config_environment *other)
{
    bool has_line = cause->steps.count && cause->steps.items[0].span.file;
    struct report *report = has_line
                                ? pass_report(pass, cause->steps.items[0].span, "template")
                                : pass_report_field(pass, path->object, path->field, "template");
    report_only_for(report, path->object->release);
    report_argument(report, "object", object_title(pass_arena(pass), path->object));
    describe(report, path->text, other, path->object->release->environment);
}

static void check_rendered(struct pass *pass, const struct secret_text *path)
{
    const struct config_environment *own = path->object->release->environment;
    const struct config_environment *other = find_foreign(pass, path->text, own);
    if (!other || own->cluster_scope)
        return;
    struct cause cause = pass_cause(pass, path->object, path->field);
    const struct cause_place *place = find_place(&cause, other);
    if (place)
        report_value(pass, path, place, other);
    else
        report_template(pass, path, &cause, other);
}

/* Paths that templates put together, and those of files that several environments load. */
static void check_objects(struct pass *pass)
{
    const struct secret_facts *facts = &pass_secrets(pass)->facts;
    for (size_t i = 0; i < facts->reads.count; i++)
        check_rendered(pass, &facts->reads.items[i]);
    for (size_t i = 0; i < facts->writes.count; i++)
        check_rendered(pass, &facts->writes.items[i]);
}

const struct rule_code rule_secrets_cross_environment_path = {
    .layer = check,
    .repository = check_objects,
    .uses_objects = true,
};
