#include "plain.h"

struct block {
    size_t mark;       /* the bar */
    char chomping;     /* '-', '+' or 0 */
    size_t start;      /* of its first line */
    size_t column;     /* where the text of its lines begins */
    size_t end, after; /* behind the text of its last line; where what follows it begins */
};

/* The bar and what may follow it on its line. */
static bool pass_header(struct plain_reader *reader, struct block *block)
{
    char c = plain_peek(reader, 1);
    block->mark = reader->at;
    block->chomping = c == '-' || c == '+' ? c : 0;
    reader->at += block->chomping ? 2 : 1;
    bool is_over = plain_pass_line(reader);
    block->start = reader->at;
    return is_over;
}

/* Passes blank lines to the first one with text, which decides how far the block is indented. */
static bool find_column(struct plain_reader *reader, int parent, struct block *block)
{
    size_t most = 0;
    for (;; reader->at++) {
        size_t line = reader->at;
        plain_skip_spaces(reader);
        block->column = reader->at - line;
        if (reader->at >= reader->bytes.n || plain_peek(reader, 0) != '\n')
            break;
        most = block->column > most ? block->column : most;
    }
    bool is_tab = plain_peek(reader, 0) == '\t';
    reader->at = block->start;
    return !is_tab && block->column >= most && (int)block->column > parent;
}

static size_t line_end(const struct plain_reader *reader)
{
    const char *at = reader->bytes.p + reader->at;
    const char *found = memchr(at, '\n', reader->bytes.n - reader->at);
    return found ? (size_t)(found - reader->bytes.p) : reader->bytes.n;
}

/* Passes the blanks before the text of a line. */
static size_t pass_indentation(struct plain_reader *reader, const struct block *block)
{
    size_t line = reader->at;
    while (reader->at - line < block->column && plain_peek(reader, 0) == ' ')
        reader->at++;
    return reader->at - line;
}

/* Finds the first line that is not blank and not indented as far as the block. */
static bool find_end(struct plain_reader *reader, struct block *block)
{
    bool is_inside = true;
    while (is_inside) {
        block->after = reader->at;
        size_t blanks = pass_indentation(reader, block);
        char c = plain_peek(reader, 0);
        if (c == '\t' && blanks < block->column)
            return false;
        is_inside = reader->at < reader->bytes.n && (c == '\n' || blanks == block->column);
        if (is_inside && c != '\n') {
            reader->at = line_end(reader);
            block->end = reader->at;
        }
        reader->at++;
    }
    reader->at = block->after;
    return block->end;
}

static struct str text_of(struct plain_reader *reader, const struct block *block)
{
    char *text = arena_alloc(reader->arena, block->after - block->start + 1, 1);
    size_t n = 0;
    for (reader->at = block->start; reader->at < block->end;) {
        pass_indentation(reader, block);
        size_t end = line_end(reader) + 1;
        size_t length = (end < block->end ? end : block->end) - reader->at;
        memcpy(text + n, reader->bytes.p + reader->at, length);
        n += length;
        reader->at += length;
    }
    struct str behind = str_slice(reader->bytes, block->end, block->after);
    size_t breaks = str_count_char(behind, '\n');
    if (block->chomping != '+')
        breaks = block->chomping != '-' && breaks ? 1 : 0;
    memset(text + n, '\n', breaks);
    reader->at = block->after;
    return (struct str){text, n + breaks};
}

struct yaml_node *plain_read_literal(struct plain_reader *reader, int parent)
{
    struct block block = {0};
    if (parent < 0 || !pass_header(reader, &block) || !find_column(reader, parent, &block) ||
        !find_end(reader, &block))
        return NULL;
    struct yaml_node *node = plain_new_node(reader, YAML_STRING, YAML_LITERAL, block.mark);
    node->span.end = (uint32_t)block.end;
    node->span.end = trim_end(reader->bytes, node->span);
    node->text = text_of(reader, &block);
    plain_keep_scalar(reader, node->span);
    return plain_find_content(reader) ? node : NULL;
}
