#include "schema_private.h"

/* Whether a key is there can matter to a schema in these ways besides `required`. */
static bool is_about_presence(struct str keyword)
{
    static const char *const keywords[] = {"if",
                                           "not",
                                           "oneOf",
                                           "anyOf",
                                           "minProperties",
                                           "dependencies",
                                           "dependentRequired",
                                           "dependentSchemas"};
    return STR_IS_ONE_OF(keyword, keywords);
}

static void add_name(struct arena *arena, struct map *names, struct str name)
{
    map_put(arena, names, str_copy(arena, name), names);
}

/* Adds what `required` lists, and below a keyword that is about presence every key and text. */
static void collect(struct arena *arena, struct value value, bool takes_all, struct map *names,
                    struct value_walk *walk)
{
    if (!value_walk_enter(walk))
        return;
    if (value.type == VALUE_STRING && takes_all)
        add_name(arena, names, value_str(value));
    for (size_t i = 0; value.type == VALUE_LIST && i < value.list->count; i++)
        collect(arena, value.list->items[i], takes_all, names, walk);
    for (size_t i = 0; value.type == VALUE_MAP && i < value.map->count; i++) {
        const struct value_entry *entry = &value.map->entries[i];
        bool all = takes_all || str_is(entry->key, "required") || is_about_presence(entry->key);
        if (takes_all)
            add_name(arena, names, entry->key);
        collect(arena, entry->value, all, names, walk);
    }
    value_walk_leave(walk);
}

void schema_required_names(struct arena *arena, const struct schema *schema, struct map *names)
{
    struct value_walk walk = {0};
    collect(arena, schema->root.value, false, names, &walk);
}
