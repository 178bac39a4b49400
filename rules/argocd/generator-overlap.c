#include "engine/engine.h"

/* Matrices find the clusters' files in many sets, and mean it: only files that describe an
 * application are looked at. */
static void check_component(struct pass *pass, const struct component_set *pairs, size_t count)
{
    const struct application *application = pairs->application;
    const struct yaml_entry *first = &application->component->map.entries[0];
    struct report *report = pass_report(pass, first->key_span, "message");
    struct str_list names = {0};
    for (size_t i = 0; i < count; i++) {
        vector_push(pass_arena(pass), &names, pairs[i].set->name);
        report_related(report, pairs[i].set->node->span, "made by %.*s",
                       STR_ARG(pairs[i].set->name));
    }
    report_argument(report, "file",
                    tree_file(pass_tree(pass), application->component->span.file)->path);
    report_argument(report, "sets", str_list_join(pass_arena(pass), &names, STR(" and ")));
    report_only_for_all(report, application);
}

static void check(struct pass *pass)
{
    struct component_set_list pairs =
        component_sets_find(pass_arena(pass), pass_tree(pass), pass_model(pass));
    for (size_t i = 0; i < pairs.count;) {
        size_t count = 1;
        while (i + count < pairs.count &&
               pairs.items[i + count].application == pairs.items[i].application)
            count++;
        if (count > 1)
            check_component(pass, &pairs.items[i], count);
        i += count;
    }
}

const struct rule_code rule_argocd_generator_overlap = {.repository = check};
