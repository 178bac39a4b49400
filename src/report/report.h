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

/* Appends the whole output of one format to `out`. */
void report_text(struct text *out, const struct report_input *input);
void report_json(struct text *out, const struct report_input *input);
void report_github(struct text *out, const struct report_input *input);

/* "text", "json", "github": the writer of a format's name; NULL when there is none. */
typedef void (*report_writer)(struct text *out, const struct report_input *input);
report_writer report_find_writer(struct str format);

#endif
