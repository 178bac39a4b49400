#ifndef BULKHEAD_REPORT_WRITERS_H
#define BULKHEAD_REPORT_WRITERS_H

#include "report.h"

/* Private to report/: the writers, a file each, and what one of them takes from another. */

void report_text(struct text *out, const struct report_input *input);
void report_json(struct text *out, const struct report_input *input);
/* SARIF 2.1.0 as GitHub's code scanning takes it. */
void report_sarif(struct text *out, const struct report_input *input);
/* A suite per environment, a case per application. */
void report_junit(struct text *out, const struct report_input *input);
/* Annotations, and what is beyond their limit as lines of the log. */
void report_github(struct text *out, const struct report_input *input);
/* GitLab's code quality report. */
void report_gitlab(struct text *out, const struct report_input *input);
void report_checkstyle(struct text *out, const struct report_input *input);
/* For the summary of a job. */
void report_markdown(struct text *out, const struct report_input *input);

void report_diff_text(struct text *out, const struct report_input *input);
void report_diff_json(struct text *out, const struct report_input *input);
/* Annotations of the new findings, and the changes as lines of the log. */
void report_diff_github(struct text *out, const struct report_input *input);
/* For a comment on a pull request. */
void report_diff_markdown(struct text *out, const struct report_input *input);

/* The findings alone, without what is said of the run. */
void report_text_finding(struct text *out, const struct report_input *input,
                         const struct finding *finding);
void report_github_findings(struct text *out, const struct report_input *input);

#endif
