#ifndef BULKHEAD_BASE_MAP_H
#define BULKHEAD_BASE_MAP_H

#include "str.h"

/* A map from slices to pointers that keeps the order of insertion. Zeroed it is empty. Keys are
 * not copied: their bytes must live as long as the map. Everything lives in the arena that is
 * passed to map_put; use one arena for one map. */
struct map_entry {
    struct str key;
    void *value;
};

struct map {
    struct map_entry *items; /* in the order of their first insertion */
    size_t count, capacity;
    uint32_t *slots; /* index + 1 into items, 0 is free */
    size_t slot_count;
};

/* The value, or NULL when the key is not there. */
void *map_get(const struct map *map, struct str key);
bool map_has(const struct map *map, struct str key);
/* Adds the key or replaces its value. */
void map_put(struct arena *arena, struct map *map, struct str key, void *value);

#endif
