#include "private.h"

const struct yaml_node *yaml_root(const struct yaml_stream *stream)
{
    return stream->documents[0].root;
}

const struct yaml_entry *yaml_find(const struct yaml_node *map, struct str key)
{
    if (!map || map->kind != YAML_MAP)
        return NULL;
    if (map->map.index) {
        size_t number = (size_t)(uintptr_t)map_get(map->map.index, key);
        return number ? &map->map.entries[number - 1] : NULL;
    }
    for (size_t i = 0; i < map->map.count; i++) {
        if (str_equal(map->map.entries[i].key, key))
            return &map->map.entries[i];
    }
    return NULL;
}

const struct yaml_node *yaml_value(const struct yaml_node *map, const char *key)
{
    const struct yaml_entry *entry = yaml_find(map, str_from_c(key));
    return entry ? entry->value : NULL;
}

const struct yaml_node *yaml_at(const struct yaml_node *node, struct str path)
{
    while (node && path.p && path.n) {
        const struct yaml_entry *entry = yaml_find(node, str_cut(&path, '.'));
        node = entry ? entry->value : NULL;
    }
    return node;
}

size_t yaml_item_count(const struct yaml_node *list)
{
    return list && list->kind == YAML_LIST ? list->list.count : 0;
}

size_t yaml_entry_count(const struct yaml_node *map)
{
    return map && map->kind == YAML_MAP ? map->map.count : 0;
}

struct str yaml_text(const struct yaml_node *node)
{
    bool has_text =
        node && (node->kind == YAML_STRING || node->kind == YAML_NUMBER || node->kind == YAML_BOOL);
    return has_text ? node->text : (struct str){0};
}

static bool lists_equal(const struct yaml_node *a, const struct yaml_node *b)
{
    if (a->list.count != b->list.count)
        return false;
    for (size_t i = 0; i < a->list.count; i++) {
        if (!yaml_equal(a->list.items[i], b->list.items[i]))
            return false;
    }
    return true;
}

static bool maps_equal(const struct yaml_node *a, const struct yaml_node *b)
{
    if (a->map.count != b->map.count)
        return false;
    for (size_t i = 0; i < a->map.count; i++) {
        const struct yaml_entry *other = yaml_find(b, a->map.entries[i].key);
        if (!other || !yaml_equal(a->map.entries[i].value, other->value))
            return false;
    }
    return true;
}

bool yaml_equal(const struct yaml_node *a, const struct yaml_node *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case YAML_NULL:
        return true;
    case YAML_BOOL:
        return a->boolean == b->boolean;
    case YAML_NUMBER:
        return a->number == b->number;
    case YAML_STRING:
        return str_equal(a->text, b->text);
    case YAML_LIST:
        return lists_equal(a, b);
    case YAML_MAP:
        return maps_equal(a, b);
    }
    return false;
}

bool yaml_is_blank(const struct yaml_node *node)
{
    switch (node->kind) {
    case YAML_NULL:
        return true;
    case YAML_STRING:
        return node->text.n == 0;
    case YAML_LIST:
        return node->list.count == 0;
    case YAML_MAP:
        return node->map.count == 0;
    default:
        return false;
    }
}

const char *yaml_kind_name(enum yaml_kind kind)
{
    static const char *const names[] = {"null", "boolean", "number", "string", "list", "map"};
    return names[kind];
}

const char *yaml_json_name(enum yaml_kind kind)
{
    static const char *const names[] = {"null", "bool", "number", "string", "array", "object"};
    return names[kind];
}

static void write_brief(struct text *text, const struct yaml_node *node, size_t most)
{
    bool map = node->kind == YAML_MAP;
    if (node->kind == YAML_NULL) {
        text_add_c(text, "null");
    } else if (node->kind != YAML_LIST && !map) {
        bool empty = node->kind == YAML_STRING && !node->text.n;
        text_add(text, empty ? STR("\"\"") : node->text);
    } else {
        size_t count = map ? node->map.count : node->list.count;
        text_add_char(text, map ? '{' : '[');
        for (size_t i = 0; i < count && text->n <= most; i++) {
            text_add_c(text, i ? ", " : "");
            if (map) {
                text_add(text, node->map.entries[i].key);
                text_add_c(text, ": ");
            }
            write_brief(text, map ? node->map.entries[i].value : node->list.items[i], most);
        }
        text_add_char(text, map ? '}' : ']');
    }
}

struct str yaml_brief(struct arena *arena, const struct yaml_node *node, size_t most)
{
    struct text text = {.arena = arena};
    write_brief(&text, node, most);
    struct str brief = text_str(&text);
    size_t line = str_find_char(brief, '\n');
    size_t end = line < most ? line : most;
    if (end >= brief.n)
        return brief;
    while (end > 0 && ((unsigned char)brief.p[end] & 0xC0) == 0x80)
        end--;
    return str_join(arena, str_slice(brief, 0, end), STR("…"));
}
