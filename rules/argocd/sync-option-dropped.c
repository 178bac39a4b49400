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

static void check_component(struct pass *pass, const struct component_set *pair)
{
    struct str_list keys = pass_option_strings(pass, "keys");
    for (size_t i = 0; i < keys.count; i++) {
        const struct yaml_entry *entry = yaml_find(pair->application->component, keys.items[i]);
        if (!entry || names(pass, pair->set, entry->key))
            continue;
        struct report *report = pass_report(pass, entry->key_span, "message");
        report_argument(report, "key", entry->key);
        report_argument(report, "set", pair->set->name);
        report_related(report, pair->set->node->span, "the ApplicationSet");
        report_only_for_all(report, pair->application);
    }
}

static void check(struct pass *pass)
{
    struct component_set_list pairs =
        component_sets_find(pass_arena(pass), pass_tree(pass), pass_model(pass));
    for (size_t i = 0; i < pairs.count; i++) {
        /* Of several sets the first counts; that there are several is another finding. */
        if (!i || pairs.items[i].application != pairs.items[i - 1].application)
            check_component(pass, &pairs.items[i]);
    }
}

const struct rule_code rule_argocd_sync_option_dropped = {.repository = check};
