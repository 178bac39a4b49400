#include "engine/engine.h"

/* Charts of the repository and the folders that those which are deployed lie in. */
struct search {
    struct pass *pass;
    struct map used;    /* directories of charts that something uses */
    struct map folders; /* that hold a deployed chart, and the folders above those */
};

static void use_chart(struct search *search, struct str directory);

static void use_dependencies(struct search *search, const struct chart *chart)
{
    struct arena *arena = pass_arena(search->pass);
    for (size_t i = 0; i < chart->dependency_count; i++) {
        struct str repository = chart->dependencies[i].repository;
        if (!str_starts_with(repository, STR("file://")))
            continue;
        struct str path = str_from(repository, strlen("file://"));
        path = path_clean(arena, path_join(arena, chart->directory, path));
        if (path.p)
            use_chart(search, path);
    }
}

static void use_chart(struct search *search, struct str directory)
{
    struct arena *arena = pass_arena(search->pass);
    if (map_has(&search->used, directory))
        return;
    map_put(arena, &search->used, directory, search);
    const struct chart *chart =
        chart_load(arena, pass_tree(search->pass), directory, &limits_default);
    if (chart)
        use_dependencies(search, chart);
}

static void use_applications(struct search *search)
{
    struct arena *arena = pass_arena(search->pass);
    const struct model *model = pass_model(search->pass);
    for (size_t i = 0; i < model->application_count; i++) {
        struct str directory = model->applications[i].chart_directory;
        if (!directory.p)
            continue;
        use_chart(search, directory);
        struct str folder = path_directory(directory);
        map_put(arena, &search->folders, folder, search);
        if (folder.n)
            map_put(arena, &search->folders, path_directory(folder), search);
    }
}

/* True when the text has the path, and not only that of its Chart.yaml, which says nothing of who
 * deploys the chart. */
static bool names_folder(struct str text, struct str directory)
{
    for (size_t at; (at = str_find(text, directory)) != STR_NOT_FOUND;) {
        text = str_from(text, at + directory.n);
        if (!str_starts_with(text, STR("/Chart.yaml")))
            return true;
    }
    return false;
}

/* True when a file that is not the chart's own names its folder. */
static bool is_named(struct search *search, struct str directory)
{
    const struct str_list *paths = pass_paths(search->pass);
    for (size_t i = 0; i < paths->count; i++) {
        if (path_is_below(paths->items[i], directory))
            continue;
        const struct file *file = tree_find(pass_tree(search->pass), paths->items[i]);
        if (file && file->state == FILE_READ && names_folder(file->bytes, directory))
            return true;
    }
    return false;
}

static bool is_candidate(const struct search *search, struct str directory)
{
    struct str folder = path_directory(directory);
    bool is_beside = map_has(&search->folders, folder) ||
                     (folder.n && map_has(&search->folders, path_directory(folder)));
    return directory.n && is_beside && !map_has(&search->used, directory);
}

static void check(struct pass *pass)
{
    struct search search = {.pass = pass};
    struct arena *arena = pass_arena(pass);
    /* Without a configuration it is not certain that all applications are known. */
    if (pass_model(pass)->detected)
        return;
    use_applications(&search);
    struct str_list directories = chart_directories(pass_tree(pass), arena);
    for (size_t i = 0; i < directories.count; i++) {
        struct str directory = directories.items[i];
        if (!is_candidate(&search, directory))
            continue;
        const struct chart *chart = chart_load(arena, pass_tree(pass), directory, &limits_default);
        if (!chart || chart->is_library || is_named(&search, directory))
            continue;
        struct report *report = pass_report(pass, chart->name_span, "message");
        report_argument(report, "name", chart->name);
    }
}

const struct rule_code rule_chart_orphan = {.repository = check};
