#include "finding_words.h"
#include "json_parts.h"

static json_t *issue_of(struct arena *arena, const struct report_input *input,
                        const struct finding *finding)
{
    static const char *const severities[] = {"info", "minor", "major"};
    json_t *location = json_object();
    json_set(location, "path", json_of_str(arena, finding_path(arena, input, finding)));
    json_set(location, "lines", json_pack("{s:o}", "begin", json_of_size(finding_line(finding))));
    json_t *issue = json_object();
    /* The widget shows the description alone. */
    json_set(issue, "description",
             json_of_str(arena, str_format(arena, "%.*s: %.*s", STR_ARG(finding->rule->name),
                                           STR_ARG(finding->message))));
    json_set(issue, "check_name", json_of_str(arena, finding->rule->name));
    json_set(issue, "fingerprint", json_of_str(arena, finding->fingerprint));
    json_set(issue, "severity", json_string(severities[finding->severity]));
    json_set(issue, "location", location);
    return issue;
}

void report_gitlab(struct text *out, const struct report_input *input)
{
    json_t *issues = json_array();
    for (size_t i = 0; i < input->result->findings.count; i++)
        json_array_append_new(issues,
                              issue_of(out->arena, input, &input->result->findings.items[i]));
    json_write(out, issues);
}
