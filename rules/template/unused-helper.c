#include "engine/engine.h"

struct charts {
    const struct reads **items;
    size_t count, capacity;
};

/* What is known of every chart that has a release, once. */
static struct charts find_charts(struct pass *pass)
{
    struct charts charts = {0};
    struct map seen = {0};
    for (size_t i = 0; i < pass_model(pass)->release_count; i++) {
        const struct release *release = &pass_model(pass)->releases[i];
        const struct reads *reads = pass_reads(pass, release);
        if (!reads || map_has(&seen, release->chart->directory))
            continue;
        map_put(pass_arena(pass), &seen, release->chart->directory, (void *)reads);
        vector_push(pass_arena(pass), &charts, reads);
    }
    return charts;
}

static bool is_used(const struct charts *charts, struct str name)
{
    for (size_t i = 0; i < charts->count; i++) {
        if (map_has(&charts->items[i]->names, name))
            return true;
    }
    return false;
}

/* The name as it is written behind the word define. */
static struct span name_span(const struct pass *pass, const struct read_site *site)
{
    struct span rest = {site->span.file, site->span.start, site->span.start + 400};
    size_t at = str_find(pass_text(pass, rest), site->text);
    if (at == STR_NOT_FOUND || !at)
        return site->span;
    uint32_t start = site->span.start + (uint32_t)at - 1; /* with its quotes */
    return (struct span){site->span.file, start, start + (uint32_t)site->text.n + 2};
}

static void check(struct pass *pass)
{
    struct charts charts = find_charts(pass);
    for (size_t i = 0; i < charts.count; i++) {
        const struct reads *reads = charts.items[i];
        for (size_t k = 0; !reads->has_computed_names && k < reads->definitions.count; k++) {
            const struct read_site *site = &reads->definitions.items[k];
            if (!site->span.file || is_used(&charts, site->text))
                continue;
            struct report *report = pass_report(pass, name_span(pass, site), "message");
            report_argument(report, "name", site->text);
        }
    }
}

const struct rule_code rule_template_unused_helper = {.repository = check, .uses_reads = true};
