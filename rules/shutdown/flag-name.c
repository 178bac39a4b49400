#include "engine/engine.h"

static bool any_reads(struct pass *pass, const struct str_list *flags, struct str *ret_read)
{
    const struct model *model = pass_model(pass);
    struct str read = {0};
    for (size_t i = 0; i < model->release_count && !read.p; i++)
        read = pass_flag_read(pass, &model->releases[i], flags);
    if (read.p)
        *ret_read = read;
    return read.p != NULL;
}

static struct report *begin(struct pass *pass, const struct layer_use *use, struct span span,
                            const char *message, struct str flag)
{
    struct report *report = pass_report(pass, span, message);
    report_argument(report, "flag", flag);
    for (size_t i = 0; i < use->release_count; i++)
        report_only_for(report, use->releases[i]);
    return report;
}

/* The templates know a flag by another name than all values files do. */
static void check_reads(struct pass *pass, const struct layer_use *use, struct str flag,
                        struct str read)
{
    const struct yaml_entry *entry = shutdown_flag_entry(pass_arena(pass), use->layer, flag);
    if (!entry)
        return;
    struct report *report = begin(pass, use, entry->key_span, "read", flag);
    report_values_path(report, flag);
    report_argument(report, "read", read);
}

/* The environment's own file has a key that is nearly the flag of the others. */
static void check_spelling(struct pass *pass, const struct layer_use *use, struct str flag)
{
    const struct yaml_entry *entry =
        use->environment ? shutdown_misspelled(pass_arena(pass), use->layer, flag) : NULL;
    if (!entry)
        return;
    struct report *report = begin(pass, use, entry->key_span, "spelling", flag);
    report_values_path(report, flag);
    report_argument(report, "key", entry->key);
}

static void check(struct pass *pass)
{
    const struct shutdown_flags *flags = pass_shutdown_flags(pass);
    const struct model *model = pass_model(pass);
    struct str read = {0};
    struct str unused;
    if (!flags->are_written)
        return;
    if (!any_reads(pass, &flags->paths, &unused))
        any_reads(pass, &flags->known, &read);
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct layer_use *use = &model->layers[i];
        for (size_t k = 0; use->layer->kind == LAYER_FILE && k < flags->paths.count; k++) {
            if (read.p)
                check_reads(pass, use, flags->paths.items[k], read);
            check_spelling(pass, use, flags->paths.items[k]);
        }
    }
}

const struct rule_code rule_shutdown_flag_name = {.repository = check, .uses_reads = true};
