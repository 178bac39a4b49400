#include "engine/engine.h"

static void check(struct pass *pass, const struct application *application)
{
    const struct reads *reads =
        application->release_count ? pass_reads(pass, application->releases[0]) : NULL;
    for (size_t i = 0; reads && i < reads->defaults.count; i++) {
        const struct read_site *site = &reads->defaults.items[i];
        if (!site->is_true || !site->span.file)
            continue;
        struct report *report = pass_report(pass, site->span, "message");
        report_values_path(report, read_node_path(pass_arena(pass), site->node));
    }
}

const struct rule_code rule_template_default_on_boolean = {.application = check,
                                                           .uses_reads = true};
