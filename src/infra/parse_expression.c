#include "expression.h"

/* What binds how strongly; the same in both languages. */
static const struct {
    const char *sign;
    unsigned strength;
} operators[] = {
    {"??", 1}, {"||", 2}, {"&&", 3}, {"==", 4}, {"!=", 4}, {"=~", 4}, {"!~", 4}, {"<", 5},
    {">", 5},  {"<=", 5}, {">=", 5}, {"+", 6},  {"-", 6},  {"*", 7},  {"/", 7},  {"%", 7},
};

struct expression *infra_expression_make(struct infra_reader *reader, enum expression_kind kind,
                                         uint32_t start)
{
    struct expression *expression = arena_make(reader->arena, struct expression);
    expression->kind = kind;
    expression->span = infra_span(reader, start, start);
    return expression;
}

void infra_expression_add(struct infra_reader *reader, struct expression *parent,
                          struct expression *child)
{
    vector_push(reader->arena, parent, child);
}

static struct expression *finish(struct infra_reader *reader, struct expression *expression)
{
    if (reader->last_end > expression->span.start)
        expression->span.end = reader->last_end;
    return expression;
}

static struct expression *unknown(struct infra_reader *reader)
{
    struct expression *expression =
        infra_expression_make(reader, EXPRESSION_UNKNOWN, reader->token.start);
    infra_note(reader);
    if (!infra_at_sign(reader, ")") && !infra_at_sign(reader, "]") && !infra_at_sign(reader, "}"))
        infra_skip(reader);
    return finish(reader, expression);
}

/* --- texts --- */

static uint32_t read_hex(struct str digits)
{
    uint32_t number = 0;
    for (size_t i = 0; i < digits.n && i < 8; i++)
        number = number * 16 + (uint32_t)(digit_value(digits.p[i]) & 15);
    return number;
}

/* Reads "\n", "\u{1F600}" or "\u00e9" at the backslash; returns how long it is. */
static size_t add_escaped(struct text *text, struct str rest)
{
    char c = rest.n > 1 ? rest.p[1] : '\\';
    if (c == 'u') {
        bool braces = rest.n > 2 && rest.p[2] == '{';
        size_t close = braces ? str_find_char(rest, '}') : 6;
        size_t end = close < rest.n ? close : rest.n;
        text_add_code_point(text, read_hex(str_slice(rest, braces ? 3 : 2, end)));
        return braces ? end + 1 : end;
    }
    text_add_char(text, (char)(c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c));
    return 2;
}

static void add_part(struct infra_reader *reader, struct expression *template, struct text *text,
                     uint32_t end)
{
    if (!text->n)
        return;
    struct expression *part = infra_expression_make(reader, EXPRESSION_TEXT, template->span.start);
    part->span.end = end;
    part->name = str_copy(reader->arena, text_str(text));
    infra_expression_add(reader, template, part);
    text->n = 0;
}

/* The offset of the "}" that ends the expression behind "${". */
static uint32_t insertion_end(const struct infra_reader *reader, uint32_t start, uint32_t end)
{
    struct infra_reader inner = infra_reader_within(reader, start, end);
    unsigned open = 0;
    while (inner.token.kind != TOKEN_END) {
        if (infra_at_sign(&inner, "{"))
            open++;
        if (infra_at_sign(&inner, "}") && open-- == 0)
            return inner.token.start;
        infra_next(&inner);
    }
    return end;
}

static void read_parts(struct infra_reader *reader, struct expression *template, uint32_t start,
                       uint32_t end)
{
    struct text text = {.arena = reader->arena};
    for (uint32_t i = start; i < end;) {
        struct str rest = str_slice(reader->bytes, i, end);
        if (rest.p[0] == '\\') {
            i += (uint32_t)add_escaped(&text, rest);
        } else if (str_starts_with(rest, STR("$${")) || str_starts_with(rest, STR("%%{"))) {
            text_add(&text, str_slice(rest, 1, 3));
            i += 3;
        } else if (str_starts_with(rest, STR("${"))) {
            add_part(reader, template, &text, i);
            uint32_t close = insertion_end(reader, i + 2, end);
            struct infra_reader inner = infra_reader_within(reader, i + 2, close);
            infra_expression_add(reader, template, infra_expression(&inner));
            i = close + 1;
        } else if (reader->language == LANGUAGE_TERRAFORM && str_starts_with(rest, STR("%{"))) {
            struct expression *directive = infra_expression_make(reader, EXPRESSION_UNKNOWN, i);
            infra_expression_add(reader, template, directive);
            return;
        } else {
            text_add_char(&text, rest.p[0]);
            i++;
        }
    }
    add_part(reader, template, &text, end);
}

/* A template of nothing but text is a text. */
static struct expression *simplify(struct expression *template)
{
    bool plain = template->count == 1 && template->items[0]->kind == EXPRESSION_TEXT;
    if (!plain && template->count)
        return template;
    template->kind = EXPRESSION_TEXT;
    template->name = plain ? template->items[0]->name : STR("");
    template->count = 0;
    return template;
}

struct expression *infra_text(struct infra_reader *reader)
{
    struct token token = reader->token;
    struct expression *template = infra_expression_make(reader, EXPRESSION_TEMPLATE, token.start);
    template->span.end = token.end;
    struct str quote = str_slice(token.text, 0, 1);
    bool closed = token.text.n > 1 && str_ends_with(token.text, quote);
    if (str_starts_with(token.text, STR("<<"))) {
        template->kind = EXPRESSION_UNKNOWN;
    } else if (str_starts_with(token.text, STR("'''")) && token.text.n >= 6) {
        template->kind = EXPRESSION_TEXT;
        template->name = str_slice(token.text, 3, token.text.n - 3);
    } else if (!closed || reader->depth > limits_default.template_depth) {
        template->kind = EXPRESSION_UNKNOWN;
        infra_note(reader);
    } else {
        read_parts(reader, template, token.start + 1, token.end - 1);
        template = simplify(template);
    }
    infra_next(reader);
    return template;
}

/* --- lists, objects and loops --- */

static struct str take_name(struct infra_reader *reader)
{
    struct str name = reader->token.text;
    if (reader->token.kind != TOKEN_NAME) {
        infra_note(reader);
        return STR("");
    }
    infra_next(reader);
    return name;
}

/* Behind "[for" or "{for", up to the closing bracket. Terraform: key, value in list : value if
 * condition. Bicep: (item, index) in list: if (condition) value. */
static struct expression *read_loop(struct infra_reader *reader, uint32_t start, const char *close)
{
    struct expression *loop = infra_expression_make(reader, EXPRESSION_FOR, start);
    struct expression *key = NULL;
    struct expression *condition = NULL;
    loop->key_first = reader->language == LANGUAGE_TERRAFORM;
    bool parenthesis = infra_take_sign(reader, "(");
    loop->name = take_name(reader);
    if (infra_take_sign(reader, ","))
        loop->second = take_name(reader);
    if (parenthesis)
        infra_take_sign(reader, ")");
    if (infra_at_name(reader, "in"))
        infra_next(reader);
    struct expression *over = infra_expression(reader);
    if (!infra_take_sign(reader, ":"))
        infra_note(reader);
    if (reader->language == LANGUAGE_BICEP && infra_at_name(reader, "if")) {
        infra_next(reader);
        condition = infra_expression(reader);
    }
    struct expression *value = infra_expression(reader);
    if (infra_take_sign(reader, "=>")) {
        key = value;
        value = infra_expression(reader);
    }
    if (infra_take_sign(reader, "...")) /* several values under one key */
        value->kind = EXPRESSION_UNKNOWN;
    if (infra_at_name(reader, "if")) {
        infra_next(reader);
        condition = infra_expression(reader);
    }
    infra_expression_add(reader, loop, over);
    infra_expression_add(reader, loop, key);
    infra_expression_add(reader, loop, value);
    infra_expression_add(reader, loop, condition);
    while (!infra_at_sign(reader, close) && reader->token.kind != TOKEN_END) {
        infra_note(reader);
        infra_skip(reader);
    }
    infra_take_sign(reader, close);
    return finish(reader, loop);
}

static struct expression *read_spread(struct infra_reader *reader)
{
    struct expression *spread =
        infra_expression_make(reader, EXPRESSION_SPREAD, reader->token.start);
    infra_next(reader);
    infra_expression_add(reader, spread, infra_expression(reader));
    return finish(reader, spread);
}

static struct expression *read_list(struct infra_reader *reader)
{
    uint32_t start = reader->token.start;
    infra_next(reader);
    if (infra_at_name(reader, "for")) {
        infra_next(reader);
        return read_loop(reader, start, "]");
    }
    struct expression *list = infra_expression_make(reader, EXPRESSION_LIST, start);
    while (!infra_at_sign(reader, "]") && reader->token.kind != TOKEN_END) {
        if (infra_take_sign(reader, ","))
            continue;
        uint32_t before = reader->token.start;
        infra_expression_add(reader, list,
                             infra_at_sign(reader, "...") ? read_spread(reader)
                                                          : infra_expression(reader));
        if (reader->token.start == before)
            infra_next(reader);
    }
    infra_take_sign(reader, "]");
    return finish(reader, list);
}

static struct expression *read_key(struct infra_reader *reader)
{
    if (reader->token.kind != TOKEN_NAME)
        return infra_expression(reader);
    struct expression *key = infra_expression_make(reader, EXPRESSION_TEXT, reader->token.start);
    key->name = reader->token.text;
    infra_next(reader);
    /* In Terraform `local.name = …` is an error, so a name alone is the key itself. */
    return finish(reader, key);
}

static void read_entry(struct infra_reader *reader, struct expression *object)
{
    if (infra_at_sign(reader, "...")) {
        infra_expression_add(reader, object, NULL);
        infra_expression_add(reader, object, read_spread(reader)->items[0]);
        return;
    }
    if (reader->language == LANGUAGE_BICEP && infra_take_sign(reader, "@")) {
        infra_expression(reader); /* a decorator of the resource that follows */
        return;
    }
    if (infra_at_name(reader, "resource") && reader->nested) {
        struct infra_reader ahead = *reader;
        infra_next(&ahead);
        if (ahead.token.kind == TOKEN_NAME) {
            reader->nested(reader, reader->context);
            return;
        }
    }
    struct expression *key = read_key(reader);
    if (!infra_take_sign(reader, ":") && !infra_take_sign(reader, "=")) {
        infra_note(reader);
        key->kind = EXPRESSION_UNKNOWN;
        return;
    }
    infra_expression_add(reader, object, key);
    infra_expression_add(reader, object, infra_expression(reader));
}

static struct expression *read_object(struct infra_reader *reader)
{
    uint32_t start = reader->token.start;
    infra_next(reader);
    if (infra_at_name(reader, "for") && reader->language == LANGUAGE_TERRAFORM) {
        infra_next(reader);
        return read_loop(reader, start, "}");
    }
    struct expression *object = infra_expression_make(reader, EXPRESSION_OBJECT, start);
    while (!infra_at_sign(reader, "}") && reader->token.kind != TOKEN_END) {
        if (infra_take_sign(reader, ","))
            continue;
        uint32_t before = reader->token.start;
        read_entry(reader, object);
        if (reader->token.start == before)
            infra_next(reader);
    }
    infra_take_sign(reader, "}");
    return finish(reader, object);
}

/* --- the rest --- */

static struct expression *read_call(struct infra_reader *reader, struct str name, uint32_t start)
{
    struct expression *call = infra_expression_make(reader, EXPRESSION_CALL, start);
    call->name = name;
    infra_next(reader);
    while (!infra_at_sign(reader, ")") && reader->token.kind != TOKEN_END) {
        if (infra_take_sign(reader, ","))
            continue;
        uint32_t before = reader->token.start;
        struct expression *argument = infra_expression(reader);
        if (infra_at_sign(reader, "...")) {
            struct expression *spread =
                infra_expression_make(reader, EXPRESSION_SPREAD, argument->span.start);
            infra_next(reader);
            infra_expression_add(reader, spread, argument);
            argument = finish(reader, spread);
        } else if (infra_take_sign(reader, "=>")) { /* a lambda */
            argument->kind = EXPRESSION_UNKNOWN;
            infra_expression(reader);
        }
        infra_expression_add(reader, call, argument);
        if (reader->token.start == before)
            infra_next(reader);
    }
    infra_take_sign(reader, ")");
    return finish(reader, call);
}

static struct expression *read_name(struct infra_reader *reader)
{
    struct token token = reader->token;
    struct expression *name = infra_expression_make(reader, EXPRESSION_NAME, token.start);
    name->name = token.text;
    infra_next(reader);
    if (infra_at_sign(reader, "(") && !reader->token.on_new_line)
        return read_call(reader, token.text, token.start);
    if (str_is(token.text, "true") || str_is(token.text, "false")) {
        name->kind = EXPRESSION_BOOL;
        name->boolean = str_is(token.text, "true");
    } else if (str_is(token.text, "null")) {
        name->kind = EXPRESSION_NULL;
    }
    return finish(reader, name);
}

/* In parentheses, which may also hold the names of a lambda: those are read as unknown. */
static struct expression *read_parenthesis(struct infra_reader *reader)
{
    infra_next(reader);
    struct expression *inner = infra_expression(reader);
    if (!infra_at_sign(reader, ")"))
        inner->kind = EXPRESSION_UNKNOWN;
    while (!infra_at_sign(reader, ")") && reader->token.kind != TOKEN_END)
        infra_skip(reader);
    infra_take_sign(reader, ")");
    return inner;
}

static struct expression *read_number(struct infra_reader *reader)
{
    struct expression *number =
        infra_expression_make(reader, EXPRESSION_NUMBER, reader->token.start);
    if (!parse_go_float(reader->token.text, &number->number))
        number->kind = EXPRESSION_UNKNOWN;
    infra_next(reader);
    return finish(reader, number);
}

static struct expression *read_operand(struct infra_reader *reader);

static struct expression *read_unary(struct infra_reader *reader, enum expression_kind kind)
{
    struct expression *unary = infra_expression_make(reader, kind, reader->token.start);
    infra_next(reader);
    infra_expression_add(reader, unary, read_operand(reader));
    return finish(reader, unary);
}

static struct expression *read_primary(struct infra_reader *reader)
{
    switch (reader->token.kind) {
    case TOKEN_TEXT:
        return infra_text(reader);
    case TOKEN_NUMBER:
        return read_number(reader);
    case TOKEN_NAME:
        return read_name(reader);
    default:
        break;
    }
    if (infra_at_sign(reader, "["))
        return read_list(reader);
    if (infra_at_sign(reader, "{"))
        return read_object(reader);
    if (infra_at_sign(reader, "("))
        return read_parenthesis(reader);
    if (infra_at_sign(reader, "!"))
        return read_unary(reader, EXPRESSION_NOT);
    if (infra_at_sign(reader, "-"))
        return read_unary(reader, EXPRESSION_NEGATIVE);
    return unknown(reader);
}

static struct expression *read_index(struct infra_reader *reader, struct expression *of)
{
    struct expression *index = infra_expression_make(reader, EXPRESSION_INDEX, of->span.start);
    infra_next(reader);
    index->is_safe = infra_take_sign(reader, "?");
    infra_expression_add(reader, index, of);
    if (infra_take_sign(reader, "*"))
        index->kind = EXPRESSION_UNKNOWN;
    else
        infra_expression_add(reader, index, infra_expression(reader));
    if (!infra_take_sign(reader, "]")) {
        infra_note(reader);
        index->kind = EXPRESSION_UNKNOWN;
    }
    return finish(reader, index);
}

/* Behind "." or "::". A method call of Bicep (az.deployment()) counts as its function. */
static struct expression *read_field(struct infra_reader *reader, struct expression *of)
{
    struct expression *field = infra_expression_make(reader, EXPRESSION_FIELD, of->span.start);
    infra_next(reader);
    field->is_safe = infra_take_sign(reader, "?");
    struct token token = reader->token;
    field->name = token.text;
    infra_expression_add(reader, field, of);
    if (token.kind == TOKEN_NUMBER || infra_at_sign(reader, "*"))
        field->kind = EXPRESSION_UNKNOWN;
    else if (token.kind != TOKEN_NAME)
        return unknown(reader);
    infra_next(reader);
    if (!infra_at_sign(reader, "(") || reader->token.on_new_line)
        return finish(reader, field);
    bool builtin = of->kind == EXPRESSION_NAME && (str_is(of->name, "sys"));
    struct expression *call = read_call(reader, token.text, of->span.start);
    if (!builtin)
        call->kind = EXPRESSION_UNKNOWN;
    return call;
}

static struct expression *read_operand(struct infra_reader *reader)
{
    if (reader->depth >= limits_default.template_depth) {
        infra_note(reader);
        return unknown(reader);
    }
    reader->depth++;
    struct expression *operand = read_primary(reader);
    for (size_t length = 0; length < limits_default.template_depth; length++) {
        if (infra_at_sign(reader, ".") || infra_at_sign(reader, "::"))
            operand = read_field(reader, operand);
        else if (infra_at_sign(reader, "[") && !reader->token.on_new_line)
            operand = read_index(reader, operand);
        else if (infra_at_sign(reader, "!") && !reader->token.on_new_line)
            infra_next(reader); /* "is not null" */
        else
            break;
    }
    reader->depth--;
    return operand;
}

/* How strongly the operator at the current token binds; 0: it is none. On a new line "-" begins
 * another item. */
static unsigned operator_strength(const struct infra_reader *reader)
{
    if (infra_at_sign(reader, "-") && reader->token.on_new_line)
        return 0;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (infra_at_sign(reader, operators[i].sign))
            return operators[i].strength;
    }
    return 0;
}

static struct expression *read_binary(struct infra_reader *reader, unsigned least)
{
    struct expression *left = read_operand(reader);
    for (size_t length = 0; length < limits_default.template_depth; length++) {
        unsigned strength = operator_strength(reader);
        if (strength < least || !strength)
            break;
        struct expression *binary =
            infra_expression_make(reader, EXPRESSION_BINARY, left->span.start);
        binary->name = reader->token.text;
        infra_next(reader);
        infra_expression_add(reader, binary, left);
        infra_expression_add(reader, binary, read_binary(reader, strength + 1));
        left = finish(reader, binary);
    }
    return left;
}

struct expression *infra_expression(struct infra_reader *reader)
{
    if (reader->depth >= limits_default.template_depth)
        return unknown(reader);
    reader->depth++;
    struct expression *expression = read_binary(reader, 1);
    if (infra_at_sign(reader, "?")) {
        struct expression *condition =
            infra_expression_make(reader, EXPRESSION_CONDITION, expression->span.start);
        infra_next(reader);
        infra_expression_add(reader, condition, expression);
        infra_expression_add(reader, condition, infra_expression(reader));
        if (!infra_take_sign(reader, ":"))
            infra_note(reader);
        infra_expression_add(reader, condition, infra_expression(reader));
        expression = finish(reader, condition);
    }
    reader->depth--;
    return expression;
}
