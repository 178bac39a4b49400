#ifndef BULKHEAD_TEMPLATE_PARSER_H
#define BULKHEAD_TEMPLATE_PARSER_H

#include "lexer.h"

/* Private to template/: what the files of the parser share. Go's parser panics; here the first
 * failure is noted in `failure`, and everything returns false or NULL at once. */

struct variable_list {
    struct str *items;
    size_t count, capacity;
};

/* One definition being parsed: variables are those visible, "$" first. */
struct definition_parser {
    struct variable_list variables;
    size_t most_variables;
    unsigned range_depth;
    uint32_t action_line; /* where the current action began; 0 outside */
};

struct definition_list {
    struct template_definition *items;
    size_t count, capacity;
};

/* Names that a pipeline declares or assigns. */
struct variables {
    struct pipeline_variable *items;
    size_t count, capacity;
    const struct variables *outer; /* of the pipeline around this one, which has not ended */
};

struct parser {
    struct arena *arena;
    const struct template_source *source;
    const struct template_parse_options *options;
    struct lexer lexer;
    struct token tokens[3]; /* read ahead; [0] was read last */
    unsigned token_count;   /* how many of them are to be read again */
    unsigned depth;
    struct definition_parser *current;
    const struct variables *declaring; /* by the pipelines that are being parsed */
    struct definition_list definitions;
    struct map definition_numbers; /* name → index + 1 among the definitions */
    bool has_failed;
    struct template_failure failure;
};

/* --- tokens --- */
struct token parser_next(struct parser *parser);
struct token parser_peek(struct parser *parser);
struct token parser_next_non_space(struct parser *parser);
struct token parser_peek_non_space(struct parser *parser);
void parser_back(struct parser *parser);
/* Puts one or two tokens back before the one that is read ahead already. */
void parser_back_two(struct parser *parser, struct token first);
void parser_back_three(struct parser *parser, struct token first, struct token second);

/* Notes a failure at the token that was read last; returns false. */
bool parser_fail(struct parser *parser, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool parser_unexpected(struct parser *parser, struct token token, const char *context);
/* The text of a string token. */
bool parser_unquote(struct parser *parser, struct token token, struct str *ret_text);

/* Counts nesting; false, and failed, beyond the limit. */
bool parser_enter(struct parser *parser);
void parser_leave(struct parser *parser);

/* Parses a pipeline up to and with `end`. NULL: failed. */
const struct pipeline *parse_pipeline(struct parser *parser, const char *context,
                                      enum token_kind end);
/* An operand with its fields; NULL when there is none, or when it failed. */
const struct operand *parse_operand(struct parser *parser);

#endif
