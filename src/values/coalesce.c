#include "coalesce.h"

static bool is_table(const struct value *value)
{
    return value && value->type == VALUE_MAP;
}

void value_map_merge(struct value_map *map, const struct value_map *over)
{
    for (size_t i = 0; i < over->count; i++) {
        const struct value_entry *entry = &over->entries[i];
        const struct value *below = value_map_get(map, entry->key);
        if (is_table(below) && is_table(&entry->value))
            value_map_merge(below->map, entry->value.map);
        else
            value_map_set(map, entry->key, entry->value);
    }
}

/* A null in `map` also hides what only `map` has from those who look at `defaults` later. */
static void fill_entry(struct value_map *map, struct value_entry *entry, bool keep_nulls)
{
    struct value *own = value_map_get(map, entry->key);
    if (!own)
        value_map_set(map, entry->key, entry->value);
    else if (own->type == VALUE_NIL && !keep_nulls && entry->value.type != VALUE_NIL)
        value_map_remove(map, entry->key);
    else if (is_table(own) && is_table(&entry->value))
        value_map_fill(own->map, entry->value.map, keep_nulls);
}

void value_map_fill(struct value_map *map, struct value_map *defaults, bool keep_nulls)
{
    for (size_t i = 0; i < defaults->count; i++)
        fill_entry(map, &defaults->entries[i], keep_nulls);
}

struct value_map *value_map_table(const struct value_map *map, struct str key)
{
    const struct value *found = value_map_get(map, key);
    return is_table(found) ? found->map : NULL;
}
