#include "engine/engine.h"

/* The pod templates of an environment. */
struct count {
    size_t all, labelled;
};

static struct workload_part label_of(struct pass *pass, const struct workload *workload)
{
    struct str key = pass_model(pass)->config->label_environment;
    struct str path = values_path_key(pass_arena(pass), STR("labels"), key);
    return workload_part(pass_arena(pass), workload, path);
}

/* Pods that nobody can label are not asked for it. */
static bool is_asked(const struct workload *workload, const struct workload_part *label)
{
    return label->path.p && !workload->object->manifest->is_test &&
           !workload->pods->is_to_completion;
}

static void count_release(struct pass *pass, const struct release *release, struct count *count)
{
    const struct workload_list *workloads = pass_workloads(pass, release);
    for (size_t i = 0; workloads && i < workloads->count; i++) {
        struct workload_part label = label_of(pass, &workloads->items[i]);
        if (!is_asked(&workloads->items[i], &label))
            continue;
        count->all++;
        count->labelled += label.node != NULL;
    }
}

static void check_release(struct pass *pass, const struct release *release)
{
    const struct workload_list *workloads = pass_workloads(pass, release);
    for (size_t i = 0; workloads && i < workloads->count; i++) {
        struct workload_part label = label_of(pass, &workloads->items[i]);
        if (label.node || !is_asked(&workloads->items[i], &label))
            continue;
        struct report *report = pass_report_part(pass, &workloads->items[i], &label, "message");
        report_argument(report, "label", pass_model(pass)->config->label_environment);
    }
}

/* A label that was found by looking, not configured, is meant for this only where most pods of
 * every environment have it. */
static bool is_meant(const struct model *model, const struct count *counts)
{
    for (size_t i = 0; model->detected && i < model->config->environments.count; i++) {
        if (counts[i].all && counts[i].labelled * 2 <= counts[i].all)
            return false;
    }
    return true;
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    struct count *counts =
        arena_make_array(pass_arena(pass), struct count, model->config->environments.count);
    if (!model->config->label_environment.n)
        return;
    for (size_t i = 0; i < model->release_count; i++)
        count_release(pass, &model->releases[i], &counts[model->releases[i].environment_number]);
    for (size_t i = 0; is_meant(model, counts) && i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        const struct count *count = &counts[release->environment_number];
        if (!release->environment->cluster_scope && count->labelled * 2 > count->all)
            check_release(pass, release);
    }
}

const struct rule_code rule_labels_environment_missing = {.repository = check,
                                                          .uses_objects = true};
