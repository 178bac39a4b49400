#include "pass_private.h"

/* What rules about switching environments off ask for. */

const struct shutdown_flags *pass_shutdown_flags(const struct pass *pass)
{
    return &pass->worker->workspace->shutdown_flags;
}

const struct shutdown *pass_shutdown(struct pass *pass, const struct release *release)
{
    struct worker *worker = pass->worker;
    struct rendering_slot *slot = worker_slot(worker, release);
    struct diagnostics problems = {.arena = &worker->scratch};
    bool is_rendered = pass_objects(pass, release) != NULL;
    if (is_rendered && !slot->shutdown)
        slot->shutdown =
            shutdown_of(&worker->scratch, worker->renderer, &worker->workspace->workload_kinds,
                        pass_shutdown_flags(pass), slot->plain, &problems);
    return slot->shutdown;
}

struct str pass_flag_read(struct pass *pass, const struct release *release,
                          const struct str_list *paths)
{
    const struct reads *reads = pass_reads(pass, release);
    for (size_t i = 0; i < paths->count; i++) {
        if (!reads || reads->everything || reads_path(pass_arena(pass), reads, paths->items[i]))
            return paths->items[i];
    }
    return (struct str){0};
}

bool pass_can_switch(struct pass *pass)
{
    struct worker *worker = pass->worker;
    const struct shutdown_flags *flags = pass_shutdown_flags(pass);
    const struct model *model = pass_model(pass);
    for (size_t i = 0; !worker->flags && flags->are_written && i < model->release_count; i++) {
        if (pass_flag_read(pass, &model->releases[i], &flags->paths).p)
            worker->flags = FLAGS_READ;
    }
    if (!worker->flags)
        worker->flags = FLAGS_UNREAD;
    return worker->flags == FLAGS_READ;
}

bool pass_is_off(struct pass *pass, const struct config_environment *environment)
{
    const struct model *model = pass_model(pass);
    const struct shutdown_flags *flags = pass_shutdown_flags(pass);
    bool is_off = str_is(environment->state, "off");
    for (size_t i = 0; i < model->layer_count && !is_off; i++) {
        const struct layer_use *use = &model->layers[i];
        for (size_t k = 0; use->environment == environment && k < flags->paths.count; k++)
            is_off = is_off ||
                     shutdown_is_off(flags, object_at(use->layer->root, flags->paths.items[k]));
    }
    return is_off;
}

bool pass_note_branches(struct pass *pass, const struct release *release, struct branches *branches)
{
    struct arena scratch = {0};
    struct renderer *renderer = pass->worker->renderer;
    const struct value_map *values = release_file_values(&scratch, release);
    bool done = release_note_branches(&scratch, renderer, release, values, branches);
    values = shutdown_values(&scratch, pass_shutdown_flags(pass), release);
    if (done)
        release_note_branches(&scratch, renderer, release, values, branches);
    arena_release(&scratch);
    return done;
}

struct report *pass_report_shutdown(struct pass *pass, const struct shutdown_item *item,
                                    const char *message)
{
    const struct application *application = item->object->release->application;
    struct cause cause = {0};
    if (!item->is_only_off)
        cause = pass_cause(pass, item->object, item->field);
    struct span span = shutdown_span(&cause);
    bool has_no_place = !span.file;
    struct report *report = pass_report(pass, has_no_place ? application->span : span, message);
    report->has_no_place = has_no_place;
    report_only_for(report, item->object->release);
    report_argument(report, "title", item->title);
    report_argument(report, "reason", item->reason);
    report_object(report, item->object, item->field);
    report_steps(report, &cause);
    return report;
}
