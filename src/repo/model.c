#include "repo.h"

#include <stdlib.h>

#include "applications.h"
#include "deployed.h"
#include "pattern.h"

struct builder {
    struct arena *arena;
    struct tree *tree;
    const struct config *config;
    struct diagnostics *sink;
    struct declared_list declared;
    struct deployed_patterns patterns;
    struct model *model;
    VECTOR(struct release) releases;
    struct map charts;        /* directory → const struct chart */
    struct map layer_numbers; /* path → index + 1 of layer_paths */
    struct str_list layer_paths;
    bool *pattern_hits; /* per layer of the configuration: some file was there */
    unsigned jobs;
};

/* --- releases --- */

static const struct chart *chart_at(struct builder *builder, struct str directory)
{
    if (!directory.p)
        return NULL;
    if (!map_has(&builder->charts, directory)) {
        const struct chart *chart =
            chart_load(builder->arena, builder->tree, directory, &limits_default);
        map_put(builder->arena, &builder->charts, directory, (void *)chart);
    }
    return map_get(&builder->charts, directory);
}

static struct str layer_path(struct builder *builder, struct str pattern,
                             const struct config_environment *environment,
                             const struct application *application)
{
    struct str filled = pattern_fill(builder->arena, pattern, environment, application);
    /* {chart} is a path of the tree already; everything else is relative to the configured root. */
    if (!filled.p || str_starts_with(pattern, STR("{chart}")))
        return filled;
    return path_join(builder->arena, builder->config->root, filled);
}

/* True when a file exists for this very pair of application and environment. */
static bool has_own_layer(struct builder *builder, const struct config_environment *environment,
                          const struct application *application)
{
    for (size_t i = 0; i < builder->patterns.given; i++) {
        const struct config_layer *layer = &builder->config->layers.items[i];
        bool own =
            pattern_names_environment(layer->pattern) && pattern_names_application(layer->pattern);
        if (!own || !matches_any(&layer->environments, environment->name))
            continue;
        struct str path = layer_path(builder, layer->pattern, environment, application);
        if (path.p && tree_has_file(builder->tree, path))
            return true;
    }
    return false;
}

static bool has_own_layer_anywhere(struct builder *builder, const struct application *application)
{
    for (size_t i = 0; i < builder->config->environments.count; i++) {
        if (has_own_layer(builder, &builder->config->environments.items[i], application))
            return true;
    }
    return false;
}

/* Folders only tell names apart. Where nobody has named the release its name is no invented reason
 * for a Service to have a dot in its own. */
static struct str release_name_of(struct builder *builder, const struct application *application)
{
    struct str name = path_name(application->name);
    return builder->config->stream ? name : str_replace(builder->arena, name, STR("."), STR("-"));
}

static void add_release(struct builder *builder, struct application *application,
                        size_t environment_number)
{
    const struct config_environment *environment =
        &builder->config->environments.items[environment_number];
    struct release *release = vector_add(builder->arena, &builder->releases);
    bool own_namespace = environment->cluster_scope || !application->component;
    *release = (struct release){
        .number = builder->releases.count - 1,
        .environment = environment,
        .environment_number = environment_number,
        .application = application,
        .name = path_join(builder->arena, environment->name, application->name),
        .release_name = release_name_of(builder, application),
        .namespace = own_namespace && application->namespace.n ? application->namespace
                                                               : environment->namespace,
        .chart = chart_at(builder, application->chart_directory),
    };
    application->release_count++;
}

static void add_deployed_releases(struct builder *builder,
                                  const struct declared_application *declared,
                                  struct application *application)
{
    for (size_t i = 0; i < builder->config->environments.count; i++) {
        const struct deployment *deployment =
            declared_in(declared, builder->config->environments.items[i].name);
        if (!deployment)
            continue;
        add_release(builder, application, i);
        struct release *release = &builder->releases.items[builder->releases.count - 1];
        release->deployment = deployment;
        release->release_name = deployment->release_name;
        release->chart = chart_at(builder, deployment->chart_directory);
        if (deployment->namespace.n)
            release->namespace = deployment->namespace;
    }
}

static void add_releases(struct builder *builder, const struct declared_application *declared,
                         struct application *application)
{
    const struct config *config = builder->config;
    if (declared->deployments.count) {
        add_deployed_releases(builder, declared, application);
        return;
    }
    bool by_layer = config->deployed == DEPLOYED_WITH_LAYER && !declared->environments.count &&
                    has_own_layer_anywhere(builder, application);
    for (size_t i = 0; i < config->environments.count; i++) {
        const struct config_environment *environment = &config->environments.items[i];
        if (declared_for(declared, environment) &&
            (!by_layer || has_own_layer(builder, environment, application)))
            add_release(builder, application, i);
    }
}

/* --- layers --- */

struct layer_list {
    struct release_layer *items;
    size_t count, capacity;
};

/* Notes a path once and gives its number; the file is read later, with all others. */
static size_t note_layer(struct builder *builder, struct str path)
{
    size_t number = (size_t)(uintptr_t)map_get(&builder->layer_numbers, path);
    if (!number) {
        vector_push(builder->arena, &builder->layer_paths, path);
        number = builder->layer_paths.count;
        map_put(builder->arena, &builder->layer_numbers, path, (void *)(uintptr_t)number);
    }
    return number;
}

/* Two patterns may lead to one file, also by links, and one to the chart's defaults. */
static bool has_path(const struct layer_list *layers, struct str path)
{
    for (size_t i = 0; i < layers->count; i++) {
        if (str_equal(layers->items[i].path, path))
            return true;
    }
    return false;
}

static void add_layer(struct builder *builder, struct layer_list *layers, struct str path,
                      const struct config_layer *pattern, struct span named_at)
{
    const struct file *file =
        path.p && tree_has_file(builder->tree, path) ? tree_find(builder->tree, path) : NULL;
    if (file)
        path = file->path; /* behind symbolic links: a file of several names is one layer */
    if (pattern && file)
        builder->pattern_hits[pattern - builder->config->layers.items] = true;
    if (!path.p || has_path(layers, path))
        return;
    if (file)
        note_layer(builder, path);
    vector_push(
        builder->arena, layers,
        ((struct release_layer){path, NULL, pattern && pattern->optional, pattern, named_at}));
}

static void add_deployed_layers(struct builder *builder, const struct deployment *deployment,
                                struct layer_list *layers)
{
    for (size_t i = 0; i < deployment->layers.count; i++) {
        const struct deployed_layer *named = &deployment->layers.items[i];
        if (named->layer) {
            vector_push(builder->arena, layers,
                        ((struct release_layer){named->path, named->layer, named->optional, NULL,
                                                named->named_at}));
            continue;
        }
        size_t number = (size_t)(uintptr_t)map_get(&builder->patterns.by_path, named->path);
        const struct config_layer *pattern =
            number ? &builder->config->layers.items[number - 1] : NULL;
        add_layer(builder, layers, named->path, pattern, named->named_at);
    }
}

static void add_pattern_layers(struct builder *builder, const struct declared_application *declared,
                               const struct release *release, struct layer_list *layers)
{
    const struct config *config = builder->config;
    for (size_t i = 0; i < builder->patterns.given; i++) {
        const struct config_layer *pattern = &config->layers.items[i];
        bool common = !pattern_names_application(pattern->pattern);
        if ((common && declared->skips_common_layers) ||
            !matches_any(&pattern->environments, release->environment->name))
            continue;
        struct str path =
            layer_path(builder, pattern->pattern, release->environment, release->application);
        add_layer(builder, layers, path, pattern, pattern->span);
    }
    for (size_t i = 0; i < declared->layers.count; i++) {
        struct str path = layer_path(builder, declared->layers.items[i], release->environment,
                                     release->application);
        add_layer(builder, layers, path, NULL, declared->span);
    }
}

static void add_layers(struct builder *builder, const struct declared_application *declared,
                       struct release *release)
{
    struct layer_list layers = {0};
    const struct deployment *deployment = declared_in(declared, release->environment->name);
    if (release->chart && release->chart->defaults)
        vector_push(builder->arena, &layers,
                    ((struct release_layer){.path = release->chart->defaults->path,
                                            .layer = release->chart->defaults}));
    if (deployment)
        add_deployed_layers(builder, deployment, &layers);
    else
        add_pattern_layers(builder, declared, release, &layers);
    release->layers = layers.items;
    release->layer_count = layers.count;
}

/* --- reading --- */

struct reading {
    struct builder *builder;
    struct arena *arenas; /* one per worker */
    const struct layer **layers;
};

static void read_layer(void *context, unsigned worker, size_t index)
{
    struct reading *reading = context;
    struct builder *builder = reading->builder;
    reading->layers[index] =
        layer_load(&reading->arenas[worker], builder->tree, builder->layer_paths.items[index],
                   LAYER_FILE, &limits_default);
}

static const struct layer **read_layers(struct builder *builder)
{
    size_t count = builder->layer_paths.count;
    struct reading reading = {
        .builder = builder,
        .arenas = arena_make_array(builder->arena, struct arena, builder->jobs),
        .layers = arena_make_array(builder->arena, const struct layer *, count),
    };
    parallel_for(count, builder->jobs, read_layer, &reading);
    for (unsigned i = 0; i < builder->jobs; i++)
        arena_adopt(builder->arena, &reading.arenas[i]);
    return reading.layers;
}

static int compare_layers(const void *a, const void *b)
{
    const struct layer *const *left = a;
    const struct layer *const *right = b;
    return str_compare((*left)->path, (*right)->path);
}

struct layer_pointers {
    const struct layer **items;
    size_t count, capacity;
};

enum { LAYER_NOTED = INT32_MAX };

/* Values that stand in a deployer's file, and unknown ones, each once. */
static void add_written_layers(struct builder *builder, const struct release *release,
                               struct layer_pointers *all)
{
    for (size_t i = 0; i < release->layer_count; i++) {
        struct layer *layer = (struct layer *)release->layers[i].layer; /* not shared yet */
        if (!layer || layer->kind == LAYER_CHART || layer->number == LAYER_NOTED)
            continue;
        layer->number = LAYER_NOTED;
        vector_push(builder->arena, all, layer);
    }
}

/* All layers by their paths, numbered: files that were read and the charts' defaults. */
static struct layer_use *number_layers(struct builder *builder, const struct layer **read,
                                       size_t read_count, size_t *ret_count)
{
    struct layer_pointers all = {0};
    for (size_t i = 0; i < read_count; i++)
        vector_push(builder->arena, &all, read[i]);
    for (size_t i = 0; i < builder->releases.count; i++)
        add_written_layers(builder, &builder->releases.items[i], &all);
    for (size_t i = 0; i < builder->charts.count; i++) {
        const struct chart *chart = builder->charts.items[i].value;
        if (chart && chart->defaults)
            vector_push(builder->arena, &all, chart->defaults);
    }
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_layers);
    struct layer_use *uses = arena_make_array(builder->arena, struct layer_use, all.count);
    for (size_t i = 0; i < all.count; i++) {
        struct layer *numbered = (struct layer *)all.items[i]; /* not shared yet */
        numbered->number = (uint32_t)i;
        uses[i].layer = numbered;
    }
    *ret_count = all.count;
    return uses;
}

struct use_releases {
    const struct release **items;
    size_t count, capacity;
};

bool layer_use_is_of_several(const struct layer_use *use)
{
    const struct config_environment *first = NULL;
    for (size_t i = 0; i < use->release_count; i++) {
        const struct config_environment *environment = use->releases[i]->environment;
        if (environment->cluster_scope)
            continue;
        if (first && environment != first)
            return true;
        first = environment;
    }
    return false;
}

static void note_use(struct builder *builder, struct layer_use *use, struct use_releases *releases,
                     const struct release *release, const struct release_layer *named)
{
    const struct config_environment *environment = release->environment;
    bool first = releases->count == 0;
    bool names_environment = named->pattern && pattern_names_environment(named->pattern->pattern);
    if (first && names_environment)
        use->environment = environment;
    else if (!names_environment || use->environment != environment)
        use->environment = NULL;
    if (!first && releases->items[0]->environment != environment)
        use->shared = true;
    if (named->pattern && !names_environment)
        use->shared = true;
    vector_push(builder->arena, releases, release);
}

/* What cannot be read is said once, and the run ends with "could not be done". */
static void report_unreadable(struct builder *builder)
{
    for (size_t i = 0; i < builder->model->layer_count; i++) {
        const struct file *file = builder->model->layers[i].layer->file;
        if (file && file->state == FILE_UNREADABLE)
            diagnostics_add(builder->sink, SEVERITY_ERROR, "unreadable",
                            (struct span){file->id, 0, 0}, "the file cannot be read: %.*s",
                            STR_ARG(file->problem));
    }
}

static void connect_layers(struct builder *builder)
{
    struct model *model = builder->model;
    size_t read_count = builder->layer_paths.count;
    const struct layer **read = read_layers(builder);
    model->layers = number_layers(builder, read, read_count, &model->layer_count);
    struct use_releases *uses =
        arena_make_array(builder->arena, struct use_releases, model->layer_count);
    for (size_t i = 0; i < model->release_count; i++) {
        struct release *release = &model->releases[i];
        for (size_t k = 0; k < release->layer_count; k++) {
            struct release_layer *named = &release->layers[k];
            size_t number = (size_t)(uintptr_t)map_get(&builder->layer_numbers, named->path);
            if (!named->layer && number)
                named->layer = read[number - 1];
            if (!named->layer) {
                model->missing_count++;
                continue;
            }
            note_use(builder, &model->layers[named->layer->number], &uses[named->layer->number],
                     release, named);
        }
    }
    for (size_t i = 0; i < model->layer_count; i++) {
        model->layers[i].releases = uses[i].items;
        model->layers[i].release_count = uses[i].count;
    }
}

/* --- the whole model --- */

static void build_releases(struct builder *builder)
{
    struct model *model = builder->model;
    model->application_count = builder->declared.count;
    model->applications =
        arena_make_array(builder->arena, struct application, model->application_count);
    for (size_t i = 0; i < model->application_count; i++) {
        model->applications[i] = builder->declared.items[i].application;
        model->applications[i].number = i;
        add_releases(builder, &builder->declared.items[i], &model->applications[i]);
    }
    model->releases = builder->releases.items;
    model->release_count = builder->releases.count;
    size_t next = 0;
    for (size_t i = 0; i < model->application_count; i++) {
        struct application *application = &model->applications[i];
        application->releases =
            arena_make_array(builder->arena, const struct release *, application->release_count);
        for (size_t k = 0; k < application->release_count; k++, next++) {
            application->releases[k] = &model->releases[next];
            add_layers(builder, &builder->declared.items[i], &model->releases[next]);
        }
    }
}

static void report_empty_patterns(struct builder *builder)
{
    for (size_t i = 0; i < builder->patterns.given; i++) {
        const struct config_layer *layer = &builder->config->layers.items[i];
        if (layer->optional && !builder->pattern_hits[i])
            diagnostics_add(builder->sink, SEVERITY_WARNING, "pattern", layer->span,
                            "no file matches the layer %.*s in any release",
                            STR_ARG(layer->pattern));
    }
}

static void report_nothing(struct builder *builder)
{
    const struct config *config = builder->config;
    struct span at = {config->stream ? yaml_root(config->stream)->span.file : 0, 0, 0};
    if (!config->environments.count)
        diagnostics_add(builder->sink, SEVERITY_ERROR, "empty", at,
                        "no release found: the configuration names no environments");
    else if (!builder->declared.count)
        diagnostics_add(builder->sink, SEVERITY_ERROR, "empty", at,
                        "no release found: the configuration leads to no application");
    else
        diagnostics_add(builder->sink, SEVERITY_ERROR, "empty", at,
                        "no release found: none of the %zu applications is deployed to one of the "
                        "%zu environments",
                        builder->declared.count, config->environments.count);
}

const struct model *model_load(struct arena *arena, struct tree *tree, const struct config *config,
                               unsigned jobs, struct diagnostics *sink)
{
    struct builder builder = {
        .arena = arena,
        .tree = tree,
        .sink = sink,
        .model = arena_make(arena, struct model),
        .jobs = jobs ? jobs : 1,
    };
    struct deployments deployments = deployments_find(arena, tree, config, sink);
    builder.config = config_complete(arena, tree, config, &deployments, &builder.patterns);
    builder.pattern_hits = arena_make_array(arena, bool, builder.config->layers.count);
    builder.model->detected = !config->stream;
    builder.model->config = builder.config;
    builder.model->identities = identities_make(arena, builder.config);
    builder.declared = applications_find(arena, tree, config, &deployments, sink);
    build_releases(&builder);
    if (!builder.model->release_count) {
        report_nothing(&builder);
        return NULL;
    }
    connect_layers(&builder);
    report_unreadable(&builder);
    if (!builder.model->detected)
        report_empty_patterns(&builder);
    return builder.model;
}

bool release_layer_is_own(const struct release_layer *layer)
{
    return !layer->pattern || pattern_names_application(layer->pattern->pattern);
}

const struct merged *release_merge(struct arena *arena, const struct release *release)
{
    const struct layer **layers =
        arena_make_array(arena, const struct layer *, release->layer_count);
    size_t count = 0;
    for (size_t i = 0; i < release->layer_count; i++) {
        if (release->layers[i].layer)
            layers[count++] = release->layers[i].layer;
    }
    return merge_layers(arena, layers, count);
}

struct str model_cluster(const struct model *model, const struct config_environment *environment)
{
    bool is_apart =
        !environment->cluster_scope && !environment->namespace.n && !environment->cluster.n;
    return model->detected || is_apart ? environment->name : environment->cluster;
}

const struct release *model_find_release(const struct model *model, struct str name)
{
    for (size_t i = 0; i < model->release_count; i++) {
        if (str_equal(model->releases[i].name, name))
            return &model->releases[i];
    }
    return NULL;
}
