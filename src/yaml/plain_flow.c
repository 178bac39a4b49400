#include "plain.h"

static struct yaml_node *read_value(struct plain_reader *reader, unsigned depth)
{
    char c = plain_peek(reader, 0);
    if (c == '[' || c == '{')
        return plain_read_flow(reader, depth);
    struct yaml_node *node = arena_make(reader->arena, struct yaml_node);
    return plain_read_scalar(reader, true, node) ? node : NULL;
}

/* Passes a comma and what is blank around it; false when none stands there. */
static bool pass_comma(struct plain_reader *reader)
{
    plain_skip_spaces(reader);
    if (plain_peek(reader, 0) != ',')
        return false;
    reader->at++;
    plain_skip_spaces(reader);
    return true;
}

/* Behind a quoted key a colon needs no blank, as in JSON. */
static bool pass_colon(struct plain_reader *reader, const struct yaml_node *key)
{
    bool is_key = plain_peek(reader, 0) == ':' && key->span.end == reader->at &&
                  (plain_peek(reader, 1) == ' ' || key->style != YAML_PLAIN) &&
                  key->span.end - key->span.start < PLAIN_KEY_BYTES;
    reader->at++;
    plain_skip_spaces(reader);
    return is_key;
}

static bool read_items(struct plain_reader *reader, unsigned depth, struct yaml_node *node)
{
    VECTOR(struct yaml_node *) items = {0};
    do {
        struct yaml_node *item = read_value(reader, depth + 1);
        if (!item)
            return false;
        vector_push(reader->arena, &items, item);
    } while (pass_comma(reader));
    node->list.items = items.items;
    node->list.count = items.count;
    return true;
}

static bool read_entries(struct plain_reader *reader, unsigned depth, struct yaml_node *node)
{
    struct entry_list entries = {0};
    do {
        struct yaml_node key;
        if (!plain_read_scalar(reader, true, &key) || !pass_colon(reader, &key))
            return false;
        struct yaml_node *value = read_value(reader, depth + 1);
        if (!value || !plain_add_entry(reader, &entries, &key, value))
            return false;
    } while (pass_comma(reader));
    entries_finish(reader->arena, &entries, node);
    return true;
}

struct yaml_node *plain_read_flow(struct plain_reader *reader, unsigned depth)
{
    bool is_map = plain_peek(reader, 0) == '{';
    char close = is_map ? '}' : ']';
    struct yaml_node *node =
        plain_new_node(reader, is_map ? YAML_MAP : YAML_LIST, YAML_FLOW, reader->at);
    reader->at++;
    plain_skip_spaces(reader);
    if (plain_is_too_deep(reader, depth))
        return NULL;
    if (plain_peek(reader, 0) != close &&
        !(is_map ? read_entries : read_items)(reader, depth, node))
        return NULL;
    if (plain_peek(reader, 0) != close)
        return NULL;
    reader->at++;
    node->span.end = (uint32_t)reader->at;
    return node;
}
