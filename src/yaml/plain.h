#ifndef BULKHEAD_YAML_PLAIN_H
#define BULKHEAD_YAML_PLAIN_H

#include "private.h"

/* Private to the plain reader: plain*.c. Everything here that
 * returns NULL or false says "not mine": whatever is not plainly YAML of the simple sort is left to
 * libyaml. */

enum {
    PLAIN_DEPTH = 40,      /* values within values; libyaml counts the work of brackets */
    PLAIN_KEY_BYTES = 1000 /* libyaml refuses keys of more than 1024 characters */
};

struct plain_reader {
    struct arena *arena;
    const struct limits *limits;
    struct str bytes;
    uint32_t file;
    size_t at;
    size_t line;        /* where the line of `at` starts */
    int column;         /* of the content that plain_next_line found; -1: the file is over */
    bool keeps_scalars; /* their spans, to find comments between them */
    struct span_list scalars;
};

/* The character so many bytes ahead; a line end behind the last one. */
static inline char plain_peek(const struct plain_reader *reader, size_t ahead)
{
    size_t at = reader->at + ahead;
    return at < reader->bytes.n ? reader->bytes.p[at] : '\n';
}

static inline bool plain_is_blank(char c)
{
    return c == ' ' || c == '\n';
}

static inline void plain_skip_spaces(struct plain_reader *reader)
{
    while (plain_peek(reader, 0) == ' ')
        reader->at++;
}

static inline bool plain_is_too_deep(const struct plain_reader *reader, unsigned depth)
{
    return depth >= PLAIN_DEPTH || depth >= reader->limits->yaml_depth;
}

struct yaml_node *plain_new_node(struct plain_reader *reader, enum yaml_kind kind,
                                 enum yaml_style style, size_t start);
/* Adds an entry unless its key is null, "<<" or there already. */
bool plain_add_entry(struct plain_reader *reader, struct entry_list *entries,
                     const struct yaml_node *key, struct yaml_node *value);

/* Passes what may follow a value on its line: blanks and a comment. */
bool plain_pass_line(struct plain_reader *reader);
/* Passes blank lines and comments from the start of a line: `at` and `column` are those of the next
 * content. */
bool plain_find_content(struct plain_reader *reader);
/* Both. */
bool plain_next_line(struct plain_reader *reader);

/* --- plain_scalar.c --- */

/* Reads a plain or quoted scalar that ends on its line, into *ret_node. `flow`: within brackets. */
bool plain_read_scalar(struct plain_reader *reader, bool flow, struct yaml_node *ret_node);
/* Notes where a scalar stands if comments are to be found between them. */
void plain_keep_scalar(struct plain_reader *reader, struct span span);

/* --- plain_literal.c --- */

/* Reads a literal block below a map or list at the column `parent`, and moves on to what follows.
 */
struct yaml_node *plain_read_literal(struct plain_reader *reader, int parent);

/* --- plain_flow.c --- */

/* Reads a list or map in brackets that ends on its line. */
struct yaml_node *plain_read_flow(struct plain_reader *reader, unsigned depth);

#endif
