#include "value.h"

struct value_list *value_list_new(struct arena *arena, enum list_type type, size_t capacity)
{
    struct value_list *list = arena_make(arena, struct value_list);
    list->type = type;
    list->capacity = capacity;
    if (capacity)
        list->items = arena_make_array(arena, struct value, capacity);
    return list;
}

void value_list_add(struct arena *arena, struct value_list *list, struct value item)
{
    vector_push(arena, list, item);
}

void value_list_set(struct arena *arena, struct value_list *list, size_t index, struct value item)
{
    while (list->count <= index)
        value_list_add(arena, list, value_nil());
    list->items[index] = item;
}

struct value_map *value_map_new(struct arena *arena, enum map_type type)
{
    struct value_map *map = arena_make(arena, struct value_map);
    map->type = type;
    map->arena = arena;
    return map;
}

/* Index of the first entry whose key is not below the given one. */
static size_t lower_bound(const struct value_map *map, struct str key)
{
    size_t from = 0;
    size_t to = map->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (str_compare(map->entries[middle].key, key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Of few entries all are looked at, which is quicker. */
static struct value *find_among_few(const struct value_map *map, struct str key)
{
    for (size_t i = 0; i < map->count; i++) {
        if (str_equal(map->entries[i].key, key))
            return &map->entries[i].value;
    }
    return NULL;
}

struct value *value_map_get(const struct value_map *map, struct str key)
{
    enum { FEW_ENTRIES = 16 };
    if (map->count <= FEW_ENTRIES)
        return find_among_few(map, key);
    size_t at = lower_bound(map, key);
    bool found = at < map->count && str_equal(map->entries[at].key, key);
    return found ? &map->entries[at].value : NULL;
}

void value_map_set(struct value_map *map, struct str key, struct value value)
{
    size_t at = lower_bound(map, key);
    if (at < map->count && str_equal(map->entries[at].key, key)) {
        map->entries[at].value = value;
        return;
    }
    map->entries =
        vector_reserve(map->arena, map->entries, map->count, &map->capacity, sizeof *map->entries);
    memmove(&map->entries[at + 1], &map->entries[at], (map->count - at) * sizeof *map->entries);
    map->entries[at] = (struct value_entry){key, value};
    map->count++;
    map->is_nil = false;
}

void value_map_remove(struct value_map *map, struct str key)
{
    size_t at = lower_bound(map, key);
    if (at == map->count || !str_equal(map->entries[at].key, key))
        return;
    map->count--;
    memmove(&map->entries[at], &map->entries[at + 1], (map->count - at) * sizeof *map->entries);
}

static struct value list_from_yaml(struct arena *arena, const struct yaml_node *node)
{
    struct value_list *list = value_list_new(arena, LIST_ANY, node->list.count);
    for (size_t i = 0; i < node->list.count; i++)
        list->items[i] = value_from_yaml(arena, node->list.items[i]);
    list->count = node->list.count;
    return value_of_list(list);
}

static struct value map_from_yaml(struct arena *arena, const struct yaml_node *node)
{
    struct value_map *map = value_map_new(arena, MAP_ANY);
    if (node->map.count) {
        map->capacity = node->map.count;
        map->entries = arena_make_array(arena, struct value_entry, map->capacity);
    }
    for (size_t i = 0; i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        value_map_set(map, entry->key, value_from_yaml(arena, entry->value));
    }
    return value_of_map(map);
}

struct value value_from_yaml(struct arena *arena, const struct yaml_node *node)
{
    switch (node->kind) {
    case YAML_NULL:
        break;
    case YAML_BOOL:
        return value_bool(node->boolean);
    case YAML_NUMBER:
        /* An integer has no negative zero. */
        if (node->number == 0 && str_find_char(node->text, '.') == STR_NOT_FOUND)
            return value_float(0);
        return value_float(node->number);
    case YAML_STRING:
        return value_string(node->text);
    case YAML_LIST:
        return list_from_yaml(arena, node);
    case YAML_MAP:
        return map_from_yaml(arena, node);
    }
    return value_nil();
}

static struct value copy_value(struct arena *arena, struct value value, struct value_walk *walk);

static struct value copy_list(struct arena *arena, const struct value_list *list,
                              struct value_walk *walk)
{
    struct value_list *copy = value_list_new(arena, list->type, list->count);
    copy->type_name = list->type_name;
    copy->is_nil = list->is_nil;
    for (size_t i = 0; i < list->count; i++)
        copy->items[i] = copy_value(arena, list->items[i], walk);
    copy->count = list->count;
    return value_of_list(copy);
}

static struct value copy_map(struct arena *arena, const struct value_map *map,
                             struct value_walk *walk)
{
    struct value_map *copy = value_map_new(arena, map->type);
    copy->is_nil = map->is_nil;
    copy->count = map->count;
    copy->capacity = map->count;
    if (map->count)
        copy->entries = arena_make_array(arena, struct value_entry, map->count);
    for (size_t i = 0; i < map->count; i++) {
        copy->entries[i].key = map->entries[i].key;
        copy->entries[i].value = copy_value(arena, map->entries[i].value, walk);
    }
    return value_of_map(copy);
}

static struct value copy_value(struct arena *arena, struct value value, struct value_walk *walk)
{
    if (value.type != VALUE_LIST && value.type != VALUE_MAP)
        return value;
    if (!value_walk_enter(walk))
        return value_nil();
    struct value copy = value.type == VALUE_LIST ? copy_list(arena, value.list, walk)
                                                 : copy_map(arena, value.map, walk);
    copy.is_values = value.is_values;
    value_walk_leave(walk);
    return copy;
}

struct value value_copy(struct arena *arena, struct value value)
{
    struct value_walk walk = {0};
    return copy_value(arena, value, &walk);
}

bool value_is_true(struct value value)
{
    switch (value.type) {
    case VALUE_NIL:
        return false;
    case VALUE_BOOL:
        return value.boolean;
    case VALUE_FLOAT64:
        return value.number != 0;
    case VALUE_STRING:
    case VALUE_BYTES:
        return value.length > 0;
    case VALUE_LIST:
        return value.list->count > 0;
    case VALUE_MAP:
        return value.map->count > 0;
    case VALUE_OBJECT:
        return true;
    default:
        return value.integer != 0;
    }
}

static bool are_equal(struct value a, struct value b, struct value_walk *walk);

static bool lists_are_equal(const struct value_list *a, const struct value_list *b,
                            struct value_walk *walk)
{
    if (a->type != b->type || a->count != b->count || a->is_nil != b->is_nil)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!are_equal(a->items[i], b->items[i], walk))
            return false;
    }
    return true;
}

static bool maps_are_equal(const struct value_map *a, const struct value_map *b,
                           struct value_walk *walk)
{
    if (a->type != b->type || a->count != b->count || a->is_nil != b->is_nil)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!str_equal(a->entries[i].key, b->entries[i].key) ||
            !are_equal(a->entries[i].value, b->entries[i].value, walk))
            return false;
    }
    return true;
}

/* What is too deep to look at counts as equal, as a circle does in Go. */
static bool containers_are_equal(struct value a, struct value b, struct value_walk *walk)
{
    if (!value_walk_enter(walk))
        return true;
    bool equal = a.type == VALUE_LIST ? lists_are_equal(a.list, b.list, walk)
                                      : maps_are_equal(a.map, b.map, walk);
    value_walk_leave(walk);
    return equal;
}

static bool are_equal(struct value a, struct value b, struct value_walk *walk)
{
    if (a.type != b.type || a.is_values != b.is_values)
        return false;
    switch (a.type) {
    case VALUE_NIL:
        return true;
    case VALUE_BOOL:
        return a.boolean == b.boolean;
    case VALUE_FLOAT64:
        return a.number == b.number;
    case VALUE_STRING:
    case VALUE_BYTES:
        return str_equal(value_str(a), value_str(b));
    case VALUE_LIST:
        return a.list == b.list || containers_are_equal(a, b, walk);
    case VALUE_MAP:
        return a.map == b.map || containers_are_equal(a, b, walk);
    case VALUE_OBJECT:
        return a.object == b.object;
    default:
        return a.integer == b.integer;
    }
}

bool value_deep_equal(struct value a, struct value b)
{
    struct value_walk walk = {0};
    return are_equal(a, b, &walk);
}
