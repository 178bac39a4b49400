#ifndef BULKHEAD_EVAL_EVALUATION_H
#define BULKHEAD_EVAL_EVALUATION_H

#include "branches.h"
#include "format.h"
#include "function.h"
#include "object.h"
#include "template/template.h"

/* Private to eval/: the state of one release being rendered. One thread, one arena. */

/* Why an execution failed, in Go's words; `inner` is the error that it wraps. */
struct failure {
    struct str text;
    const struct failure *inner;
    const struct template_source *source; /* where; NULL when it is no place in a template */
    uint32_t offset;
};

/* The part of a template that is being evaluated, for the place and the <…> of errors. It is set
 * where Go's text/template sets it (exec.go, state.at), since its errors show it. */
enum site_kind { SITE_NODE, SITE_PIPELINE, SITE_COMMAND, SITE_OPERAND };
struct site {
    enum site_kind kind;
    const void *node;
};

/* Definitions by name. Those made inside the text of a `tpl` are seen only within it. */
struct definitions {
    const struct definitions *outer;
    struct map by_name; /* → const struct template_definition */
};
const struct template_definition *definitions_find(const struct definitions *definitions,
                                                   struct str name);
/* Adds a tree's definitions; a later one replaces an earlier one unless it is empty. */
void definitions_add(struct arena *arena, struct definitions *definitions,
                     const struct template_tree *tree);

struct evaluation {
    struct arena *arena;
    const struct limits *limits;
    unsigned helm;             /* 3 or 4 */
    bool missing_key_is_error; /* Go's option missingkey=error */
    struct tree *zones;        /* files of time zones by their names; NULL: all are UTC */
    uint64_t steps;            /* spent of limits->render_steps */
    uint64_t bytes;            /* spent of limits->render_bytes */

    const struct map *functions; /* name → const struct function, for the text of a tpl */
    const struct definitions *definitions;
    const struct template_definition *executing;
    struct value *variables; /* of what is executing, by their number */
    struct text *output;
    struct site at;
    bool forgives_fields;          /* a field of what has none is nil, in rules */
    uint64_t random;               /* see random.h */
    unsigned depth;                /* templates that are executing each other */
    struct map included;           /* name → struct inclusion, see memo.h */
    uint32_t file;                 /* that is being rendered, from 1: what .Template stands for */
    uint64_t changes;              /* that templates made to maps, see memo.h */
    struct map included_texts;     /* struct memo_key → struct value */
    struct map parsed;             /* text of a tpl → its tree */
    struct regex_cache patterns;   /* released with the evaluation */
    const struct failure *failure; /* set when a function here returned false */
    unsigned reason;               /* enum render_reason of the first failure, when one is known */

    struct branches *branches; /* NULL: nobody wants to know */

    /* What is traced (tracing.h); all zero when nothing is. */
    struct trace *trace;
    struct trace_text *events;                   /* of `output` */
    const struct template_node *node;            /* of `executing`; the last one that was begun */
    const struct trace_site *caller;             /* what led to `executing` */
    const struct template_source *quoted_source; /* the text of the innermost tpl */
    uint32_t quoted;                             /* its source */
    const struct trace_asking *asking;           /* the conditions around what is executed */
    uint32_t blamed;                             /* the source that the first failure is about */
};

/* Executes a definition with its own dot and variables and appends to `output`. */
bool execute(struct evaluation *evaluation, const struct template_definition *definition,
             struct value dot, struct text *output);

/* --- expression.c --- */

/* The value of a pipeline; a NULL pipeline has none. Sets the variables it declares. */
bool evaluate_pipeline(struct evaluation *evaluation, const struct pipeline *pipeline,
                       struct value dot, struct value *ret_value);
bool evaluate_command(struct evaluation *evaluation, const struct command *command,
                      const struct value *final, struct value dot, struct value *ret_value);

/* What a command gives to its first word. */
struct arguments {
    const struct operand *const *operands; /* without the first word */
    size_t count;
    const struct value *final; /* what the pipeline adds; NULL when there is none */
};
/* True when there is one at all; NULL stands for none. */
bool arguments_are_given(const struct arguments *arguments);
/* An operand as a value by itself. Only fields, variables and functions take arguments. */
bool evaluate_operand(struct evaluation *evaluation, const struct operand *operand,
                      const struct arguments *arguments, struct value dot, struct value *ret_value);

/* --- call.c --- */

bool evaluate_function(struct evaluation *evaluation, const struct function *function,
                       struct site site, const struct arguments *arguments, struct value dot,
                       struct value *ret_value);
/* Calls the getter or method of an object, or of a map with methods. */
bool evaluate_member(struct evaluation *evaluation, const struct object_member *member,
                     const void *data, struct site site, const struct arguments *arguments,
                     struct value dot, struct value *ret_value);
/* An operand as the argument of a parameter, checked and converted. */
bool evaluate_argument(struct evaluation *evaluation, enum parameter parameter,
                       const struct operand *operand, struct value dot, struct value *ret_value);

/* --- field.c --- */

/* One step of a chain: a method, a field or an entry of the receiver. */
bool evaluate_field(struct evaluation *evaluation, struct value receiver, struct str name,
                    struct site site, const struct arguments *arguments, struct value dot,
                    struct value *ret_value);

/* The methods of Helm's type Values (.Values and the dot of a template); data is the struct
 * value_map. In values_methods.c. */
extern const struct object_member values_methods[];
extern const size_t values_method_count;

/* --- failure.c --- */

/* Between these Helm carries the text of `fail` and `required` through Go's errors. */
#define WARNING_START "HELM_ERR_START"
#define WARNING_END "HELM_ERR_END"

/* Notes an error at evaluation->at and returns false. */
bool fail(struct evaluation *evaluation, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool fail_because(struct evaluation *evaluation, const struct failure *inner, const char *format,
                  ...) __attribute__((format(printf, 3, 4)));
/* Counts a step; false, and failed, when the release has spent its limits. */
bool spend_step(struct evaluation *evaluation);
/* What helm prints behind "Error: " for an error while rendering (engine.go,
 * reformatExecErrorMsg). */
struct str failure_to_helm(struct arena *arena, const struct failure *failure, struct str file,
                           unsigned helm);

#endif
