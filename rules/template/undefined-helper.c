#include "engine/engine.h"

static struct str find_near(struct arena *arena, const struct reads *reads, struct str name)
{
    struct str_list names = {0};
    for (size_t i = 0; i < reads->definitions.count; i++)
        vector_push(arena, &names, reads->definitions.items[i].text);
    return similar_find(name, names.items, names.count);
}

static void check(struct pass *pass, const struct application *application)
{
    const struct reads *reads =
        application->release_count ? pass_reads(pass, application->releases[0]) : NULL;
    for (size_t i = 0; reads && reads->is_complete && i < reads->undefined.count; i++) {
        const struct read_site *site = &reads->undefined.items[i];
        if (!site->span.file)
            continue;
        struct str near = find_near(pass_arena(pass), reads, site->text);
        struct report *report = pass_report(pass, site->span, near.p ? "near" : "message");
        report_argument(report, "name", site->text);
        report_argument(report, "near", near);
    }
}

const struct rule_code rule_template_undefined_helper = {.application = check, .uses_reads = true};
