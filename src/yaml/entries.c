#include "private.h"

enum { MANY_ENTRIES = 12 };

struct yaml_entry *entries_find(struct entry_list *entries, struct str key)
{
    if (entries->count > MANY_ENTRIES) {
        size_t number = (size_t)(uintptr_t)map_get(&entries->numbers, key);
        return number ? &entries->items[number - 1] : NULL;
    }
    for (size_t i = 0; i < entries->count; i++) {
        if (str_equal(entries->items[i].key, key))
            return &entries->items[i];
    }
    return NULL;
}

static void index_entry(struct arena *arena, struct entry_list *entries, size_t number)
{
    map_put(arena, &entries->numbers, entries->items[number].key, (void *)(uintptr_t)(number + 1));
}

void entries_add(struct arena *arena, struct entry_list *entries, struct yaml_entry entry)
{
    vector_push(arena, entries, entry);
    if (entries->count == MANY_ENTRIES + 1) {
        for (size_t i = 0; i < entries->count; i++)
            index_entry(arena, entries, i);
    } else if (entries->count > MANY_ENTRIES) {
        index_entry(arena, entries, entries->count - 1);
    }
}

void entries_merge(struct arena *arena, struct entry_list *entries, const struct yaml_node *source)
{
    for (size_t i = 0; i < source->map.count; i++) {
        struct yaml_entry entry = source->map.entries[i];
        struct yaml_entry *there = entries_find(entries, entry.key);
        entry.merged = true;
        if (there)
            *there = entry;
        else
            entries_add(arena, entries, entry);
    }
}

void entries_finish(struct arena *arena, const struct entry_list *entries, struct yaml_node *map)
{
    map->map.entries = entries->items;
    map->map.count = entries->count;
    if (entries->numbers.count) {
        map->map.index = arena_make(arena, struct map);
        *map->map.index = entries->numbers;
    }
}
