#include "engine/engine.h"

static void report_clash(struct pass *pass, const struct release *release,
                         const struct release *other)
{
    struct report *report = pass_report(pass, release->application->span, "twice");
    report_argument(report, "application", release->application->name);
    report_only_for(report, release);
    report_related(report, other->application->span, "the other one");
}

/* Two that nothing or something else deploys may belong to two control planes. */
static bool are_together(struct pass *pass, const struct release *a, const struct release *b)
{
    if (!a->deployment || !b->deployment)
        return true;
    const struct file *first = tree_file(pass_tree(pass), a->deployment->span.file);
    const struct file *second = tree_file(pass_tree(pass), b->deployment->span.file);
    return a->deployment->maker == b->deployment->maker &&
           (a->deployment->maker ||
            (first && second &&
             str_equal(path_directory(first->path), path_directory(second->path))));
}

static void check_declared(struct pass *pass, const struct model *model)
{
    struct map first = {0};
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        const struct release *other = map_get(&first, release->name);
        if (!model_knows_environment(model, release))
            continue;
        if (!other)
            map_put(pass_arena(pass), &first, release->name, (void *)release);
        else if (are_together(pass, release, other))
            report_clash(pass, release, other);
    }
}

/* One set makes all its Applications in one control plane, whatever environments they are for. */
static void check_made(struct pass *pass, const struct model *model)
{
    struct map first = {0};
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        const struct deployment *made = release->deployment;
        if (!made || !made->set || str_contains(made->full_name, STR("{{")))
            continue;
        struct str key = str_format(pass_arena(pass), "%u:%u %.*s", made->set->span.file,
                                    made->set->span.start, STR_ARG(made->full_name));
        const struct release *other = map_get(&first, key);
        if (!other) {
            map_put(pass_arena(pass), &first, key, (void *)release);
            continue;
        }
        bool is_one_application = other->deployment->manifest == made->manifest;
        if (!is_one_application && other->environment != release->environment) {
            struct report *report = pass_report(pass, made->span, "made");
            report_argument(report, "application", made->full_name);
            report_argument(report, "other", other->environment->name);
            report_only_for(report, release);
        }
    }
}

static void check(struct pass *pass)
{
    check_declared(pass, pass_model(pass));
    check_made(pass, pass_model(pass));
}

const struct rule_code rule_argocd_name_collision = {.repository = check};
