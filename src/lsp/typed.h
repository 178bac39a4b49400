#ifndef BULKHEAD_LSP_TYPED_H
#define BULKHEAD_LSP_TYPED_H

#include "values/values.h"

/* What is being typed in a YAML file, told by indentation alone: half-typed text is no YAML. */
struct typed {
    bool is_value;     /* behind "key:", else a key or an item */
    bool is_item;      /* directly behind the dash of a list */
    struct str parent; /* values path of the map or list around it */
    struct str key;    /* of a value */
    struct str word;   /* what is there of it already; ends at the cursor */
};

/* False where nothing can be completed: in comments, in block scalars, in flow collections. */
bool typed_find(struct arena *arena, struct str text, size_t offset, struct typed *ret_typed);

#endif
