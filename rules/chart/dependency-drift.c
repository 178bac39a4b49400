#include "engine/engine.h"

/* The version of the dependency in the chart's folder charts/; p == NULL when it is not there
 * unpacked. */
static struct str found_version(struct pass *pass, const struct chart *chart,
                                const struct chart_dependency *dependency)
{
    struct arena *arena = pass_arena(pass);
    struct str folder = path_join(arena, chart->directory, STR("charts"));
    struct str directory = path_join(arena, folder, dependency->name);
    const struct chart *found = chart_load(arena, pass_tree(pass), directory, &limits_default);
    return found && str_equal(found->name, dependency->name) ? found->version : (struct str){0};
}

/* The version of the dependency in Chart.lock; p == NULL when it says nothing of it. Of two under
 * one name the repository tells which. */
static struct str locked_version(const struct yaml_node *lock,
                                 const struct chart_dependency *dependency)
{
    const struct yaml_node *list = yaml_value(lock, "dependencies");
    for (size_t i = 0; list && list->kind == YAML_LIST && i < list->list.count; i++) {
        const struct yaml_node *item = list->list.items[i];
        struct str repository = yaml_text(yaml_value(item, "repository"));
        if (str_equal(yaml_text(yaml_value(item, "name")), dependency->name) &&
            str_equal(repository, dependency->repository))
            return yaml_text(yaml_value(item, "version"));
    }
    return (struct str){0};
}

static bool satisfies(struct arena *arena, struct str version, struct str wanted)
{
    struct semver parsed;
    const struct semver_constraint *constraint = semver_constraint_parse(arena, wanted);
    return !constraint || !semver_parse(version, &parsed) || semver_satisfies(&parsed, constraint);
}

static bool is_version(struct str version, struct str other)
{
    struct semver a;
    struct semver b;
    if (!semver_parse(version, &a) || !semver_parse(other, &b))
        return str_equal(version, other);
    return semver_compare(&a, &b) == 0;
}

static void report_drift(struct pass *pass, const struct application *application,
                         const struct chart_dependency *dependency, struct str found,
                         const char *message, struct str wanted)
{
    struct report *report = pass_report(pass, dependency->span, message);
    report_argument(report, "name", dependency->name);
    report_argument(report, "found", found);
    report_argument(report, "wanted", wanted);
    report_only_for_all(report, application);
}

static const struct yaml_node *load_lock(struct pass *pass, const struct chart *chart)
{
    struct arena *arena = pass_arena(pass);
    const struct file *file =
        tree_find(pass_tree(pass), path_join(arena, chart->directory, STR("Chart.lock")));
    bool is_read = file && file->state == FILE_READ;
    return is_read ? yaml_root(yaml_parse(arena, file, &limits_default)) : NULL;
}

static void check_application(struct pass *pass, const struct application *application,
                              const struct chart *chart)
{
    const struct yaml_node *lock = load_lock(pass, chart);
    for (size_t i = 0; i < chart->dependency_count; i++) {
        const struct chart_dependency *dependency = &chart->dependencies[i];
        struct str found = found_version(pass, chart, dependency);
        struct str locked = locked_version(lock, dependency);
        if (!found.n)
            continue;
        if (!satisfies(pass_arena(pass), found, dependency->version))
            report_drift(pass, application, dependency, found, "constraint", dependency->version);
        else if (locked.n && !is_version(found, locked))
            report_drift(pass, application, dependency, found, "lock", locked);
    }
}

static void check(struct pass *pass)
{
    const struct model *model = pass_model(pass);
    for (size_t i = 0; i < model->application_count; i++) {
        const struct application *application = &model->applications[i];
        if (application->release_count && application->releases[0]->chart)
            check_application(pass, application, application->releases[0]->chart);
    }
}

const struct rule_code rule_chart_dependency_drift = {.repository = check};
