#include "engine/engine.h"

/* What helm lint of Helm 4 asks of a version (pkg/chart/v2/lint/rules/chartfile.go,
 * validateChartVersionStrictSemVerV2). */
static bool is_strict(struct arena *arena, struct str version)
{
    struct semver parsed;
    return semver_parse(version, &parsed) && str_equal(semver_to_text(arena, &parsed), version);
}

static struct report *report_key(struct pass *pass, const struct chart *chart, struct str key,
                                 const char *message)
{
    const struct yaml_entry *entry = yaml_find(chart->metadata, key);
    struct report *report =
        pass_report(pass, entry ? entry->value->span : chart->name_span, message);
    report_argument(report, "key", key);
    report_argument(report, "chart", chart->name);
    if (entry) {
        report_argument(report, "written", pass_text(pass, entry->value->span));
        report_argument(report, "value", yaml_text(entry->value));
    }
    return report;
}

/* A number that Helm does not print as it is written: 1.10 is 1.1. */
static void check_number(struct pass *pass, const struct chart *chart, struct str key)
{
    const struct yaml_entry *entry = yaml_find(chart->metadata, key);
    bool is_text = entry && entry->value->style == YAML_PLAIN && yaml_text(entry->value).n;
    if (is_text && !str_equal(pass_text(pass, entry->value->span), yaml_text(entry->value)))
        report_key(pass, chart, key, "number");
}

static void check_chart(struct pass *pass, const struct chart *chart)
{
    struct str_list required = pass_option_strings(pass, "required");
    check_number(pass, chart, STR("version"));
    check_number(pass, chart, STR("appVersion"));
    for (size_t i = 0; i < required.count; i++) {
        const struct yaml_entry *entry = yaml_find(chart->metadata, required.items[i]);
        if (!entry || yaml_is_blank(entry->value))
            report_key(pass, chart, required.items[i], "missing");
    }
    struct semver parsed;
    if (semver_parse(chart->version, &parsed) && !is_strict(pass_arena(pass), chart->version))
        report_severity(report_key(pass, chart, STR("version"), "semver"), SEVERITY_INFO);
}

static void check(struct pass *pass, const struct application *application)
{
    struct map seen = {0};
    for (size_t i = 0; i < application->release_count; i++) {
        const struct chart *chart = application->releases[i]->chart;
        /* A packed chart has no file to point into. */
        if (!chart || !chart->name_span.file || map_has(&seen, chart->directory))
            continue;
        map_put(pass_arena(pass), &seen, chart->directory, pass);
        check_chart(pass, chart);
    }
}

const struct rule_code rule_chart_metadata = {.application = check};
