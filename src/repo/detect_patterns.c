#include <stdlib.h>

#include "detect.h"
#include "detect_paths.h"
#include "environment_words.h"
#include "pattern.h"

/* A form of paths, with the evidence that files lie as it says. */
struct path_pattern {
    struct str text;
    VECTOR(struct dissection) sightings;
    struct map environments; /* that were seen in it → struct seen_environment */
    struct map applications;
    struct str_list bases; /* words for all environments in the place of {env} */
    bool known;            /* environments are told there by words that are known */
    bool believed;
};

struct seen_environment {
    size_t times;
    bool plain, known, by_place; /* a known word, alone or in a longer name */
};

struct learner {
    struct detection *detection;
    struct survey survey;
    struct map patterns;     /* text → struct path_pattern */
    struct map environments; /* that are believed */
    struct str_list applications;
};

/* --- looking at files --- */

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
        if (str_is(name, "..")) {
            continue;
        } else if (str_contains(name, STR("{"))) {
            placeholder = true;
        } else if (placeholder) {
            fixed.behind += !path_is_container(name);
        } else {
            fixed.before++;
            fixed.last = name;
        }
    }
    return fixed;
}

/* One folder of a fixed name may stand between ({env}/data/{app}); more say that something else is
 * told apart there. A file of a whole environment lies near the root, or in a folder that says what
 * it is. */
static bool has_plausible_folders(struct str pattern)
{
    enum { DEEPEST_WIDE = 2, DEEPEST_ENVIRONMENTS = 4 };
    struct fixed_folders fixed = count_fixed(pattern);
    if (fixed.behind > 1)
        return false;
    return pattern_names_application(pattern) || fixed.before < DEEPEST_WIDE ||
           (path_is_container(fixed.last) && fixed.before < DEEPEST_ENVIRONMENTS);
}

static struct path_pattern *pattern_of(struct learner *learner, struct str text)
{
    struct path_pattern *pattern = map_get(&learner->patterns, text);
    if (!pattern) {
        pattern = arena_make(learner->detection->arena, struct path_pattern);
        pattern->text = text;
        map_put(learner->detection->arena, &learner->patterns, text, pattern);
    }
    return pattern;
}

static void note_sighting(struct arena *arena, struct path_pattern *pattern,
                          const struct dissection *found)
{
    if (found->base) {
        if (!str_list_has(&pattern->bases, found->environment))
            vector_push(arena, &pattern->bases, found->environment);
        return;
    }
    struct seen_environment *seen = map_get(&pattern->environments, found->environment);
    if (!seen) {
        seen = arena_make(arena, struct seen_environment);
        map_put(arena, &pattern->environments, found->environment, seen);
    }
    seen->times++;
    seen->plain = environment_word_is_plain(found->environment);
    seen->known = environment_word_is_known(found->environment);
    seen->by_place = seen->by_place || found->by_place;
    pattern->known = pattern->known || found->known;
    map_put(arena, &pattern->applications, found->application, pattern);
    vector_push(arena, &pattern->sightings, *found);
}

/* True for a file that is the other name of one from which the same is learned. */
static bool is_link(struct learner *learner, struct str path, const struct dissection *found)
{
    struct dissection real;
    const struct file *file = tree_find(learner->detection->tree, path);
    return file && !str_equal(file->path, path) &&
           path_dissect(&learner->survey, file->path, &real) &&
           str_equal(real.environment, found->environment) &&
           str_equal(real.application, found->application);
}

static void learn(struct learner *learner, struct str path)
{
    struct dissection found;
    if (path_may_hold_values(path) && path_dissect(&learner->survey, path, &found) &&
        has_plausible_folders(found.pattern) && detect_is_values(learner->detection, path) &&
        !is_link(learner, path, &found))
        note_sighting(learner->detection->arena, pattern_of(learner, found.pattern), &found);
}

/* --- what counts --- */

/* A name that is no known word counts when it stands in the place of known ones for several
 * applications, and not for a few of very many only. One with a known word in it counts unless it
 * is the exception among many applications: media-staging. */
static bool is_environment(const struct path_pattern *pattern, const struct seen_environment *seen)
{
    enum { FEWEST = 2, MOST_RARE = 20, FEW_APPLICATIONS = 3 };
    if (seen->plain)
        return true;
    if (seen->by_place)
        return pattern->known || pattern->environments.count > 1;
    bool often = seen->times >= FEWEST && seen->times * MOST_RARE >= pattern->applications.count;
    if (seen->known)
        return often || pattern->applications.count < FEW_APPLICATIONS;
    return pattern->known && often;
}

static size_t count_environments(const struct path_pattern *pattern, bool only_known)
{
    size_t count = 0;
    for (size_t i = 0; i < pattern->environments.count; i++) {
        const struct seen_environment *seen = pattern->environments.items[i].value;
        count += is_environment(pattern, seen) && (!only_known || seen->known);
    }
    return count;
}

/* The charts that the pattern's applications have. */
static bool names_charts(const struct learner *learner, const struct path_pattern *pattern)
{
    for (size_t i = 0; i < pattern->sightings.count; i++) {
        const struct dissection *found = &pattern->sightings.items[i];
        if (found->chart.p || map_has(&learner->survey.chart_by_name, found->application))
            return true;
    }
    return false;
}

static bool holds_values(struct str pattern, struct str *ret_above)
{
    struct str before = str_slice(pattern, 0, str_find(pattern, STR("{env}")));
    *ret_above = path_name(path_directory(before));
    return str_contains(path_name(pattern), STR("values"));
}

/* One environment is enough where names say that there are values and several applications or a
 * chart have them; otherwise two have to be told apart. Names that only have a known word in them
 * are weaker still. */
static bool is_believable(const struct learner *learner, const struct path_pattern *pattern)
{
    struct str above;
    size_t known = count_environments(pattern, true);
    size_t all = count_environments(pattern, false);
    bool application = pattern_names_application(pattern->text);
    bool values = holds_values(pattern->text, &above);
    bool container = path_is_container(above);
    if (!pattern->known && known < 2)
        return all > 1 && application && (values || container);
    if (all > 1)
        return true;
    if (!application)
        return values && path_holds_environments(above);
    bool several = pattern->applications.count > 1 || names_charts(learner, pattern);
    return (values || container) && several;
}

struct pattern_list {
    struct path_pattern **items;
    size_t count, capacity;
};

static bool names_another(const struct learner *learner, struct str application)
{
    for (size_t i = 0; i < learner->patterns.count; i++) {
        const struct path_pattern *pattern = learner->patterns.items[i].value;
        for (size_t k = 0; k < pattern->applications.count; k++) {
            struct str name = pattern->applications.items[k].key;
            if (name.n && !str_equal(name, application))
                return true;
        }
    }
    return false;
}

/* A folder that is the only one of its kind is no application where there are charts: its files are
 * those of the environments. */
static void forget_lonely_application(struct learner *learner, struct path_pattern *pattern)
{
    struct arena *arena = learner->detection->arena;
    const struct survey *survey = &learner->survey;
    bool by_folder = pattern_has(path_directory(pattern->text), "app");
    if (!by_folder || pattern->applications.count != 1 || !survey->charts.count)
        return;
    struct str name = pattern->applications.items[0].key;
    struct str text = str_replace(arena, pattern->text, STR("{app}"), name);
    if (map_has(&survey->chart_by_name, name) || names_another(learner, name) ||
        !has_plausible_folders(text))
        return;
    pattern->text = text;
    for (size_t i = 0; i < pattern->sightings.count; i++)
        pattern->sightings.items[i].application = STR("");
}

static void believe(struct learner *learner, struct pattern_list *believed,
                    struct path_pattern *pattern)
{
    struct arena *arena = learner->detection->arena;
    pattern->believed = true;
    vector_push(arena, believed, pattern);
    for (size_t i = 0; i < pattern->environments.count; i++) {
        const struct map_entry *entry = &pattern->environments.items[i];
        if (is_environment(pattern, entry->value))
            map_put(arena, &learner->environments, entry->key, entry->value);
    }
}

/* The pattern up to its folder of an environment; p == NULL when a file's name tells it. */
static struct str environment_folder(struct str pattern)
{
    size_t at = str_find(pattern, STR("{env}/"));
    return at == STR_NOT_FOUND ? (struct str){0} : str_slice(pattern, 0, at);
}

/* True for files that only one environment has, in a folder that is known to be one's. */
static bool lies_beside(const struct pattern_list *believed, const struct path_pattern *pattern)
{
    struct str folder = environment_folder(pattern->text);
    for (size_t i = 0; folder.p && i < believed->count; i++) {
        struct str other = environment_folder(believed->items[i]->text);
        if (other.p && str_equal(folder, other))
            return true;
    }
    return false;
}

static struct pattern_list find_believed(struct learner *learner)
{
    struct pattern_list believed = {0};
    for (size_t i = 0; i < learner->patterns.count; i++) {
        struct path_pattern *pattern = learner->patterns.items[i].value;
        forget_lonely_application(learner, pattern);
        if (is_believable(learner, pattern))
            believe(learner, &believed, pattern);
    }
    for (size_t i = 0; i < learner->patterns.count; i++) {
        struct path_pattern *pattern = learner->patterns.items[i].value;
        if (!pattern->believed && lies_beside(&believed, pattern))
            believe(learner, &believed, pattern);
    }
    return believed;
}

/* --- layers --- */

/* From general to special: 0 for all, 1 for an environment, 2 for an application, 3 for both. */
static unsigned specialty(struct str pattern)
{
    return (pattern_names_environment(pattern) ? 1U : 0U) +
           (pattern_names_application(pattern) ? 2U : 0U);
}

static size_t depth(struct str path)
{
    size_t slashes = 0;
    for (size_t i = 0; i < path.n; i++)
        slashes += path.p[i] == '/';
    return slashes;
}

/* Later layers win: special ones come behind general ones, those outside a chart behind those in
 * it, values.generated.yaml behind values.yaml. */
static int compare_layers(const void *a, const void *b)
{
    struct str left = ((const struct config_layer *)a)->pattern;
    struct str right = ((const struct config_layer *)b)->pattern;
    bool left_chart = pattern_has(left, "chart");
    if (specialty(left) != specialty(right))
        return specialty(left) < specialty(right) ? -1 : 1;
    if (left_chart != pattern_has(right, "chart"))
        return left_chart ? -1 : 1;
    if (depth(left) != depth(right))
        return depth(left) < depth(right) ? -1 : 1;
    if (left.n != right.n)
        return left.n < right.n ? -1 : 1;
    return str_compare(left, right);
}

static bool has_layer(const struct config *config, struct str pattern)
{
    for (size_t i = 0; i < config->layers.count; i++) {
        if (str_equal(config->layers.items[i].pattern, pattern))
            return true;
    }
    return false;
}

static struct str application_path(struct learner *learner, struct str pattern,
                                   const struct dissection *found)
{
    struct arena *arena = learner->detection->arena;
    struct str path = str_replace(arena, pattern, STR("{app}"), found->application);
    return path_clean(arena, str_replace(arena, path, STR("{chart}"), found->chart));
}

/* Adds the layer of all environments when some application has it. */
static void add_base_layer(struct learner *learner, const struct path_pattern *pattern,
                           struct str base)
{
    struct detection *detection = learner->detection;
    bool chart_default = str_is(base, "{chart}/values.yaml");
    if (chart_default || pattern_has(base, "env") || has_layer(detection->config, base))
        return;
    for (size_t i = 0; i < pattern->sightings.count; i++) {
        struct str path = application_path(learner, base, &pattern->sightings.items[i]);
        bool there = path.n && tree_has_file(detection->tree, path) && path_may_hold_values(path) &&
                     detect_is_values(detection, path);
        if (!there)
            continue;
        detect_add_layer(detection, base);
        return;
    }
}

/* What the pattern is without its environment: values/{app}.yaml for values/{env}/{app}.yaml,
 * values.yaml for values-{env}.yaml, web/values.yaml for web/overlays/{env}/values.yaml. */
static void add_base_layers(struct learner *learner, const struct path_pattern *pattern)
{
    static const char *const forms[] = {"/{env}/", "{env}/", "-{env}", ".{env}",
                                        "_{env}",  "{env}-", "{env}.", "{env}_"};
    struct arena *arena = learner->detection->arena;
    struct str text = pattern->text;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct str form = str_from_c(forms[i]);
        size_t at = str_find(text, form);
        if (at == STR_NOT_FOUND)
            continue;
        struct str before = str_slice(text, 0, at);
        struct str behind = str_from(text, at + form.n);
        if (form.p[0] != '/') {
            add_base_layer(learner, pattern, str_join(arena, before, behind));
        } else if (path_is_container(path_name(before))) {
            struct str folder = path_directory(before);
            add_base_layer(learner, pattern, path_join(arena, folder, behind));
        }
    }
    /* web/values.yaml beside web/{env}.yaml */
    if (str_is(path_stem(text), "{env}"))
        add_base_layer(learner, pattern, str_replace(arena, text, STR("{env}"), STR("values")));
    for (size_t i = 0; i < pattern->bases.count; i++) {
        struct str base = str_replace(arena, text, STR("{env}"), pattern->bases.items[i]);
        add_base_layer(learner, pattern, base);
    }
}

/* --- applications --- */

static void add_application(struct learner *learner, const struct dissection *found)
{
    struct config *config = learner->detection->config;
    struct arena *arena = learner->detection->arena;
    struct str name = found->application;
    if (!name.n && !found->chart.p)
        return;
    const struct str *chart = map_get(&learner->survey.chart_by_name, name);
    struct str directory = found->chart.p ? found->chart : chart ? *chart : (struct str){0};
    struct str key = directory.p ? str_join(arena, STR("chart:"), directory) : name;
    if (str_list_has(&learner->applications, key))
        return;
    vector_push(arena, &learner->applications, key);
    if (directory.p)
        vector_push(arena, &config->application_charts, directory.n ? directory : STR("."));
    else
        vector_add(arena, &config->applications)->name = name;
}

/* Charts that nothing says of where they are deployed are left out, and not silently. */
static void report_charts(struct learner *learner)
{
    size_t count = 0;
    const struct str_list *charts = &learner->survey.charts;
    const struct config *config = learner->detection->config;
    for (size_t i = 0; i < charts->count; i++) {
        struct str directory = charts->items[i].n ? charts->items[i] : STR(".");
        count += !str_list_has(&config->application_charts, directory) &&
                 !map_has(&learner->survey.used_charts, directory);
    }
    if (count)
        diagnostics_add(learner->detection->sink, SEVERITY_INFO, "detection", (struct span){0},
                        "%zu of %zu charts have no values files of environments and are left out; "
                        "a configuration can name them",
                        count, charts->count);
}

static void add_charts(struct learner *learner)
{
    for (size_t i = 0; i < learner->survey.charts.count; i++) {
        struct dissection chart = {.chart = learner->survey.charts.items[i]};
        if (!map_has(&learner->survey.used_charts, chart.chart))
            add_application(learner, &chart);
    }
}

/* --- all together --- */

static void adopt(struct learner *learner, const struct path_pattern *pattern)
{
    for (size_t i = 0; i < pattern->sightings.count; i++) {
        const struct dissection *found = &pattern->sightings.items[i];
        if (map_has(&learner->environments, found->environment))
            add_application(learner, found);
    }
    if (!has_layer(learner->detection->config, pattern->text))
        detect_add_layer(learner->detection, pattern->text);
    add_base_layers(learner, pattern);
}

bool detect_patterns(struct detection *detection)
{
    struct learner learner = {.detection = detection, .survey = survey_make(detection)};
    struct config *config = detection->config;
    const struct str_list *paths = tree_paths(detection->tree);
    for (size_t i = 0; i < paths->count; i++)
        learn(&learner, paths->items[i]);
    struct pattern_list believed = find_believed(&learner);
    if (!believed.count)
        return false;
    bool wide = false;
    for (size_t i = 0; i < believed.count; i++) {
        adopt(&learner, believed.items[i]);
        wide = wide || !pattern_names_application(believed.items[i]->text);
    }
    for (size_t i = 0; i < learner.environments.count; i++)
        detect_add_environment(detection, learner.environments.items[i].key);
    if (wide || !learner.applications.count)
        add_charts(&learner);
    if (!learner.applications.count)
        vector_add(detection->arena, &config->applications)->name = STR("values");
    report_charts(&learner);
    qsort(config->layers.items, config->layers.count, sizeof *config->layers.items, compare_layers);
    config->deployed = DEPLOYED_WITH_LAYER;
    return true;
}
