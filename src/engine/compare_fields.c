#include "compare_fields.h"

#include "values/values.h"

const char *change_name(enum change_kind kind)
{
    static const char *const names[] = {"added", "removed", "changed"};
    return names[kind];
}

/* Where a comparison stands: the three ways to write the path. */
struct spot {
    struct str shown, before, after;
};

struct comparing {
    struct arena *arena;
    struct field_change_list *changes;
};

static void compare_nodes(struct comparing *comparing, const struct yaml_node *before,
                          const struct yaml_node *after, struct spot spot);

static void add_change(struct comparing *comparing, const struct yaml_node *before,
                       const struct yaml_node *after, struct spot spot)
{
    struct field_change change = {
        .kind = !before  ? CHANGE_ADDED
                : !after ? CHANGE_REMOVED
                         : CHANGE_CHANGED,
        .path = spot.shown,
        .path_before = before ? spot.before : STR(""),
        .path_after = after ? spot.after : STR(""),
        .before = before,
        .after = after,
    };
    vector_push(comparing->arena, comparing->changes, change);
}

static struct spot at_key(struct arena *arena, struct spot spot, struct str key)
{
    return (struct spot){
        values_path_key(arena, spot.shown, key),
        values_path_key(arena, spot.before, key),
        values_path_key(arena, spot.after, key),
    };
}

static void compare_maps(struct comparing *comparing, const struct yaml_node *before,
                         const struct yaml_node *after, struct spot spot)
{
    for (size_t i = 0; i < before->map.count; i++) {
        const struct yaml_entry *entry = &before->map.entries[i];
        const struct yaml_entry *other = yaml_find(after, entry->key);
        compare_nodes(comparing, entry->value, other ? other->value : NULL,
                      at_key(comparing->arena, spot, entry->key));
    }
    for (size_t i = 0; i < after->map.count; i++) {
        const struct yaml_entry *entry = &after->map.entries[i];
        if (!yaml_find(before, entry->key))
            compare_nodes(comparing, NULL, entry->value,
                          at_key(comparing->arena, spot, entry->key));
    }
}

/* --- lists --- */

/* What tells items of lists apart, the most telling first: the merge keys of Kubernetes' API and
 * those of well-known operators. */
static const char *const item_keys[] = {
    "name",      "mountPath",   "devicePath", "containerPort", "port",
    "secretKey", "topologyKey", "ip",         "uid",           "key",
};
enum { ITEM_KEY_COUNT = sizeof item_keys / sizeof *item_keys };

static struct str item_name(const struct yaml_node *item, const char *key)
{
    return yaml_text(yaml_value(item, key));
}

static size_t find_item(const struct yaml_node *list, const char *key, struct str name, size_t from)
{
    for (size_t i = from; i < list->list.count; i++) {
        if (str_equal(item_name(list->list.items[i], key), name))
            return i;
    }
    return SIZE_MAX;
}

/* True when every item has the key, each another value. */
static bool is_keyed(const struct yaml_node *list, const char *key)
{
    for (size_t i = 0; i < list->list.count; i++) {
        struct str name = item_name(list->list.items[i], key);
        if (!name.p || find_item(list, key, name, i + 1) != SIZE_MAX)
            return false;
    }
    return true;
}

static const char *find_item_key(const struct yaml_node *before, const struct yaml_node *after)
{
    for (size_t i = 0; i < ITEM_KEY_COUNT; i++) {
        if (is_keyed(before, item_keys[i]) && is_keyed(after, item_keys[i]))
            return item_keys[i];
    }
    return NULL;
}

static struct spot at_items(struct arena *arena, struct spot spot, struct str name, size_t before,
                            size_t after)
{
    return (struct spot){
        str_format(arena, "%.*s[%.*s]", STR_ARG(spot.shown), STR_ARG(name)),
        values_path_index(arena, spot.before, before),
        values_path_index(arena, spot.after, after),
    };
}

/* Items that both lists have, by name, and then those of one. False when what both have does not
 * come in the same order. */
static bool compare_named(struct comparing *comparing, const char *key,
                          const struct yaml_node *before, const struct yaml_node *after,
                          struct spot spot)
{
    bool is_ordered = true;
    size_t last = 0;
    for (size_t i = 0; i < before->list.count; i++) {
        const struct yaml_node *item = before->list.items[i];
        struct str name = item_name(item, key);
        size_t other = find_item(after, key, name, 0);
        bool is_there = other != SIZE_MAX;
        compare_nodes(comparing, item, is_there ? after->list.items[other] : NULL,
                      at_items(comparing->arena, spot, name, i, other));
        is_ordered = is_ordered && (!is_there || other >= last);
        last = is_there ? other : last;
    }
    for (size_t i = 0; i < after->list.count; i++) {
        struct str name = item_name(after->list.items[i], key);
        if (find_item(before, key, name, 0) == SIZE_MAX)
            compare_nodes(comparing, NULL, after->list.items[i],
                          at_items(comparing->arena, spot, name, 0, i));
    }
    return is_ordered;
}

static void compare_positions(struct comparing *comparing, const struct yaml_node *before,
                              const struct yaml_node *after, struct spot spot)
{
    struct arena *arena = comparing->arena;
    size_t start = 0;
    size_t end_before = before->list.count;
    size_t end_after = after->list.count;
    while (start < end_before && start < end_after &&
           yaml_equal(before->list.items[start], after->list.items[start]))
        start++;
    while (end_before > start && end_after > start &&
           yaml_equal(before->list.items[end_before - 1], after->list.items[end_after - 1]))
        end_before--, end_after--;
    for (size_t i = start; i < end_before || i < end_after; i++) {
        struct str number = str_format(arena, "%zu", i);
        compare_nodes(comparing, i < end_before ? before->list.items[i] : NULL,
                      i < end_after ? after->list.items[i] : NULL,
                      at_items(arena, spot, number, i, i));
    }
}

static void compare_lists(struct comparing *comparing, const struct yaml_node *before,
                          const struct yaml_node *after, struct spot spot)
{
    bool has_items = before->list.count && after->list.count;
    const char *key = has_items ? find_item_key(before, after) : NULL;
    bool is_whole = !has_items && before->list.count + after->list.count > 0;
    if (!is_whole && !key)
        compare_positions(comparing, before, after, spot);
    else if (is_whole || !compare_named(comparing, key, before, after, spot))
        add_change(comparing, before, after, spot);
}

/* --- nodes --- */

static void compare_nodes(struct comparing *comparing, const struct yaml_node *before,
                          const struct yaml_node *after, struct spot spot)
{
    if (before && after && before->kind == YAML_MAP && after->kind == YAML_MAP)
        compare_maps(comparing, before, after, spot);
    else if (before && after && before->kind == YAML_LIST && after->kind == YAML_LIST)
        compare_lists(comparing, before, after, spot);
    else if (!before || !after || !yaml_equal(before, after))
        add_change(comparing, before, after, spot);
}

struct field_change_list fields_compare(struct arena *arena, const struct yaml_node *before,
                                        const struct yaml_node *after)
{
    struct field_change_list changes = {0};
    struct comparing comparing = {arena, &changes};
    if (before || after)
        compare_nodes(&comparing, before, after, (struct spot){STR(""), STR(""), STR("")});
    return changes;
}

/* --- in words --- */

enum { BRIEF = 70 };

/* True for a text that, without quotes, would be another value: "1" and 1 differ. */
static bool needs_quotes(struct str text)
{
    static const char *const words[] = {"true", "false", "null"};
    size_t digits = 0;
    while (digits < text.n && text.p[digits] && strchr("0123456789.-", text.p[digits]))
        digits++;
    return text.n && (digits == text.n || STR_IS_ONE_OF(text, words));
}

static struct str brief(struct arena *arena, const struct yaml_node *node)
{
    if (node && node->kind == YAML_STRING && needs_quotes(node->text))
        return str_format(arena, "\"%.*s\"", STR_ARG(node->text));
    return node ? yaml_brief(arena, node, BRIEF) : (struct str){0};
}

static struct str line_text(struct arena *arena, struct str line, size_t number, bool is_there)
{
    struct yaml_node node = {.kind = YAML_STRING, .text = line};
    return is_there ? str_format(arena, "line %zu: %.*s", number,
                                 STR_ARG(yaml_brief(arena, &node, BRIEF)))
                    : str_format(arena, "ends before line %zu", number);
}

static bool has_lines(const struct yaml_node *node)
{
    return node && node->kind == YAML_STRING && str_find_char(node->text, '\n') != STR_NOT_FOUND;
}

static struct change_texts line_texts(struct arena *arena, struct str before, struct str after)
{
    struct str line_before = {0};
    struct str line_after = {0};
    bool more_before = false;
    bool more_after = false;
    size_t number = 0;
    do {
        more_before = before.n > 0;
        more_after = after.n > 0;
        line_before = str_cut(&before, '\n');
        line_after = str_cut(&after, '\n');
        number++;
    } while (more_before && more_after && str_equal(line_before, line_after));
    if (!more_before && !more_after)
        return (struct change_texts){STR("other line ends"), STR("other line ends")};
    return (struct change_texts){line_text(arena, line_before, number, more_before),
                                 line_text(arena, line_after, number, more_after)};
}

struct change_texts field_change_texts(struct arena *arena, const struct field_change *change)
{
    const struct yaml_node *before = change->before;
    const struct yaml_node *after = change->after;
    bool both_are_texts =
        before && after && before->kind == YAML_STRING && after->kind == YAML_STRING;
    if (both_are_texts && (has_lines(before) || has_lines(after)))
        return line_texts(arena, before->text, after->text);
    return (struct change_texts){brief(arena, before), brief(arena, after)};
}
