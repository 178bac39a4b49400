#include "lexer.h"

enum { END_OF_TEXT = UINT32_MAX };

static uint32_t next_character(struct lexer *lexer)
{
    struct str rest = str_from(lexer->input, lexer->position);
    if (!rest.n || !rest.p) {
        lexer->is_at_end = true;
        return END_OF_TEXT;
    }
    uint32_t character;
    lexer->position += (uint32_t)utf8_decode(rest, &character);
    if (character == '\n')
        lexer->line++;
    return character;
}

static uint32_t peek_character(const struct lexer *lexer)
{
    uint32_t character = END_OF_TEXT;
    struct str rest = str_from(lexer->input, lexer->position);
    if (rest.n && rest.p)
        utf8_decode(rest, &character);
    return character;
}

/* Takes back what next_character read last, which began at `position`. */
static void back_to(struct lexer *lexer, uint32_t position)
{
    if (lexer->position > position && lexer->input.p[position] == '\n')
        lexer->line--;
    lexer->position = position;
}

static struct token take(struct lexer *lexer, enum token_kind kind)
{
    struct token token = {kind, lexer->start, lexer->start_line,
                          str_slice(lexer->input, lexer->start, lexer->position)};
    lexer->start = lexer->position;
    lexer->start_line = lexer->line;
    return token;
}

/* Moves on without reading, counting lines. */
static void advance(struct lexer *lexer, size_t bytes)
{
    lexer->line += (uint32_t)str_count_char(
        str_slice(lexer->input, lexer->position, lexer->position + bytes), '\n');
    lexer->position += (uint32_t)bytes;
}

static void ignore(struct lexer *lexer)
{
    lexer->start = lexer->position;
    lexer->start_line = lexer->line;
}

static struct token fail(struct lexer *lexer, struct str message)
{
    struct token token = {TOKEN_ERROR, lexer->start, lexer->start_line, message};
    lexer->input.n = 0;
    lexer->position = 0;
    lexer->start = 0;
    return token;
}

static bool is_space(uint32_t character)
{
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

static bool is_alphanumeric(uint32_t character)
{
    if (character < 0x80)
        return character == '_' || is_ascii_alphanumeric((char)character);
    return is_go_letter(character) || is_go_digit(character);
}

static struct str rest_of(const struct lexer *lexer)
{
    return str_from(lexer->input, lexer->position);
}

static bool has_left_trim(struct str text)
{
    return text.n >= 2 && text.p[0] == '-' && is_space((unsigned char)text.p[1]);
}

static bool has_right_trim(struct str text)
{
    return text.n >= 2 && is_space((unsigned char)text.p[0]) && text.p[1] == '-';
}

/* The bytes of a trim marker: the minus and its space. */
enum { TRIM_MARKER = 2, DELIMITER = 2, COMMENT = 2 };

/* True at "}}" and at " -}}", which trims. */
static bool is_at_right_delimiter(const struct lexer *lexer, bool *ret_trims)
{
    struct str rest = rest_of(lexer);
    *ret_trims = false;
    if (rest.n && rest.p[0] != '}' && !is_space((unsigned char)rest.p[0]))
        return false;
    *ret_trims = has_right_trim(rest) && str_starts_with(str_from(rest, TRIM_MARKER), STR("}}"));
    return *ret_trims || str_starts_with(rest, STR("}}"));
}

static size_t leading_space(struct str text)
{
    size_t n = 0;
    while (n < text.n && is_space((unsigned char)text.p[n]))
        n++;
    return n;
}

static size_t trailing_space(struct str text)
{
    size_t n = 0;
    while (n < text.n && is_space((unsigned char)text.p[text.n - 1 - n]))
        n++;
    return n;
}

/* Behind a comment, when there is no message. */
static bool skip_comment(struct lexer *lexer, const char **ret_message)
{
    bool trims;
    lexer->position += COMMENT;
    size_t end = str_find(rest_of(lexer), STR("*/"));
    if (end == STR_NOT_FOUND) {
        *ret_message = "unclosed comment";
        return false;
    }
    advance(lexer, end + COMMENT);
    if (!is_at_right_delimiter(lexer, &trims)) {
        *ret_message = "comment ends before closing delimiter";
        return false;
    }
    advance(lexer, (trims ? TRIM_MARKER : 0) + DELIMITER);
    if (trims)
        advance(lexer, leading_space(rest_of(lexer)));
    ignore(lexer);
    return true;
}

/* The text up to the next "{{"; false when there is none of it, as between two actions. */
static bool take_text(struct lexer *lexer, size_t length, struct token *ret_token)
{
    struct str text = str_slice(lexer->input, lexer->position, lexer->position + length);
    struct str behind = str_from(lexer->input, lexer->position + length + DELIMITER);
    size_t trimmed = has_left_trim(behind) ? trailing_space(text) : 0;
    advance(lexer, length - trimmed);
    *ret_token = take(lexer, TOKEN_TEXT);
    advance(lexer, trimmed);
    ignore(lexer);
    return ret_token->text.n > 0;
}

static struct token next_outside(struct lexer *lexer)
{
    for (;;) {
        struct token token;
        const char *message;
        size_t length = str_find(rest_of(lexer), STR("{{"));
        if (length == STR_NOT_FOUND) {
            advance(lexer, rest_of(lexer).n);
            return take(lexer, lexer->position > lexer->start ? TOKEN_TEXT : TOKEN_END_OF_FILE);
        }
        if (length && take_text(lexer, length, &token))
            return token;
        bool trims = has_left_trim(str_from(lexer->input, lexer->position + DELIMITER));
        size_t marker = trims ? TRIM_MARKER : 0;
        lexer->position += DELIMITER;
        if (!str_starts_with(str_from(rest_of(lexer), marker), STR("/*"))) {
            token = take(lexer, TOKEN_LEFT_DELIMITER);
            advance(lexer, marker);
            ignore(lexer);
            lexer->is_inside_action = true;
            lexer->parentheses = 0;
            return token;
        }
        advance(lexer, marker);
        ignore(lexer);
        if (!skip_comment(lexer, &message))
            return fail(lexer, str_from_c(message));
    }
}

static struct token take_right_delimiter(struct lexer *lexer, bool trims)
{
    if (trims) {
        advance(lexer, TRIM_MARKER);
        ignore(lexer);
    }
    lexer->position += DELIMITER;
    struct token token = take(lexer, TOKEN_RIGHT_DELIMITER);
    if (trims) {
        advance(lexer, leading_space(rest_of(lexer)));
        ignore(lexer);
    }
    lexer->is_inside_action = false;
    return token;
}

/* A run of space, without the last one when that belongs to " -}}". */
static struct token take_space(struct lexer *lexer)
{
    size_t count = leading_space(rest_of(lexer));
    struct str last = str_from(rest_of(lexer), count - 1);
    if (has_right_trim(last) && str_starts_with(str_from(last, TRIM_MARKER), STR("}}"))) {
        if (count == 1)
            return take_right_delimiter(lexer, true);
        count--;
    }
    advance(lexer, count);
    return take(lexer, TOKEN_SPACE);
}

static bool is_at_terminator(const struct lexer *lexer)
{
    struct str rest = rest_of(lexer);
    return !rest.n || (rest.p[0] && strchr(" \t\r\n.,|:)(", rest.p[0])) ||
           str_starts_with(rest, STR("}}"));
}

static void skip_alphanumeric(struct lexer *lexer)
{
    while (lexer->position < lexer->input.n &&
           (is_ascii_alphanumeric(lexer->input.p[lexer->position]) ||
            lexer->input.p[lexer->position] == '_'))
        lexer->position++;
    while (is_alphanumeric(peek_character(lexer)))
        next_character(lexer);
}

static struct token fail_character(struct lexer *lexer, const char *what, uint32_t character)
{
    struct str shown = quote_code_point(lexer->arena, character);
    return fail(lexer, str_format(lexer->arena, "%s %.*s", what, STR_ARG(shown)));
}

#define WORD(text, kind)                                                                           \
    {                                                                                              \
        {text, sizeof(text) - 1}, kind                                                             \
    }
static const struct {
    struct str word;
    enum token_kind kind;
} words[] = {
    WORD("block", TOKEN_BLOCK),
    WORD("break", TOKEN_BREAK),
    WORD("continue", TOKEN_CONTINUE),
    WORD("define", TOKEN_DEFINE),
    WORD("else", TOKEN_ELSE),
    WORD("end", TOKEN_END),
    WORD("if", TOKEN_IF),
    WORD("nil", TOKEN_NIL),
    WORD("range", TOKEN_RANGE),
    WORD("template", TOKEN_TEMPLATE),
    WORD("with", TOKEN_WITH),
    WORD("true", TOKEN_BOOL),
    WORD("false", TOKEN_BOOL),
};

static struct token take_identifier(struct lexer *lexer)
{
    skip_alphanumeric(lexer);
    if (!is_at_terminator(lexer))
        return fail_character(lexer, "bad character", peek_character(lexer));
    struct token token = take(lexer, TOKEN_IDENTIFIER);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(token.text, words[i].word))
            token.kind = words[i].kind;
    }
    return token;
}

/* Behind the "." or "$". */
static struct token take_field_or_variable(struct lexer *lexer, enum token_kind kind)
{
    if (is_at_terminator(lexer))
        return take(lexer, kind == TOKEN_FIELD ? TOKEN_DOT : kind);
    skip_alphanumeric(lexer);
    if (!is_at_terminator(lexer))
        return fail_character(lexer, "bad character", peek_character(lexer));
    return take(lexer, kind);
}

/* Behind the opening quote, with escapes, on one line. */
static struct token take_quoted(struct lexer *lexer, char quote, enum token_kind kind,
                                const char *unterminated)
{
    for (;;) {
        uint32_t character = next_character(lexer);
        if (character == '\\')
            character = next_character(lexer) == '\n' || lexer->is_at_end ? '\n' : ' ';
        if (character == '\n' || character == END_OF_TEXT)
            return fail(lexer, str_from_c(unterminated));
        if (character == (unsigned char)quote)
            return take(lexer, kind);
    }
}

static struct token take_raw(struct lexer *lexer)
{
    size_t length = str_find_char(rest_of(lexer), '`');
    if (length == STR_NOT_FOUND)
        return fail(lexer, STR("unterminated raw quoted string"));
    advance(lexer, length + 1);
    return take(lexer, TOKEN_RAW_STRING);
}

static bool accept(struct lexer *lexer, const char *valid)
{
    uint32_t character = peek_character(lexer);
    if (character == 0 || character >= 0x80 || !strchr(valid, (int)character))
        return false;
    next_character(lexer);
    return true;
}

static void accept_run(struct lexer *lexer, const char *valid)
{
    while (accept(lexer, valid))
        ;
}

static const char *accept_digits(struct lexer *lexer)
{
    if (!accept(lexer, "0"))
        return "0123456789_";
    if (accept(lexer, "xX"))
        return "0123456789abcdefABCDEF_";
    if (accept(lexer, "oO"))
        return "01234567_";
    return accept(lexer, "bB") ? "01_" : "0123456789_";
}

static bool scan_number(struct lexer *lexer)
{
    accept(lexer, "+-");
    const char *digits = accept_digits(lexer);
    accept_run(lexer, digits);
    if (accept(lexer, "."))
        accept_run(lexer, digits);
    const char *exponent = strlen(digits) == 11 ? "eE" : strlen(digits) == 23 ? "pP" : "";
    if (accept(lexer, exponent)) {
        accept(lexer, "+-");
        accept_run(lexer, "0123456789_");
    }
    accept(lexer, "i");
    if (!is_alphanumeric(peek_character(lexer)))
        return true;
    next_character(lexer);
    return false;
}

static struct token fail_number(struct lexer *lexer)
{
    struct str text = str_slice(lexer->input, lexer->start, lexer->position);
    return fail(lexer, str_format(lexer->arena, "bad number syntax: %.*s",
                                  STR_ARG(quote_go(lexer->arena, text))));
}

static struct token take_number(struct lexer *lexer)
{
    if (!scan_number(lexer))
        return fail_number(lexer);
    uint32_t sign = peek_character(lexer);
    if (sign != '+' && sign != '-')
        return take(lexer, TOKEN_NUMBER);
    if (!scan_number(lexer) || lexer->input.p[lexer->position - 1] != 'i')
        return fail_number(lexer);
    return take(lexer, TOKEN_COMPLEX);
}

static struct token take_parenthesis(struct lexer *lexer, uint32_t character)
{
    lexer->parentheses += character == '(' ? 1 : -1;
    if (lexer->parentheses < 0)
        return fail(lexer, STR("unexpected right paren"));
    return take(lexer, character == '(' ? TOKEN_LEFT_PARENTHESIS : TOKEN_RIGHT_PARENTHESIS);
}

static bool is_digit_next(const struct lexer *lexer)
{
    struct str rest = rest_of(lexer);
    return rest.n && rest.p[0] >= '0' && rest.p[0] <= '9';
}

/* What begins with a character that was read from `from`. */
static struct token take_other(struct lexer *lexer, uint32_t character, uint32_t from)
{
    bool starts_number = character == '+' || character == '-' || character == '.' ||
                         (character >= '0' && character <= '9');
    if (character == '.' && !is_digit_next(lexer) && lexer->position < lexer->input.n)
        return take_field_or_variable(lexer, TOKEN_FIELD);
    if (starts_number) {
        back_to(lexer, from);
        return take_number(lexer);
    }
    if (is_alphanumeric(character)) {
        back_to(lexer, from);
        return take_identifier(lexer);
    }
    if (character > 0x20 && character < 0x7F)
        return take(lexer, TOKEN_CHARACTER);
    return fail_character(lexer, "unrecognized character in action:", character);
}

static struct token next_inside(struct lexer *lexer)
{
    bool trims;
    if (is_at_right_delimiter(lexer, &trims)) {
        if (lexer->parentheses)
            return fail(lexer, STR("unclosed left paren"));
        return take_right_delimiter(lexer, trims);
    }
    uint32_t from = lexer->position;
    if (is_space(peek_character(lexer)))
        return take_space(lexer);
    uint32_t character = next_character(lexer);
    switch (character) {
    case END_OF_TEXT:
        return fail(lexer, STR("unclosed action"));
    case '=':
        return take(lexer, TOKEN_ASSIGN);
    case ':':
        if (next_character(lexer) != '=')
            return fail(lexer, STR("expected :="));
        return take(lexer, TOKEN_DECLARE);
    case '|':
        return take(lexer, TOKEN_PIPE);
    case '"':
        return take_quoted(lexer, '"', TOKEN_STRING, "unterminated quoted string");
    case '\'':
        return take_quoted(lexer, '\'', TOKEN_CHARACTER_CONSTANT,
                           "unterminated character constant");
    case '`':
        return take_raw(lexer);
    case '$':
        return take_field_or_variable(lexer, TOKEN_VARIABLE);
    case '(':
    case ')':
        return take_parenthesis(lexer, character);
    default:
        return take_other(lexer, character, from);
    }
}

struct token lexer_next(struct lexer *lexer)
{
    return lexer->is_inside_action && lexer->input.n ? next_inside(lexer) : next_outside(lexer);
}
