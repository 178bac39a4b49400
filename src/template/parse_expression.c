#include "parser.h"

struct commands {
    const struct command **items;
    size_t count, capacity;
};
struct operands {
    const struct operand **items;
    size_t count, capacity;
};

/* The number of the innermost variable of that name below `most`, or -1. */
static int find_variable(const struct definition_parser *current, struct str name, size_t most)
{
    for (size_t i = most; i-- > 0;) {
        if (str_equal(current->variables.items[i], name))
            return (int)i;
    }
    return -1;
}

/* Notes a name; a declaration gets its number when the pipeline ends, since until then the name
 * means what it meant before. */
static void add_variable(struct parser *parser, struct variables *variables, struct token token)
{
    struct pipeline_variable *variable = vector_add(parser->arena, variables);
    variable->name = token.text;
}

/* "$x :=", "$x =" or, of a range, "$i, $x :=". */
static bool parse_declarations(struct parser *parser, const char *context,
                               struct variables *variables, bool *ret_is_assignment)
{
    while (parser_peek_non_space(parser).kind == TOKEN_VARIABLE) {
        struct token variable = parser_next(parser);
        struct token behind = parser_peek(parser);
        struct token next = parser_peek_non_space(parser);
        if (next.kind == TOKEN_ASSIGN || next.kind == TOKEN_DECLARE) {
            *ret_is_assignment = next.kind == TOKEN_ASSIGN;
            parser_next_non_space(parser);
            add_variable(parser, variables, variable);
            return true;
        }
        if (next.kind != TOKEN_CHARACTER || !str_is(next.text, ",")) {
            if (behind.kind == TOKEN_SPACE)
                parser_back_three(parser, variable, behind);
            else
                parser_back_two(parser, variable);
            return true;
        }
        parser_next_non_space(parser);
        add_variable(parser, variables, variable);
        if (strcmp(context, "range") != 0 || variables->count >= 2)
            return parser_fail(parser, "too many declarations in %s", context);
        enum token_kind kind = parser_peek_non_space(parser).kind;
        if (kind != TOKEN_VARIABLE && kind != TOKEN_RIGHT_DELIMITER &&
            kind != TOKEN_RIGHT_PARENTHESIS)
            return parser_fail(parser, "range can only initialize variables");
    }
    return true;
}

/* Gives the variables of a pipeline their numbers; from here on they are visible. What is assigned
 * without a declaration is known by its name, too: that it has no place shows when it runs. */
static void number_variables(struct parser *parser, struct pipeline *pipeline,
                             struct variables *variables)
{
    struct definition_parser *current = parser->current;
    for (size_t i = 0; i < variables->count; i++) {
        struct str name = variables->items[i].name;
        int number = find_variable(current, name, current->variables.count);
        if (!pipeline->is_assignment)
            variables->items[i].number = (uint32_t)current->variables.count;
        else
            variables->items[i].number = number < 0 ? VARIABLE_UNDEFINED : (uint32_t)number;
        if (!pipeline->is_assignment || number < 0)
            vector_push(parser->arena, &current->variables, name);
    }
    if (current->variables.count > current->most_variables)
        current->most_variables = current->variables.count;
    pipeline->variables = variables->items;
    pipeline->variable_count = variables->count;
}

static bool is_constant(const struct operand *operand)
{
    return operand->kind <= OPERAND_STRING;
}

static bool check_pipeline(struct parser *parser, const struct commands *commands,
                           const char *context)
{
    if (!commands->count)
        return parser_fail(parser, "missing value for %s", context);
    for (size_t i = 1; i < commands->count; i++) {
        if (is_constant(commands->items[i]->operands[0]))
            return parser_fail(parser, "non executable command in pipeline stage %zu", i + 1);
    }
    return true;
}

static bool starts_operand(enum token_kind kind)
{
    return (kind >= TOKEN_BOOL && kind <= TOKEN_IDENTIFIER) || kind == TOKEN_LEFT_PARENTHESIS ||
           kind == TOKEN_NIL;
}

static const struct command *parse_command(struct parser *parser)
{
    struct operands operands = {0};
    struct command *command = arena_make(parser->arena, struct command);
    command->offset = parser_peek_non_space(parser).offset;
    for (;;) {
        parser_peek_non_space(parser);
        const struct operand *operand = parse_operand(parser);
        if (parser->has_failed)
            return NULL;
        if (operand)
            vector_push(parser->arena, &operands, operand);
        struct token token = parser_next(parser);
        if (token.kind == TOKEN_SPACE)
            continue;
        if (token.kind == TOKEN_RIGHT_DELIMITER || token.kind == TOKEN_RIGHT_PARENTHESIS)
            parser_back(parser);
        else if (token.kind != TOKEN_PIPE)
            parser_unexpected(parser, token, "operand");
        break;
    }
    if (!parser->has_failed && !operands.count)
        parser_fail(parser, "empty command");
    command->operands = operands.items;
    command->count = operands.count;
    return parser->has_failed ? NULL : command;
}

static bool parse_commands(struct parser *parser, const char *context, enum token_kind end,
                           struct commands *commands)
{
    for (;;) {
        struct token token = parser_next_non_space(parser);
        if (token.kind == end)
            return check_pipeline(parser, commands, context);
        if (!starts_operand(token.kind))
            return parser_unexpected(parser, token, context);
        parser_back(parser);
        const struct command *command = parse_command(parser);
        if (!command)
            return false;
        vector_push(parser->arena, commands, command);
    }
}

const struct pipeline *parse_pipeline(struct parser *parser, const char *context,
                                      enum token_kind end)
{
    struct pipeline *pipeline = arena_make(parser->arena, struct pipeline);
    struct variables variables = {.outer = parser->declaring};
    struct commands commands = {0};
    pipeline->offset = parser_peek_non_space(parser).offset;
    if (!parse_declarations(parser, context, &variables, &pipeline->is_assignment))
        return NULL;
    parser->declaring = &variables;
    bool done = parse_commands(parser, context, end, &commands);
    parser->declaring = variables.outer;
    if (!done)
        return NULL;
    number_variables(parser, pipeline, &variables);
    pipeline->commands = commands.items;
    pipeline->count = commands.count;
    return pipeline;
}

/* An integer that a double can hold exactly is one, too. */
static void number_from_float(struct operand *operand, double number)
{
    operand->number.is_float = true;
    operand->number.floating = number;
    if (number >= -0x1p63 && number < 0x1p63 && (double)(int64_t)number == number) {
        operand->number.is_int = true;
        operand->number.integer = (int64_t)number;
    }
    if (number >= 0 && number < 0x1p64 && (double)(uint64_t)number == number) {
        operand->number.is_uint = true;
        operand->number.unsigned_integer = (uint64_t)number;
    }
}

static bool is_float_text(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] && strchr(".eEpP", text.p[i]))
            return true;
    }
    return false;
}

static bool read_number(struct parser *parser, struct operand *operand)
{
    struct str text = operand->text;
    double number;
    operand->number.is_uint = parse_go_uint(text, 0, &operand->number.unsigned_integer);
    operand->number.is_int = parse_go_int(text, 0, &operand->number.integer);
    if (operand->number.is_int && operand->number.integer == 0)
        operand->number.is_uint = true; /* -0 */
    if (operand->number.is_int || operand->number.is_uint) {
        operand->number.is_float = true;
        operand->number.floating = operand->number.is_int
                                       ? (double)operand->number.integer
                                       : (double)operand->number.unsigned_integer;
        return true;
    }
    if (!parse_go_float(text, &number))
        return parser_fail(parser, "illegal number syntax: %.*s",
                           STR_ARG(quote_go(parser->arena, text)));
    if (!is_float_text(text))
        return parser_fail(parser, "integer overflow: %.*s",
                           STR_ARG(quote_go(parser->arena, text)));
    number_from_float(operand, number);
    return true;
}

/* Complex numbers are of no use in a chart: what has no imaginary part is a number, the rest is
 * refused. */
static bool read_constant(struct parser *parser, struct operand *operand, struct token token)
{
    uint32_t character;
    if (token.kind == TOKEN_CHARACTER_CONSTANT) {
        if (!unquote_character(token.text, &character))
            return parser_fail(parser, "malformed character constant: %.*s", STR_ARG(token.text));
        number_from_float(operand, character);
        return true;
    }
    if (token.kind == TOKEN_COMPLEX || str_ends_with(token.text, STR("i")))
        return parser_fail(parser, "complex number %.*s is not supported", STR_ARG(token.text));
    return read_number(parser, operand);
}

/* Whether the pipeline itself, or one around it, declares the name. */
static bool is_being_declared(const struct parser *parser, struct str name)
{
    for (const struct variables *list = parser->declaring; list; list = list->outer) {
        for (size_t i = 0; i < list->count; i++) {
            if (str_equal(list->items[i].name, name))
                return true;
        }
    }
    return false;
}

static bool read_variable(struct parser *parser, struct operand *operand)
{
    const struct definition_parser *current = parser->current;
    int number = find_variable(current, operand->text, current->variables.count);
    if (number < 0 && !is_being_declared(parser, operand->text))
        return parser_fail(parser, "undefined variable %.*s",
                           STR_ARG(quote_go(parser->arena, operand->text)));
    operand->variable = number < 0 ? VARIABLE_UNDEFINED : (uint32_t)number;
    return true;
}

static bool read_function(struct parser *parser, struct operand *operand)
{
    const struct template_parse_options *options = parser->options;
    operand->function = options->functions(options->context, operand->text);
    return operand->function || parser_fail(parser, "function %.*s not defined",
                                            STR_ARG(quote_go(parser->arena, operand->text)));
}

static bool read_parenthesis(struct parser *parser, struct operand *operand)
{
    if (!parser_enter(parser))
        return false;
    operand->pipeline = parse_pipeline(parser, "parenthesized pipeline", TOKEN_RIGHT_PARENTHESIS);
    parser_leave(parser);
    if (operand->pipeline)
        operand->offset = operand->pipeline->offset;
    return operand->pipeline != NULL;
}

static void add_field(struct parser *parser, struct operand *operand, struct token token)
{
    struct str_list fields = {operand->fields, operand->field_count, operand->field_count};
    vector_push(parser->arena, &fields, str_from(token.text, 1));
    operand->fields = fields.items;
    operand->field_count = fields.count;
}

static bool read_term(struct parser *parser, struct operand *operand, struct token token)
{
    static const enum operand_kind kinds[] = {
        [TOKEN_IDENTIFIER] = OPERAND_FUNCTION,
        [TOKEN_DOT] = OPERAND_DOT,
        [TOKEN_NIL] = OPERAND_NIL,
        [TOKEN_VARIABLE] = OPERAND_VARIABLE,
        [TOKEN_FIELD] = OPERAND_FIELD,
        [TOKEN_BOOL] = OPERAND_BOOL,
        [TOKEN_CHARACTER_CONSTANT] = OPERAND_NUMBER,
        [TOKEN_COMPLEX] = OPERAND_NUMBER,
        [TOKEN_NUMBER] = OPERAND_NUMBER,
        [TOKEN_STRING] = OPERAND_STRING,
        [TOKEN_RAW_STRING] = OPERAND_STRING,
        [TOKEN_LEFT_PARENTHESIS] = OPERAND_PIPELINE,
    };
    operand->kind = kinds[token.kind];
    operand->offset = token.offset;
    operand->text = token.text;
    switch (operand->kind) {
    case OPERAND_FUNCTION:
        return read_function(parser, operand);
    case OPERAND_VARIABLE:
        return read_variable(parser, operand);
    case OPERAND_FIELD:
        add_field(parser, operand, token);
        return true;
    case OPERAND_BOOL:
        operand->boolean = str_is(token.text, "true");
        return true;
    case OPERAND_NUMBER:
        return read_constant(parser, operand, token);
    case OPERAND_STRING:
        return parser_unquote(parser, token, &operand->string);
    case OPERAND_PIPELINE:
        return read_parenthesis(parser, operand);
    default:
        return true;
    }
}

const struct operand *parse_operand(struct parser *parser)
{
    struct token token = parser_next_non_space(parser);
    if (!starts_operand(token.kind)) {
        parser_back(parser);
        return NULL;
    }
    struct operand *operand = arena_make(parser->arena, struct operand);
    if (!read_term(parser, operand, token))
        return NULL;
    token = parser_peek(parser);
    if (token.kind != TOKEN_FIELD)
        return operand;
    if (is_constant(operand)) {
        struct str text = operand_to_text(parser->arena, operand);
        parser_fail(parser, "unexpected . after term %.*s", STR_ARG(quote_go(parser->arena, text)));
        return NULL;
    }
    if (operand->kind == OPERAND_FUNCTION || operand->kind == OPERAND_PIPELINE) {
        struct operand *chain = arena_make(parser->arena, struct operand);
        *chain = (struct operand){.kind = OPERAND_CHAIN, .inner = operand};
        operand = chain;
    }
    operand->offset = token.offset;
    while (parser_peek(parser).kind == TOKEN_FIELD)
        add_field(parser, operand, parser_next(parser));
    return operand;
}
