#include "pass_private.h"

/* Rendered objects and the causes of their fields. */

struct rendering_slot *worker_slot(struct worker *worker, const struct release *release)
{
    if (!worker->application)
        return &worker->renderings[release->number];
    for (size_t i = 0; i < worker->application->release_count; i++) {
        if (worker->application->releases[i] == release)
            return &worker->renderings[i];
    }
    return NULL;
}

static void note_not_analysed(struct worker *worker, const struct release *release,
                              struct span span, struct str message)
{
    vector_push(&worker->results, &worker->not_analysed,
                ((struct not_analysed){release, span, str_copy(&worker->results, message)}));
}

/* What was not rendered is told, by a rule when it runs, and stops nothing else. */
static void note_unrendered(struct worker *worker, const struct release *release,
                            const struct diagnostics *problems)
{
    const struct diagnostic *first = NULL;
    for (size_t i = 0; i < problems->count; i++) {
        const struct diagnostic *problem = &problems->items[i];
        bool is_error = problem->severity == SEVERITY_ERROR;
        if (is_error && (!first || (!first->span.file && problem->span.file)))
            first = problem;
        if (is_error && !worker->reports_failures)
            diagnostics_add(&worker->problems, SEVERITY_WARNING, "not-rendered", problem->span,
                            "%.*s cannot be rendered, nothing is said about its objects: %.*s",
                            STR_ARG(release->name), STR_ARG(problem->message));
    }
    note_not_analysed(worker, release, first ? first->span : (struct span){0},
                      first ? first->message : STR("its chart cannot be loaded"));
}

const struct chart_package *pass_package(struct pass *pass, const struct release *release)
{
    struct diagnostics problems = {.arena = &pass->worker->scratch};
    return release->chart
               ? renderer_load(pass->worker->renderer, release->chart->directory, &problems)
               : NULL;
}

/* False: a dependency is not there, so that nothing can be said about the release. */
static bool is_complete(struct pass *pass, const struct release *release)
{
    const struct chart_package *package = pass_package(pass, release);
    const struct chart_dependency *missing =
        package ? package_missing_dependency(package, pass_values(pass, release)) : NULL;
    if (missing)
        note_not_analysed(pass->worker, release, missing->span,
                          str_format(&pass->worker->scratch,
                                     "the dependency %.*s is not in charts/",
                                     STR_ARG(missing->name)));
    return !missing;
}

static void render_slot(struct pass *pass, struct rendering_slot *slot,
                        const struct release *release)
{
    struct worker *worker = pass->worker;
    struct diagnostics problems = {.arena = &worker->scratch};
    slot->is_tried = true;
    if (!release->chart) {
        note_not_analysed(worker, release, (struct span){0},
                          STR("its chart is not in the repository"));
    } else if (is_complete(pass, release)) {
        slot->plain = release_render(&worker->scratch, worker->renderer, release, false, &problems);
        slot->has_failed = !slot->plain;
        worker->rendered += slot->plain != NULL;
        if (!slot->plain)
            note_unrendered(worker, release, &problems);
    }
}

const struct object_list *pass_objects(struct pass *pass, const struct release *release)
{
    struct worker *worker = pass->worker;
    if (!worker->application)
        return worker->kept->is_rendered[release->number]
                   ? &worker->kept->by_release[release->number]
                   : NULL;
    struct rendering_slot *slot = worker_slot(worker, release);
    if (!slot->is_tried)
        render_slot(pass, slot, release);
    return slot->plain ? &slot->plain->objects : NULL;
}

const struct workload_list *pass_workloads(struct pass *pass, const struct release *release)
{
    struct arena *arena = &pass->worker->scratch;
    const struct object_list *objects = pass_objects(pass, release);
    struct rendering_slot *slot = worker_slot(pass->worker, release);
    if (objects && !slot->workloads) {
        struct workload_list *workloads = arena_make(arena, struct workload_list);
        *workloads = workloads_of(arena, &pass->worker->workspace->workload_kinds, objects);
        slot->workloads = workloads;
    }
    return slot->workloads;
}

struct dependences pass_dependences(struct pass *pass, const struct release *release)
{
    const struct object_list *objects = pass_objects(pass, release);
    return objects ? dependences_of(pass_arena(pass), &pass->worker->workspace->secret_kinds,
                                    objects, pass_workloads(pass, release))
                   : (struct dependences){0};
}

const struct network *pass_network(struct pass *pass)
{
    struct worker *worker = pass->worker;
    if (!worker->network)
        worker->network = network_read(&worker->results, &worker->workspace->workload_kinds,
                                       worker->workspace->model, worker->kept->by_release,
                                       worker->kept->is_rendered);
    return worker->network;
}

static void add_definitions(struct pass *pass, struct definitions *definitions)
{
    struct worker *worker = pass->worker;
    const struct model *model = worker->workspace->model;
    struct map charts = {0}; /* directories */
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        const struct chart_package *package = pass_package(pass, release);
        if (package && !map_has(&charts, release->chart->directory)) {
            definitions_add_chart(definitions, package);
            map_put(&worker->scratch, &charts, release->chart->directory, worker);
        }
        const struct object_list *objects = pass_objects(pass, release);
        for (size_t k = 0; objects && k < objects->count; k++)
            definitions_add_object(definitions, &objects->items[k]);
    }
}

struct definitions *pass_definitions(struct pass *pass)
{
    struct worker *worker = pass->worker;
    if (!worker->definitions) {
        worker->definitions = definitions_new(&worker->results, worker->schemas);
        add_definitions(pass, worker->definitions);
    }
    return worker->definitions;
}

const struct secret_model *pass_secrets(struct pass *pass)
{
    struct worker *worker = pass->worker;
    const struct workspace *workspace = worker->workspace;
    if (!worker->secrets)
        worker->secrets = secret_model_read(&worker->results, &workspace->secret_kinds,
                                            &workspace->workload_kinds, workspace->model,
                                            worker->kept->by_release, worker->kept->is_rendered);
    return worker->secrets;
}

struct placement pass_placement(struct pass *pass, const struct workload *workload)
{
    return placement_of(pass_arena(pass), pass_pools(pass), pass_model(pass)->config, workload);
}

const struct release_failure *pass_failure(struct pass *pass, const struct release *release)
{
    struct worker *worker = pass->worker;
    struct rendering_slot *slot = worker_slot(worker, release);
    pass_objects(pass, release);
    if (slot->has_failed && !slot->failure && !release_has_unknown_layers(release)) {
        struct release_failure *failure = arena_make(&worker->scratch, struct release_failure);
        *failure = release_explain_failure(&worker->scratch, worker->renderer, release);
        slot->failure = failure;
    }
    return slot->failure;
}

const struct rendered_release *traced_release(struct worker *worker, const struct release *release)
{
    struct rendering_slot *slot = worker_slot(worker, release);
    struct diagnostics problems = {.arena = &worker->scratch};
    if (!slot->is_traced)
        slot->traced = release_render(&worker->scratch, worker->renderer, release, true, &problems);
    slot->is_traced = true;
    return slot->traced;
}

struct cause pass_cause_of(struct pass *pass, const struct object *object, struct str field,
                           struct text_part part)
{
    struct worker *worker = pass->worker;
    const struct rendered_release *traced = traced_release(worker, object->release);
    return traced ? release_cause_of(&worker->scratch, traced, object, field, part)
                  : (struct cause){0};
}

struct cause pass_cause(struct pass *pass, const struct object *object, struct str field)
{
    return pass_cause_of(pass, object, field, (struct text_part){0});
}

/* True when a template holds a word that functions of chance have in their names. */
static bool may_call_chance(const struct chart_package *package)
{
    static const char *const words[] = {"rand",    "gen",    "uuid",     "now",
                                        "shuffle", "bcrypt", "htpasswd", "encryptAES"};
    bool found = false;
    for (size_t i = 0; i < package->templates.count && !found; i++) {
        for (size_t k = 0; k < sizeof words / sizeof *words && !found; k++)
            found = str_contains(package->templates.items[i].bytes, str_from_c(words[k]));
    }
    for (size_t i = 0; i < package->subchart_count && !found; i++)
        found = may_call_chance(package->subcharts[i]);
    return found;
}

const struct chance_list *pass_chances(struct pass *pass, const struct release *release)
{
    struct worker *worker = pass->worker;
    struct rendering_slot *slot = worker_slot(worker, release);
    if (slot->chances)
        return slot->chances;
    struct chance_list *chances = arena_make(&worker->scratch, struct chance_list);
    bool is_rendered = pass_objects(pass, release) != NULL;
    if (is_rendered && may_call_chance(slot->plain->package))
        *chances = chances_find(&worker->scratch, traced_release(worker, release));
    slot->chances = chances;
    return chances;
}

bool pass_feels_switch(struct pass *pass, const struct release *release, struct str path)
{
    struct arena scratch = {0};
    bool is_rendered = pass_objects(pass, release) != NULL;
    const struct rendered_release *plain = worker_slot(pass->worker, release)->plain;
    bool feels =
        !is_rendered || release_feels_switch(&scratch, pass->worker->renderer, plain, path);
    arena_release(&scratch);
    return feels;
}

bool pass_is_wired(struct pass *pass, const struct workload *workload,
                   const struct workload_part *part)
{
    struct cause cause = pass_cause(pass, workload->object, part->path);
    return !cause.is_missing || cause.kind != CAUSE_TEMPLATE;
}

void keep_objects(struct worker *worker, struct kept_objects *kept)
{
    const struct application *application = worker->application;
    struct pass pass = {.worker = worker};
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *release = application->releases[i];
        const struct object_list *objects = pass_objects(&pass, release);
        kept->is_rendered[release->number] = objects != NULL;
        if (objects)
            kept->by_release[release->number] = objects_copy(&worker->results, objects);
    }
}
