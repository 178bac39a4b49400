#include "applications.h"

#include "pattern.h"

struct finder {
    struct arena *arena;
    struct tree *tree;
    const struct config *config;
    struct diagnostics *sink;
    struct declared_list found;
};

static struct str text_at(const struct yaml_node *node, const char *path)
{
    return yaml_text(yaml_at(node, str_from_c(path)));
}

static struct str chart_directory(struct finder *finder, struct str named)
{
    return chart_place_find(finder->arena, finder->tree, finder->config, named);
}

/* --- component files --- */

/* Argo CD's ApplicationSet replaces these words in component files as they are written, blanks
 * included. */
static struct str without_argo_placeholders(struct arena *arena, struct str path)
{
    static const struct {
        const char *written, *placeholder;
    } known[] = {
        {"{{ .env }}", "{env}"},
        {"{{ .valuesEnvironment }}", "{env}"},
        {"{{ .namespace }}", "{namespace}"},
        {"{{ .domain }}", "{domain}"},
        {"{{ .name }}", "{app}"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        path = str_replace(arena, path, str_from_c(known[i].written),
                           str_from_c(known[i].placeholder));
    return path;
}

/* Argo CD writes layers of another source as $values/path. Layers that are not below it are no
 * files of this repository. */
static void add_value_files(struct finder *finder, struct declared_application *declared,
                            const struct yaml_node *files)
{
    if (!files || files->kind != YAML_LIST)
        return;
    for (size_t i = 0; i < files->list.count; i++) {
        struct str path = yaml_text(files->list.items[i]);
        if (str_starts_with(path, STR("$values/")))
            vector_push(
                finder->arena, &declared->layers,
                without_argo_placeholders(finder->arena, str_from(path, strlen("$values/"))));
    }
}

static void add_component(struct finder *finder, const struct config_components *components,
                          struct str path)
{
    const struct file *file = tree_find(finder->tree, path);
    if (!file || file->state != FILE_READ) {
        diagnostics_add(finder->sink, SEVERITY_ERROR, "unreadable", (struct span){0}, "%.*s: %.*s",
                        STR_ARG(path), STR_ARG(file ? file->problem : STR("the file is gone")));
        return;
    }
    const struct yaml_stream *stream = yaml_parse(finder->arena, file, &limits_default);
    diagnostics_append(finder->sink, &stream->problems);
    const struct yaml_node *root = yaml_root(stream);
    struct str name = text_at(root, "name");
    if (!name.n) {
        if (stream->complete)
            diagnostics_add(finder->sink, SEVERITY_ERROR, "component", root->span,
                            "the component file names no application: `name` is missing");
        return;
    }
    struct declared_application *declared = vector_add(finder->arena, &finder->found);
    const struct yaml_node *excludes = yaml_value(root, "excludeGlobals");
    const struct yaml_entry *name_entry = yaml_find(root, STR("name"));
    *declared = (struct declared_application){
        .application = {.name = name,
                        .domain = text_at(root, "domain"),
                        .namespace = text_at(root, "namespace"),
                        .component = root,
                        .span = name_entry->value->span},
        .environments = components->environments,
        .skips_common_layers = excludes && excludes->kind == YAML_BOOL && excludes->boolean,
        .span = name_entry->value->span,
    };
    declared->application.chart_directory = chart_directory(finder, text_at(root, "chart.path"));
    add_value_files(finder, declared, yaml_at(root, STR("chart.valueFiles")));
}

static void add_components(struct finder *finder, const struct config_components *components)
{
    struct str pattern = path_join(finder->arena, finder->config->root, components->files);
    struct str_list paths = tree_glob(finder->tree, finder->arena, pattern);
    if (!paths.count)
        diagnostics_add(finder->sink, SEVERITY_WARNING, "pattern", components->span,
                        "no file matches %.*s", STR_ARG(pattern));
    for (size_t i = 0; i < paths.count; i++)
        add_component(finder, components, paths.items[i]);
}

/* --- charts --- */

/* Folders of this name say nothing of what is in them: the chart's own name does. */
static bool is_plain_folder(struct str name)
{
    static const char *const names[] = {"", "chart", "charts", "helm", "helm-chart", "deploy"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_is(name, names[i]))
            return true;
    }
    return false;
}

static void add_chart(struct finder *finder, struct str directory)
{
    const struct chart *chart = chart_load(finder->arena, finder->tree, directory, &limits_default);
    if (!chart || chart->is_library)
        return;
    struct declared_application *declared = vector_add(finder->arena, &finder->found);
    struct str name = path_name(directory);
    if (!directory.p)
        directory = STR("");
    declared->application = (struct application){.name = is_plain_folder(name) ? chart->name : name,
                                                 .chart_directory = directory,
                                                 .span = chart->name_span};
    declared->span = chart->name_span;
}

static bool matches_pattern(struct finder *finder, struct str pattern, struct str directory)
{
    struct str clean = path_clean(finder->arena, pattern);
    if (!clean.p)
        return false;
    return glob_match(path_join(finder->arena, finder->config->root, clean), directory);
}

static void add_charts(struct finder *finder)
{
    if (!finder->config->application_charts.count)
        return;
    struct str_list directories = chart_directories(finder->tree, finder->arena);
    for (size_t i = 0; i < directories.count; i++) {
        bool named = false;
        for (size_t k = 0; k < finder->config->application_charts.count && !named; k++)
            named = matches_pattern(finder, finder->config->application_charts.items[k],
                                    directories.items[i]);
        if (named)
            add_chart(finder, directories.items[i]);
    }
}

/* --- lists --- */

static void add_listed(struct finder *finder, const struct config_application *listed)
{
    struct declared_application *declared = vector_add(finder->arena, &finder->found);
    *declared = (struct declared_application){
        .application = {.name = listed->name,
                        .domain = listed->domain,
                        .namespace = listed->namespace,
                        .span = listed->span},
        .environments = listed->environments,
        .layers = listed->layers,
        .span = listed->span,
    };
    declared->application.chart_directory = chart_directory(finder, listed->chart);
    if (listed->chart.n && !declared->application.chart_directory.p)
        diagnostics_add(finder->sink, SEVERITY_WARNING, "chart", listed->span,
                        "the chart %.*s of application %.*s is not in this repository",
                        STR_ARG(listed->chart), STR_ARG(listed->name));
}

/* Two charts may lie in folders of one name: such applications are told apart by the folders above.
 */
static void make_names_unique(struct finder *finder)
{
    struct map first = {0};
    for (size_t i = 0; i < finder->found.count; i++) {
        struct application *application = &finder->found.items[i].application;
        struct str above = path_directory(application->chart_directory);
        /* Others of one name are a real clash, which rules report. */
        bool is_named = application->component || finder->found.items[i].deployments.count;
        while (map_has(&first, application->name) && !is_named && above.n) {
            application->name = path_join(finder->arena, path_name(above), application->name);
            above = path_directory(above);
        }
        if (!map_has(&first, application->name))
            map_put(finder->arena, &first, application->name, application);
    }
}

/* --- what deployers name --- */

/* The application of that name that is not yet in the environment; NULL when there is none. What
 * is there already becomes *ret_taken. */
static struct declared_application *find_declared(struct finder *finder, struct str name,
                                                  struct str environment,
                                                  const struct deployment **ret_taken)
{
    for (size_t i = 0; i < finder->found.count; i++) {
        struct declared_application *declared = &finder->found.items[i];
        if (!declared->deployments.count || !str_equal(declared->application.name, name))
            continue;
        const struct deployment *there = declared_in(declared, environment);
        if (!there)
            return declared;
        *ret_taken = there;
    }
    return NULL;
}

static struct declared_application *add_deployed(struct finder *finder, struct str name,
                                                 const struct deployment *deployment)
{
    struct declared_application *declared = vector_add(finder->arena, &finder->found);
    declared->application.name = name;
    declared->application.domain = deployment->domain;
    declared->application.chart_directory = deployment->chart_directory;
    declared->application.span = deployment->span;
    declared->span = deployment->span;
    return declared;
}

/* Deployments of one name in several environments are one application. A second one in the same
 * environment goes by its full name; if that is the same too, it is a clash, which rules report. */
static void add_deployment(struct finder *finder, const struct deployment *deployment)
{
    struct str name = deployment->application;
    const struct deployment *taken = NULL;
    struct declared_application *declared =
        find_declared(finder, name, deployment->environment, &taken);
    if (!declared && taken && !str_equal(taken->full_name, deployment->full_name)) {
        name = deployment->full_name;
        declared = find_declared(finder, name, deployment->environment, &taken);
    }
    if (!declared)
        declared = add_deployed(finder, name, deployment);
    if (!declared->application.chart_directory.p)
        declared->application.chart_directory = deployment->chart_directory;
    vector_push(finder->arena, &declared->deployments, deployment);
}

struct declared_list applications_find(struct arena *arena, struct tree *tree,
                                       const struct config *config,
                                       const struct deployments *deployments,
                                       struct diagnostics *sink)
{
    struct finder finder = {arena, tree, config, sink, {0}};
    for (size_t i = 0; i < config->components.count; i++)
        add_components(&finder, &config->components.items[i]);
    add_charts(&finder);
    for (size_t i = 0; i < config->applications.count; i++)
        add_listed(&finder, &config->applications.items[i]);
    for (size_t i = 0; i < deployments->count; i++)
        add_deployment(&finder, &deployments->items[i]);
    make_names_unique(&finder);
    return finder.found;
}

const struct deployment *declared_in(const struct declared_application *declared,
                                     struct str environment)
{
    for (size_t i = 0; i < declared->deployments.count; i++) {
        if (str_equal(declared->deployments.items[i]->environment, environment))
            return declared->deployments.items[i];
    }
    return NULL;
}

bool declared_for(const struct declared_application *declared,
                  const struct config_environment *environment)
{
    if (!declared->environments.count)
        return !environment->cluster_scope;
    return matches_any(&declared->environments, environment->name);
}
