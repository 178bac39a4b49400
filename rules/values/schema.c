#include "engine/engine.h"

/* "image.tag: got number, want string": the values path in front; empty for the whole. */
static struct str path_of(struct str problem)
{
    struct str path = str_slice(problem, 0, str_find(problem, STR(": ")));
    return str_is(path, "values") ? STR("") : path;
}

static void check(struct pass *pass, const struct release *release)
{
    const struct release_failure *failure = pass_failure(pass, release);
    for (size_t i = 0; failure && i < failure->violations.count; i++) {
        const struct diagnostic *violation = &failure->violations.items[i];
        bool has_place = violation->span.file;
        struct span span = has_place ? violation->span : release->application->span;
        struct report *report = pass_report(pass, span, "message");
        report_argument(report, "problem", violation->message);
        report_values_path(report, path_of(violation->message));
        if (pass_model(pass)->detected)
            report_severity(report, SEVERITY_WARNING);
    }
}

const struct rule_code rule_values_schema = {.release = check, .uses_objects = true};
