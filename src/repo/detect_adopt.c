#include <stdlib.h>

#include "detect_learner.h"
#include "pattern.h"

/* --- layers --- */

/* From general to special: 0 for all, 1 for an environment, 2 for an application, 3 for both. */
static unsigned specialty(struct str pattern)
{
    return (pattern_names_environment(pattern) ? 1U : 0U) +
           (pattern_names_application(pattern) ? 2U : 0U);
}

static size_t depth(struct str path)
{
    return str_count_char(path, '/');
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
void learner_report_charts(struct learner *learner)
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

void learner_add_charts(struct learner *learner)
{
    for (size_t i = 0; i < learner->survey.charts.count; i++) {
        struct dissection chart = {.chart = learner->survey.charts.items[i]};
        if (!map_has(&learner->survey.used_charts, chart.chart))
            add_application(learner, &chart);
    }
}

void learner_adopt(struct learner *learner, const struct path_pattern *pattern)
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

void learner_sort_layers(struct learner *learner)
{
    struct config *config = learner->detection->config;
    qsort(config->layers.items, config->layers.count, sizeof *config->layers.items, compare_layers);
}
