#include "pass_private.h"

#include "writing.h"

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

const struct network *pass_network(struct pass *pass)
{
    struct worker *worker = pass->worker;
    if (!worker->network)
        worker->network = network_read(&worker->results, &worker->workspace->workload_kinds,
                                       worker->workspace->model, worker->kept->by_release,
                                       worker->kept->is_rendered);
    return worker->network;
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

static const struct rendered_release *traced_release(struct worker *worker,
                                                     const struct release *release)
{
    struct rendering_slot *slot = worker_slot(worker, release);
    struct diagnostics problems = {.arena = &worker->scratch};
    if (!slot->is_traced)
        slot->traced = release_render(&worker->scratch, worker->renderer, release, true, &problems);
    slot->is_traced = true;
    return slot->traced;
}

struct cause pass_cause(struct pass *pass, const struct object *object, struct str field)
{
    struct worker *worker = pass->worker;
    const struct rendered_release *traced = traced_release(worker, object->release);
    return traced ? release_cause(&worker->scratch, traced, object, field) : (struct cause){0};
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

/* --- reports --- */

void report_object(struct report *report, const struct object *object, struct str field)
{
    report->object = (struct finding_object){
        .kind = str_copy(report->arena, object->kind),
        .namespace = str_copy(report->arena, object->namespace),
        .name = str_copy(report->arena, object->name),
        .field = str_copy(report->arena, field),
    };
}

void report_steps(struct report *report, const struct cause *cause)
{
    for (size_t i = 0; i < cause->steps.count; i++) {
        const struct cause_step *step = &cause->steps.items[i];
        bool is_shown =
            step->span.file == report->span.file && step->span.start == report->span.start;
        if (!step->span.file || is_shown)
            continue;
        bool is_helper = !str_equal(step->definition, step->template);
        const char *what = i                   ? "included here"
                           : cause->is_missing ? "left out here"
                                               : "printed here";
        if (!is_helper)
            report_related(report, step->span, "%s", what);
        else if (i)
            report_related(report, step->span, "in \"%.*s\"", STR_ARG(step->definition));
        else
            report_related(report, step->span, "%s, in \"%.*s\"", what, STR_ARG(step->definition));
    }
}

/* True when the field would be there if somebody wrote the value: the chart's defaults do not
 * count. */
static bool is_unwritten(const struct cause *cause)
{
    if (!cause->is_missing || cause->kind != CAUSE_VALUES)
        return false;
    const struct merged_value *value = &cause->places.items[0].value;
    return !value->node || (value->layer && value->layer->kind == LAYER_CHART);
}

/* Where the finding stands, and what is to be written where. */
struct blame {
    struct span span;
    bool has_no_place;
    struct str remedy;
};

/* True when the value's key is one of the field's keys, or ends like it: `podTolerations` is about
 * `spec.tolerations`. The value of another condition would not be what is missing. */
static bool is_about(struct arena *arena, struct str values_path, struct str field)
{
    struct values_step_list wanted = values_path_parse(arena, field);
    struct values_step_list steps = values_path_parse(arena, values_path);
    struct str last = steps.count ? str_lower(arena, steps.items[steps.count - 1].key) : STR("");
    for (size_t i = 0; i < wanted.count; i++) {
        struct str key = str_lower(arena, wanted.items[i].key);
        if (key.n && str_ends_with(last, key))
            return true;
    }
    return false;
}

static struct blame blame_of(const struct pass *pass, const struct object *object,
                             const struct cause *cause, struct str field)
{
    struct arena *arena = &pass->worker->scratch;
    const struct application *application = object->release->application;
    struct blame blame = {.span = cause_span(cause), .remedy = STR("")};
    if (is_unwritten(cause) && is_about(arena, cause->places.items[0].path, field)) {
        struct str path = cause->places.items[0].path;
        struct writing_place place = writing_place_find(object->release, path);
        const char *in = place.file.n ? " in " : "";
        if (place.file.n)
            blame.span = place.span;
        blame.remedy =
            str_format(arena, "; set %.*s%s%.*s", STR_ARG(path), in, STR_ARG(place.file));
    }
    blame.has_no_place = !blame.span.file || (blame.span.file == application->span.file &&
                                              blame.span.start == application->span.start);
    if (blame.has_no_place)
        blame.span = application->span;
    return blame;
}

static struct report *begin(struct pass *pass, const struct object *object, struct str field,
                            const char *message, struct cause cause)
{
    struct blame blame = blame_of(pass, object, &cause, field);
    struct report *report = pass_report(pass, blame.span, message);
    report->has_no_place = blame.has_no_place;
    report_only_for(report, object->release);
    report_argument(report, "remedy", blame.remedy);
    report_object(report, object, field);
    if (cause.kind == CAUSE_VALUES)
        report_values_path(report, cause.places.items[0].path);
    report_steps(report, &cause);
    return report;
}

struct report *pass_report_field(struct pass *pass, const struct object *object, struct str field,
                                 const char *message)
{
    return begin(pass, object, field, message, pass_cause(pass, object, field));
}

/* True when a text of a template stands around the value, which is no item of a list. */
static bool is_wrapped(const struct cause *cause)
{
    if (cause->kind != CAUSE_VALUES || cause->is_missing || !cause->steps.count ||
        !cause->steps.items[0].span.file)
        return false;
    const struct cause_place *place = &cause->places.items[0];
    bool is_scalar = !place->value.node || place->value.node->kind < YAML_LIST;
    return is_scalar && !str_ends_with(place->path, STR("]"));
}

struct report *pass_report_structure(struct pass *pass, const struct object *object,
                                     struct str field, const char *message)
{
    struct cause cause = pass_cause(pass, object, field);
    if (is_wrapped(&cause)) {
        cause.kind = CAUSE_TEMPLATE;
        cause.places.count = 0;
    }
    return begin(pass, object, field, message, cause);
}

struct report *pass_report_part(struct pass *pass, const struct workload *workload,
                                const struct workload_part *part, const char *message)
{
    struct report *report = pass_report_field(pass, workload->object, part->path, message);
    report_argument(report, "workload", workload_title(pass_arena(pass), workload));
    return report;
}

struct report *pass_report_placement(struct pass *pass, const struct workload *workload,
                                     const struct placement *placement, const char *message)
{
    const struct {
        const char *name;
        struct str value;
    } arguments[] = {
        {"pool", placement->pool},       {"environment", placement->environment},
        {"taint", placement->taint},     {"elsewhere", placement->elsewhere},
        {"field", placement->part.path},
    };
    struct report *report = pass_report_part(pass, workload, &placement->part, message);
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++)
        report_argument(report, arguments[i].name, arguments[i].value);
    return report;
}

/* The innermost part of Helm's words, on one line: a message of the chart's own without its place,
 * else the last of a chain of errors. */
static struct str in_short(struct arena *arena, struct str message)
{
    static const char *const openings[] = {"execution error at (", "parse error at ("};
    struct str text = str_trim(message);
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        size_t end = str_find(text, STR("): "));
        if (str_starts_with(text, str_from_c(openings[i])) && end != STR_NOT_FOUND)
            return str_replace(arena, str_trim(str_from(text, end + 3)), STR("\n"), STR(" "));
    }
    size_t line = str_find_last_char(text, '\n');
    return line == STR_NOT_FOUND ? text : str_trim(str_from(text, line));
}

struct report *pass_report_failure(struct pass *pass, const struct release_failure *failure,
                                   const char *message)
{
    struct span span = cause_span(&failure->cause);
    bool has_no_place = !span.file;
    if (has_no_place)
        span = pass->release->application->span;
    struct report *report = pass_report(pass, span, message);
    report->has_no_place = has_no_place;
    report_argument(report, "problem", in_short(report->arena, failure->message));
    /* Whoever deploys it may give values that no file of the repository holds. */
    if (pass_model(pass)->detected)
        report_severity(report, SEVERITY_WARNING);
    bool is_of_value = failure->cause.kind == CAUSE_VALUES;
    struct str path = is_of_value ? failure->cause.places.items[0].path : STR("");
    report_values_path(report, str_copy(report->arena, path));
    report_argument(report, "value", path.n ? path : STR("value"));
    for (size_t i = 0; i < failure->cause.steps.count; i++) {
        struct span step = failure->cause.steps.items[i].span;
        if (step.file && step.start != span.start)
            report_related(report, step, "helm stops here");
    }
    return report;
}

struct report *pass_report_chance(struct pass *pass, const struct chance *chance,
                                  const char *message)
{
    bool has_no_place = !chance->span.file && !chance->printed.file;
    struct span span = chance->span.file ? chance->span
                       : has_no_place    ? pass->release->application->span
                                         : chance->printed;
    struct report *report = pass_report(pass, span, message);
    report->has_no_place = has_no_place;
    report_object(report, chance->object, chance->field);
    report_argument(report, "function", chance->function);
    if (chance->span.file && chance->printed.file && chance->printed.start != span.start)
        report_related(report, chance->printed, "printed here");
    return report;
}
