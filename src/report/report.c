#include "report.h"

report_writer report_find_writer(struct str format)
{
    static const struct {
        const char *name;
        report_writer writer;
    } writers[] = {
        {"text", report_text},
        {"json", report_json},
        {"github", report_github},
    };
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        if (str_is(format, writers[i].name))
            return writers[i].writer;
    }
    return NULL;
}

diff_writer report_find_diff_writer(struct str format)
{
    static const struct {
        const char *name;
        diff_writer writer;
    } writers[] = {
        {"text", report_diff_text},
        {"json", report_diff_json},
        {"markdown", report_diff_markdown},
        {"github", report_diff_github},
    };
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        if (str_is(format, writers[i].name))
            return writers[i].writer;
    }
    return NULL;
}
