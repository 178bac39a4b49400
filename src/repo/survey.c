#include "detect_paths.h"

/* --- charts --- */

struct map charts_used_by_others(struct detection *detection, const struct str_list *charts)
{
    struct map used = {0};
    for (size_t i = 0; i < charts->count; i++) {
        const struct chart *chart =
            chart_load(detection->arena, detection->tree, charts->items[i], &limits_default);
        for (size_t k = 0; chart && k < chart->dependency_count; k++) {
            struct str repository = chart->dependencies[k].repository;
            if (!str_starts_with(repository, STR("file://")))
                continue;
            struct str path =
                path_join(detection->arena, charts->items[i], str_from(repository, 7));
            path = path_clean(detection->arena, path);
            if (path.n)
                map_put(detection->arena, &used, path, &used);
        }
    }
    return used;
}

static void find_charts(struct detection *detection, struct survey *survey)
{
    survey->charts = chart_directories(detection->tree, detection->arena);
    survey->used_charts = charts_used_by_others(detection, &survey->charts);
    for (size_t i = 0; i < survey->charts.count; i++) {
        struct str *directory = &survey->charts.items[i];
        if (!directory->p)
            *directory = STR("");
        map_put(detection->arena, &survey->chart_by_name, path_name(*directory), directory);
    }
}

/* --- names --- */

static struct folder_names *names_of(struct survey *survey, struct str folder)
{
    struct folder_names *names = map_get(&survey->folders, folder);
    if (!names) {
        names = arena_make(survey->arena, struct folder_names);
        map_put(survey->arena, &survey->folders, folder, names);
    }
    return names;
}

/* The part of a file's name that may name an environment. */
static struct str word_of(struct str path)
{
    struct str stem = path_stem(path);
    static const char *const affixes[] = {"values-", "values.", "values_",
                                          "-values", ".values", "_values"};
    for (size_t i = 0; i < sizeof affixes / sizeof *affixes; i++) {
        struct str affix = str_from_c(affixes[i]);
        if (i < 3 && str_starts_with(stem, affix))
            return str_from(stem, affix.n);
        if (i >= 3 && str_ends_with(stem, affix))
            return str_slice(stem, 0, stem.n - affix.n);
    }
    return stem;
}

static void note_file(struct survey *survey, struct str path)
{
    struct str word = word_of(path);
    struct str folder = path_directory(path);
    size_t dash = str_find_last_char(word, '-');
    if (environment_word_is_plain(word)) {
        names_of(survey, folder)->known_files++;
        if (folder.n)
            names_of(survey, path_directory(folder))->words_below = true;
    } else if (dash != STR_NOT_FOUND && environment_word_is_plain(str_from(word, dash + 1))) {
        struct str key = path_join(survey->arena, folder, str_slice(word, 0, dash));
        uintptr_t times = (uintptr_t)map_get(&survey->stems, key);
        map_put(survey->arena, &survey->stems, key, (void *)(times + 1));
    }
}

static void note_folders(struct survey *survey, struct map *seen, struct str path)
{
    for (struct str folder = path_directory(path); folder.n; folder = path_directory(folder)) {
        if (map_has(seen, folder))
            return;
        map_put(survey->arena, seen, folder, seen);
        if (environment_word_is_plain(path_name(folder)))
            names_of(survey, path_directory(folder))->known_folders++;
    }
}

struct survey survey_make(struct detection *detection)
{
    struct survey survey = {.arena = detection->arena};
    struct map seen = {0};
    find_charts(detection, &survey);
    const struct str_list *paths = tree_paths(detection->tree);
    for (size_t i = 0; i < paths->count; i++) {
        if (!path_may_hold_values(paths->items[i]))
            continue;
        note_folders(&survey, &seen, paths->items[i]);
        note_file(&survey, paths->items[i]);
    }
    return survey;
}
