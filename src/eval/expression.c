#include "tracing.h"

bool evaluate_pipeline(struct evaluation *evaluation, const struct pipeline *pipeline,
                       struct value dot, struct value *ret_value)
{
    *ret_value = value_nil();
    if (!pipeline)
        return true;
    evaluation->at = (struct site){SITE_PIPELINE, pipeline};
    struct value value = value_nil();
    for (size_t i = 0; i < pipeline->count; i++) {
        struct value final = value;
        if (!evaluate_command(evaluation, pipeline->commands[i], i ? &final : NULL, dot, &value))
            return false;
        value.is_boxed = false;
    }
    for (size_t i = 0; i < pipeline->variable_count; i++) {
        const struct pipeline_variable *variable = &pipeline->variables[i];
        if (variable->number == VARIABLE_UNDEFINED)
            return fail(evaluation, "undefined variable: %.*s", STR_ARG(variable->name));
        evaluation->variables[variable->number] = value;
    }
    *ret_value = value;
    return true;
}

/* A digit sequence with one of these is a float, unless it is hexadecimal or a character. */
static bool is_written_as_float(struct str text)
{
    bool is_character = text.n && text.p[0] == '\'';
    bool is_hexadecimal = text.n > 2 && text.p[0] == '0' && (text.p[1] | 0x20) == 'x' &&
                          str_find_char(text, 'p') == STR_NOT_FOUND &&
                          str_find_char(text, 'P') == STR_NOT_FOUND;
    if (is_character || is_hexadecimal)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (strchr(".eEpP", text.p[i]))
            return true;
    }
    return false;
}

/* A number whose type nothing but its form decides. */
static bool evaluate_constant(struct evaluation *evaluation, const struct operand *operand,
                              struct value *ret_value)
{
    if (operand->number.is_float && is_written_as_float(operand->text))
        *ret_value = value_float(operand->number.floating);
    else if (operand->number.is_int)
        *ret_value = value_int(operand->number.integer);
    else
        return fail(evaluation, "%.*s overflows int", STR_ARG(operand->text));
    return true;
}

static bool evaluate_fields(struct evaluation *evaluation, const struct operand *operand,
                            struct value receiver, const struct arguments *arguments,
                            struct value dot, struct value *ret_value)
{
    struct site site = {SITE_OPERAND, operand};
    for (size_t i = 0; i < operand->field_count; i++) {
        bool is_last = i + 1 == operand->field_count;
        uint32_t source = receiver.source;
        if (!evaluate_field(evaluation, receiver, operand->fields[i], site,
                            is_last ? arguments : NULL, dot, &receiver))
            return false;
        if (evaluation->trace && receiver.source == TRACE_NONE)
            value_set_source(&receiver,
                             trace_child(evaluation->trace, source, operand->fields[i], receiver));
    }
    *ret_value = receiver;
    return true;
}

bool arguments_are_given(const struct arguments *arguments)
{
    return arguments && (arguments->count || arguments->final);
}

static bool evaluate_chain(struct evaluation *evaluation, const struct operand *operand,
                           const struct arguments *arguments, struct value dot,
                           struct value *ret_value)
{
    struct value receiver;
    evaluation->at = (struct site){SITE_OPERAND, operand};
    if (operand->inner->kind == OPERAND_NIL)
        return fail(evaluation, "indirection through explicit nil in %.*s",
                    STR_ARG(operand_to_text(evaluation->arena, operand)));
    return evaluate_argument(evaluation, PARAMETER_ANY, operand->inner, dot, &receiver) &&
           evaluate_fields(evaluation, operand, receiver, arguments, dot, ret_value);
}

/* What stands at the start of a command and takes no arguments. */
static bool evaluate_simple(struct evaluation *evaluation, const struct operand *operand,
                            struct value dot, struct value *ret_value)
{
    switch (operand->kind) {
    case OPERAND_DOT:
        *ret_value = dot;
        return true;
    case OPERAND_BOOL:
        *ret_value = value_bool(operand->boolean);
        return true;
    case OPERAND_NUMBER:
        return evaluate_constant(evaluation, operand, ret_value);
    case OPERAND_STRING:
        *ret_value = value_string(operand->string);
        return true;
    default:
        return fail(evaluation, "nil is not a command");
    }
}

static bool refuse_arguments(struct evaluation *evaluation, const struct operand *operand)
{
    return fail(evaluation, "can't give argument to non-function %.*s",
                STR_ARG(operand_to_text(evaluation->arena, operand)));
}

bool evaluate_operand(struct evaluation *evaluation, const struct operand *operand,
                      const struct arguments *arguments, struct value dot, struct value *ret_value)
{
    /* Of a parenthesised pipeline the pipeline itself becomes the place. */
    if (operand->kind == OPERAND_PIPELINE) {
        if (arguments_are_given(arguments))
            return refuse_arguments(evaluation, operand);
        return evaluate_pipeline(evaluation, operand->pipeline, dot, ret_value);
    }
    evaluation->at = (struct site){SITE_OPERAND, operand};
    switch (operand->kind) {
    case OPERAND_FIELD:
        return evaluate_fields(evaluation, operand, dot, arguments, dot, ret_value);
    case OPERAND_VARIABLE:
        if (!operand->field_count && arguments_are_given(arguments))
            return refuse_arguments(evaluation, operand);
        if (operand->variable == VARIABLE_UNDEFINED)
            return fail(evaluation, "undefined variable: %.*s", STR_ARG(operand->text));
        return evaluate_fields(evaluation, operand, evaluation->variables[operand->variable],
                               arguments, dot, ret_value);
    case OPERAND_CHAIN:
        return evaluate_chain(evaluation, operand, arguments, dot, ret_value);
    case OPERAND_FUNCTION:
        return evaluate_function(evaluation, operand->function, evaluation->at, arguments, dot,
                                 ret_value);
    default:
        if (arguments_are_given(arguments))
            return refuse_arguments(evaluation, operand);
        return evaluate_simple(evaluation, operand, dot, ret_value);
    }
}

bool evaluate_command(struct evaluation *evaluation, const struct command *command,
                      const struct value *final, struct value dot, struct value *ret_value)
{
    if (!spend_step(evaluation))
        return false;
    const struct operand *first = command->operands[0];
    struct arguments arguments = {command->operands + 1, command->count - 1, final};
    if (first->kind != OPERAND_FUNCTION)
        return evaluate_operand(evaluation, first, &arguments, dot, ret_value);
    evaluation->at = (struct site){SITE_OPERAND, first};
    return evaluate_function(evaluation, first->function, (struct site){SITE_COMMAND, command},
                             &arguments, dot, ret_value);
}
