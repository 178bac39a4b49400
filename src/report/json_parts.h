#ifndef BULKHEAD_REPORT_JSON_PARTS_H
#define BULKHEAD_REPORT_JSON_PARTS_H

#include <jansson.h>

#include "report.h"

/* Private to report/: what several JSON outputs have in common. Every value belongs to the caller.
 */

/* Invalid UTF-8 cannot stand in JSON: each wrong byte becomes U+FFFD. */
json_t *json_of_str(struct arena *arena, struct str s);
/* The text, or null for one that is not there. */
json_t *json_of_optional(struct arena *arena, struct str s);
json_t *json_of_finding(struct arena *arena, const struct report_input *input,
                        const struct finding *finding);
/* Writes the value with its head, schema and tool, and gives it back. */
void json_write(struct text *out, json_t *root);

#endif
