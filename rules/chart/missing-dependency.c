#include "engine/engine.h"

static void check_package(struct pass *pass, const struct release *release,
                          const struct chart_package *package, const struct merged *values)
{
    for (size_t i = 0; i < package->missing_count; i++) {
        const struct chart_dependency *dependency = package->missing[i];
        struct span span = dependency->span.file ? dependency->span : package->chart->name_span;
        if (dependency_is_off(dependency, values))
            continue;
        if (!span.file)
            span = release->application->span;
        report_argument(pass_report(pass, span, "message"), "dependency", dependency->name);
    }
    for (size_t i = 0; i < package->subchart_count; i++)
        check_package(pass, release, package->subcharts[i], NULL);
}

static void check(struct pass *pass, const struct release *release)
{
    const struct chart_package *package = pass_package(pass, release);
    if (package)
        check_package(pass, release, package, pass_values(pass, release));
}

const struct rule_code rule_chart_missing_dependency = {.release = check, .uses_objects = true};
