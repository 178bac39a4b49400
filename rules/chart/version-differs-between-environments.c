#include "engine/engine.h"

static struct span version_span(const struct chart *chart)
{
    const struct yaml_entry *version = yaml_find(chart->metadata, STR("version"));
    return version ? version->value->span : chart->name_span;
}

static void compare(struct pass *pass, const struct release *release, const struct release *first)
{
    struct report *report = pass_report(pass, version_span(release->chart), "message");
    report_only_for(report, release);
    report_related(report, version_span(first->chart), "%.*s has this one",
                   STR_ARG(first->environment->name));
    report_argument(report, "chart", release->chart->name);
    report_argument(report, "version", release->chart->version);
    report_argument(report, "other", first->chart->version);
    report_argument(report, "first", first->environment->name);
}

static void check(struct pass *pass, const struct application *application)
{
    const struct release *first = NULL;
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *release = application->releases[i];
        if (!release->chart || !release->chart->name_span.file)
            continue;
        if (!first)
            first = release;
        else if (str_equal(first->chart->name, release->chart->name) &&
                 !str_equal(first->chart->version, release->chart->version))
            compare(pass, release, first);
    }
}

const struct rule_code rule_chart_version_differs_between_environments = {.application = check};
