#include <stdlib.h>

#include "detect.h"
#include "environment_words.h"
#include "pattern.h"

/* A values file's path with the environment and the application taken out of it. Evidence that
 * files lie as the pattern says: the environments and applications that were seen in it. */
struct sighting {
    struct str environment, application; /* application: empty for an environment-wide file */
    struct str chart; /* directory of the chart the file lies in; p == NULL for none */
};

struct path_pattern {
    struct str text;
    VECTOR(struct sighting) sightings;
    bool known; /* one of its environments is a known word */
};

struct learner {
    struct detection *detection;
    struct str_list charts;   /* directories */
    struct map chart_by_name; /* last directory name → directory + 1 as pointer to struct str */
    struct map patterns;      /* text → struct path_pattern */
    struct str_list applications;
};

/* --- which files are looked at --- */

static bool is_skipped_directory(struct str name)
{
    static const char *const skipped[] = {
        "templates", "crds", "tests", "test",     "examples", "example",    "docs",
        "doc",       "ci",   "hack",  "testdata", "vendor",   "dashboards", "fixtures",
    };
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++) {
        if (str_is(name, skipped[i]))
            return true;
    }
    return name.n && name.p[0] == '.';
}

static bool is_skipped_file(struct str name)
{
    static const char *const skipped[] = {
        "Chart",    "requirements",   "component", "kustomization", "mkdocs",
        "helmfile", "docker-compose", "index",     "Chart.lock",
    };
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++) {
        if (str_is(path_stem(name), skipped[i]))
            return true;
    }
    return name.n && name.p[0] == '.';
}

static bool may_hold_values(struct str path)
{
    if (!path_is_yaml(path) || is_skipped_file(path_name(path)))
        return false;
    for (struct str rest = path_directory(path); rest.p && rest.n;) {
        struct str name = str_cut(&rest, '/');
        if (is_skipped_directory(name))
            return false;
    }
    return true;
}

/* The directory of the innermost chart that the path lies in; p == NULL for none. */
static struct str chart_of(const struct learner *learner, struct str path)
{
    struct str best = {0};
    for (size_t i = 0; i < learner->charts.count; i++) {
        struct str directory = learner->charts.items[i];
        if (path_is_below(path, directory) && (!best.p || directory.n > best.n))
            best = directory.p ? directory : STR("");
    }
    return best;
}

static bool is_in_subchart(struct str path, struct str chart)
{
    return str_starts_with(str_from(path, chart.n + (chart.n > 0)), STR("charts/"));
}

/* --- taking a path apart --- */

/* "values-dev" → "values-{env}" and "dev", by the ways in which people name such files. */
static bool split_stem(struct str stem, struct str *ret_before, struct str *ret_word,
                       struct str *ret_after)
{
    static const char *const prefixes[] = {"values-", "values.", "values_", "config-", "override-"};
    static const char *const suffixes[] = {"-values", ".values", "_values"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        struct str prefix = str_from_c(prefixes[i]);
        if (str_starts_with(stem, prefix) && stem.n > prefix.n) {
            *ret_before = str_slice(stem, 0, prefix.n);
            *ret_word = str_from(stem, prefix.n);
            *ret_after = STR("");
            return true;
        }
    }
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        struct str suffix = str_from_c(suffixes[i]);
        if (str_ends_with(stem, suffix) && stem.n > suffix.n) {
            *ret_before = STR("");
            *ret_word = str_slice(stem, 0, stem.n - suffix.n);
            *ret_after = suffix;
            return true;
        }
    }
    return false;
}

struct dissection {
    struct text pattern;
    struct sighting sighting;
    bool known;
};

static bool is_generic_stem(struct str stem)
{
    static const char *const generic[] = {"values", "globals", "global", "common", "defaults"};
    for (size_t i = 0; i < sizeof generic / sizeof *generic; i++) {
        if (str_is(stem, generic[i]))
            return true;
    }
    return false;
}

static bool is_application(const struct learner *learner, struct str name)
{
    return map_has(&learner->chart_by_name, name);
}

static void add_segment(struct dissection *parts, const char *text)
{
    if (parts->pattern.n)
        text_add_char(&parts->pattern, '/');
    text_add_c(&parts->pattern, text);
}

static void add_name(struct dissection *parts, struct str name)
{
    if (parts->pattern.n)
        text_add_char(&parts->pattern, '/');
    text_add(&parts->pattern, name);
}

/* Folders between the chart (or the root) and the file: environments and applications among them.
 */
static void take_folders(const struct learner *learner, struct dissection *parts,
                         struct str folders)
{
    for (struct str rest = folders; rest.p && rest.n;) {
        struct str name = str_cut(&rest, '/');
        bool environment = !parts->sighting.environment.n && environment_word_is_known(name);
        if (environment) {
            parts->sighting.environment = name;
            parts->known = true;
            add_segment(parts, "{env}");
        } else if (!parts->sighting.chart.p && !parts->sighting.application.n &&
                   (is_application(learner, name) || parts->sighting.environment.n)) {
            parts->sighting.application = name;
            add_segment(parts, "{app}");
        } else {
            add_name(parts, name);
        }
    }
}

static bool take_file(const struct learner *learner, struct dissection *parts, struct str path)
{
    struct str stem = path_stem(path);
    struct str ending = str_from(path_name(path), stem.n);
    struct str before, word, after;
    bool split = split_stem(stem, &before, &word, &after);
    if (!parts->sighting.environment.n && split && !environment_word_is_other(word)) {
        parts->sighting.environment = word;
        parts->known = environment_word_is_known(word);
        struct str name = str_format(learner->detection->arena, "%.*s{env}%.*s%.*s",
                                     STR_ARG(before), STR_ARG(after), STR_ARG(ending));
        add_name(parts, name);
        return true;
    }
    if (!parts->sighting.environment.n && environment_word_is_known(stem)) {
        parts->sighting.environment = stem;
        parts->known = true;
        add_name(parts, str_join(learner->detection->arena, STR("{env}"), ending));
        return true;
    }
    bool names_application = !parts->sighting.chart.p && !parts->sighting.application.n &&
                             parts->sighting.environment.n && !is_generic_stem(stem) && !split;
    if (names_application) {
        parts->sighting.application = stem;
        add_name(parts, str_join(learner->detection->arena, STR("{app}"), ending));
        return true;
    }
    add_name(parts, path_name(path));
    return parts->sighting.environment.n && is_generic_stem(stem);
}

/* A folder without a chart whose files differ by environment is an application of its own:
 * apps/web/values-dev.yaml. */
static void name_application_by_folder(const struct learner *learner, struct dissection *parts,
                                       struct str path)
{
    struct str folder = path_directory(path);
    bool has_one = parts->sighting.chart.p || parts->sighting.application.n;
    if (has_one || !folder.n || !str_contains(path_name(path), parts->sighting.environment))
        return;
    struct str name = path_name(folder);
    static const char *const containers[] = {"environments", "envs",   "env",     "values",
                                             "config",       "helm",   "deploy",  "overlays",
                                             "global",       "common", "clusters"};
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++) {
        if (str_is(name, containers[i]))
            return;
    }
    parts->sighting.application = name;
    struct str above = path_directory(folder);
    struct str file = path_name(text_str(&parts->pattern));
    struct text pattern = {.arena = learner->detection->arena};
    text_add(&pattern, above);
    text_add_c(&pattern, above.n ? "/{app}/" : "{app}/");
    text_add(&pattern, file);
    parts->pattern = pattern;
}

/* Folders of fixed names before the first placeholder, and behind it. */
struct fixed_folders {
    size_t before, behind;
    struct str last; /* the last one before */
};

static struct fixed_folders count_fixed(struct str pattern)
{
    struct fixed_folders fixed = {0};
    bool placeholder = false;
    for (struct str rest = path_directory(pattern); rest.p && rest.n;) {
        struct str name = str_cut(&rest, '/');
        if (str_contains(name, STR("{"))) {
            placeholder = true;
        } else if (placeholder) {
            fixed.behind++;
        } else {
            fixed.before++;
            fixed.last = name;
        }
    }
    return fixed;
}

/* One folder of a fixed name may stand between ({env}/apps/{app}); more say that something else is
 * told apart there. A file of a whole environment lies near the root, or in a folder that says what
 * it is. */
static bool has_plausible_folders(struct str pattern)
{
    struct fixed_folders fixed = count_fixed(pattern);
    bool inside_chart = str_starts_with(pattern, STR("{chart}"));
    bool says_so = str_is(fixed.last, "environments") || str_is(fixed.last, "envs") ||
                   str_is(fixed.last, "env");
    if (fixed.behind > (inside_chart ? 2 : 1))
        return false;
    return pattern_names_application(pattern) || fixed.before < 2 || (says_so && fixed.before < 4);
}

static void learn(struct learner *learner, struct str path)
{
    struct arena *arena = learner->detection->arena;
    struct dissection parts = {.pattern = {.arena = arena}};
    struct str chart = chart_of(learner, path);
    struct str inside = path;
    if (chart.p && is_in_subchart(path, chart))
        return;
    if (chart.p) {
        parts.sighting.chart = chart;
        parts.sighting.application = path_name(chart);
        text_add_c(&parts.pattern, "{chart}");
        inside = str_from(path, chart.n + (chart.n > 0));
    }
    take_folders(learner, &parts, path_directory(inside));
    if (!take_file(learner, &parts, path) || !parts.sighting.environment.n)
        return;
    name_application_by_folder(learner, &parts, path);
    if (!has_plausible_folders(text_str(&parts.pattern)))
        return;
    if (!detect_is_values(learner->detection, path))
        return;
    struct str text = text_str(&parts.pattern);
    struct path_pattern *pattern = map_get(&learner->patterns, text);
    if (!pattern) {
        pattern = arena_make(arena, struct path_pattern);
        pattern->text = text;
        map_put(arena, &learner->patterns, text, pattern);
    }
    pattern->known = pattern->known || parts.known;
    vector_push(arena, &pattern->sightings, parts.sighting);
}

/* --- what counts --- */

/* A word that is not known counts when it stands in the place of known ones for two applications.
 */
static bool is_environment(const struct path_pattern *pattern, struct str word)
{
    if (environment_word_is_known(word))
        return true;
    size_t times = 0;
    for (size_t i = 0; i < pattern->sightings.count; i++)
        times += str_equal(pattern->sightings.items[i].environment, word);
    return pattern->known && times >= 2;
}

static bool has_application(const struct path_pattern *pattern)
{
    return pattern_names_application(pattern->text);
}

/* Environment-wide files are believed where they lie in a folder of their own kind or name the
 * environment. */
static bool is_believable(const struct path_pattern *pattern)
{
    size_t environments = 0;
    struct str first = {0};
    for (size_t i = 0; i < pattern->sightings.count; i++) {
        struct str word = pattern->sightings.items[i].environment;
        if (!is_environment(pattern, word))
            continue;
        if (!first.p)
            first = word;
        if (environments == 0 || !str_equal(word, first))
            environments++;
    }
    return pattern->known && (environments >= 2 || (environments && has_application(pattern)));
}

static unsigned generality(const struct path_pattern *pattern)
{
    return has_application(pattern) ? 1 : 0;
}

static int compare_patterns(const void *a, const void *b)
{
    const struct path_pattern *left = *(struct path_pattern *const *)a;
    const struct path_pattern *right = *(struct path_pattern *const *)b;
    if (generality(left) != generality(right))
        return generality(left) < generality(right) ? -1 : 1;
    return str_compare(left->text, right->text);
}

struct pattern_list {
    struct path_pattern **items;
    size_t count, capacity;
};

static void add_application(struct learner *learner, const struct sighting *sighting)
{
    struct config *config = learner->detection->config;
    struct arena *arena = learner->detection->arena;
    struct str name = sighting->application;
    if (!name.n && !sighting->chart.p)
        return;
    const struct str *chart = map_get(&learner->chart_by_name, name);
    struct str directory = sighting->chart.p ? sighting->chart : chart ? *chart : (struct str){0};
    struct str key = directory.p ? str_join(arena, STR("chart:"), directory) : name;
    if (str_list_has(&learner->applications, key))
        return;
    vector_push(arena, &learner->applications, key);
    if (directory.p)
        vector_push(arena, &config->application_charts, directory.n ? directory : STR("."));
    else
        vector_add(arena, &config->applications)->name = name;
}

/* The file of all environments beside those of each: values/{app}.yaml beside
 * values/{env}/{app}.yaml. */
static void add_base_layers(struct learner *learner, const struct pattern_list *believed)
{
    struct detection *detection = learner->detection;
    struct arena *arena = detection->arena;
    for (size_t i = 0; i < believed->count; i++) {
        struct str text = believed->items[i]->text;
        struct str base = str_replace(arena, text, STR("{env}/"), STR(""));
        base = str_replace(arena, base, STR("-{env}"), STR(""));
        base = str_replace(arena, base, STR(".{env}"), STR(""));
        base = str_replace(arena, base, STR("_{env}"), STR(""));
        base = str_replace(arena, base, STR("{env}-"), STR(""));
        bool chart_default = str_is(base, "{chart}/values.yaml");
        if (pattern_has(base, "env") || chart_default || !pattern_has(base, "app"))
            continue;
        bool there = false;
        for (size_t k = 0; k < believed->items[i]->sightings.count && !there; k++) {
            struct str name = believed->items[i]->sightings.items[k].application;
            struct str path = str_replace(arena, base, STR("{app}"), name);
            there = tree_has_file(detection->tree, path);
        }
        if (there)
            detect_add_layer(detection, base);
    }
}

static void adopt(struct learner *learner, const struct pattern_list *believed)
{
    struct detection *detection = learner->detection;
    bool wide = false;
    for (size_t i = 0; i < believed->count; i++) {
        const struct path_pattern *pattern = believed->items[i];
        for (size_t k = 0; k < pattern->sightings.count; k++) {
            const struct sighting *sighting = &pattern->sightings.items[k];
            if (!is_environment(pattern, sighting->environment))
                continue;
            detect_add_environment(detection, sighting->environment);
            add_application(learner, sighting);
        }
        wide = wide || !has_application(pattern);
        if (!has_application(pattern))
            detect_add_layer(detection, pattern->text);
    }
    add_base_layers(learner, believed);
    for (size_t i = 0; i < believed->count; i++) {
        if (has_application(believed->items[i]))
            detect_add_layer(detection, believed->items[i]->text);
    }
    bool alone = !learner->applications.count;
    for (size_t i = 0; (wide || alone) && i < learner->charts.count; i++) {
        struct sighting chart = {.chart = learner->charts.items[i]};
        add_application(learner, &chart);
    }
    if (!learner->applications.count)
        vector_add(detection->arena, &detection->config->applications)->name = STR("values");
    detection->config->deployed = DEPLOYED_WITH_LAYER;
}

static void find_charts(struct learner *learner)
{
    struct arena *arena = learner->detection->arena;
    learner->charts = chart_directories(learner->detection->tree, arena);
    for (size_t i = 0; i < learner->charts.count; i++) {
        struct str *directory = &learner->charts.items[i];
        if (!directory->p)
            *directory = STR("");
        map_put(arena, &learner->chart_by_name, path_name(*directory), directory);
    }
}

bool detect_patterns(struct detection *detection)
{
    struct learner learner = {.detection = detection};
    find_charts(&learner);
    const struct str_list *paths = tree_paths(detection->tree);
    for (size_t i = 0; i < paths->count; i++) {
        if (may_hold_values(paths->items[i]))
            learn(&learner, paths->items[i]);
    }
    struct pattern_list believed = {0};
    for (size_t i = 0; i < learner.patterns.count; i++) {
        struct path_pattern *pattern = learner.patterns.items[i].value;
        if (is_believable(pattern))
            vector_push(detection->arena, &believed, pattern);
    }
    if (!believed.count)
        return false;
    qsort(believed.items, believed.count, sizeof *believed.items, compare_patterns);
    adopt(&learner, &believed);
    return true;
}
