#include "finding_words.h"
#include "writers.h"

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

/* A line of the log on one line, and none that GitHub takes for a command. */
static void add_plain(struct text *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        text_add_char(out, s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i]);
}

static void add_annotation(struct text *out, const struct report_input *input,
                           const struct finding *finding)
{
    static const char *const commands[] = {"notice", "warning", "error"};
    const struct position *at = &finding->position;
    text_format(out, "::%s ", commands[finding->severity]);
    if (at->path.n) {
        text_add_c(out, "file=");
        add_escaped(out, path_join(out->arena, input->prefix, at->path), true);
        text_format(out, ",line=%u,endLine=%u,", at->line, at->end_line);
        /* Columns are only allowed within one line. */
        if (at->line == at->end_line)
            text_format(out, "col=%u,endColumn=%u,", at->column, at->end_column);
    }
    text_add_c(out, "title=");
    add_escaped(out, finding->rule->name, true);
    text_add_c(out, "::");
}

static void add_level(struct text *out, const struct report_input *input, enum severity severity)
{
    const struct finding_list *findings = &input->result->findings;
    size_t shown = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->severity != severity)
            continue;
        struct str line = finding_words(out->arena, input->prefix, finding);
        if (shown++ < MOST_ANNOTATIONS) {
            add_annotation(out, input, finding);
            add_escaped(out, line, false);
        } else {
            add_plain(out, line);
        }
        text_add_char(out, '\n');
    }
}

void report_github_findings(struct text *out, const struct report_input *input)
{
    add_level(out, input, SEVERITY_ERROR);
    add_level(out, input, SEVERITY_WARNING);
    add_level(out, input, SEVERITY_INFO);
}

void report_github(struct text *out, const struct report_input *input)
{
    const struct run_result *result = input->result;
    report_github_findings(out, input);
    text_format(out, "%zu errors, %zu warnings, %zu infos in %zu releases\n", result->errors,
                result->warnings, result->infos, result->releases);
}
