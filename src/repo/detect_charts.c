#include "detect_paths.h"

/* Charts whose folders are environments: teams/web/{dev,prod}/Chart.yaml. */

static size_t count_environments_beside(const struct str_list *charts, struct str folder)
{
    size_t count = 0;
    for (size_t i = 0; i < charts->count; i++)
        count += str_equal(path_directory(charts->items[i]), folder) &&
                 environment_word_is_plain(path_name(charts->items[i]));
    return count;
}

static bool is_of_environment(const struct str_list *charts, struct str directory)
{
    struct str folder = path_directory(directory);
    if (!environment_word_is_plain(path_name(directory)))
        return false;
    return path_holds_environments(path_name(folder)) ||
           count_environments_beside(charts, folder) > 1;
}

/* "web-dev" for teams/web/dev, "teams-dev" for teams/envs/dev. */
static struct str name_of(struct detection *detection, struct str directory)
{
    struct str folder = path_directory(directory);
    while (path_holds_environments(path_name(folder)))
        folder = path_directory(folder);
    struct str name = path_name(folder);
    if (!name.n)
        return path_name(directory);
    return str_format(detection->arena, "%.*s-%.*s", STR_ARG(name), STR_ARG(path_name(directory)));
}

static void add_chart(struct detection *detection, struct str name, struct str directory,
                      struct str environment)
{
    struct config_application *application =
        vector_add(detection->arena, &detection->config->applications);
    application->name = name;
    application->chart = directory;
    vector_push(detection->arena, &application->environments, environment);
    detect_add_environment(detection, environment);
}

static bool add_charts_of_environments(struct detection *detection, const struct str_list *charts)
{
    bool found = false;
    for (size_t i = 0; i < charts->count; i++)
        found = found || is_of_environment(charts, charts->items[i]);
    for (size_t i = 0; found && i < charts->count; i++) {
        struct str directory = charts->items[i].n ? charts->items[i] : STR(".");
        struct str name = path_name(directory);
        if (is_of_environment(charts, directory))
            add_chart(detection, name_of(detection, directory), directory, name);
        else
            add_chart(detection, str_is(name, ".") ? STR("root") : name, directory, STR("default"));
    }
    return found;
}

bool detect_charts(struct detection *detection)
{
    struct arena *arena = detection->arena;
    struct str_list all = chart_directories(detection->tree, arena);
    struct map used = charts_used_by_others(detection, &all);
    struct str_list charts = {0};
    for (size_t i = 0; i < all.count; i++) {
        const struct chart *chart =
            chart_load(arena, detection->tree, all.items[i], &limits_default);
        if (chart && !chart->is_library && !map_has(&used, all.items[i]))
            vector_push(arena, &charts, all.items[i]);
    }
    if (!charts.count)
        return false;
    if (add_charts_of_environments(detection, &charts))
        return true;
    for (size_t i = 0; i < charts.count; i++)
        vector_push(arena, &detection->config->application_charts,
                    charts.items[i].n ? charts.items[i] : STR("."));
    detect_add_environment(detection, STR("default"));
    return true;
}
