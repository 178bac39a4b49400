#ifndef BULKHEAD_VALUES_JSON_H
#define BULKHEAD_VALUES_JSON_H

#include "value.h"

/* JSON as Go's encoding/json reads and writes it: numbers are float64, keys come sorted. Objects
 * must have been replaced by plain values. */

struct json_style {
    bool escape_html;   /* < > & as \u003c …, which is Go's default */
    const char *indent; /* NULL: all on one line */
};
/* False when the value holds an infinity or NaN, or is nested too deep: *ret_text is untouched. */
bool value_to_json(struct arena *arena, struct value value, struct json_style style,
                   struct str *ret_text);
/* What value_to_json fails for: an infinity or NaN, or the list or map in which a value was found
 * to hold itself; nil when there is nothing. */
struct value value_json_culprit(struct value value);
/* False when the text is no JSON: *ret_problem says why, in the words of encoding/json, and the
 * value is nil. True with a *ret_problem whose p is not NULL: a number is larger than a float64 and
 * has become nil, which Go tells after it has read the rest. Strings may borrow from the text. */
bool value_from_json(struct arena *arena, struct str text, struct value *ret_value,
                     struct str *ret_problem);
/* The same for one value at the start of *rest, which is cut to what follows it. */
bool value_take_json(struct arena *arena, struct str *rest, struct value *ret_value,
                     struct str *ret_problem);
/* The number as encoding/json writes it: 1000000, 1e+21, 1e-07. */
struct str json_number(struct arena *arena, double number);

/* What sigs.k8s.io/yaml's Marshal gives, with its last line end. False as value_to_json. */
bool value_to_yaml(struct arena *arena, struct value value, struct str *ret_text);
/* What goyaml says when value_to_yaml fails though the value is JSON; p == NULL: nothing. */
struct str value_yaml_problem(struct arena *arena, struct value value);
/* What goyaml.v3 gives with an indent of two (toYamlPretty): no detour through JSON, so that a
 * float is written as Go prints it. */
bool value_to_pretty_yaml(struct arena *arena, struct value value, struct str *ret_text);

#endif
