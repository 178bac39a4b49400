#ifndef BULKHEAD_REPORT_JSON_PARTS_H
#define BULKHEAD_REPORT_JSON_PARTS_H

#include <jansson.h>

#include "writers.h"

/* Private to report/: what several JSON outputs have in common. Every value belongs to the caller.
 */

/* Invalid UTF-8 cannot stand in JSON: each wrong byte becomes U+FFFD. */
json_t *json_of_str(struct arena *arena, struct str s);
/* The text, or null for one that is not there. */
json_t *json_of_optional(struct arena *arena, struct str s);
json_t *json_of_finding(struct arena *arena, const struct report_input *input,
                        const struct finding *finding);
/* Sets a key of an object to the value, which the object takes. */
void json_set(json_t *object, const char *key, json_t *value);
json_t *json_of_size(size_t number);
/* Writes a value and gives it back. */
void json_write(struct text *out, json_t *root);
/* The same for an object, behind its head: schema and tool. */
void json_write_with_head(struct text *out, json_t *root);

#endif
