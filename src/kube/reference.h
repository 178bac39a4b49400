#ifndef BULKHEAD_KUBE_REFERENCE_H
#define BULKHEAD_KUBE_REFERENCE_H

#include "makers.h"
#include "object_texts.h"

/* What uses what by name: one object names another in a field. reference_kinds.c lists the fields.
 */

/* The fields of a map that name another object; NULL: there is no such field. */
struct reference_fields {
    const char *name, *namespace; /* not there: the object's own namespace */
    const char *kind, *group;     /* not there: as the table says; of an API version the group */
    const char *key;              /* a key in the data of what is named, or several: a pattern */
    const char *port, *port_name; /* of the Service; the second one counts where it is there */
    const char *optional;         /* true: it need not be there */
    const char *when, *is;        /* a field that must have this text */
    bool waits;                   /* the object gets ready only when what is named is there */
};

/* By which map objects of a kind name another object. */
struct reference_kind {
    const char *group, *kind; /* of those objects; NULL: what makes pods, and `at` begins at the
                               * pod's spec */
    const char *at;           /* the map, see object_match */
    const struct reference_fields *fields;
    const char *group_named, *kind_named; /* what is named */
};

extern const struct reference_kind reference_kinds[];
extern const size_t reference_kind_count;

struct reference {
    const struct reference_kind *kind;
    const struct object *object;
    const struct yaml_node *node; /* the map with the fields */
    struct str at, path;          /* where it stands in the object, and the field with the name */
    struct text_part part;        /* of the field's text that names it; empty: all of it */
    struct identifier to;
    struct str port, port_path; /* empty: none */
    bool is_optional;
};
struct reference_list {
    struct reference *items;
    size_t count, capacity;
};

/* Adds the references of the objects, in their order, then those of the pods of the workloads that
 * they are. Names that a program fills in later are left out. Lives in the arena. */
void references_add(struct arena *arena, struct reference_list *list,
                    const struct object_list *objects, const struct workload_list *workloads);

/* The references of all objects that the makers know; lives in the arena. */
const struct reference_list *references_of(struct arena *arena, const struct makers *makers);

/* What the reference names; NULL when nobody is known to make it. */
const struct made *reference_find(const struct makers *makers, const struct reference *reference);

/* True when what the reference names is certainly not there; then *ret_hint says what may be meant
 * (makers_hint). Without a configuration only what is made elsewhere counts: whoever wrote none may
 * well keep the rest in another repository. Nor does a kind that nobody makes there. */
bool reference_is_broken(struct arena *arena, const struct makers *makers,
                         const struct reference *reference, struct str *ret_hint);

#endif
