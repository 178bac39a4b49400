#include "engine/engine.h"

/* Matrices find the clusters' files in many sets, and mean it: only a file that describes an
 * application counts. */
static const struct application *application_of(const struct model *model, const struct file *file)
{
    for (size_t i = 0; i < model->application_count; i++) {
        const struct yaml_node *component = model->applications[i].component;
        if (component && component->span.file == file->id)
            return &model->applications[i];
    }
    return NULL;
}

static void check_file(struct pass *pass, const struct application_set_list *sets, struct str path)
{
    struct str_list names = {0};
    const struct file *file = tree_find(pass_tree(pass), path);
    const struct application *application = file ? application_of(pass_model(pass), file) : NULL;
    for (size_t i = 0; i < sets->count; i++) {
        if (str_list_has(&sets->items[i].files, path))
            vector_push(pass_arena(pass), &names, sets->items[i].name);
    }
    if (names.count < 2 || !application)
        return;
    const struct yaml_entry *first = &application->component->map.entries[0];
    struct report *report = pass_report(pass, first->key_span, "message");
    report_argument(report, "file", path);
    report_argument(report, "sets", str_list_join(pass_arena(pass), &names, STR(" and ")));
    report_only_for_all(report, application);
    for (size_t i = 0; i < sets->count; i++) {
        if (str_list_has(&sets->items[i].files, path))
            report_related(report, sets->items[i].node->span, "made by %.*s",
                           STR_ARG(sets->items[i].name));
    }
}

static void check(struct pass *pass)
{
    struct application_set_list sets =
        application_sets_find(pass_arena(pass), pass_tree(pass), pass_model(pass)->config);
    struct map seen = {0};
    for (size_t i = 0; i < sets.count; i++) {
        for (size_t k = 0; k < sets.items[i].files.count; k++) {
            struct str path = sets.items[i].files.items[k];
            if (!map_has(&seen, path))
                check_file(pass, &sets, path);
            map_put(pass_arena(pass), &seen, path, &sets);
        }
    }
}

const struct rule_code rule_argocd_generator_overlap = {.repository = check};
