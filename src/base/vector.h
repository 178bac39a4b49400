#ifndef BULKHEAD_BASE_VECTOR_H
#define BULKHEAD_BASE_VECTOR_H

#include "arena.h"

/* A vector is any struct with the three fields {type *items; size_t count, capacity;}; zeroed it
 * is empty. VECTOR(type) spells the fields; name the struct where it is passed on. Adding may move
 * the items; the old ones stay in the arena. */
#define VECTOR(type)                                                                               \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }

/* Appends a zeroed item; the value is a pointer to it. */
#define vector_add(arena, vector)                                                                  \
    ((vector)->items = vector_reserve((arena), (vector)->items, (vector)->count,                   \
                                      &(vector)->capacity, sizeof *(vector)->items),               \
     &(vector)->items[(vector)->count++])

#define vector_push(arena, vector, item) ((void)(*vector_add((arena), (vector)) = (item)))

/* Room for one more item behind the first `count`: the old items, or a larger copy. */
void *vector_reserve(struct arena *arena, void *items, size_t count, size_t *capacity,
                     size_t item_size);

#endif
