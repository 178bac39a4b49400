#include "pass_private.h"

#include "writing.h"

/* Rendered objects and the causes of their fields. */

static struct rendering_slot *slot_of(struct worker *worker, const struct release *release)
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

/* What was not rendered is told, and stops nothing else. Errors of the chart itself were told when
 * it was loaded. */
static void note_unrendered(struct worker *worker, const struct release *release,
                            struct diagnostics *problems)
{
    const struct diagnostic *first = NULL;
    for (size_t i = 0; i < problems->count; i++) {
        const struct diagnostic *problem = &problems->items[i];
        if (problem->severity != SEVERITY_ERROR)
            continue;
        if (!first || (!first->span.file && problem->span.file))
            first = problem;
        diagnostics_add(&worker->problems, SEVERITY_WARNING, "not-rendered", problem->span,
                        "%.*s cannot be rendered, nothing is said about its objects: %.*s",
                        STR_ARG(release->name), STR_ARG(problem->message));
    }
    note_not_analysed(worker, release, first ? first->span : (struct span){0},
                      first ? first->message : STR("its chart cannot be loaded"));
}

const struct object_list *pass_objects(struct pass *pass, const struct release *release)
{
    struct worker *worker = pass->worker;
    if (!worker->application)
        return worker->kept->is_rendered[release->number]
                   ? &worker->kept->by_release[release->number]
                   : NULL;
    struct rendering_slot *slot = slot_of(worker, release);
    if (!slot->is_tried && release->chart) {
        struct diagnostics problems = {.arena = &worker->scratch};
        slot->plain = release_render(&worker->scratch, worker->renderer, release, false, &problems);
        worker->rendered += slot->plain != NULL;
        if (!slot->plain)
            note_unrendered(worker, release, &problems);
    } else if (!slot->is_tried) {
        note_not_analysed(worker, release, (struct span){0},
                          STR("its chart is not in the repository"));
    }
    slot->is_tried = true;
    return slot->plain ? &slot->plain->objects : NULL;
}

const struct workload_list *pass_workloads(struct pass *pass, const struct release *release)
{
    struct arena *arena = &pass->worker->scratch;
    const struct object_list *objects = pass_objects(pass, release);
    struct rendering_slot *slot = slot_of(pass->worker, release);
    if (objects && !slot->workloads) {
        struct workload_list *workloads = arena_make(arena, struct workload_list);
        *workloads = workloads_of(arena, &pass->worker->workspace->workload_kinds, objects);
        slot->workloads = workloads;
    }
    return slot->workloads;
}

struct placement pass_placement(struct pass *pass, const struct workload *workload)
{
    return placement_of(pass_arena(pass), pass_pools(pass), pass_model(pass)->config, workload);
}

struct cause pass_cause(struct pass *pass, const struct object *object, struct str field)
{
    struct worker *worker = pass->worker;
    struct arena *arena = &worker->scratch;
    struct rendering_slot *slot = slot_of(worker, object->release);
    struct diagnostics problems = {.arena = arena};
    if (!slot->is_traced)
        slot->traced = release_render(arena, worker->renderer, object->release, true, &problems);
    slot->is_traced = true;
    return slot->traced ? release_cause(arena, slot->traced, object, field) : (struct cause){0};
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

static void note_object(struct report *report, const struct object *object, struct str field)
{
    report->object = (struct finding_object){
        .kind = str_copy(report->arena, object->kind),
        .namespace = str_copy(report->arena, object->namespace),
        .name = str_copy(report->arena, object->name),
        .field = str_copy(report->arena, field),
    };
}

/* The templates' lines behind a finding that stands somewhere else. */
static void note_steps(struct report *report, const struct cause *cause)
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

struct report *pass_report_field(struct pass *pass, const struct object *object, struct str field,
                                 const char *message)
{
    struct cause cause = pass_cause(pass, object, field);
    struct blame blame = blame_of(pass, object, &cause, field);
    struct report *report = pass_report(pass, blame.span, message);
    report->has_no_place = blame.has_no_place;
    report_only_for(report, object->release);
    report_argument(report, "remedy", blame.remedy);
    note_object(report, object, field);
    if (cause.kind == CAUSE_VALUES)
        report_values_path(report, cause.places.items[0].path);
    note_steps(report, &cause);
    return report;
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
