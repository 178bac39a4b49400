#ifndef BULKHEAD_EVAL_FORMAT_PRIVATE_H
#define BULKHEAD_EVAL_FORMAT_PRIVATE_H

#include "format.h"

/* Private to the formatting: one verb with its flags, as Go's fmt.pp holds them. */
struct directive {
    uint32_t verb; /* a code point: a wrong verb may be any */
    bool minus, plus, sharp, space, zero;
    bool has_width, has_precision;
    int width, precision;
    bool plus_v, sharp_v; /* "+" and "#" of %v, which mean something else */
    bool without_methods; /* within %!d(…): String methods are not asked */
    unsigned helm;
};

/* True when the verb is one of the ASCII letters. */
bool format_verb_is(const struct directive *directive, const char *letters);

/* Writes a value under a directive; depth 0 is an argument, more is inside a list or map. */
void format_value(struct text *text, const struct directive *directive, struct value value,
                  unsigned depth);
/* An argument of printf: %T and %p ask for no value, and a nil is a wrong argument. */
void format_argument(struct text *text, const struct directive *directive, struct value value);

/* Pads the body to the width. */
void format_pad(struct text *text, const struct directive *directive, struct str body);

/* --- format_number.c --- */
void format_integer(struct text *text, const struct directive *directive, struct value value);
/* With the digits of a base, whatever the verb is. */
void format_unsigned(struct text *text, const struct directive *directive, uint64_t number,
                     unsigned base);
void format_float(struct text *text, const struct directive *directive, double number);

/* --- format_string.c --- */
void format_string(struct text *text, const struct directive *directive, struct value value);
/* As %s prints it: cut to the precision and padded. */
void format_plain(struct text *text, const struct directive *directive, struct str s);
/* An argument that the verb does not suit: %!d(string=hi). */
void format_bad_verb(struct text *text, const struct directive *directive, struct value value);

#endif
