#ifndef BULKHEAD_INFRA_OUTCOME_H
#define BULKHEAD_INFRA_OUTCOME_H

#include "tree/tree.h"

/* What an expression gives, as far as it can be told without deploying. Immutable; in the arena of
 * the evaluation. */
enum outcome_kind {
    OUTCOME_UNKNOWN,
    OUTCOME_NULL,
    OUTCOME_BOOL,
    OUTCOME_NUMBER,
    OUTCOME_TEXT,
    OUTCOME_LIST,
    OUTCOME_OBJECT,
    OUTCOME_CHOICE, /* one of the members, by a condition that cannot be told; none is unknown or
                       a choice itself, and there are at least two */
};

struct outcome_member {
    struct str key;   /* of objects */
    struct span span; /* of key and value */
    const struct outcome *value;
};

struct outcome_members {
    struct outcome_member *items;
    size_t count, capacity;
};

struct outcome {
    enum outcome_kind kind;
    struct span span; /* where the value is written */
    bool is_open;     /* lists and objects: there may be more members; those that are here are there
                       */
    bool boolean;
    double number;
    struct str text;
    struct outcome_members members;
};

/* Unknown, written at the span. */
const struct outcome *outcome_unknown(struct arena *arena, struct span span);
struct outcome *outcome_make(struct arena *arena, enum outcome_kind kind, struct span span);
const struct outcome *outcome_of_text(struct arena *arena, struct span span, struct str text);
const struct outcome *outcome_of_number(struct arena *arena, struct span span, double number);
const struct outcome *outcome_of_bool(struct arena *arena, struct span span, bool boolean);
/* A copy with another span. */
const struct outcome *outcome_at(struct arena *arena, const struct outcome *outcome,
                                 struct span span);
void outcome_add(struct arena *arena, struct outcome *list, struct outcome_member member);
/* Sets the member of a key, in the place of an earlier one. */
void outcome_put(struct arena *arena, struct outcome *object, struct outcome_member member);
/* The members may be written over by some that cannot be told: their keys stay, their values become
 * unknown, and the object is open. */
void outcome_blur(struct arena *arena, struct outcome *object);
/* The member of an object; NULL: there is none, or it cannot be told (is_open). */
const struct outcome_member *outcome_find(const struct outcome *object, struct str key);
bool outcome_equal(const struct outcome *a, const struct outcome *b);
/* Either of them: a choice, one of them when they are equal, unknown when one is. NULL counts as
 * nothing. */
const struct outcome *outcome_either(struct arena *arena, const struct outcome *a,
                                     const struct outcome *b);
/* Whether a condition holds: 1, 0, or -1 when it cannot be told. */
int outcome_holds(const struct outcome *outcome);
/* One object for a choice of objects, with what all of them have, else the outcome itself. Open
 * where they differ. */
const struct outcome *outcome_common(struct arena *arena, const struct outcome *outcome);
/* What is behind a path of keys that are joined by "."; of a list on the way its first item counts.
 * NULL: nothing; unknown: it cannot be told whether something is there. */
const struct outcome *outcome_behind(struct arena *arena, const struct outcome *outcome,
                                     const char *path);
/* As a text, the way both languages print it; p == NULL for unknown, lists, objects and choices. */
struct str outcome_text(struct arena *arena, const struct outcome *outcome);

#endif
