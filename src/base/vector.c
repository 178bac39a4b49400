#include "vector.h"

#include <stddef.h>
#include <string.h>

void *vector_reserve(struct arena *arena, void *items, size_t count, size_t *capacity,
                     size_t item_size)
{
    if (count < *capacity)
        return items;
    size_t larger = *capacity ? *capacity * 2 : 4;
    void *moved = arena_alloc_array(arena, larger, item_size, _Alignof(max_align_t));
    if (count)
        memcpy(moved, items, count * item_size);
    *capacity = larger;
    return moved;
}
