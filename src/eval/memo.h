#ifndef BULKHEAD_EVAL_MEMO_H
#define BULKHEAD_EVAL_MEMO_H

#include "evaluation.h"

/* Private to eval/: what `include` gave. Charts include the same few definitions with the same dot
 * again and again, and as long as nothing has changed what such a dot can reach, the text is the
 * same. What templates change in maps, call_note_change tells; .Template, which is another in each
 * file, only some definitions look at; what draws random numbers shows in the state of the
 * generator; nothing else outlives an execution. A rendering that is traced remembers nothing: each
 * inclusion has a trace of its own. */

/* A definition as far as it has been included in this release. */
struct inclusion {
    unsigned depth; /* how often it is inside itself */
    enum {
        FILE_UNKNOWN,
        FILE_MATTERS, /* it may look at .Template */
        FILE_IS_THE_SAME,
    } file;
};
/* That of the name, made when there is none. */
struct inclusion *memo_inclusion(struct evaluation *evaluation, struct str name);

/* The circumstances of an inclusion, compared byte by byte. */
struct memo_key {
    const struct template_definition *definition;
    uint64_t dot[2];
    uint64_t changes, random;
    uint64_t file; /* 0 when it does not matter */
};
struct memo_key memo_key(struct evaluation *evaluation, struct inclusion *inclusion,
                         const struct template_definition *definition, struct value dot);

/* The text, or NULL when it has to be made. */
const struct value *memo_find(const struct evaluation *evaluation, const struct memo_key *key);
/* Remembers the text of an inclusion that changed nothing. */
void memo_add(struct evaluation *evaluation, const struct memo_key *key, struct value text);

/* --- memo_file.c --- */

/* True when the definition, and all that it includes, looks at .Template of no dot that a file can
 * have been given. Errs on the side of false. Holds only while no template has changed a map: later
 * the dot of a file may be anywhere in the values. */
bool memo_spans_files(struct evaluation *evaluation, struct inclusion *inclusion,
                      const struct template_definition *definition);

#endif
