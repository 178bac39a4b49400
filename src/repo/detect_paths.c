#include "detect_paths.h"

enum { MOST_FOLDERS = 12 };

/* A path on its way to a pattern: its folders below the chart or the root, and the file's name. */
struct parts {
    const struct survey *survey;
    struct str path;
    struct str folders[MOST_FOLDERS];
    size_t folder_count;
    size_t environment_at; /* index of the folder; folder_count: none */
    size_t application_at;
    size_t up;                              /* how many folders above the chart the file lies */
    struct str before, word, after, ending; /* "values-", "dev", "", ".yaml" */
    struct dissection found;
};

/* --- which files are looked at --- */

/* A folder of a program's source text, whose application-dev.yaml configures that program: Maven
 * and Gradle call them src/main and src/test. */
static bool is_of_program(struct str folder)
{
    return str_contains(folder, STR("src/main/")) || str_contains(folder, STR("src/test/"));
}

static bool is_skipped_directory(struct str name)
{
    static const char *const skipped[] = {
        "templates", "crds", "tests",    "examples", "example",    "docs",     "doc",
        "ci",        "hack", "testdata", "vendor",   "dashboards", "fixtures",
    };
    return STR_IS_ONE_OF(name, skipped) || (name.n && name.p[0] == '.');
}

static bool is_skipped_file(struct str name)
{
    static const char *const skipped[] = {
        "Chart",    "requirements",   "component", "kustomization", "mkdocs",
        "helmfile", "docker-compose", "index",     "fleet",
    };
    return STR_IS_ONE_OF(path_stem(name), skipped) || str_starts_with(name, STR("patch")) ||
           str_ends_with(path_stem(name), STR("-patch")) || (name.n && name.p[0] == '.');
}

bool path_may_hold_values(struct str path)
{
    if (!path_is_yaml(path) || is_skipped_file(path_name(path)) ||
        str_find_char(path, '{') != STR_NOT_FOUND || is_of_program(path))
        return false;
    for (struct str rest = path_directory(path); rest.p && rest.n;) {
        struct str name = str_cut(&rest, '/');
        if (is_skipped_directory(name))
            return false;
    }
    return true;
}

/* --- names that say what they hold --- */

bool path_holds_environments(struct str name)
{
    static const char *const words[] = {"environments", "environment", "envs",  "env",
                                        "overlays",     "clusters",    "stages"};
    return STR_IS_ONE_OF(name, words);
}

bool path_is_container(struct str name)
{
    static const char *const words[] = {"values", "config",       "configs", "helm",
                                        "deploy", "global",       "common",  "charts",
                                        "chart",  "applications", "apps",    "helm-values"};
    return path_holds_environments(name) || STR_IS_ONE_OF(name, words);
}

static bool is_generic(struct str stem)
{
    static const char *const words[] = {"values",   "globals", "global", "common",
                                        "defaults", "secrets", "secret"};
    return STR_IS_ONE_OF(stem, words);
}

static bool is_chart_name(const struct survey *survey, struct str name)
{
    return map_has(&survey->chart_by_name, name);
}

static const struct folder_names *names_in(const struct survey *survey, struct str folder)
{
    static const struct folder_names none;
    const struct folder_names *names = map_get(&survey->folders, folder);
    return names ? names : &none;
}

/* --- the chart of a file --- */

static struct str innermost_chart(const struct survey *survey, struct str path)
{
    struct str best = {0};
    for (size_t i = 0; i < survey->charts.count; i++) {
        struct str directory = survey->charts.items[i];
        if (path_is_below(path, directory) && (!best.p || directory.n > best.n))
            best = directory;
    }
    return best;
}

static size_t count_charts_below(const struct survey *survey, struct str folder,
                                 struct str *ret_chart)
{
    size_t count = 0;
    for (size_t i = 0; i < survey->charts.count; i++) {
        if (path_is_below(survey->charts.items[i], folder)) {
            *ret_chart = survey->charts.items[i];
            count++;
        }
    }
    return count;
}

/* The only chart below the folder that the file lies in: web/values-dev.yaml beside web/chart, or
 * web/values/dev.yaml. Between folder and file there may only be folders that say so. */
static struct str chart_beside(const struct survey *survey, struct str path, struct str *ret_folder)
{
    enum { DEEPEST_CHART = 2 };
    struct str chart = {0};
    for (struct str folder = path_directory(path); folder.n; folder = path_directory(folder)) {
        size_t count = count_charts_below(survey, folder, &chart);
        size_t depth = 1;
        for (size_t i = folder.n + 1; chart.p && i < chart.n; i++)
            depth += count && chart.p[i] == '/';
        *ret_folder = folder;
        if (count)
            return count == 1 && depth <= DEEPEST_CHART ? chart : (struct str){0};
        struct str name = path_name(folder);
        if (!path_is_container(name) && !environment_word_is_plain(name))
            return (struct str){0};
    }
    return (struct str){0};
}

/* Notes the chart, and gives the path below it or below the folder beside it. */
static bool find_chart(struct parts *parts, struct str *ret_inside)
{
    struct str folder;
    struct str chart = innermost_chart(parts->survey, parts->path);
    *ret_inside = parts->path;
    if (chart.p) {
        *ret_inside = str_from(parts->path, chart.n + (chart.n > 0));
    } else {
        chart = chart_beside(parts->survey, parts->path, &folder);
        if (!chart.p)
            return true;
        *ret_inside = str_from(parts->path, folder.n + 1);
        parts->up = 1;
        for (size_t i = folder.n + 1; i < chart.n; i++)
            parts->up += chart.p[i] == '/';
    }
    parts->found.chart = chart;
    parts->found.application = path_name(chart);
    return parts->up || !str_starts_with(*ret_inside, STR("charts/"));
}

/* --- the file's name --- */

/* "values-dev" in "values-" and "dev", by the ways in which people name such files; the whole stem
 * is the word when it has none of them. */
static void split_stem(struct parts *parts)
{
    static const char *const prefixes[] = {"values-", "values.", "values_", "config-", "override-"};
    static const char *const suffixes[] = {"-values", ".values", "_values"};
    struct str stem = path_stem(parts->path);
    parts->word = stem;
    parts->ending = str_from(path_name(parts->path), stem.n);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        struct str prefix = str_from_c(prefixes[i]);
        if (!str_starts_with(stem, prefix) || stem.n == prefix.n)
            continue;
        parts->before = prefix;
        parts->word = str_from(stem, prefix.n);
        return;
    }
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        struct str suffix = str_from_c(suffixes[i]);
        if (!str_ends_with(stem, suffix) || stem.n == suffix.n)
            continue;
        parts->word = str_slice(stem, 0, stem.n - suffix.n);
        parts->after = suffix;
        return;
    }
}

static bool is_split(const struct parts *parts)
{
    return parts->before.n || parts->after.n;
}

/* "web-dev" and "dev-web", where web is a chart or stands before two environments: 1 or 2 for the
 * place of the environment among the two, 0 when it is not so. */
static int split_application(const struct parts *parts, struct str *ret_application,
                             struct str *ret_environment)
{
    struct str word = parts->word;
    if (environment_word_is_plain(word) || parts->found.chart.p)
        return 0;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] != '-' && word.p[i] != '.' && word.p[i] != '_')
            continue;
        struct str left = str_slice(word, 0, i);
        struct str right = str_from(word, i + 1);
        struct str key = path_join(parts->survey->arena, path_directory(parts->path), left);
        bool series = !parts->before.n && (uintptr_t)map_get(&parts->survey->stems, key) > 1;
        bool left_last = is_chart_name(parts->survey, left) || series;
        *ret_application = left_last ? left : right;
        *ret_environment = left_last ? right : left;
        if (left_last && environment_word_is_plain(right))
            return 2;
        if (is_chart_name(parts->survey, right) && environment_word_is_plain(left))
            return 1;
    }
    return 0;
}

/* --- environments --- */

static struct str folder_path(const struct parts *parts, size_t count)
{
    struct str path = path_directory(parts->path);
    for (size_t i = count; i < parts->folder_count; i++)
        path = path_directory(path);
    return path;
}

static bool is_environment_by_place(const struct parts *parts, size_t i)
{
    struct str above = folder_path(parts, i);
    const struct folder_names *names = names_in(parts->survey, above);
    return path_holds_environments(path_name(above)) &&
           (names->known_folders || !names->words_below);
}

/* Gives how sure it is that the folder is an environment; 0: it is none. */
static int grade_folder(const struct parts *parts, size_t i)
{
    enum { NONE, BY_PLACE, LONGER_NAME, BASE, WORD };
    struct str name = parts->folders[i];
    if (environment_word_is_plain(name))
        return WORD;
    if (environment_word_is_base(name))
        return names_in(parts->survey, folder_path(parts, i))->known_folders ? BASE : NONE;
    if (environment_word_is_other(name) || is_chart_name(parts->survey, name))
        return NONE;
    if (environment_word_is_known(name))
        return LONGER_NAME;
    return is_environment_by_place(parts, i) ? BY_PLACE : NONE;
}

static int find_environment_folder(struct parts *parts)
{
    int best = 0;
    parts->environment_at = parts->folder_count;
    for (size_t i = 0; i < parts->folder_count; i++) {
        int grade = grade_folder(parts, i);
        if (grade > best) {
            best = grade;
            parts->environment_at = i;
        }
    }
    return best;
}

static void note_environment(struct parts *parts, struct str word, bool by_place)
{
    parts->found.environment = word;
    parts->found.known = environment_word_is_plain(word);
    parts->found.base = environment_word_is_base(word);
    parts->found.by_place = by_place;
}

/* The file's name in the pattern, when it names the environment. */
static struct str environment_file(struct parts *parts)
{
    struct str application, environment;
    struct arena *arena = parts->survey->arena;
    struct str folder = path_directory(parts->path);
    bool by_place = path_holds_environments(path_name(folder));
    int place = split_application(parts, &application, &environment);
    if (place) {
        note_environment(parts, environment, false);
        parts->found.application = application;
        struct str left = place == 2 ? application : environment;
        return str_format(arena, "%.*s%s%c%s%.*s%.*s", STR_ARG(parts->before),
                          place == 2 ? "{app}" : "{env}", left.p[left.n],
                          place == 2 ? "{env}" : "{app}", STR_ARG(parts->after),
                          STR_ARG(parts->ending));
    }
    struct str word = parts->word;
    bool known = environment_word_is_known(word) && !is_chart_name(parts->survey, word);
    bool base = environment_word_is_base(word) && names_in(parts->survey, folder)->known_files;
    bool learnable = !environment_word_is_other(word) && !is_chart_name(parts->survey, word) &&
                     (is_split(parts) || (by_place && !is_generic(word)));
    if (!known && !base && !learnable)
        return (struct str){0};
    note_environment(parts, word, by_place && !is_split(parts));
    return str_format(arena, "%.*s{env}%.*s%.*s", STR_ARG(parts->before), STR_ARG(parts->after),
                      STR_ARG(parts->ending));
}

/* --- applications --- */

/* values.yaml, values.generated.yaml: files that name no application. */
static bool is_for_all(const struct parts *parts)
{
    bool is_kind = parts->before.n && !str_is(parts->before, "values-");
    return is_kind || is_generic(path_stem(parts->path)) || environment_word_is_base(parts->word);
}

/* dev/web/values.yaml */
static void find_application_below(struct parts *parts)
{
    size_t i = parts->folder_count;
    while (i > parts->environment_at + 1 && path_is_container(parts->folders[i - 1]))
        i--;
    if (parts->found.chart.p || i == parts->environment_at + 1)
        return;
    parts->application_at = i - 1;
    parts->found.application = parts->folders[i - 1];
}

/* dev/values-dev.yaml, dev/web-dev.yaml: the file says it again. Gives its name in the pattern, or
 * p == NULL. */
static struct str repeating_file(struct parts *parts)
{
    struct arena *arena = parts->survey->arena;
    struct str word = parts->word;
    struct str environment = parts->found.environment;
    struct str application = {0};
    if (word.n > environment.n + 1 && str_ends_with(word, environment) &&
        word.p[word.n - environment.n - 1] == '-')
        application = str_slice(word, 0, word.n - environment.n - 1);
    else if (!str_equal(word, environment))
        return (struct str){0};
    if (application.n && !parts->found.chart.p)
        parts->found.application = application;
    return str_format(arena, "%.*s%s{env}%.*s%.*s", STR_ARG(parts->before),
                      !application.n ? ""
                      : parts->found.chart.p
                          ? str_to_c(arena, str_format(arena, "%.*s-", STR_ARG(application)))
                          : "{app}-",
                      STR_ARG(parts->after), STR_ARG(parts->ending));
}

/* The file's name in the pattern, when a folder names the environment. */
static struct str application_file(struct parts *parts)
{
    struct str name = path_name(parts->path);
    struct str above = path_name(folder_path(parts, parts->environment_at));
    struct str repeating = repeating_file(parts);
    if (repeating.p && !parts->found.application.n)
        find_application_below(parts);
    if (repeating.p)
        return repeating;
    if (is_for_all(parts)) {
        find_application_below(parts);
        return name;
    }
    bool root_of_charts =
        parts->found.chart.p && !parts->found.chart.n && parts->survey->charts.count > 1;
    if (root_of_charts)
        parts->found.chart = (struct str){0};
    else if (parts->found.chart.p)
        return path_holds_environments(above) && !is_split(parts) ? name : (struct str){0};
    parts->found.application = parts->word;
    return str_format(parts->survey->arena, "%.*s{app}%.*s%.*s", STR_ARG(parts->before),
                      STR_ARG(parts->after), STR_ARG(parts->ending));
}

/* The folder before the environment that tells applications apart: apps/web/values-dev.yaml. None
 * where charts lie in it, whose files then are layers of them all, or where it is one for all. */
static void find_application_folder(struct parts *parts)
{
    if (parts->found.chart.p || parts->found.application.n)
        return;
    size_t i = parts->environment_at;
    while (i && path_is_container(parts->folders[i - 1]))
        i--;
    struct str chart;
    if (!i || count_charts_below(parts->survey, folder_path(parts, i), &chart))
        return;
    struct str name = parts->folders[i - 1];
    if (environment_word_is_base(name) || name.p[0] == '_')
        return;
    parts->application_at = i - 1;
    parts->found.application = name;
}

/* --- the pattern --- */

static struct str build_pattern(const struct parts *parts, struct str file)
{
    struct text pattern = {.arena = parts->survey->arena};
    if (parts->found.chart.p)
        text_add_c(&pattern, "{chart}/");
    for (size_t i = 0; i < parts->up; i++)
        text_add_c(&pattern, "../");
    for (size_t i = 0; i < parts->folder_count; i++) {
        text_add(&pattern, i == parts->environment_at   ? STR("{env}")
                           : i == parts->application_at ? STR("{app}")
                                                        : parts->folders[i]);
        text_add_char(&pattern, '/');
    }
    text_add(&pattern, file);
    return text_str(&pattern);
}

static bool take_folders(struct parts *parts, struct str folders)
{
    for (struct str rest = folders; rest.p && rest.n;) {
        if (parts->folder_count == MOST_FOLDERS)
            return false;
        parts->folders[parts->folder_count++] = str_cut(&rest, '/');
    }
    parts->application_at = parts->folder_count;
    return true;
}

/* A folder test/ is an environment only among others; else it holds what tests a chart. */
static bool is_for_tests(const struct parts *parts)
{
    for (size_t i = 0; i < parts->folder_count; i++) {
        struct str above = folder_path(parts, i);
        if (str_is(parts->folders[i], "test") && !path_holds_environments(path_name(above)) &&
            names_in(parts->survey, above)->known_folders < 2)
            return true;
    }
    return false;
}

bool path_dissect(const struct survey *survey, struct str path, struct dissection *ret_dissection)
{
    struct parts parts = {.survey = survey, .path = path};
    struct str inside;
    if (!find_chart(&parts, &inside) || !take_folders(&parts, path_directory(inside)))
        return false;
    if (is_for_tests(&parts))
        return false;
    split_stem(&parts);
    int grade = find_environment_folder(&parts);
    struct str file = {0};
    if (grade) {
        note_environment(&parts, parts.folders[parts.environment_at], true);
        parts.found.by_place = is_environment_by_place(&parts, parts.environment_at);
        file = application_file(&parts);
    } else {
        file = environment_file(&parts);
    }
    if (!file.p)
        return false;
    find_application_folder(&parts);
    parts.found.pattern = build_pattern(&parts, file);
    *ret_dissection = parts.found;
    return true;
}
