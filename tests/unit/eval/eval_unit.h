#ifndef BULKHEAD_TESTS_EVAL_UNIT_H
#define BULKHEAD_TESTS_EVAL_UNIT_H

/* First, since Check has a macro of the name of a function that is declared there. */
#include "eval/evaluation.h"

#include "unit.h"

#include "eval/functions.h"

/* Calls the function of that name with checked arguments. False: it failed, and *ret_error says
 * why. */
static inline bool call_function(struct arena *arena, const struct limits *limits, const char *name,
                                 const struct value *arguments, size_t count,
                                 struct value *ret_value, struct str *ret_error)
{
    struct evaluation evaluation = {.arena = arena, .limits = limits, .helm = 4};
    struct map by_name = {0};
    functions_list(arena, 4, &by_name);
    const struct function *function = map_get(&by_name, str_from_c(name));
    ck_assert_ptr_nonnull(function);
    struct call call = {.evaluation = &evaluation,
                        .arena = arena,
                        .function = function,
                        .arguments = arguments,
                        .count = count};
    bool ok = function->run(&call, ret_value);
    if (!ok)
        *ret_error = call.error;
    return ok;
}

#endif
