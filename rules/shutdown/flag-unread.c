#include "engine/engine.h"

/* A flag that the templates of some release read. */
static struct str any_read(struct pass *pass, const struct str_list *flags)
{
    const struct model *model = pass_model(pass);
    struct str read = {0};
    for (size_t i = 0; i < model->release_count && !read.p; i++)
        read = pass_flag_read(pass, &model->releases[i], flags);
    return read;
}

static void check(struct pass *pass)
{
    const struct shutdown_flags *flags = pass_shutdown_flags(pass);
    const struct model *model = pass_model(pass);
    if (!flags->are_written || any_read(pass, &flags->known).p)
        return;
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct layer_use *use = &model->layers[i];
        for (size_t k = 0; use->layer->kind == LAYER_FILE && k < flags->paths.count; k++) {
            struct str flag = flags->paths.items[k];
            const struct yaml_entry *entry =
                shutdown_flag_entry(pass_arena(pass), use->layer, flag);
            if (!entry)
                continue;
            struct report *report = pass_report(pass, entry->key_span, "message");
            report_values_path(report, flag);
            for (size_t n = 0; n < use->release_count; n++)
                report_only_for(report, use->releases[n]);
        }
    }
}

const struct rule_code rule_shutdown_flag_unread = {.repository = check, .uses_reads = true};
