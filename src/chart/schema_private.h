#ifndef BULKHEAD_CHART_SCHEMA_PRIVATE_H
#define BULKHEAD_CHART_SCHEMA_PRIVATE_H

#include "schema.h"

/* Private to the files schema*.c. */

enum { DRAFT_4 = 4, DRAFT_6 = 6, DRAFT_7 = 7, DRAFT_2019 = 2019, DRAFT_2020 = 2020 };

/* A schema with an address of its own ($id), or the whole document. */
struct schema_resource {
    struct str base; /* without fragment */
    unsigned draft;
    struct value root;
    bool is_recursive;  /* $recursiveAnchor */
    struct map dynamic; /* $dynamicAnchor → struct schema_node */
};

/* A subschema where it stands. */
struct schema_node {
    struct value value; /* a boolean or a map */
    const struct schema_resource *resource;
};

struct schema {
    const struct limits *limits;
    struct schema_node root;
    struct map resources; /* address → struct schema_resource */
    struct map anchors;   /* address#anchor → struct schema_node */
    struct map inner;     /* the bytes of a map's pointer → struct schema_resource that it is */
};

/* The bytes of the map's pointer, as a key; they live in the arena. */
struct str schema_key_of(struct arena *arena, const struct value_map *map);
/* The address that a reference without fragment means beside the base (RFC 3986, section 5.2, as
 * far as addresses of schemas need it: no ".."). */
struct str schema_join_address(struct arena *arena, struct str base, struct str reference);

enum reference_result { REFERENCE_FOUND, REFERENCE_REMOTE, REFERENCE_MISSING };
/* The schema that a $ref of a node means. REFERENCE_REMOTE: it lies elsewhere and *ret_problem is
 * its address; REFERENCE_MISSING: there is none, *ret_problem says so. */
enum reference_result schema_resolve(struct arena *arena, const struct schema *schema,
                                     const struct schema_resource *resource, struct str reference,
                                     struct schema_node *ret_node, struct str *ret_problem);
/* The node at a value that stands in the node's schema: the same resource or one of its own. */
struct schema_node schema_child(const struct schema *schema, const struct schema_node *node,
                                struct value value);

/* Whether the text has the format, one of JSON Schema's; formats that are not known hold always.
 * False: *ret_problem says why not. In schema_format.c. */
bool schema_format_holds(struct arena *arena, struct str format, struct str text,
                         struct str *ret_problem);

/* Words for messages, in schema_words.c. */
struct str schema_quote(struct arena *arena, struct str text);
struct str schema_quote_all(struct arena *arena, const struct str_list *texts);
/* A whole number that is not negative, as golang.org/x/text prints it in English: 1,000,000. */
struct str schema_count(struct arena *arena, double count);
/* A number as golang.org/x/text prints it in English: 70,000 and 1×10²¹. */
struct str schema_number(struct arena *arena, double number);
/* A scalar in a message: a text in quotes, everything else as written. */
struct str schema_scalar(struct arena *arena, struct value value);

bool schema_is_number(struct value value);
double schema_number_of(struct value value);
/* Equal in JSON: numbers by value, maps in any order. */
bool schema_values_are_equal(struct value a, struct value b);
/* The first item that is equal to an earlier one. */
bool schema_find_equal_items(struct arena *arena, const struct value_list *list, size_t *ret_first,
                             size_t *ret_second);

#endif
