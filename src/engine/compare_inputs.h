#ifndef BULKHEAD_ENGINE_COMPARE_INPUTS_H
#define BULKHEAD_ENGINE_COMPARE_INPUTS_H

#include "compare_fields.h"
#include "kube/kube.h"
#include "workspace.h"

enum input_kind {
    INPUT_VALUE,   /* a value of a values file, or a whole values file that came or went */
    INPUT_FILE,    /* another file of a chart */
    INPUT_RELEASE, /* the release itself: its namespace, its chart, which layers it has */
};

/* Something that a release is made of and that two revisions have differently. */
struct input_change {
    enum input_kind kind;
    struct str path;        /* of the file */
    struct str values_path; /* of INPUT_VALUE; empty: the whole file */
    struct str text;        /* in words, of what is no value: "the file is new" */
    bool is_gone;           /* the place is one of the older revision */
    struct span span;
};
struct input_list {
    const struct input_change **items;
    size_t count, capacity;
};

/* One of the two revisions. */
struct input_side {
    const struct workspace *workspace;
    struct renderer *renderer; /* loads its charts */
};

/* True when both are there and the same byte for byte. */
bool same_file(const struct file *a, const struct file *b);

/* What was compared already, by file and by chart. */
struct input_store;
struct input_store *input_store_new(struct arena *arena, const struct input_side *before,
                                    const struct input_side *after);

/* What differs in the inputs of a release; empty when nothing does. Everything lives in the store's
 * arena. Not for several threads. */
struct input_list inputs_compare(struct input_store *store, const struct release *before,
                                 const struct release *after);

#endif
