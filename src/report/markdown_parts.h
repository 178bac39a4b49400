#ifndef BULKHEAD_REPORT_MARKDOWN_PARTS_H
#define BULKHEAD_REPORT_MARKDOWN_PARTS_H

#include "base/base.h"

/* Private to report/: texts of others in GitHub's Markdown, on one line. */

/* As code, between fences that are longer than any run of backquotes in it. */
void markdown_add_code(struct text *out, struct str text);
/* As it reads, also in the cell of a table: no character of it has a meaning. */
void markdown_add_plain(struct text *out, struct str text);

#endif
