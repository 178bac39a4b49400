#include "plain.h"

struct yaml_node *plain_new_node(struct plain_reader *reader, enum yaml_kind kind,
                                 enum yaml_style style, size_t start)
{
    struct yaml_node *node = arena_make(reader->arena, struct yaml_node);
    node->kind = kind;
    node->style = style;
    node->span = (struct span){reader->file, (uint32_t)start, (uint32_t)start};
    return node;
}

bool plain_add_entry(struct plain_reader *reader, struct entry_list *entries,
                     const struct yaml_node *key, struct yaml_node *value)
{
    struct str name = scalar_key(reader->arena, key);
    if (!name.p || str_equal(name, STR("<<")) || entries_find(entries, name))
        return false;
    entries_add(reader->arena, entries,
                (struct yaml_entry){name, key->kind, false, key->span, value});
    return true;
}

/* --- lines --- */

static void pass_comment(struct plain_reader *reader)
{
    struct str rest = str_from(reader->bytes, reader->at);
    size_t end = str_find_char(rest, '\n');
    reader->at += end < rest.n ? end : rest.n;
}

static bool starts_document(const struct plain_reader *reader)
{
    char c = plain_peek(reader, 0);
    return (c == '-' || c == '.') && plain_peek(reader, 1) == c && plain_peek(reader, 2) == c;
}

bool plain_find_content(struct plain_reader *reader)
{
    for (;;) {
        reader->line = reader->at;
        plain_skip_spaces(reader);
        if (reader->at >= reader->bytes.n) {
            reader->column = -1;
            return true;
        }
        char c = plain_peek(reader, 0);
        if (c == '#')
            pass_comment(reader);
        else if (c != '\n')
            break;
        reader->at++;
    }
    reader->column = (int)(reader->at - reader->line);
    return reader->column > 0 || !starts_document(reader);
}

bool plain_pass_line(struct plain_reader *reader)
{
    size_t from = reader->at;
    plain_skip_spaces(reader);
    if (plain_peek(reader, 0) == '#' && reader->at > from)
        pass_comment(reader);
    bool is_over = plain_peek(reader, 0) == '\n';
    reader->at++;
    return is_over;
}

bool plain_next_line(struct plain_reader *reader)
{
    return plain_pass_line(reader) && plain_find_content(reader);
}

/* --- blocks --- */

static struct yaml_node *read_node(struct plain_reader *reader, int parent, unsigned depth);

static bool is_at_dash(const struct plain_reader *reader)
{
    return plain_peek(reader, 0) == '-' && plain_is_blank(plain_peek(reader, 1));
}

static bool is_at_flow(const struct plain_reader *reader)
{
    return plain_peek(reader, 0) == '[' || plain_peek(reader, 0) == '{';
}

static void reach(struct yaml_node *node, const struct yaml_node *child)
{
    if (child->span.end > node->span.end)
        node->span.end = child->span.end;
}

static struct yaml_node *finish_scalar(struct plain_reader *reader, const struct yaml_node *scalar)
{
    struct yaml_node *node = arena_make(reader->arena, struct yaml_node);
    *node = *scalar;
    return plain_next_line(reader) ? node : NULL;
}

/* What is neither a list with dashes nor a map with keys, and moves on to what follows. */
static struct yaml_node *read_value(struct plain_reader *reader, int parent, unsigned depth)
{
    struct yaml_node scalar;
    if (plain_peek(reader, 0) == '|')
        return plain_read_literal(reader, parent);
    if (!is_at_flow(reader))
        return plain_read_scalar(reader, false, &scalar) ? finish_scalar(reader, &scalar) : NULL;
    struct yaml_node *node = plain_read_flow(reader, depth);
    return node && plain_next_line(reader) ? node : NULL;
}

/* The value of a key or dash that has none. */
static struct yaml_node *new_null(struct plain_reader *reader, size_t behind)
{
    struct yaml_node *node = plain_new_node(reader, YAML_NULL, YAML_PLAIN, behind);
    node->text = str_slice(reader->bytes, behind, behind);
    return node;
}

/* Whether nothing but a comment, if that, follows on the line. */
static bool is_at_line_end(const struct plain_reader *reader)
{
    return plain_peek(reader, 0) == '\n' || plain_peek(reader, 0) == '#';
}

/* Moves on to what follows a dash, on its line or below it. */
static bool pass_dash(struct plain_reader *reader)
{
    size_t behind = ++reader->at;
    plain_skip_spaces(reader);
    reader->column = (int)(reader->at - reader->line);
    if (!is_at_line_end(reader))
        return true;
    reader->at = behind;
    return plain_next_line(reader);
}

/* The items of a list at a column; a list below a key may stand at the column of that. */
static struct yaml_node *read_list(struct plain_reader *reader, int column, unsigned depth)
{
    struct yaml_node *node = plain_new_node(reader, YAML_LIST, YAML_BLOCK, reader->at);
    VECTOR(struct yaml_node *) items = {0};
    if (plain_is_too_deep(reader, depth))
        return NULL;
    while (reader->column == column && is_at_dash(reader)) {
        size_t behind = reader->at + 1;
        if (!pass_dash(reader))
            return NULL;
        struct yaml_node *item = reader->column > column ? read_node(reader, column, depth + 1)
                                                         : new_null(reader, behind);
        if (!item || reader->column > column)
            return NULL;
        vector_push(reader->arena, &items, item);
        reach(node, item);
    }
    node->list.items = items.items;
    node->list.count = items.count;
    return node;
}

/* The value behind a colon, on its line or below it. */
static struct yaml_node *read_entry_value(struct plain_reader *reader, int column, unsigned depth)
{
    size_t behind = reader->at;
    plain_skip_spaces(reader);
    if (!is_at_line_end(reader))
        return is_at_dash(reader) ? NULL : read_value(reader, column, depth);
    reader->at = behind;
    if (!plain_next_line(reader))
        return NULL;
    if (reader->column > column)
        return read_node(reader, column, depth);
    if (reader->column == column && is_at_dash(reader))
        return read_list(reader, column, depth);
    return new_null(reader, behind);
}

static bool is_at_colon(const struct plain_reader *reader)
{
    return plain_peek(reader, 0) == ':' && plain_is_blank(plain_peek(reader, 1));
}

/* Whether a scalar that was just read may be a key. */
static bool is_key(const struct plain_reader *reader, const struct yaml_node *scalar)
{
    return is_at_colon(reader) && scalar->span.end == reader->at &&
           scalar->span.end - scalar->span.start < PLAIN_KEY_BYTES;
}

/* A map whose first key has been read. */
static struct yaml_node *read_map(struct plain_reader *reader, struct yaml_node *key,
                                  unsigned depth)
{
    int column = reader->column;
    struct yaml_node *node = plain_new_node(reader, YAML_MAP, YAML_BLOCK, key->span.start);
    struct entry_list entries = {0};
    if (plain_is_too_deep(reader, depth))
        return NULL;
    for (;;) {
        if (!is_key(reader, key))
            return NULL;
        reader->at++;
        struct yaml_node *value = read_entry_value(reader, column, depth + 1);
        if (!value || !plain_add_entry(reader, &entries, key, value) || reader->column > column)
            return NULL;
        reach(node, value);
        if (reader->column < column)
            break;
        if (!plain_read_scalar(reader, false, key))
            return NULL;
    }
    entries_finish(reader->arena, &entries, node);
    return node;
}

/* What begins a line, or follows the dash of a list item, deeper than its parent's column. */
static struct yaml_node *read_node(struct plain_reader *reader, int parent, unsigned depth)
{
    struct yaml_node scalar;
    if (is_at_dash(reader))
        return read_list(reader, reader->column, depth);
    if (is_at_flow(reader) || plain_peek(reader, 0) == '|')
        return read_value(reader, parent, depth);
    if (!plain_read_scalar(reader, false, &scalar))
        return NULL;
    return is_at_colon(reader) ? read_map(reader, &scalar, depth) : finish_scalar(reader, &scalar);
}

/* --- the file --- */

/* True for bytes that plain YAML is made of: printable ASCII, line feeds and tabs. */
static bool is_plain_ascii(struct str bytes)
{
    unsigned char strange = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        strange |= (c < ' ' && c != '\n' && c != '\t') || c > '~';
    }
    return !strange;
}

/* The same with characters beyond ASCII, but for those that end lines, a byte order mark and what
 * YAML does not allow. */
static bool is_plain_text(struct str bytes)
{
    while (bytes.n) {
        uint32_t c = 0;
        size_t length = utf8_decode(bytes, &c);
        bool is_strange = c <= 0xA0 || c == 0x2028 || c == 0x2029 || (c >= 0xFEFF && c <= 0xFFFF);
        if (c < 0x80 ? !is_plain_ascii(str_slice(bytes, 0, 1)) : is_strange)
            return false;
        bytes = str_from(bytes, length);
    }
    return true;
}

static bool read_document(struct plain_reader *reader, struct yaml_document *document)
{
    bool is_marked = str_starts_with(reader->bytes, STR("---"));
    reader->at = is_marked ? 3 : 0;
    if (!(is_marked ? plain_next_line(reader) : plain_find_content(reader)))
        return false;
    size_t start = is_marked ? 0 : reader->at;
    if (reader->column < 0) {
        document->root = plain_new_node(reader, YAML_NULL, YAML_PLAIN, 0);
        document->span = document->root->span;
        return !is_marked;
    }
    document->root = read_node(reader, -1, 0);
    if (!document->root || reader->column >= 0 || document->root->kind < YAML_LIST)
        return false;
    document->span = (struct span){reader->file, (uint32_t)start, document->root->span.end};
    return true;
}

const struct yaml_stream *plain_parse(struct arena *arena, struct str bytes, uint32_t file,
                                      const struct limits *limits)
{
    struct plain_reader reader = {.arena = arena, .limits = limits, .bytes = bytes, .file = file};
    reader.keeps_scalars = str_find_char(bytes, '#') != STR_NOT_FOUND;
    if (bytes.n > INT32_MAX || !(is_plain_ascii(bytes) || is_plain_text(bytes)))
        return NULL;
    struct yaml_document *document = arena_make(arena, struct yaml_document);
    if (!read_document(&reader, document))
        return NULL;
    struct yaml_stream *stream = arena_make(arena, struct yaml_stream);
    stream->problems.arena = arena;
    stream->complete = true;
    stream->documents = document;
    stream->document_count = 1;
    if (reader.keeps_scalars)
        comments_find(arena, bytes, file, &reader.scalars, stream);
    return stream;
}
