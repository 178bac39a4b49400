#ifndef BULKHEAD_REPORT_REPORT_H
#define BULKHEAD_REPORT_REPORT_H

#include "engine/engine.h"

/* Findings in, text out; a writer decides nothing. The formats and their stable parts: shared
 * contract of the command line (docs/manual/output.md). */
struct report_input {
    const struct workspace *workspace;
    const struct run_result *result;
    double milliseconds;
    bool color;   /* ANSI colours and emphasis */
    bool verbose; /* every related place, else long chains are cut */
    bool statistics;
};

/* What a change of the repository does. */
struct diff_input {
    const struct workspace *before, *after;
    const struct diff *diff;
    struct str from, to; /* what was compared, for people */
    double milliseconds;
    bool color, verbose;
};

/* Appends the whole output of one format to `out`. */
void report_text(struct text *out, const struct report_input *input);
void report_json(struct text *out, const struct report_input *input);
void report_github(struct text *out, const struct report_input *input);

/* The findings alone, without what is said of the run. */
void report_text_finding(struct text *out, const struct report_input *input,
                         const struct finding *finding);
void report_github_findings(struct text *out, const struct report_input *input);

/* "text", "json", "github": the writer of a format's name; NULL when there is none. */
typedef void (*report_writer)(struct text *out, const struct report_input *input);
report_writer report_find_writer(struct str format);

void report_diff_text(struct text *out, const struct diff_input *input);
void report_diff_json(struct text *out, const struct diff_input *input);
/* For a comment on a pull request. */
void report_diff_markdown(struct text *out, const struct diff_input *input);
/* Annotations of the new findings, and the changes as lines of the log. */
void report_diff_github(struct text *out, const struct diff_input *input);

/* "text", "json", "markdown", "github"; NULL when there is none of the name. */
typedef void (*diff_writer)(struct text *out, const struct diff_input *input);
diff_writer report_find_diff_writer(struct str format);

#endif
