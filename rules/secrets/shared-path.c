#include "engine/engine.h"

struct search {
    struct pass *pass;
    const struct layer_use *use;
    struct str_list keys;
};

/* The releases that really get the value, when they are of two environments that have Vault paths
 * of their own. */
static void check_value(struct search *search, const struct layer_value *value)
{
    VECTOR(const struct release *) readers = {0};
    const struct config_environment *first = NULL;
    bool several = false;
    for (size_t i = 0; i < search->use->release_count; i++) {
        const struct release *release = search->use->releases[i];
        if (!release->environment->vault_path.n ||
            !release_gets(release, search->use->layer, value))
            continue;
        vector_push(pass_arena(search->pass), &readers, release);
        several = several || (first && release->environment != first);
        first = release->environment;
    }
    if (!several)
        return;
    struct report *report = pass_report(search->pass, value->node->span, "message");
    report_values_path(report, layer_value_path(pass_arena(search->pass), value));
    report_argument(report, "text", value->node->text);
    for (size_t i = 0; i < readers.count; i++)
        report_only_for(report, readers.items[i]);
}

static bool visit(void *context, const struct layer_value *value)
{
    struct search *search = context;
    struct str text = value->node->text;
    struct str key = str_lower(pass_arena(search->pass), layer_value_key(value));
    bool path = value->node->kind == YAML_STRING && text.n && !str_contains(text, STR("{{")) &&
                str_find_char(text, '/') != STR_NOT_FOUND && str_list_has(&search->keys, key);
    if (path)
        check_value(search, value);
    return true;
}

static void check(struct pass *pass, const struct layer_use *use)
{
    if (!use->shared || use->layer->kind != LAYER_FILE)
        return;
    struct search search = {pass, use, pass_option_strings(pass, "keys")};
    layer_walk(use->layer, visit, &search);
}

const struct rule_code rule_secrets_shared_path = {.layer = check};
