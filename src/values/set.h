#ifndef BULKHEAD_VALUES_SET_H
#define BULKHEAD_VALUES_SET_H

#include "value.h"

/* The grammar of `helm --set` and its sisters (pkg/strvals): a.b[0]=1,c={x,y} */
enum set_kind {
    SET_TYPED,   /* --set: true, false, null and integers are what they look like */
    SET_STRING,  /* --set-string */
    SET_FILE,    /* --set-file: the value is the content of the file */
    SET_JSON,    /* --set-json: the value is JSON; so may be the whole text, if it is an object */
    SET_LITERAL, /* --set-literal: nothing behind "=" has a meaning */
};

struct set_options {
    enum set_kind kind;
    /* The content of a file for SET_FILE: false when it cannot be read. */
    bool (*read)(void *context, struct arena *arena, struct str path, struct str *ret_bytes);
    void *context;
};

/* Sets what the text says in the map. False: the text is wrong and *ret_problem says how; what
 * stands before the mistake has been set. */
bool values_set(struct arena *arena, struct value_map *values, struct str text,
                const struct set_options *options, struct str *ret_problem);

#endif
