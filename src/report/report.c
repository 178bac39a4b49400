#include "writers.h"

static const struct report_format formats[] = {
    {"text", report_text, report_diff_text, NULL},
    {"json", report_json, report_diff_json, NULL},
    {"sarif", report_sarif, NULL, NULL},
    {"junit", report_junit, NULL, NULL},
    {"github", report_github, report_diff_github, "GITHUB_STEP_SUMMARY"},
    {"gitlab", report_gitlab, NULL, NULL},
    {"checkstyle", report_checkstyle, NULL, NULL},
    {"markdown", report_markdown, report_diff_markdown, NULL},
};
enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

const struct report_format *report_find_format(struct str name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (str_is(name, formats[i].name))
            return &formats[i];
    }
    return NULL;
}

struct str_list report_format_names(struct arena *arena)
{
    struct str_list names = {0};
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        vector_push(arena, &names, str_from_c(formats[i].name));
    return names;
}

void report_write(struct text *out, const struct report_format *format,
                  const struct report_input *input)
{
    report_writer write =
        input->change && format->write_change ? format->write_change : format->write;
    write(out, input);
}
