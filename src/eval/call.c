#include "tracing.h"

static const char *const parameter_names[] = {
    [PARAMETER_NONE] = "",
    [PARAMETER_ANY] = "interface {}",
    [PARAMETER_BOOL] = "bool",
    [PARAMETER_INT] = "int",
    [PARAMETER_INT64] = "int64",
    [PARAMETER_UINT32] = "uint32",
    [PARAMETER_FLOAT64] = "float64",
    [PARAMETER_STRING] = "string",
    [PARAMETER_LIST] = "[]interface {}",
    [PARAMETER_MAP] = "map[string]interface {}",
    [PARAMETER_TIME] = "time.Time",
    [PARAMETER_CERTIFICATE] = "sprig.certificate",
    [PARAMETER_VERSION] = "*semver.Version",
    [PARAMETER_WRITER] = "io.Writer",
};

static bool can_be_nil(enum parameter parameter)
{
    return parameter == PARAMETER_ANY || parameter == PARAMETER_LIST ||
           parameter == PARAMETER_MAP || parameter == PARAMETER_VERSION ||
           parameter == PARAMETER_WRITER;
}

/* What a nil becomes for a parameter that it can be given to. */
static struct value nil_for(struct arena *arena, enum parameter parameter)
{
    if (parameter == PARAMETER_LIST)
        return value_of_list(value_list_new(arena, LIST_ANY, 0));
    if (parameter == PARAMETER_MAP) {
        struct value_map *map = value_map_new(arena, MAP_ANY);
        map->is_nil = true;
        return value_of_map(map);
    }
    return value_nil();
}

static bool fits(enum parameter parameter, struct value value)
{
    switch (parameter) {
    case PARAMETER_NONE:
        return false;
    case PARAMETER_ANY:
        return true;
    case PARAMETER_BOOL:
        return value.type == VALUE_BOOL;
    case PARAMETER_INT:
        return value.type == VALUE_INT;
    case PARAMETER_INT64:
        return value.type == VALUE_INT64;
    case PARAMETER_UINT32:
        return value.type == VALUE_UINT32;
    case PARAMETER_FLOAT64:
        return value.type == VALUE_FLOAT64;
    case PARAMETER_STRING:
        return value.type == VALUE_STRING;
    case PARAMETER_LIST:
        return value.type == VALUE_LIST && value.list->type == LIST_ANY;
    case PARAMETER_MAP:
        return value.type == VALUE_MAP && value.map->type != MAP_STRING;
    case PARAMETER_TIME:
        return value_is_object(value, &time_type);
    case PARAMETER_CERTIFICATE:
        return value_is_object(value, &certificate_type);
    case PARAMETER_VERSION:
        return value_is_object(value, &semver_type);
    case PARAMETER_WRITER:
        return false;
    }
    return false;
}

/* Go's validateType: the value must be assignable to the parameter. */
static bool check_type(struct evaluation *evaluation, enum parameter parameter, struct value *value)
{
    if (fits(parameter, *value)) {
        if (parameter == PARAMETER_MAP)
            value->is_values = false;
        return true;
    }
    if (value->type == VALUE_NIL && !value->is_boxed) {
        if (!can_be_nil(parameter))
            return fail(evaluation, "invalid value; expected %s", parameter_names[parameter]);
        *value = nil_for(evaluation->arena, parameter);
        return true;
    }
    return fail(evaluation, "wrong type for value; expected %s; got %s", parameter_names[parameter],
                value->type == VALUE_NIL ? "interface {}"
                                         : value_type_name(*value, evaluation->helm));
}

static bool fail_literal(struct evaluation *evaluation, const char *expected,
                         const struct operand *operand)
{
    return fail(evaluation, "expected %s; found %.*s", expected,
                STR_ARG(operand_to_text(evaluation->arena, operand)));
}

/* A literal takes the type of its parameter. */
static bool evaluate_literal(struct evaluation *evaluation, enum parameter parameter,
                             const struct operand *operand, struct value *ret_value)
{
    bool is_number = operand->kind == OPERAND_NUMBER;
    switch (parameter) {
    case PARAMETER_BOOL:
        if (operand->kind != OPERAND_BOOL)
            return fail_literal(evaluation, "bool", operand);
        *ret_value = value_bool(operand->boolean);
        return true;
    case PARAMETER_INT:
    case PARAMETER_INT64:
        if (!is_number || !operand->number.is_int)
            return fail_literal(evaluation, "integer", operand);
        *ret_value = value_integer(parameter == PARAMETER_INT ? VALUE_INT : VALUE_INT64,
                                   operand->number.integer);
        return true;
    case PARAMETER_UINT32:
        if (!is_number || !operand->number.is_uint)
            return fail_literal(evaluation, "unsigned integer", operand);
        *ret_value =
            value_integer(VALUE_UINT32, (int64_t)(uint32_t)operand->number.unsigned_integer);
        return true;
    case PARAMETER_FLOAT64:
        if (!is_number || !operand->number.is_float)
            return fail_literal(evaluation, "float", operand);
        *ret_value = value_float(operand->number.floating);
        return true;
    case PARAMETER_STRING:
        if (operand->kind != OPERAND_STRING)
            return fail_literal(evaluation, "string", operand);
        *ret_value = value_string(operand->string);
        return true;
    case PARAMETER_ANY:
        return evaluate_operand(evaluation, operand, NULL, value_nil(), ret_value);
    default:
        return fail(evaluation, "can't handle %.*s for arg of type %s",
                    STR_ARG(operand_to_text(evaluation->arena, operand)),
                    parameter_names[parameter]);
    }
}

bool evaluate_argument(struct evaluation *evaluation, enum parameter parameter,
                       const struct operand *operand, struct value dot, struct value *ret_value)
{
    evaluation->at = (struct site){SITE_OPERAND, operand};
    switch (operand->kind) {
    case OPERAND_NIL:
        *ret_value = nil_for(evaluation->arena, parameter);
        return can_be_nil(parameter) ||
               fail(evaluation, "cannot assign nil to %s", parameter_names[parameter]);
    case OPERAND_BOOL:
    case OPERAND_NUMBER:
    case OPERAND_STRING:
        return evaluate_literal(evaluation, parameter, operand, ret_value);
    default:
        return evaluate_operand(evaluation, operand, NULL, dot, ret_value) &&
               check_type(evaluation, parameter, ret_value);
    }
}

/* What is called, be it a function or a method. */
struct callee {
    const char *name;
    const uint8_t *parameters;
    bool is_variadic;
    struct site site; /* where an error of the call itself is shown */
};

static size_t parameter_count(const uint8_t *parameters)
{
    size_t count = 0;
    while (count < FUNCTION_PARAMETERS && parameters[count] != PARAMETER_NONE)
        count++;
    return count;
}

static bool check_count(struct evaluation *evaluation, const struct callee *callee,
                        const struct arguments *arguments)
{
    size_t given = arguments->count + (arguments->final != NULL);
    size_t wanted = parameter_count(callee->parameters);
    if (callee->is_variadic && given < wanted - 1)
        return fail(evaluation, "wrong number of args for %s: want at least %zu got %zu",
                    callee->name, wanted - 1, arguments->count);
    if (!callee->is_variadic && given != wanted)
        return fail(evaluation, "wrong number of args for %s: want %zu got %zu", callee->name,
                    wanted, given);
    return true;
}

/* The parameter of the argument at an index: the last one of a variadic function repeats. */
static enum parameter parameter_at(const struct callee *callee, size_t index)
{
    size_t count = parameter_count(callee->parameters);
    return callee->parameters[index < count ? index : count - 1];
}

static bool evaluate_arguments(struct evaluation *evaluation, const struct callee *callee,
                               const struct arguments *arguments, struct value dot,
                               struct value *values)
{
    for (size_t i = 0; i < arguments->count; i++) {
        if (!evaluate_argument(evaluation, parameter_at(callee, i), arguments->operands[i], dot,
                               &values[i]))
            return false;
    }
    if (!arguments->final)
        return true;
    values[arguments->count] = *arguments->final;
    return check_type(evaluation, parameter_at(callee, arguments->count),
                      &values[arguments->count]);
}

static bool fail_call(struct evaluation *evaluation, const struct callee *callee,
                      const struct call *call)
{
    const struct failure *inner = call->cause;
    if (!inner) {
        struct failure *plain = arena_make(evaluation->arena, struct failure);
        plain->text = call->error;
        inner = plain;
    }
    evaluation->at = callee->site;
    return fail_because(evaluation, inner, "error calling %s: %.*s", callee->name,
                        STR_ARG(call->error));
}

/* `and` and `or` evaluate no more than they need and return one of their arguments. */
static bool evaluate_and_or(struct evaluation *evaluation, const struct callee *callee, bool is_or,
                            const struct arguments *arguments, struct value dot,
                            struct value *ret_value)
{
    uint32_t others = TRACE_NONE;
    for (size_t i = 0; i < arguments->count; i++) {
        if (!evaluate_argument(evaluation, parameter_at(callee, i), arguments->operands[i], dot,
                               ret_value))
            return false;
        bool is_decided = value_is_true_in_go(evaluation->arena, *ret_value) == is_or;
        others = trace_with(evaluation, ret_value, others, is_decided || !is_or);
        if (is_decided)
            return true;
    }
    if (arguments->final) {
        *ret_value = *arguments->final;
        trace_with(evaluation, ret_value, others, true);
    }
    return true;
}

/* No value of a chart is a function, so `call` always fails. */
static bool refuse_call(struct call *call, const struct arguments *arguments)
{
    struct arena *arena = call->arena;
    struct value value = call->arguments[0];
    if (value.type == VALUE_NIL)
        return call_fail(call, "call of nil");
    const struct operand *first = arguments->count ? arguments->operands[0] : NULL;
    struct str text = !first ? value_to_text(arena, value, call_helm(call))
                      : first->kind == OPERAND_PIPELINE ? pipeline_to_text(arena, first->pipeline)
                                                        : operand_to_text(arena, first);
    return call_fail(call, "non-function %.*s of type %s", STR_ARG(text),
                     value_type_name(value, call_helm(call)));
}

enum { FEW_ARGUMENTS = 8 };

bool evaluate_function(struct evaluation *evaluation, const struct function *function,
                       struct site site, const struct arguments *arguments, struct value dot,
                       struct value *ret_value)
{
    static const struct arguments none;
    if (!arguments)
        arguments = &none;
    struct callee callee = {function->name, function->parameters, function->variadic, site};
    if (!check_count(evaluation, &callee, arguments))
        return false;
    if (function->form == FORM_AND || function->form == FORM_OR)
        return evaluate_and_or(evaluation, &callee, function->form == FORM_OR, arguments, dot,
                               ret_value);
    struct value few[FEW_ARGUMENTS] = {0};
    struct value *values = few;
    if (arguments->count >= FEW_ARGUMENTS)
        values = arena_make_array(evaluation->arena, struct value, arguments->count + 1);
    if (!evaluate_arguments(evaluation, &callee, arguments, dot, values))
        return false;
    struct call call = {
        .evaluation = evaluation,
        .arena = evaluation->arena,
        .function = function,
        .arguments = values,
        .count = arguments->count + (arguments->final != NULL),
    };
    bool done = function->form == FORM_CALL_VALUE ? refuse_call(&call, arguments)
                                                  : function->run(&call, ret_value);
    if (done && evaluation->trace)
        trace_call(&call, ret_value);
    else if (evaluation->trace)
        trace_failed(&call);
    return done || fail_call(evaluation, &callee, &call);
}

bool evaluate_member(struct evaluation *evaluation, const struct object_member *member,
                     const void *data, struct site site, const struct arguments *arguments,
                     struct value dot, struct value *ret_value)
{
    static const struct arguments none;
    if (!arguments)
        arguments = &none;
    struct callee callee = {member->name, member->parameters, false, site};
    struct value values[FUNCTION_PARAMETERS];
    if (!check_count(evaluation, &callee, arguments) ||
        !evaluate_arguments(evaluation, &callee, arguments, dot, values))
        return false;
    if (!member->get) {
        *ret_value = value_string(*(const struct str *)((const char *)data + member->text_offset));
        return true;
    }
    struct call call = {
        .evaluation = evaluation,
        .arena = evaluation->arena,
        .arguments = values,
        .count = arguments->count + (arguments->final != NULL),
    };
    return member->get(&call, data, ret_value) || fail_call(evaluation, &callee, &call);
}
