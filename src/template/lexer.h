#ifndef BULKHEAD_TEMPLATE_LEXER_H
#define BULKHEAD_TEMPLATE_LEXER_H

#include "template.h"

/* Private to template/: text → tokens, as Go's text/template/parse/lex.go finds them. */
enum token_kind {
    TOKEN_ERROR, /* text is the message */
    TOKEN_END_OF_FILE,
    TOKEN_TEXT,
    TOKEN_LEFT_DELIMITER,
    TOKEN_RIGHT_DELIMITER,
    TOKEN_SPACE,
    TOKEN_ASSIGN,  /* = */
    TOKEN_DECLARE, /* := */
    TOKEN_PIPE,
    TOKEN_LEFT_PARENTHESIS,
    TOKEN_RIGHT_PARENTHESIS,
    TOKEN_CHARACTER, /* any other printable one, such as "," */
    TOKEN_BOOL,
    TOKEN_CHARACTER_CONSTANT,
    TOKEN_COMPLEX,
    TOKEN_NUMBER,
    TOKEN_STRING,
    TOKEN_RAW_STRING,
    TOKEN_DOT,
    TOKEN_FIELD,
    TOKEN_VARIABLE,
    TOKEN_IDENTIFIER,
    /* The words, behind everything else. */
    TOKEN_BLOCK,
    TOKEN_BREAK,
    TOKEN_CONTINUE,
    TOKEN_DEFINE,
    TOKEN_ELSE,
    TOKEN_END,
    TOKEN_IF,
    TOKEN_NIL,
    TOKEN_RANGE,
    TOKEN_TEMPLATE,
    TOKEN_WITH,
};

struct token {
    enum token_kind kind;
    uint32_t offset;
    uint32_t line; /* where it starts, from 1 */
    struct str text;
};

struct lexer {
    struct arena *arena; /* for messages */
    struct str input;    /* cut to nothing after an error */
    uint32_t position, start;
    uint32_t line, start_line;
    int parentheses;
    bool is_inside_action;
    bool is_at_end; /* the last read found the end: there is nothing to take back */
};

/* The next token; at the end of the text, and after an error, always TOKEN_END_OF_FILE. */
struct token lexer_next(struct lexer *lexer);

#endif
