#include "map.h"

#include "vector.h"

static size_t slot_of(const struct map *map, struct str key)
{
    size_t slot = str_hash(key) & (map->slot_count - 1);
    while (map->slots[slot] && !str_equal(map->items[map->slots[slot] - 1].key, key))
        slot = (slot + 1) & (map->slot_count - 1);
    return slot;
}

static const struct map_entry *find(const struct map *map, struct str key)
{
    if (!map->slot_count)
        return NULL;
    uint32_t index = map->slots[slot_of(map, key)];
    return index ? &map->items[index - 1] : NULL;
}

void *map_get(const struct map *map, struct str key)
{
    const struct map_entry *entry = find(map, key);
    return entry ? entry->value : NULL;
}

bool map_has(const struct map *map, struct str key)
{
    return find(map, key);
}

static void rehash(struct arena *arena, struct map *map)
{
    map->slot_count = map->slot_count ? map->slot_count * 2 : 16;
    map->slots = arena_make_array(arena, uint32_t, map->slot_count);
    for (size_t i = 0; i < map->count; i++)
        map->slots[slot_of(map, map->items[i].key)] = (uint32_t)i + 1;
}

void map_put(struct arena *arena, struct map *map, struct str key, void *value)
{
    if (map->count * 2 >= map->slot_count)
        rehash(arena, map);
    size_t slot = slot_of(map, key);
    if (!map->slots[slot]) {
        vector_push(arena, map, ((struct map_entry){key, NULL}));
        map->slots[slot] = (uint32_t)map->count;
    }
    map->items[map->slots[slot] - 1].value = value;
}
