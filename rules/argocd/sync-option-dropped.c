#include "engine/engine.h"

/* Templates name a field as .key, "key" or {{key. */
static bool names(struct pass *pass, const struct application_set *set, struct str key)
{
    static const char *const forms[] = {".%.*s", "\"%.*s\"", "{{%.*s", "{{ %.*s"};
    bool found = false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms && !found; i++) {
        struct str form = str_replace(pass_arena(pass), str_from_c(forms[i]), STR("%.*s"), key);
        found = str_contains(set->file->bytes, form);
    }
    return found;
}

static const struct application_set *set_of(const struct application_set_list *sets,
                                            struct str path)
{
    for (size_t i = 0; i < sets->count; i++) {
        if (str_list_has(&sets->items[i].files, path))
            return &sets->items[i];
    }
    return NULL;
}

static void check_application(struct pass *pass, const struct application_set_list *sets,
                              const struct application *application)
{
    struct str_list keys = pass_option_strings(pass, "keys");
    const struct file *file = tree_file(pass_tree(pass), application->component->span.file);
    const struct application_set *set = set_of(sets, file->path);
    for (size_t i = 0; set && i < keys.count; i++) {
        const struct yaml_entry *entry = yaml_find(application->component, keys.items[i]);
        if (!entry || names(pass, set, entry->key))
            continue;
        struct report *report = pass_report(pass, entry->key_span, "message");
        report_argument(report, "key", entry->key);
        report_argument(report, "set", set->name);
        report_related(report, set->node->span, "the ApplicationSet");
        report_only_for_all(report, application);
    }
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct application_set_list sets =
        application_sets_find(pass_arena(pass), pass_tree(pass), model->config);
    for (size_t i = 0; i < model->application_count; i++) {
        if (model->applications[i].component)
            check_application(pass, &sets, &model->applications[i]);
    }
}

const struct rule_code rule_argocd_sync_option_dropped = {.repository = check};
