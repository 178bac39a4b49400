#ifndef BULKHEAD_EVAL_MEMO_H
#define BULKHEAD_EVAL_MEMO_H

#include "evaluation.h"

/* Private to eval/: what `include` gave. Charts include the same few definitions with the same dot
 * again and again, and as long as nothing has changed what such a dot can reach, the text is the
 * same. What changes maps, call_note_change tells; what draws random numbers shows in the state of
 * the generator; nothing else outlives an execution. A rendering that is traced remembers nothing:
 * each inclusion has a trace of its own. */

/* The circumstances of an inclusion, compared byte by byte. */
struct memo_key {
    const struct template_definition *definition;
    uint64_t dot[2];
    uint64_t changes, random;
};
struct memo_key memo_key(const struct evaluation *evaluation,
                         const struct template_definition *definition, struct value dot);

/* The text, or NULL when it has to be made. */
const struct value *memo_find(const struct evaluation *evaluation, const struct memo_key *key);
/* Remembers the text of an inclusion that changed nothing. */
void memo_add(struct evaluation *evaluation, const struct memo_key *key, struct value text);

#endif
