#ifndef BULKHEAD_EVAL_RULE_EXPRESSION_H
#define BULKHEAD_EVAL_RULE_EXPRESSION_H

#include "base/base.h"
#include "values/values.h"

/* What rule files say in the template language: conditions and messages, without a chart. A field
 * of what has none is nil, where a chart would fail: rules ask for what may not be there. Compiled
 * once, immutable, evaluated by any thread. */

/* The functions that an expression may call: all of a chart's. */
struct rule_language;
const struct rule_language *rule_language_new(struct arena *arena, const struct limits *limits);
/* The same with the functions that a deployer adds or has in another form. */
enum rule_dialect { RULE_DIALECT_ARGOCD, RULE_DIALECT_HELMFILE };
const struct rule_language *rule_language_new_dialect(struct arena *arena,
                                                      const struct limits *limits,
                                                      enum rule_dialect dialect);

enum rule_expression_form {
    RULE_CONDITION,   /* a pipeline without its braces: `gt (int .value) 1` */
    RULE_TEXT,        /* text with actions: `{{ .path }} is empty` */
    RULE_STRICT_TEXT, /* the same; a key that is not there is an error (Go's missingkey=error) */
};

struct rule_expression;

/* Why an expression cannot be compiled or evaluated, in Go's words, and where. */
struct rule_expression_problem {
    struct str message;
    struct str near; /* the line of the text in which it stands; borrowed from the text */
};

/* The text is borrowed. NULL: it is none, and only then *ret_problem is set. */
const struct rule_expression *rule_expression_parse(struct arena *arena,
                                                    const struct rule_language *language,
                                                    struct str text, enum rule_expression_form form,
                                                    struct rule_expression_problem *ret_problem);

/* What the condition says about the dot: true as `if` takes it. False is returned when it fails,
 * and *ret_problem says why. Work is done in the arena. */
bool rule_condition_test(struct arena *arena, const struct rule_expression *condition,
                         struct value dot, bool *ret_holds,
                         struct rule_expression_problem *ret_problem);
/* The text for the dot, in the arena. */
bool rule_text_write(struct arena *arena, const struct rule_expression *text, struct value dot,
                     struct str *ret_text, struct rule_expression_problem *ret_problem);

#endif
