#ifndef BULKHEAD_YAML_WRITE_H
#define BULKHEAD_YAML_WRITE_H

#include "base/base.h"

/* YAML as sigs.k8s.io/yaml writes it, that is goyaml.v2's emitter with its defaults: block style,
 * two blanks of indentation, lists not indented below their key, lines folded behind column 80.
 *
 * Call the functions in the order of the document: a map is its keys, each followed by its value.
 * The state is that of the emitter; zeroed, with an arena in `out` and indent -1, it is ready. */
struct yaml_writer {
    struct text out;
    /* The style of goyaml.v3 with an indent of two: lists are indented below their key, lines are
     * not folded. */
    bool is_pretty;
    int indent;
    int column;
    bool ends_in_space;  /* what was written last may stand before an indicator */
    bool is_indentation; /* nothing but indentation stands on the line so far */
};

struct yaml_writer yaml_writer_start(struct arena *arena);
/* Ends the last line. */
struct str yaml_writer_finish(struct yaml_writer *writer);

/* Where a list or map begins; the value restores the indentation at its end. */
int yaml_write_start_map(struct yaml_writer *writer);
int yaml_write_start_list(struct yaml_writer *writer, bool is_in_map);
void yaml_write_end(struct yaml_writer *writer, int outer_indent);
void yaml_write_empty(struct yaml_writer *writer, const char *brackets);

/* Before each entry of a map and each item of a list. */
void yaml_write_key(struct yaml_writer *writer, struct str key);
void yaml_write_item(struct yaml_writer *writer);

/* A string, quoted where it would be read as something else. */
void yaml_write_string(struct yaml_writer *writer, struct str s);
/* A number, boolean or null, as it is. */
void yaml_write_plain(struct yaml_writer *writer, struct str text);

/* The order of keys in goyaml: numbers in them count as numbers, letters come behind the rest. */
int yaml_compare_keys(struct str a, struct str b);

#endif
