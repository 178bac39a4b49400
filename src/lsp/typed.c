#include "typed.h"

/* A line of block YAML. */
struct line {
    size_t indent; /* of its first character */
    size_t dashes; /* "- " that stand in front of its key */
    size_t column; /* of its key, behind the dashes */
    struct str rest;
};

static struct line line_of(struct str text)
{
    struct line line = {0};
    size_t at = 0;
    while (at < text.n && text.p[at] == ' ')
        at++;
    line.indent = at;
    while (at < text.n && text.p[at] == '-' && (at + 1 == text.n || text.p[at + 1] == ' ')) {
        line.dashes++;
        at++;
        while (at < text.n && text.p[at] == ' ')
            at++;
    }
    line.column = at;
    line.rest = str_from(text, at);
    return line;
}

/* The key in front of the ":" of a line; p == NULL when it has none. */
static struct str key_of(const struct line *line, struct str *ret_behind)
{
    size_t colon = str_find_char(line->rest, ':');
    bool is_key =
        colon != STR_NOT_FOUND && (colon + 1 == line->rest.n || line->rest.p[colon + 1] == ' ');
    if (!is_key)
        return (struct str){0};
    struct str key = str_trim(str_slice(line->rest, 0, colon));
    if (key.n >= 2 && (key.p[0] == '"' || key.p[0] == '\'') && key.p[key.n - 1] == key.p[0])
        key = str_slice(key, 1, key.n - 1);
    *ret_behind = str_trim(str_from(line->rest, colon + 1));
    return key;
}

/* True behind "key:" when what it holds stands in the lines below it, and is no text. */
static bool opens_block(struct str behind)
{
    return !behind.n || behind.p[0] == '#' || behind.p[0] == '&';
}

/* The line in front of the offset, without its line end; the offset goes to its start. */
static struct str line_before(struct str text, size_t *offset)
{
    size_t end = *offset - 1;
    size_t start = str_find_last_char(str_slice(text, 0, end), '\n');
    *offset = start == STR_NOT_FOUND ? 0 : start + 1;
    return str_slice(text, *offset, end);
}

/* The steps of the path from the inside out. */
struct steps {
    struct arena *arena;
    struct str_list keys; /* p == NULL: an item */
};

static struct str join(struct steps *steps)
{
    struct str path = STR("");
    for (size_t i = steps->keys.count; i > 0; i--) {
        struct str key = steps->keys.items[i - 1];
        path = key.p ? values_path_key(steps->arena, path, key)
                     : values_path_index(steps->arena, path, 0);
    }
    return path;
}

/* Walks up from the line that starts at the offset. `column` is what lines around it are left of;
 * `item`: the list around it may stand in the column of its key. False in a block scalar. */
static bool climb(struct steps *steps, struct str text, size_t start, size_t column, bool item)
{
    while (start > 0 && (column > 0 || item)) {
        struct line line = line_of(line_before(text, &start));
        if (!line.rest.n || line.rest.p[0] == '#')
            continue;
        struct str behind;
        struct str key = key_of(&line, &behind);
        bool is_around = line.column < column || (item && !line.dashes && line.column == column);
        if (key.p && is_around) {
            if (!opens_block(behind))
                return false;
            vector_push(steps->arena, &steps->keys, key);
            column = line.column;
            item = false;
        }
        if (line.dashes && line.indent < column) {
            vector_push(steps->arena, &steps->keys, (struct str){0});
            column = line.indent;
            item = true;
        }
    }
    return true;
}

static bool is_word(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (strchr(" :#{}[],&*!|>\"'", text.p[i]))
            return false;
    }
    return true;
}

bool typed_find(struct arena *arena, struct str text, size_t offset, struct typed *ret_typed)
{
    size_t start = str_find_last_char(str_slice(text, 0, offset), '\n');
    start = start == STR_NOT_FOUND ? 0 : start + 1;
    struct line line = line_of(str_slice(text, start, offset));
    struct typed typed = {.word = line.rest, .is_item = line.dashes > 0};
    struct str behind = STR("");
    struct str key = key_of(&line, &behind);
    if (key.p) {
        typed.is_value = true;
        typed.is_item = false;
        typed.key = key;
        typed.word = behind;
    }
    struct steps steps = {.arena = arena};
    if (line.dashes)
        vector_push(arena, &steps.keys, (struct str){0});
    if (!is_word(typed.word) ||
        !climb(&steps, text, start, line.dashes ? line.indent : line.column, line.dashes > 0))
        return false;
    typed.parent = join(&steps);
    *ret_typed = typed;
    return true;
}
