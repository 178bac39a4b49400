#ifndef BULKHEAD_INFRA_EVALUATE_H
#define BULKHEAD_INFRA_EVALUATE_H

#include "expression.h"
#include "outcome.h"

/* A name of a module: evaluated when it is needed first. */
struct binding {
    const struct expression *expression;
    const struct outcome *outcome; /* NULL until it is evaluated */
    bool is_busy;                  /* it is being evaluated: it depends on itself */
};

/* Names that a loop gives. */
struct evaluation_scope {
    const struct evaluation_scope *outer;
    struct str name;
    const struct outcome *outcome;
};

/* Evaluates the expressions of one module, once it is known with which parameters it is used. */
struct evaluator {
    struct arena *arena;
    enum infra_language language;
    struct map bindings; /* name, in Terraform "var.name" and "local.name" → struct binding */
    uint64_t *steps;     /* that are left, for all modules together; at none all is unknown */
    unsigned depth;
};

/* The name gets the value of the expression. */
void evaluator_bind(struct evaluator *evaluator, struct str name,
                    const struct expression *expression);
/* The name gets a value that is there already. */
void evaluator_set(struct evaluator *evaluator, struct str name, const struct outcome *outcome);
/* Never NULL. */
const struct outcome *evaluate(struct evaluator *evaluator, const struct expression *expression,
                               const struct evaluation_scope *scope);
/* What the expression's name stands for; NULL when it is no name of the module. */
const struct outcome *evaluator_find(struct evaluator *evaluator, struct str name);

/* A function of either language, by name; unknown when it is not one that is understood. None of
 * the arguments is a choice. */
const struct outcome *infra_call(struct arena *arena, enum infra_language language, struct str name,
                                 struct span span, const struct outcome *const *arguments,
                                 size_t count);

#endif
