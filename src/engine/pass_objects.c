#include "pass_private.h"

/* Rendered objects and the causes of their fields. */

static struct rendering_slot *slot_of(struct worker *worker, const struct release *release)
{
    for (size_t i = 0; i < worker->application->release_count; i++) {
        if (worker->application->releases[i] == release)
            return &worker->renderings[i];
    }
    return NULL;
}

/* What was not rendered is told, and stops nothing else. */
static void note_unrendered(struct worker *worker, const struct release *release,
                            struct diagnostics *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct diagnostic *problem = &problems->items[i];
        if (problem->severity == SEVERITY_ERROR)
            diagnostics_add(&worker->problems, SEVERITY_WARNING, "not-rendered", problem->span,
                            "%.*s cannot be rendered, nothing is said about its objects: %.*s",
                            STR_ARG(release->name), STR_ARG(problem->message));
    }
}

static const struct rendering *render_release(struct worker *worker, const struct release *release,
                                              bool is_traced, struct diagnostics *problems)
{
    struct arena *arena = &worker->scratch;
    struct render_options options = {
        .release = release->release_name,
        .namespace = release->namespace,
        .helm = 4,
        .capabilities = capabilities_default(arena, 4),
        .limits = &limits_default,
        .is_traced = is_traced,
    };
    struct renderer_input input = {
        .package = renderer_load(worker->renderer, release->chart->directory, problems),
        .values = release_file_values(arena, release),
        .options = &options,
    };
    struct rendering *rendering = arena_make(arena, struct rendering);
    bool is_rendered =
        input.package && renderer_render(worker->renderer, arena, &input, problems, rendering);
    return is_rendered ? rendering : NULL;
}

const struct object_list *pass_objects(struct pass *pass, const struct release *release)
{
    struct worker *worker = pass->worker;
    struct rendering_slot *slot = slot_of(worker, release);
    if (!slot->is_tried && release->chart) {
        struct diagnostics problems = {.arena = &worker->scratch};
        slot->rendering = render_release(worker, release, false, &problems);
        if (slot->rendering)
            slot->objects = objects_of(&worker->scratch, slot->rendering, release);
        else
            note_unrendered(worker, release, &problems);
    }
    slot->is_tried = true;
    return slot->rendering ? &slot->objects : NULL;
}

static void trace_release(struct worker *worker, const struct release *release,
                          struct rendering_slot *slot)
{
    struct arena *arena = &worker->scratch;
    struct diagnostics problems = {.arena = arena};
    slot->is_traced = true;
    slot->traced = render_release(worker, release, true, &problems);
    slot->origins = release_origins(
        arena, renderer_load(worker->renderer, release->chart->directory, &problems), release);
}

struct cause pass_cause(struct pass *pass, const struct object *object, struct str field)
{
    struct worker *worker = pass->worker;
    struct rendering_slot *slot = slot_of(worker, object->release);
    if (!slot->is_traced)
        trace_release(worker, object->release, slot);
    if (!slot->traced)
        return (struct cause){0};
    struct arena *arena = &worker->scratch;
    const struct manifest *manifest = &slot->traced->manifests.items[object->manifest_number];
    if (object->at.n)
        field = field.n ? str_format(arena, "%.*s.%.*s", STR_ARG(object->at), STR_ARG(field))
                        : object->at;
    return cause_find(arena, &slot->origins, slot->traced, manifest, field);
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
        if (is_helper)
            report_related(report, step->span, i ? "in \"%.*s\"" : "printed here, in \"%.*s\"",
                           STR_ARG(step->definition));
        else
            report_related(report, step->span, i ? "included here" : "printed here");
    }
}

struct report *pass_report_field(struct pass *pass, const struct object *object, struct str field,
                                 const char *message)
{
    struct cause cause = pass_cause(pass, object, field);
    struct span span = cause_span(&cause);
    if (!span.file)
        span = object->release->application->span;
    struct report *report = pass_report(pass, span, message);
    report_only_for(report, object->release);
    note_object(report, object, field);
    if (cause.kind == CAUSE_VALUES)
        report_values_path(report, cause.places.items[0].path);
    note_steps(report, &cause);
    return report;
}
