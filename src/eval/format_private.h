#ifndef BULKHEAD_EVAL_FORMAT_PRIVATE_H
#define BULKHEAD_EVAL_FORMAT_PRIVATE_H

#include "format.h"

/* Private to the formatting: one verb with its flags, as Go's fmt.pp holds them. */
struct directive {
    char verb;
    bool minus, plus, sharp, space, zero;
    bool has_width, has_precision;
    int width, precision;
    bool plus_v, sharp_v; /* "+" and "#" of %v, which mean something else */
    unsigned helm;
};

/* Writes a value under a directive. */
void format_value(struct text *text, const struct directive *directive, struct value value,
                  unsigned depth);

/* Pads what stands behind `from` to the width; numbers are padded with zeros behind their sign. */
void format_pad(struct text *text, const struct directive *directive, struct str body);

/* --- format_number.c --- */
void format_integer(struct text *text, const struct directive *directive, struct value value);
void format_float(struct text *text, const struct directive *directive, double number);

/* --- format_string.c --- */
void format_string(struct text *text, const struct directive *directive, struct value value);
/* An argument that the verb does not suit: %!d(string=hi). */
void format_bad_verb(struct text *text, const struct directive *directive, struct value value);

#endif
