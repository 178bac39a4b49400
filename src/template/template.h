#ifndef BULKHEAD_TEMPLATE_TEMPLATE_H
#define BULKHEAD_TEMPLATE_TEMPLATE_H

#include "yaml/yaml.h"

/* The syntax of Go's text/template (Go 1.25, with the standard delimiters): text → tree. A tree is
 * immutable, lives in the arena it was parsed into and points into the source's bytes; it is shared
 * by all releases and threads. No value is known here. */

/* What was parsed: a file of a chart, the text given to `tpl`, or an expression of a rule. */
struct template_source {
    struct str name;  /* as errors say it: "chart/templates/x.yaml" */
    struct str bytes; /* an offset of a node is one into these */
    uint32_t file;    /* for spans; 0 when it is no file */
};

enum operand_kind {
    OPERAND_DOT,      /* . */
    OPERAND_NIL,      /* nil */
    OPERAND_BOOL,     /* true */
    OPERAND_NUMBER,   /* 1, 0x1F, 1.5, 'a' */
    OPERAND_STRING,   /* "a" or `a` */
    OPERAND_FIELD,    /* .a.b: fields, of dot */
    OPERAND_VARIABLE, /* $x.a.b: name with "$", then fields */
    OPERAND_FUNCTION, /* a name */
    OPERAND_PIPELINE, /* (…) */
    OPERAND_CHAIN,    /* (…).a.b or f.a: inner, then fields */
};

struct operand {
    enum operand_kind kind;
    uint32_t offset; /* where Go's parser says it stands: of a chain or field see parse.go, Pos */
    struct str text; /* name of a variable or function; a number, string or boolean as written */
    struct str *fields; /* without "." */
    size_t field_count;
    union {
        bool boolean;
        struct str string; /* unquoted */
        struct {           /* what a number literal can be, as Go's NumberNode */
            bool is_int, is_uint, is_float;
            int64_t integer;
            uint64_t unsigned_integer;
            double floating;
        } number;
        const struct pipeline *pipeline;
        const struct operand *inner;
    };
    const void *function; /* OPERAND_FUNCTION: what template_functions found for the name */
    uint32_t variable;    /* OPERAND_VARIABLE: see struct pipeline_variable */
};

struct command {
    uint32_t offset;
    const struct operand *const *operands; /* at least one */
    size_t count;
};

/* Variables are numbered by the parser: a variable's number is its place on the stack of those that
 * are visible at that point of a template, "$" is 0. The evaluator keeps an array of that size. */
struct pipeline_variable {
    struct str name;
    uint32_t number; /* VARIABLE_UNDEFINED: assigned and never declared, which fails when it runs */
};
#define VARIABLE_UNDEFINED UINT32_MAX

struct pipeline {
    uint32_t offset;
    bool is_assignment; /* "=" and not ":=" */
    const struct pipeline_variable *variables;
    size_t variable_count;
    const struct command *const *commands; /* at least one */
    size_t count;
};

enum template_node_kind {
    NODE_TEXT,
    NODE_ACTION, /* {{ pipeline }} */
    NODE_IF,
    NODE_RANGE,
    NODE_WITH,
    NODE_TEMPLATE, /* {{ template "name" pipeline }}; pipeline may be NULL. Also of a block. */
    NODE_BREAK,
    NODE_CONTINUE,
};

struct template_node;
struct template_list {
    const struct template_node *const *items;
    size_t count;
};

struct template_node {
    enum template_node_kind kind;
    uint32_t offset;
    uint32_t end;    /* behind the closing delimiter of its action; of text its end */
    struct str text; /* NODE_TEXT: after trimming; NODE_TEMPLATE: the unquoted name */
    const struct pipeline *pipeline;
    struct template_list body;
    struct template_list otherwise; /* {{ else }}; count 0 when empty */
};

/* The one node of {{else}} when it is again an if or with, as {{else if}} makes it; NULL when it is
 * something else. Of those there may be more than a call of a function for each allows. */
static inline const struct template_node *template_else(const struct template_node *node)
{
    const struct template_node *only = node->otherwise.count == 1 ? node->otherwise.items[0] : NULL;
    bool goes_on = only && (only->kind == NODE_IF || only->kind == NODE_WITH);
    return goes_on ? only : NULL;
}

/* One `define`, `block` or the text of the source itself. */
struct template_definition {
    struct str name; /* the source's name for the text itself */
    const struct template_source *source;
    uint32_t offset; /* of the word define; 0 for the text itself */
    struct template_list body;
    uint32_t variable_count; /* how large the array of variables must be, at least 1 */
    bool is_empty; /* nothing but space and definitions: does not replace one of the same name */
};

struct template_tree {
    const struct template_source *source;
    const struct template_definition *definitions; /* the text itself last */
    size_t count;
};

/* Finds what a name means: something of the caller's that is stored in the operand, or NULL:
 * 'function "x" not defined'. */
typedef const void *template_functions(const void *context, struct str name);

struct template_parse_options {
    template_functions *functions;
    const void *context;
    unsigned depth; /* most nesting of parentheses and blocks, a limit; not of {{else if}} */
};

/* Why a text is no template, in Go's words without its place: 'unexpected "}" in operand',
 * 'function "x" not defined'. Line as Go reports it, which is not always that of the offset. */
struct template_failure {
    struct str message;
    uint32_t line;
    uint32_t offset;
};
/* NULL when the text is no template; only then *ret_failure is set. Two definitions of one name in
 * one source are a failure unless one of them is empty, as in Go (parse.Tree.add). */
const struct template_tree *template_parse(struct arena *arena,
                                           const struct template_source *source,
                                           const struct template_parse_options *options,
                                           struct template_failure *ret_failure);

/* The node as Go's String method writes it, for the <…> of errors: `include "x" .`. */
struct str operand_to_text(struct arena *arena, const struct operand *operand);
struct str command_to_text(struct arena *arena, const struct command *command);
struct str pipeline_to_text(struct arena *arena, const struct pipeline *pipeline);
struct str template_node_to_text(struct arena *arena, const struct template_node *node);

/* Calls visit for every string of the tree: the unquoted literals of expressions and the names of
 * {{template}}. */
typedef void template_string_visit(void *context, struct str text);
void template_strings_visit(const struct template_tree *tree, template_string_visit *visit,
                            void *context);

/* Line (from 1) and column (from 0, in bytes) of an offset, as Go counts in errors. */
struct template_place {
    uint32_t line, column;
};
struct template_place template_place_of(const struct template_source *source, uint32_t offset);

#endif
