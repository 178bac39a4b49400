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

/* The place below another one, or below each of a mixed one's. */
uint32_t trace_child(struct trace *trace, uint32_t parent, struct str key, struct value value);
uint32_t trace_item(struct trace *trace, uint32_t parent, size_t index, struct value value);
/* A source made of several; those that are TRACE_NONE or occur twice do not count. */
uint32_t trace_mixed(struct trace *trace, const uint32_t *parts, size_t count);
/* A text with events of its own. */
uint32_t trace_of_text(struct trace *trace, const struct trace_text *text);
/* Gives every value of the dot's objects its source: .Values (of subcharts too), .Release, .Chart …
 */
void trace_dot(struct trace *trace, struct value_map *dot);

/* --- trace_text.c: events --- */

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
/* Notes an answered condition whose output began at `start`. */
void trace_test(struct evaluation *evaluation, const struct template_node *node, size_t start,
                uint32_t source, bool holds);
/* The events of `to`, a text that a function made of `from` line by line (indent, quote, trunc);
 * what is not found again comes from all of them. */
const struct trace_text *trace_lines(struct trace *trace, struct str from,
                                     const struct trace_text *events, struct str to);
/* --- trace_yaml.c --- */

/* The events of a value that was written as YAML or JSON. */
const struct trace_text *trace_written(struct trace *trace, struct str yaml, struct value value);
/* Gives what was read from the text the sources of its pieces. `source` is that of the text. */
void trace_read(struct trace *trace, struct str yaml, uint32_t source, struct value *value);

/* --- trace_call.c --- */

/* Gives the result of a function its source. */
void trace_call(struct call *call, struct value *result);
/* Makes the sources that were asked before the value part of its own, which is returned; does
 * nothing without a trace. */
uint32_t trace_with(struct evaluation *evaluation, struct value *value, uint32_t others);

#endif
