#include "detect_learner.h"
#include "pattern.h"

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
        vector_push(arena, &pattern->base_sightings, *found);
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

/* "base" is a name of an environment where only some applications have such a file. */
static void reconsider_bases(struct arena *arena, struct path_pattern *pattern)
{
    enum { MOST = 2 };
    struct str_list bases = {0};
    for (size_t i = 0; i < pattern->bases.count; i++) {
        struct str word = pattern->bases.items[i];
        size_t times = 0;
        for (size_t k = 0; k < pattern->base_sightings.count; k++)
            times += str_equal(pattern->base_sightings.items[k].environment, word);
        if (!str_is(word, "base") || times * MOST >= pattern->applications.count) {
            vector_push(arena, &bases, word);
            continue;
        }
        for (size_t k = 0; k < pattern->base_sightings.count; k++) {
            struct dissection sighting = pattern->base_sightings.items[k];
            sighting.base = false;
            if (str_equal(sighting.environment, word))
                note_sighting(arena, pattern, &sighting);
        }
    }
    pattern->bases = bases;
}

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
        reconsider_bases(learner->detection->arena, pattern);
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

/* --- all together --- */

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
        learner_adopt(&learner, believed.items[i]);
        wide = wide || !pattern_names_application(believed.items[i]->text);
    }
    for (size_t i = 0; i < learner.environments.count; i++)
        detect_add_environment(detection, learner.environments.items[i].key);
    if (wide || !learner.applications.count)
        learner_add_charts(&learner);
    if (!learner.applications.count)
        vector_add(detection->arena, &config->applications)->name = STR("values");
    learner_report_charts(&learner);
    learner_sort_layers(&learner);
    config->deployed = DEPLOYED_WITH_LAYER;
    return true;
}
