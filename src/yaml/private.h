#ifndef BULKHEAD_YAML_PRIVATE_H
#define BULKHEAD_YAML_PRIVATE_H

#include "yaml.h"

/* Private to yaml/. */

/* Decides kind, text and value of a plain or tagged scalar whose text is set, as goyaml.v2 does
 * (resolve.go). `tag` is the tag as libyaml gives it, or NULL; `implicit`: the text alone decides,
 * as of plain scalars without a tag. False when the tag cannot hold the text. */
bool scalar_resolve(struct arena *arena, struct yaml_node *node, const char *tag, bool implicit);
/* The key that a scalar becomes; p == NULL when it can be none (null, list, map). */
struct str scalar_key(struct arena *arena, const struct yaml_node *node);

/* Whether a number is written as an integer of 64 bits. */
bool scalar_is_integer(struct arena *arena, const struct yaml_node *node);

struct span_list {
    struct span *items;
    size_t count, capacity;
};
/* Finds the comments of the bytes; `scalars` are the spans of all scalars in the order of the file.
 */
void comments_find(struct arena *arena, struct str bytes, uint32_t file,
                   const struct span_list *scalars, struct yaml_stream *stream);

/* --- entries.c: a map under construction --- */

struct entry_list {
    struct yaml_entry *items;
    size_t count, capacity;
    struct map numbers; /* key → index + 1, once there are many */
};
struct yaml_entry *entries_find(struct entry_list *entries, struct str key);
/* Adds an entry whose key is not there yet. */
void entries_add(struct arena *arena, struct entry_list *entries, struct yaml_entry entry);
/* Adds the entries of a map as merged ones; they replace what is there. */
void entries_merge(struct arena *arena, struct entry_list *entries, const struct yaml_node *source);
void entries_finish(struct arena *arena, const struct entry_list *entries, struct yaml_node *map);

/* --- position.c: from characters, which libyaml counts, to bytes --- */

struct cursor {
    struct str bytes;
    size_t character, offset; /* the place that was asked for last */
};
/* At the first character, behind a byte order mark. */
struct cursor cursor_start(struct str bytes);
/* The offset of a character. Walks from where it is: cheap when asked in order. */
uint32_t cursor_offset(struct cursor *cursor, size_t character);
/* Behind `count` anchors and tags and the blanks and comments between `at` and `end`. */
uint32_t skip_properties(struct str bytes, uint32_t at, uint32_t end, unsigned count);
/* The end of the span without blanks and line ends. */
uint32_t trim_end(struct str bytes, struct span span);
bool is_break(char c);
/* A line of YAML 1.1 also ends at U+0085, U+2028 and U+2029; and at the end of the file. */
bool ends_line(struct str bytes, size_t at);
bool is_blank_or_break(char c);

/* --- refused.c: what libyaml reads and Helm does not, or reads as something else --- */

/* The offset of the first "\/" in a double-quoted string, which goyaml.v2 does not know though YAML
 * took it over from JSON; the end of the span when there is none. */
size_t refused_escape(struct str bytes, struct span span);
/* The offset of a byte order mark at the start of a later line: libyaml skips it, for Go it is a
 * part of the key. The length when there is none. */
size_t refused_mark(struct str bytes);
/* The offset of the first directive %TAG too many: libyaml compares each with all others. The
 * length when there is none. */
size_t refused_directive(struct str bytes);
/* The first number that JSON, through which Helm sends values, cannot hold; or NULL. */
const struct yaml_node *refused_number(const struct yaml_node *node);

/* --- refusal.c: the words of goyaml.v2 and sigs.k8s.io/yaml for what they refuse --- */

/* They read in stages, each of which ends at its first error: a later stage is not reached. */
enum refusal_stage {
    REFUSED_BY_PARSER,
    REFUSED_BY_DECODER,
    REFUSED_BY_CONVERTER, /* to what JSON can hold */
    REFUSED_BY_JSON,
    REFUSED_BY_US, /* what only this reader refuses, in its own words */
    REFUSAL_STAGES,
};
struct refusals {
    struct str words[REFUSAL_STAGES]; /* p == NULL: nothing yet */
    bool is_over; /* the first document has ended, beyond which they do not read */
};
void refuse(struct refusals *refusals, enum refusal_stage stage, struct str words);
/* What Helm says; p == NULL when nothing is refused. */
struct str refusals_first(const struct refusals *refusals);

/* What libyaml reports, which goyaml.v2 was translated from; lines count from 0. */
struct syntax_error {
    const char *problem;
    size_t line, context_line;
    bool is_scanner;
};
void refuse_syntax(struct arena *arena, struct refusals *refusals,
                   const struct syntax_error *error);
/* A scalar that its tag cannot hold. */
void refuse_tag(struct arena *arena, struct refusals *refusals, const struct yaml_node *node,
                const char *tag);
/* When the key is a list or a map. */
void refuse_collection_key(struct arena *arena, struct refusals *refusals,
                           const struct yaml_node *key);
/* A null, or an integer beyond 64 bits with a sign. */
void refuse_scalar_key(struct arena *arena, struct refusals *refusals, const struct yaml_node *key,
                       const struct yaml_node *value);
/* An infinity or NaN. */
void refuse_number(struct refusals *refusals, const struct yaml_node *number);

/* --- plain.c: what charts and values files are mostly made of, without libyaml --- */

/* The same stream as libyaml's events give, for bytes that are YAML of the plain sort; NULL for all
 * others, whether they are YAML or not. */
const struct yaml_stream *plain_parse(struct arena *arena, struct str bytes, uint32_t file,
                                      const struct limits *limits);
/* The same for all bytes, by libyaml. */
const struct yaml_stream *parse_events(struct arena *arena, struct str bytes, uint32_t file,
                                       const struct limits *limits);

/* --- problem.c --- */

/* Says in words for people what libyaml means; `rest` is the file from where it stopped. */
struct str problem_explain(struct arena *arena, const char *context, const char *problem,
                           struct str rest);

#endif
