#include "report.h"

/* GitHub shows at most ten annotations of a level for one step; the rest is printed as plain lines.
 */
enum { MOST_ANNOTATIONS = 10 };

/* In messages "%", CR and LF are escaped, in properties ":" and "," too. */
static void add_escaped(struct text *out, struct str s, bool property)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ',')))
            text_format(out, "%%%02X", (unsigned char)c);
        else
            text_add_char(out, c);
    }
}

static void add_annotation(struct text *out, const struct finding *finding)
{
    static const char *const commands[] = {"notice", "warning", "error"};
    const struct position *at = &finding->position;
    text_format(out, "::%s ", commands[finding->severity]);
    if (at->path.n) {
        text_add_c(out, "file=");
        add_escaped(out, at->path, true);
        text_format(out, ",line=%u,endLine=%u,", at->line, at->end_line);
        /* Columns are only allowed within one line. */
        if (at->line == at->end_line)
            text_format(out, "col=%u,endColumn=%u,", at->column, at->end_column);
    }
    text_add_c(out, "title=");
    add_escaped(out, finding->rule->name, true);
    text_add_c(out, "::");
}

static void add_line(struct text *out, const struct finding *finding, bool escaped)
{
    const struct position *at = &finding->position;
    struct text line = {.arena = out->arena};
    if (at->path.n)
        text_format(&line, "%.*s:%u:%u: ", STR_ARG(at->path), at->line, at->column);
    text_format(&line, "%s[%.*s] %.*s", severity_name(finding->severity),
                STR_ARG(finding->rule->name), STR_ARG(finding->message));
    if (escaped)
        add_escaped(out, text_str(&line), false);
    else
        text_add(out, text_str(&line));
    text_add_char(out, '\n');
}

static void add_level(struct text *out, const struct run_result *result, enum severity severity)
{
    size_t shown = 0;
    for (size_t i = 0; i < result->findings.count; i++) {
        const struct finding *finding = &result->findings.items[i];
        if (finding->severity != severity)
            continue;
        bool annotated = shown++ < MOST_ANNOTATIONS;
        if (annotated)
            add_annotation(out, finding);
        add_line(out, finding, annotated);
    }
}

void report_github_findings(struct text *out, const struct report_input *input)
{
    add_level(out, input->result, SEVERITY_ERROR);
    add_level(out, input->result, SEVERITY_WARNING);
    add_level(out, input->result, SEVERITY_INFO);
}

void report_github(struct text *out, const struct report_input *input)
{
    const struct run_result *result = input->result;
    report_github_findings(out, input);
    text_format(out, "%zu errors, %zu warnings, %zu infos in %zu releases\n", result->errors,
                result->warnings, result->infos, result->releases);
}
