#ifndef BULKHEAD_CHART_SCHEMA_CHECK_H
#define BULKHEAD_CHART_SCHEMA_CHECK_H

#include "schema_private.h"

/* Private to schema_check.c, which goes through schemas, and schema_types.c, which has what they
 * say of objects, lists, texts and numbers. */

/* Where a value stands: the way from the root. */
struct place {
    const struct place *parent; /* NULL at the root */
    struct str key;             /* of an entry; p == NULL for an item */
    size_t index;
};

/* What was found wrong, and why. */
struct fault {
    struct str text;
    const struct place *place;
    struct value value;
    bool is_group;     /* several things, to be told where the group would be */
    bool is_reference; /* told only when there are several causes */
    struct fault_list {
        const struct fault **items;
        size_t count, capacity;
    } causes;
};

/* The way of a check through schemas, against circles and for dynamic references. */
struct frame {
    const struct schema_node *node;
    const struct place *place;
    const struct frame *parent;
};

/* Entries or items that no schema has looked at; NULL where nobody asks. */
struct unevaluated {
    bool *left;
    size_t count;
};

struct checker {
    struct arena *arena;
    const struct schema *schema;
    struct regex_cache patterns;
    unsigned depth;
    unsigned quiet; /* only whether there is a fault counts */
    uint64_t steps;
};

/* One schema on one value. */
struct check {
    struct checker *checker;
    const struct schema_node *node;
    struct value value;
    const struct place *place;
    const struct frame *frame;
    struct unevaluated unevaluated;
    struct fault_list faults;
};

void schema_add_fault(struct check *check, const struct fault *fault);
/* The fault, to say more of it; NULL when nobody hears it. */
struct fault *schema_complain_because(struct check *check, const struct fault_list *causes,
                                      const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* What lies behind a fault that is told as part of another one. */
struct fault_list schema_causes_of(const struct check *check, const struct fault *fault);
const struct value *schema_keyword_of(const struct check *check, const char *name);
unsigned schema_draft_of(const struct check *check);
bool schema_matches(struct check *check, struct str pattern, struct str text);
void schema_mark_evaluated(struct check *check, size_t index);
const struct fault *schema_check_inner(struct check *check, struct value schema);
const struct fault *schema_check_entry(struct check *check, struct value schema, size_t index);
const struct fault *schema_check_item(struct check *check, struct value schema, size_t index);
const struct fault *schema_validate(struct checker *checker, const struct schema_node *node,
                                    struct value value, const struct place *place,
                                    const struct frame *parent, struct unevaluated *unevaluated);
#define complain(check, ...) schema_complain_because((check), NULL, __VA_ARGS__)

/* The keywords for the value's type. */
void schema_check_by_type(struct check *check);

#endif
