#ifndef BULKHEAD_EVAL_TRACING_H
#define BULKHEAD_EVAL_TRACING_H

#include "evaluation.h"
#include "trace.h"

/* Private to eval/: how a trace is written. Unless it says otherwise, everything
 * here is only called when there is one. */

struct trace {
    struct arena *arena;
    VECTOR(struct trace_source) sources;
    struct map places; /* parent and step → the number of the source */
};

struct trace *trace_new(struct arena *arena);

/* --- trace.c: sources --- */

/* The place below another one, or below each of a mixed one's; of what is no place see enum
 * trace_kind. */
uint32_t trace_child(struct trace *trace, uint32_t parent, struct str key, struct value value);
uint32_t trace_item(struct trace *trace, uint32_t parent, size_t index, struct value value);
/* A source made of several; those that are TRACE_NONE or occur twice do not count. */
uint32_t trace_mixed(struct trace *trace, const uint32_t *parts, size_t count);
/* The source, and what decided that it is this one; a text keeps its events. */
uint32_t trace_decided(struct trace *trace, uint32_t source, uint32_t decision);
/* The source with others that were asked for it. */
uint32_t trace_asked(struct trace *trace, uint32_t source, const uint32_t *asked, size_t count);
/* Like trace_mixed for a list or map: TRACE_DERIVED, TRACE_READ or TRACE_BUILT. */
uint32_t trace_container(struct trace *trace, enum trace_kind kind, const uint32_t *parts,
                         size_t count);
/* The source of what stands in a container and has none itself. The trace may be NULL. */
uint32_t trace_element(const struct trace *trace, uint32_t container);
/* What the function gave here will be something else the next time. */
uint32_t trace_chance(struct trace *trace, struct str function, const struct trace_site *site);
/* A text with events of its own. */
uint32_t trace_of_text(struct trace *trace, const struct trace_text *text);
/* Gives every value of the dot's objects its source: .Values (of subcharts too), .Release, .Chart …
 */
void trace_dot(struct trace *trace, struct value_map *dot);

/* --- trace_text.c: events --- */

/* Where the node stands and what led there; lives in the evaluation's arena. */
const struct trace_site *trace_site_here(struct evaluation *evaluation,
                                         const struct template_node *node);
/* Notes the action that is being evaluated as what leads to the next definition. Returns what led
 * to the current one, which becomes evaluation->caller again behind it. Does nothing without a
 * trace. */
const struct trace_site *trace_enter(struct evaluation *evaluation);
/* Takes Go's "<no value>" out of what is in the output, and of its events. */
struct str trace_finish(struct evaluation *evaluation, struct text *output);

/* Notes what an action appended to the output since it had `start` bytes. */
void trace_print(struct evaluation *evaluation, const struct template_node *node, size_t start,
                 uint32_t source);
/* The same for a template's own text. */
void trace_copy(struct evaluation *evaluation, const struct template_node *node, size_t start);
/* Adds the events of a text that now stands at `at`, and the conditions that were asked for it;
 * those without a site get this one. */
void trace_add_text(struct arena *arena, struct trace_text *events, const struct trace_text *text,
                    size_t at, const struct trace_site *site);
/* The part of a text's events within [from, to). */
struct trace_text trace_part(struct arena *arena, const struct trace_text *text, size_t from,
                             size_t to);

/* --- trace_lines.c --- */

/* The events of `to`, a text that a function made of `from` line by line (indent, quote, trunc);
 * what is not found again comes from all of them. */
const struct trace_text *trace_lines(struct trace *trace, struct str from,
                                     const struct trace_text *events, struct str to);
/* --- trace_branch.c: conditions --- */

/* An if, with or range with the {{else if}} that were asked until one held. */
struct trace_chain {
    VECTOR(struct trace_test) tests;
};

/* The conditions whose bodies are being executed, the innermost first. */
struct trace_asking {
    const struct trace_chain *chain;
    const struct trace_asking *outer;
};

/* The source of what is there because of the answers. */
uint32_t trace_because(struct trace *trace, uint32_t source, const struct trace_chain *chain);
/* All conditions around what is executed, the innermost first, as one source. */
uint32_t trace_conditions_here(const struct evaluation *evaluation);
/* Notes an answer; does nothing without a trace. */
void trace_ask(struct evaluation *evaluation, struct trace_chain *chain,
               const struct template_node *node, uint32_t source, bool holds);
/* What was printed because of the answers began at `start` and ends here. The variables that were
 * assigned, or would have been, are what they are because of them. Does nothing without a trace. */
void trace_answer(struct evaluation *evaluation, const struct trace_chain *chain, size_t start);

/* --- trace_yaml.c --- */

/* The events of a value that was written as YAML or JSON. */
const struct trace_text *trace_written(struct trace *trace, struct str yaml, struct value value);
/* Gives what was read from the text the sources of its pieces. `source` is that of the text. */
void trace_read(struct trace *trace, struct str yaml, uint32_t source, struct value *value);

/* --- trace_call.c --- */

/* Gives the result of a function its source. */
void trace_call(struct call *call, struct value *result);
/* Notes the arguments of a function that failed as what the failure is about. */
void trace_failed(struct call *call);
/* Makes the sources that were asked before the value part of its own, which is returned, in front
 * of it unless the value decided; does nothing without a trace. */
uint32_t trace_with(struct evaluation *evaluation, struct value *value, uint32_t others,
                    bool is_decisive);

#endif
