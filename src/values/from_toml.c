#include "from_toml.h"

#include <stdlib.h>

#include "toml.h"

/* What a key holds while the text is read. */
enum node_kind { NODE_VALUE, NODE_TABLE, NODE_TABLES /* [[name]] */ };
struct node {
    enum node_kind kind;
    struct value value;
    struct map table; /* key → struct node */
    VECTOR(struct node *) tables;
};

/* The parts of a dotted key. */
struct parts {
    struct str items[TOML_MOST_DEPTH];
    size_t count;
};

/* A reader with the tables it makes. */
struct document {
    struct toml_reader reader;
    struct node root;
};

static struct node *node_new(struct document *document, enum node_kind kind)
{
    struct node *node = arena_make(document->reader.arena, struct node);
    node->kind = kind;
    return node;
}

/* --- paths --- */

static struct toml_path *path_below(struct document *document, struct toml_path *outer,
                                    struct str key)
{
    struct toml_reader *reader = &document->reader;
    struct toml_path *path = map_get(&outer->inner, key);
    if (path)
        return path;
    if (outer->depth >= TOML_MOST_DEPTH) {
        toml_fail_at(reader, reader->line, "tables lie too deep within each other");
        return outer;
    }
    path = arena_make(reader->arena, struct toml_path);
    path->outer = outer;
    path->key = key;
    path->depth = outer->depth + 1;
    map_put(reader->arena, &outer->inner, key, path);
    return path;
}

/* The paths from the outermost key to this one. */
static void list_paths(struct toml_path *path, struct toml_path **paths)
{
    for (unsigned i = path->depth; i > 0; i--, path = path->outer)
        paths[i - 1] = path;
}

static bool fail_about(struct document *document, const char *format, const struct toml_path *path)
{
    struct toml_reader *reader = &document->reader;
    struct str text = toml_path_text(reader->arena, path);
    struct text message = {.arena = reader->arena};
    text_format(&message, "Key '%.*s' %s", STR_ARG(text), format);
    return toml_fail_at(reader, reader->key_line, "%s", text_str(&message).p);
}

/* The table that a node stands for: of several the last. NULL: it is a value. */
static struct node *table_of(struct node *node)
{
    if (node->kind == NODE_TABLES)
        return node->tables.items[node->tables.count - 1];
    return node->kind == NODE_TABLE ? node : NULL;
}

static bool set_value(struct document *document, struct str key, struct node *value)
{
    struct toml_reader *reader = &document->reader;
    struct toml_path *paths[TOML_MOST_DEPTH + 1];
    struct node *table = &document->root;
    list_paths(reader->context, paths);
    for (unsigned i = 0; i < reader->context->depth; i++) {
        struct node *found = map_get(&table->table, paths[i]->key);
        table = found ? table_of(found) : NULL;
        if (!table)
            return fail_about(document, "has already been defined.", paths[i]);
    }
    struct toml_path *path = path_below(document, reader->context, key);
    bool is_there = map_has(&table->table, key);
    if (is_there && !path->is_implicit)
        return fail_about(document, "has already been defined.", path);
    if (is_there)
        path->is_implicit = false;
    if (!is_there || path->is_list)
        map_put(reader->arena, &table->table, key, value);
    return !reader->failed;
}

/* Without a key the context itself is meant, and at the root the empty key. */
static void set_type(struct document *document, struct str key, bool is_list)
{
    struct toml_reader *reader = &document->reader;
    struct toml_path *path = reader->context;
    if (key.n || !path->depth)
        path = path_below(document, path, key);
    path->is_list = is_list;
}

static bool add_tables(struct document *document, struct node *table, struct toml_path *path)
{
    struct arena *arena = document->reader.arena;
    struct node *tables = map_get(&table->table, path->key);
    if (!tables) {
        tables = node_new(document, NODE_TABLES);
        map_put(arena, &table->table, path->key, tables);
    }
    if (tables->kind != NODE_TABLES)
        return fail_about(document, "was already created and cannot be used as an array.", path);
    vector_push(arena, &tables->tables, node_new(document, NODE_TABLE));
    return true;
}

/* Makes the path, which is not the root, the context, and its table when it is not there. */
static bool open_table(struct document *document, struct toml_path *path, bool is_list)
{
    struct toml_reader *reader = &document->reader;
    struct toml_path *paths[TOML_MOST_DEPTH + 1];
    struct node *table = &document->root;
    list_paths(path, paths);
    for (unsigned i = 0; i + 1 < path->depth; i++) {
        struct node *found = map_get(&table->table, paths[i]->key);
        if (!found) {
            paths[i]->is_implicit = true;
            found = node_new(document, NODE_TABLE);
            map_put(reader->arena, &table->table, paths[i]->key, found);
        }
        table = table_of(found);
        if (!table)
            return fail_about(document, "was already created as a hash.", paths[i]);
    }
    reader->context = path->outer;
    bool done = is_list ? add_tables(document, table, path)
                        : set_value(document, path->key, node_new(document, NODE_TABLE));
    reader->context = done ? path : reader->context;
    return done;
}

/* --- results --- */

static struct value to_value(struct arena *arena, const struct node *node);

static int compare_entries(const void *a, const void *b)
{
    const struct value_entry *left = a;
    const struct value_entry *right = b;
    return str_compare(left->key, right->key);
}

static struct value table_to_value(struct arena *arena, const struct map *table)
{
    struct value_map *map = value_map_new(arena, MAP_ANY);
    map->entries = arena_make_array(arena, struct value_entry, table->count + 1);
    map->capacity = table->count + 1;
    map->count = table->count;
    for (size_t i = 0; i < table->count; i++)
        map->entries[i] =
            (struct value_entry){table->items[i].key, to_value(arena, table->items[i].value)};
    qsort(map->entries, map->count, sizeof *map->entries, compare_entries);
    return value_of_map(map);
}

static struct value to_value(struct arena *arena, const struct node *node)
{
    if (node->kind == NODE_VALUE)
        return node->value;
    if (node->kind == NODE_TABLE)
        return table_to_value(arena, &node->table);
    struct value_list *list = value_list_new(arena, LIST_OBJECT, node->tables.count);
    list->type_name = "[]map[string]interface {}";
    for (size_t i = 0; i < node->tables.count; i++)
        value_list_add(arena, list, table_to_value(arena, &node->tables.items[i]->table));
    return value_of_list(list);
}

/* --- keys --- */

static bool read_quoted_key(struct toml_reader *reader, struct str *ret_key)
{
    return toml_read_string(reader, (char)toml_take(reader), ret_key);
}

static bool is_bare(uint32_t c)
{
    return c && c < 0x80 && (is_ascii_alphanumeric((char)c) || c == '_' || c == '-');
}

/* One part of a key; a bare one may be empty, which what follows will refuse. */
static bool read_part(struct toml_reader *reader, struct parts *parts)
{
    struct str part = {0};
    uint32_t c = toml_look(reader);
    if (parts->count >= TOML_MOST_DEPTH)
        return toml_fail_at(reader, reader->line, "tables lie too deep within each other");
    if (c == '"' || c == '\'') {
        if (!read_quoted_key(reader, &part))
            return false;
    } else {
        size_t start = reader->at;
        while (is_bare(toml_look(reader)))
            toml_take(reader);
        part = str_slice(reader->text, start, reader->at);
    }
    if (!parts->count)
        reader->key_line = reader->line;
    parts->items[parts->count++] = part;
    return !reader->failed;
}

/* A key up to and with its "=". */
static bool read_key(struct toml_reader *reader, struct parts *parts)
{
    parts->count = 0;
    toml_skip_blanks(reader);
    uint32_t c = toml_look(reader);
    if (c == '=' || c == TOML_END)
        return toml_fail_at(reader, reader->line, "unexpected '=': key name appears blank");
    if (c == '.')
        return toml_fail_at(reader, reader->line, "unexpected '.': keys cannot start with a '.'");
    for (;;) {
        toml_skip_blanks(reader);
        c = toml_look(reader);
        if (c == '=' || c == TOML_END || c == '.')
            return toml_fail_at(reader, reader->line, "unexpected '%c'", c == '.' ? '.' : '=');
        if (!read_part(reader, parts))
            return false;
        toml_skip_blanks(reader);
        c = toml_take(reader);
        if (c == '=')
            return true;
        if (c == TOML_END)
            return toml_fail_at(reader, toml_line_of(reader, c),
                                "unexpected EOF; expected key separator '='");
        if (c != '.')
            return toml_fail_at(reader, reader->line - (c == '\n'),
                                "expected '.' or '=', but got %.*s instead",
                                STR_ARG(toml_quote(reader, c)));
    }
}

/* --- values --- */

static struct node *read_value(struct document *document, bool is_in_list);

/* Behind "#", up to the end of the line. */
static void skip_comment(struct toml_reader *reader)
{
    for (uint32_t c; (c = toml_look(reader)) && !toml_is_break(c);)
        toml_take(reader);
}

/* Blanks, line ends and comments. */
static void skip_space(struct toml_reader *reader)
{
    for (uint32_t c;
         (c = toml_look(reader)) && (toml_is_blank(c) || toml_is_break(c) || c == '#');) {
        toml_take(reader);
        if (c == '#')
            skip_comment(reader);
    }
}

static struct str shown_or_end(struct toml_reader *reader, uint32_t c)
{
    char bytes[4];
    if (c == TOML_END)
        return STR("end of file");
    return str_format(reader->arena, "'%.*s'", (int)utf8_write(c, bytes), bytes);
}

/* Behind "[". */
static bool read_list(struct document *document, struct value *ret_value)
{
    struct toml_reader *reader = &document->reader;
    struct value_list *list = value_list_new(reader->arena, LIST_ANY, 0);
    set_type(document, reader->key, true);
    for (;;) {
        skip_space(reader);
        if (toml_accept(reader, ']'))
            break;
        if (toml_accept(reader, ','))
            return toml_fail_at(reader, reader->line, "unexpected comma");
        const struct node *item = read_value(document, true);
        if (!item)
            return false;
        value_list_add(reader->arena, list, to_value(reader->arena, item));
        skip_space(reader);
        uint32_t c = toml_take(reader);
        if (c == ']')
            break;
        if (c != ',')
            return toml_fail_at(reader, toml_line_of(reader, c),
                                "expected a comma (',') or array terminator (']'), but got %.*s",
                                STR_ARG(shown_or_end(reader, c)));
    }
    *ret_value = value_of_list(list);
    return !reader->failed;
}

/* Opens the tables that a dotted key leads through. */
static bool open_implicit(struct document *document, const struct parts *parts)
{
    struct toml_reader *reader = &document->reader;
    for (size_t i = 0; i + 1 < parts->count; i++) {
        struct toml_path *path = path_below(document, reader->context, parts->items[i]);
        path->is_implicit = true;
        if (reader->failed || !open_table(document, path, false))
            return false;
    }
    return true;
}

/* key = value, in the context, which is another afterwards; NULL when it fails. */
static struct node *read_entry(struct document *document, struct parts *parts)
{
    struct toml_reader *reader = &document->reader;
    if (!read_key(reader, parts))
        return NULL;
    reader->key = parts->items[parts->count - 1];
    if (!open_implicit(document, parts))
        return NULL;
    struct node *value = read_value(document, false);
    if (!value || !set_value(document, reader->key, value))
        return NULL;
    set_type(document, reader->key, value->kind == NODE_VALUE && value->value.type == VALUE_LIST);
    return value;
}

/* Puts an entry into the inline table itself, which its list gets. */
static bool put_entry(struct document *document, struct node *table, const struct parts *parts,
                      struct node *value)
{
    struct toml_reader *reader = &document->reader;
    for (size_t i = 0; i + 1 < parts->count; i++) {
        struct node *inner = map_get(&table->table, parts->items[i]);
        if (!inner) {
            inner = node_new(document, NODE_TABLE);
            map_put(reader->arena, &table->table, parts->items[i], inner);
        }
        if (inner->kind != NODE_TABLE)
            return toml_fail_at(
                reader, reader->key_line, "%.*s is not a table",
                STR_ARG(quote_go(reader->arena, toml_path_text(reader->arena, reader->context))));
        table = inner;
    }
    map_put(reader->arena, &table->table, reader->key, value);
    return true;
}

/* What stands between two entries of an inline table. False at its end, and when it fails. */
static bool continue_table(struct toml_reader *reader)
{
    skip_space(reader);
    uint32_t c = toml_take(reader);
    while (c == ',') {
        toml_skip_blanks(reader);
        if (toml_look(reader) != '}')
            return !reader->failed;
        c = toml_take(reader);
    }
    if (c != '}')
        toml_fail_at(reader, toml_line_of(reader, c),
                     "expected a comma or an inline table terminator '}', but got %.*s instead",
                     STR_ARG(shown_or_end(reader, c)));
    return false;
}

static bool read_entries(struct document *document, struct node *table)
{
    struct toml_reader *reader = &document->reader;
    struct toml_path *context = reader->context;
    struct parts *parts = arena_make(reader->arena, struct parts);
    for (bool more = true; more;) {
        skip_space(reader);
        if (toml_accept(reader, '}'))
            break;
        if (toml_accept(reader, ','))
            return toml_fail_at(reader, reader->line, "unexpected comma");
        struct node *value = read_entry(document, parts);
        if (!value || !put_entry(document, table, parts, value))
            return false;
        reader->context = context;
        more = continue_table(reader);
    }
    return !reader->failed;
}

/* Behind "{". */
static struct node *read_inline_table(struct document *document, bool is_in_list)
{
    struct toml_reader *reader = &document->reader;
    struct toml_path *outer = reader->context;
    struct str outer_key = reader->key;
    struct toml_path *path = path_below(document, outer, outer_key);
    struct node *table = node_new(document, NODE_TABLE);
    reader->context = path;
    reader->key = (struct str){0};
    path->is_implicit = true;
    if (reader->failed || !open_table(document, path, is_in_list) || !read_entries(document, table))
        return NULL;
    reader->context = outer;
    reader->key = outer_key;
    return table;
}

static bool read_any_string(struct toml_reader *reader, struct value *ret_value)
{
    char quote = (char)toml_take(reader);
    struct str string;
    bool done;
    size_t start = reader->at;
    bool is_empty = toml_accept(reader, quote);
    if (is_empty && toml_accept(reader, quote)) {
        done = toml_read_long_string(reader, quote, &string);
    } else {
        reader->at = start;
        done = toml_read_string(reader, quote, &string);
    }
    if (done)
        *ret_value = value_string(string);
    return done;
}

static struct node *read_nested(struct document *document, bool is_in_list)
{
    struct toml_reader *reader = &document->reader;
    struct node *node = node_new(document, NODE_VALUE);
    if (reader->depth >= TOML_MOST_DEPTH) {
        toml_fail_at(reader, reader->line, "lists and tables lie too deep within each other");
        return NULL;
    }
    reader->depth++;
    if (toml_take(reader) == '{')
        node = read_inline_table(document, is_in_list);
    else if (!read_list(document, &node->value))
        node = NULL;
    reader->depth--;
    return node;
}

/* NULL when it fails. */
static struct node *read_value(struct document *document, bool is_in_list)
{
    struct toml_reader *reader = &document->reader;
    toml_skip_blanks(reader);
    uint32_t c = toml_look(reader);
    if (c == '[' || c == '{')
        return read_nested(document, is_in_list);
    struct node *node = node_new(document, NODE_VALUE);
    bool done = c == '"' || c == '\'' ? read_any_string(reader, &node->value)
                                      : toml_read_word(reader, &node->value);
    return done && !reader->failed ? node : NULL;
}

/* --- the document --- */

/* Behind "[": a header [a.b] or [[a.b]]. */
static bool read_header(struct document *document, struct parts *parts)
{
    struct toml_reader *reader = &document->reader;
    bool is_list = toml_accept(reader, '[');
    uint32_t c;
    parts->count = 0;
    do {
        toml_skip_blanks(reader);
        c = toml_look(reader);
        if (c == ']' || c == TOML_END)
            return toml_fail_at(reader, reader->line,
                                "unexpected end of table name (table names cannot be empty)");
        if (c == '.')
            return toml_fail_at(reader, reader->line,
                                "unexpected table separator (table names cannot be empty)");
        if (!read_part(reader, parts))
            return false;
        toml_skip_blanks(reader);
        c = toml_take(reader);
    } while (c == '.');
    if (c != ']')
        return toml_fail_at(reader, toml_line_of(reader, c),
                            "expected '.' or ']' to end table name, but got %.*s instead",
                            STR_ARG(toml_quote(reader, c)));
    if (is_list && (c = toml_take(reader)) != ']')
        return toml_fail_at(reader, toml_line_of(reader, c),
                            "expected end of table array name delimiter ']', but got %.*s instead",
                            STR_ARG(toml_quote(reader, c)));
    struct toml_path *path = &reader->root;
    for (size_t i = 0; i < parts->count; i++)
        path = path_below(document, path, parts->items[i]);
    if (reader->failed || !open_table(document, path, is_list))
        return false;
    set_type(document, (struct str){0}, false);
    return true;
}

static bool end_line(struct toml_reader *reader)
{
    toml_skip_blanks(reader);
    uint32_t c = toml_take(reader);
    if (c == '#')
        skip_comment(reader);
    else if (c != TOML_END && !toml_is_break(c))
        return toml_fail_at(reader, reader->line,
                            "expected a top-level item to end with a newline, comment, or EOF, but "
                            "got %.*s instead",
                            STR_ARG(toml_quote(reader, c)));
    return !reader->failed;
}

static bool read_document(struct document *document)
{
    struct toml_reader *reader = &document->reader;
    struct parts *parts = arena_make(reader->arena, struct parts);
    for (;;) {
        skip_space(reader);
        if (reader->failed || toml_look(reader) == TOML_END)
            return !reader->failed;
        if (toml_accept(reader, '[')) {
            if (!read_header(document, parts))
                return false;
        } else {
            struct toml_path *context = reader->context;
            if (!read_entry(document, parts))
                return false;
            reader->context = context;
            reader->key = (struct str){0};
        }
        if (!end_line(reader))
            return false;
    }
}

static struct str without_mark(struct str text)
{
    bool is_16 = str_starts_with(text, STR("\xFF\xFE")) || str_starts_with(text, STR("\xFE\xFF"));
    return str_from(text, is_16 ? 2 : str_starts_with(text, STR("\xEF\xBB\xBF")) ? 3 : 0);
}

bool value_from_toml(struct arena *arena, struct str text, const struct toml_options *options,
                     struct value *ret_value, struct str *ret_problem)
{
    struct document document = {.reader = {.arena = arena, .options = options, .line = 1},
                                .root = {.kind = NODE_TABLE}};
    document.reader.text = without_mark(text);
    document.reader.context = &document.reader.root;
    if (str_find_char(str_slice(document.reader.text, 0, 6), '\0') != STR_NOT_FOUND) {
        *ret_problem = STR("toml: line 1: files cannot contain NULL bytes; probably using UTF-16; "
                           "TOML files must be UTF-8");
        return false;
    }
    bool done = read_document(&document);
    if (done)
        *ret_value = to_value(arena, &document.root);
    else
        *ret_problem = document.reader.problem;
    return done;
}
