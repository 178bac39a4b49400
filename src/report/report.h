#ifndef BULKHEAD_REPORT_REPORT_H
#define BULKHEAD_REPORT_REPORT_H

#include "engine/engine.h"

/* What `bulkhead diff` adds to a report: two revisions, of which the report's workspace is the
 * newer one. */
struct report_change {
    const struct workspace *before;
    const struct diff *diff;
    struct str from, to; /* what was compared, for people */
};

/* Findings in, text out; a writer decides nothing. The formats and their stable parts:
 * docs/manual/output.md. */
struct report_input {
    const struct workspace *workspace;
    const struct run_result *result;
    const struct run_options *options;  /* what was asked for */
    const struct report_change *change; /* NULL: no revisions are compared, the result counts */
    struct str prefix; /* path of the root in its Git repository, for formats that forges read */
    int fail_on;       /* the least severity that fails; above all of them: none does */
    double milliseconds;
    bool color;      /* ANSI colours and emphasis */
    bool hyperlinks; /* links in text, OSC 8 */
    bool verbose;    /* every related place, else long chains are cut */
    bool statistics;
};

/* Appends the whole output of one format to `out`. */
typedef void (*report_writer)(struct text *out, const struct report_input *input);

struct report_format {
    const char *name; /* of --format */
    report_writer write;
    report_writer write_change; /* NULL: a change is its new findings */
    /* The environment variable in which a forge names a file for people, which gets the Markdown of
     * the run; NULL: there is none. */
    const char *summary_variable;
};

/* NULL when there is none of the name. */
const struct report_format *report_find_format(struct str name);
/* The names of all formats, text first. */
struct str_list report_format_names(struct arena *arena);
/* The baseline file of a run: what it knew and still found, and its findings. */
void report_baseline(struct text *out, const struct report_input *input);
/* The output of the format about the input, a change or not. */
void report_write(struct text *out, const struct report_format *format,
                  const struct report_input *input);

#endif
