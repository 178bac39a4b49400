#ifndef BULKHEAD_CHART_SCHEMA_H
#define BULKHEAD_CHART_SCHEMA_H

#include "values/values.h"

/* values.schema.json: JSON Schema of the drafts 4, 6, 7, 2019-09 and 2020-12, as Helm 4 checks it
 * with github.com/santhosh-tekuri/jsonschema/v6, in its words. Nothing is ever fetched: a reference
 * to another host allows everything, and schema_read tells it. */
struct schema;

/* What is wrong with a value, or with the schema itself. */
struct schema_violation {
    struct str path; /* a values path */
    struct str text; /* "got string, want integer" */
    struct value value;
};
struct schema_violation_list {
    struct schema_violation *items;
    size_t count, capacity;
};

/* Lives in the arena and borrows the text; immutable. NULL: it cannot be used, *ret_problem says
 * why. The addresses that are not fetched are added to the list. */
const struct schema *schema_read(struct arena *arena, struct str text, const struct limits *limits,
                                 struct str_list *unfetched, struct str *ret_problem);

/* Whether the value is as the schema wants it. If not, *ret_text is what Helm prints, a line for
 * each thing, and the innermost ones are added to the list. */
bool schema_check(struct arena *arena, const struct schema *schema, struct value value,
                  struct str *ret_text, struct schema_violation_list *violations);

/* Adds the names of all keys that the schema may want to be there, wherever: who takes such a key
 * out may break the values. */
void schema_required_names(struct arena *arena, const struct schema *schema, struct map *names);

/* A JSON pointer "/a/0/b", as messages have it, of a values path. */
struct str schema_pointer(struct arena *arena, struct str values_path);

#endif
