#ifndef BULKHEAD_VALUES_TOML_H
#define BULKHEAD_VALUES_TOML_H

#include "from_toml.h"

/* Private to values/: reading TOML. */

enum { TOML_END = 0, TOML_MOST_DEPTH = 100 };

/* A key and those around it. What is known of a path counts for all elements of a list of tables.
 */
struct toml_path {
    struct toml_path *outer; /* NULL: the root */
    struct str key;
    struct map inner; /* key → struct toml_path */
    bool is_implicit; /* a table that only longer keys made */
    bool is_list;     /* written as [...] */
    unsigned depth;
};

struct toml_reader {
    struct arena *arena;
    const struct toml_options *options;
    struct str text;
    size_t at;
    unsigned line; /* from 1 */
    bool failed;
    struct str problem;
    struct toml_path root;
    struct toml_path *context; /* of the table that is being read */
    struct str key;            /* in it; empty when none is being read */
    unsigned key_line;         /* where the key began */
    unsigned depth;            /* lists and inline tables within each other */
};

/* --- toml_text.c: characters and scalars --- */

/* The next character, which is taken; TOML_END at the end and when it may not stand in TOML, which
 * fails the reader. */
uint32_t toml_take(struct toml_reader *reader);
/* The same without taking it. */
uint32_t toml_look(struct toml_reader *reader);
/* Takes the character when it is the next one. */
bool toml_accept(struct toml_reader *reader, char c);
void toml_skip_blanks(struct toml_reader *reader);
bool toml_is_blank(uint32_t c);
bool toml_is_break(uint32_t c);

/* Notes the first problem and gives false. */
bool toml_fail_at(struct toml_reader *reader, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The line of a problem with a character that was taken. */
unsigned toml_line_of(const struct toml_reader *reader, uint32_t taken);
/* A character as Go's %q shows it. */
struct str toml_quote(struct toml_reader *reader, uint32_t c);
/* "a.b.\"c d\"" */
struct str toml_path_text(struct arena *arena, const struct toml_path *path);

/* Behind the opening quotation mark. */
bool toml_read_string(struct toml_reader *reader, char quote, struct str *ret_string);
bool toml_read_long_string(struct toml_reader *reader, char quote, struct str *ret_string);
/* A number, boolean or date at its first character, which is not taken. */
bool toml_read_word(struct toml_reader *reader, struct value *ret_value);

#endif
