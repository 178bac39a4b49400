#ifndef BULKHEAD_INFRA_EXPRESSION_H
#define BULKHEAD_INFRA_EXPRESSION_H

#include "tree/tree.h"

/* Expressions of Bicep and of Terraform's language, which differ in signs more than in shape: one
 * tree for both. Private to infra/, as all headers here but infra.h. */
enum expression_kind {
    EXPRESSION_UNKNOWN, /* something that is not read: its value is unknown */
    EXPRESSION_NULL,
    EXPRESSION_BOOL,
    EXPRESSION_NUMBER,
    EXPRESSION_TEXT,
    EXPRESSION_TEMPLATE,  /* items: parts of a text */
    EXPRESSION_LIST,      /* items; EXPRESSION_SPREAD among them */
    EXPRESSION_OBJECT,    /* items: key, value, key, value …; the key of a spread is NULL */
    EXPRESSION_NAME,      /* name */
    EXPRESSION_FIELD,     /* items[0].name */
    EXPRESSION_INDEX,     /* items[0][items[1]] */
    EXPRESSION_CALL,      /* name(items) */
    EXPRESSION_NOT,       /* items[0] */
    EXPRESSION_NEGATIVE,  /* items[0] */
    EXPRESSION_BINARY,    /* items[0] name items[1] */
    EXPRESSION_CONDITION, /* items[0] ? items[1] : items[2] */
    /* For each of items[0], under `name` and `second`: items[2], in an object under the key
     * items[1], where items[3]; items[1] and items[3] may be NULL. */
    EXPRESSION_FOR,
    EXPRESSION_SPREAD, /* the items of items[0] */
};

struct expression {
    enum expression_kind kind;
    struct span span;
    struct str name; /* a text's content, a name, a field, a function or an operator */
    struct str second;
    /* FIELD and INDEX: what is not there is null. FOR: `name` is the key or index. */
    bool is_safe, key_first;
    bool boolean;
    double number;
    struct expression **items;
    size_t count, capacity;
};

enum infra_language { LANGUAGE_BICEP, LANGUAGE_TERRAFORM };

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_TEXT, TOKEN_SIGN };

struct token {
    enum token_kind kind;
    uint32_t start, end;
    struct str text; /* as written */
    bool on_new_line;
};

/* Reads a file, or a part of it, token by token. */
struct infra_reader {
    struct arena *arena;
    enum infra_language language;
    uint32_t file;
    struct str bytes; /* of the file; `end` is where the part ends */
    uint32_t at, end;
    struct token token; /* the current one */
    uint32_t last_end;  /* of the token before it */
    unsigned depth;
    /* The first thing that was not understood; file 0: none. */
    struct span problem;
    /* Bicep: called for a resource within an object, at its keyword. NULL: there is none. */
    void (*nested)(struct infra_reader *reader, void *context);
    void *context;
};

/* A reader at the first token of the file. */
struct infra_reader infra_reader_make(struct arena *arena, const struct file *file,
                                      enum infra_language language);
/* Moves on to the next token. */
void infra_next(struct infra_reader *reader);
bool infra_at_sign(const struct infra_reader *reader, const char *sign);
bool infra_at_name(const struct infra_reader *reader, const char *name);
/* Moves over the sign; false, and it stays, when another token stands there. */
bool infra_take_sign(struct infra_reader *reader, const char *sign);
struct span infra_span(const struct infra_reader *reader, uint32_t start, uint32_t end);
/* Notes the current token as not understood. */
void infra_note(struct infra_reader *reader);
/* Moves over a token, or over brackets with all that is in them. */
void infra_skip(struct infra_reader *reader);
/* A reader of the bytes [start, end) of the same file. */
struct infra_reader infra_reader_within(const struct infra_reader *reader, uint32_t start,
                                        uint32_t end);

/* Never NULL: what is not understood is EXPRESSION_UNKNOWN. */
struct expression *infra_expression(struct infra_reader *reader);
/* The text at the current token, with what is in it of expressions; moves over it. */
struct expression *infra_text(struct infra_reader *reader);
struct expression *infra_expression_make(struct infra_reader *reader, enum expression_kind kind,
                                         uint32_t start);
void infra_expression_add(struct infra_reader *reader, struct expression *parent,
                          struct expression *child);

#endif
