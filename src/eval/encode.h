#ifndef BULKHEAD_EVAL_ENCODE_H
#define BULKHEAD_EVAL_ENCODE_H

#include "function.h"

/* The value with every object replaced by what JSON and YAML writers see of it. */
struct value value_to_plain(struct arena *arena, struct value value);
/* Why the value cannot be written as JSON, in the words of encoding/json. */
struct str json_problem(struct arena *arena, struct value value, unsigned helm);
/* Why the value cannot be written as YAML. */
struct str yaml_problem(struct arena *arena, struct value value, unsigned helm);
/* toYaml: without the last line end; "" when the value cannot be written. */
struct str value_to_template_yaml(struct arena *arena, struct value value);

#endif
