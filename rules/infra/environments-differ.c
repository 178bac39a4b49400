#include "engine/engine.h"

/* The environment that a list of infrastructure means; NULL: none of the model. */
static const struct config_environment *find_environment(const struct config *config,
                                                         struct str name)
{
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        if (str_equal(environment->name, name) ||
            (environment->pool.n && str_equal(environment->pool, name)))
            return environment;
    }
    return NULL;
}

static const struct environment_mention *find_mention(const struct config *config,
                                                      const struct environment_list *list,
                                                      const struct config_environment *wanted)
{
    for (size_t i = 0; i < list->items.count; i++) {
        if (find_environment(config, list->items.items[i].name) == wanted)
            return &list->items.items[i];
    }
    return NULL;
}

/* True when most of the list are environments of the model, so that it is about them. */
static bool is_about_environments(const struct config *config, const struct environment_list *list)
{
    size_t known = 0;
    for (size_t i = 0; i < list->items.count; i++)
        known += find_environment(config, list->items.items[i].name) != NULL;
    return known > 0 && known * 2 >= list->items.count;
}

/* 1: on, 0: off, -1: not told. A missing `enabled` means on. */
static int is_on(const struct yaml_node *enabled)
{
    struct str text = yaml_text(enabled);
    if (!enabled || str_is(text, "true"))
        return 1;
    return str_is(text, "false") ? 0 : -1;
}

static void compare(struct pass *pass, const struct environment_list *list,
                    const struct yaml_node *item)
{
    const struct config *config = pass_model(pass)->config;
    const struct yaml_node *name = yaml_value(item, "env");
    const struct yaml_node *enabled = yaml_value(item, "enabled");
    const struct config_environment *environment = find_environment(config, yaml_text(name));
    if (!environment)
        return;
    const struct environment_mention *mention = find_mention(config, list, environment);
    int here = is_on(enabled);
    bool there = mention && mention->enabled.is_set;
    if (here < 0 || (mention && mention->enabled.known != POOL_KNOWN) || here == (int)there)
        return;
    struct report *report = pass_report(pass, enabled ? enabled->span : name->span,
                                        here ? "switched_on" : "switched_off");
    report_argument(report, "environment", environment->name);
    report_related(report, mention ? mention->span : list->span, "Terraform's list");
}

static void check_file(struct pass *pass, const struct file *file)
{
    const struct config *config = pass_model(pass)->config;
    const struct node_pools *pools = pass_pools(pass);
    const struct yaml_node *root = yaml_root(yaml_parse(pass_arena(pass), file, &limits_default));
    for (size_t i = 0; root->kind == YAML_LIST && i < pools->environment_lists.count; i++) {
        const struct environment_list *list = &pools->environment_lists.items[i];
        for (size_t k = 0; is_about_environments(config, list) && k < root->list.count; k++)
            compare(pass, list, root->list.items[k]);
    }
}

static void check(struct pass *pass)
{
    struct str_list globs = pass_option_strings(pass, "files");
    const struct str_list *paths = pass_paths(pass);
    for (size_t i = 0; pass_pools(pass)->environment_lists.count && i < paths->count; i++) {
        const struct file *file = glob_match_any(&globs, paths->items[i])
                                      ? tree_find(pass_tree(pass), paths->items[i])
                                      : NULL;
        if (file && file->state == FILE_READ)
            check_file(pass, file);
    }
}

const struct rule_code rule_infra_environments_differ = {.repository = check};
