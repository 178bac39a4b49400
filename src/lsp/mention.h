#ifndef BULKHEAD_LSP_MENTION_H
#define BULKHEAD_LSP_MENTION_H

#include "values/values.h"

/* Names in the text of a template, found without parsing it, so that half-typed texts have them. */
enum mention_kind {
    MENTION_VALUES,  /* .Values.a.b, from any variable */
    MENTION_INCLUDE, /* include "name", template "name" */
    MENTION_DEFINE,  /* define "name", block "name" */
};

struct mention {
    enum mention_kind kind;
    struct span span; /* of values from the first key on, else the text in the quotes */
    struct str path;  /* the values path, or the name */
};
struct mention_list {
    struct mention *items;
    size_t count, capacity;
};

/* In the order of the text; lives in the arena. */
struct mention_list mentions_find(struct arena *arena, const struct file *file);
/* The mention that stands at the offset; of values cut behind the key that stands there. NULL when
 * there is none. */
const struct mention *mention_at(struct arena *arena, const struct mention_list *list,
                                 const struct file *file, size_t offset);

/* What stands in front of the offset when that is a .Values.a.b that is being typed: the path in
 * front of the last dot, and what is there of the next key. */
struct mention_begun {
    struct str path;
    struct str key;
};
/* False when nothing of that kind is. */
bool mention_begins(struct arena *arena, struct str text, size_t offset,
                    struct mention_begun *ret_begun);

#endif
