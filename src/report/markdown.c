#include "finding_words.h"
#include "markdown_parts.h"
#include "writers.h"

/* A summary of more than a megabyte is refused as a whole. */
enum { MOST_ROWS = 200 };

static void add_row(struct text *out, const struct report_input *input,
                    const struct finding *finding)
{
    const struct position *at = &finding->position;
    struct str url = rule_url(out->arena, finding->rule);
    text_format(out, "| %s | ", severity_name(finding->severity));
    if (url.p)
        text_format(out, "[%.*s](%.*s)", STR_ARG(finding->rule->name), STR_ARG(url));
    else
        markdown_add_plain(out, finding->rule->name);
    text_add_c(out, " | ");
    if (at->path.n) {
        markdown_add_plain(out, path_join(out->arena, input->prefix, at->path));
        text_format(out, ":%u", at->line);
    }
    text_add_c(out, " | ");
    markdown_add_plain(out, finding->message);
    text_add_c(out, " |\n");
}

/* The worst first, so that what is left out is the least. */
static void add_table(struct text *out, const struct report_input *input)
{
    const struct finding_list *findings = &input->result->findings;
    size_t rows = 0;
    if (findings->count)
        text_add_c(out, "\n| severity | rule | place | finding |\n| --- | --- | --- | --- |\n");
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_INFO; severity--) {
        for (size_t i = 0; i < findings->count; i++) {
            if ((int)findings->items[i].severity == severity && rows++ < MOST_ROWS)
                add_row(out, input, &findings->items[i]);
        }
    }
    if (rows > MOST_ROWS)
        text_format(out, "\n%zu more are left out; `bulkhead lint` prints them all.\n",
                    rows - MOST_ROWS);
}

static void add_not_analysed(struct text *out, const struct run_result *result)
{
    const struct not_analysed_list *list = &result->not_analysed;
    if (list->count)
        text_format(out, "\n%zu release%s could not be looked at:\n\n", list->count,
                    plural(list->count));
    for (size_t i = 0; i < list->count && i < MOST_ROWS; i++) {
        text_add_c(out, "- ");
        markdown_add_plain(out, list->items[i].release->name);
        text_add_c(out, ": ");
        markdown_add_plain(out, list->items[i].message);
        text_add_char(out, '\n');
    }
}

void report_markdown(struct text *out, const struct report_input *input)
{
    const struct run_result *result = input->result;
    text_format(out, "### bulkhead: %zu error%s, %zu warning%s, %zu info%s in %zu release%s\n",
                result->errors, plural(result->errors), result->warnings, plural(result->warnings),
                result->infos, plural(result->infos), result->releases, plural(result->releases));
    add_table(out, input);
    add_not_analysed(out, result);
}
