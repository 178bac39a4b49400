#include "parser.h"

#include <stdarg.h>

struct token parser_next(struct parser *parser)
{
    if (parser->token_count)
        parser->token_count--;
    else
        parser->tokens[0] = lexer_next(&parser->lexer);
    return parser->tokens[parser->token_count];
}

void parser_back(struct parser *parser)
{
    parser->token_count++;
}

void parser_back_two(struct parser *parser, struct token first)
{
    parser->tokens[1] = first;
    parser->token_count = 2;
}

void parser_back_three(struct parser *parser, struct token first, struct token second)
{
    parser->tokens[1] = second;
    parser->tokens[2] = first;
    parser->token_count = 3;
}

struct token parser_peek(struct parser *parser)
{
    if (!parser->token_count) {
        parser->token_count = 1;
        parser->tokens[0] = lexer_next(&parser->lexer);
    }
    return parser->tokens[parser->token_count - 1];
}

struct token parser_next_non_space(struct parser *parser)
{
    struct token token;
    do
        token = parser_next(parser);
    while (token.kind == TOKEN_SPACE);
    return token;
}

struct token parser_peek_non_space(struct parser *parser)
{
    struct token token = parser_next_non_space(parser);
    parser_back(parser);
    return token;
}

bool parser_fail(struct parser *parser, const char *format, ...)
{
    if (parser->has_failed)
        return false;
    struct text text = {.arena = parser->arena};
    va_list args;
    va_start(args, format);
    text_format_list(&text, format, args);
    va_end(args);
    parser->has_failed = true;
    parser->failure = (struct template_failure){text_str(&text), parser->tokens[0].line,
                                                parser->tokens[0].offset};
    return false;
}

/* A token as Go's messages show it. */
static struct str token_text(struct parser *parser, struct token token)
{
    if (token.kind == TOKEN_END_OF_FILE)
        return STR("EOF");
    if (token.kind == TOKEN_ERROR)
        return token.text;
    if (token.kind >= TOKEN_BLOCK || token.kind == TOKEN_DOT)
        return str_format(parser->arena, "<%.*s>", STR_ARG(token.text));
    if (token.text.n <= 10)
        return quote_go(parser->arena, token.text);
    struct str rest = token.text;
    for (unsigned i = 0; i < 10 && rest.n; i++) {
        uint32_t character;
        rest = str_from(rest, utf8_decode(rest, &character));
    }
    struct str head = str_slice(token.text, 0, token.text.n - rest.n);
    return str_join(parser->arena, quote_go(parser->arena, head), STR("..."));
}

bool parser_unexpected(struct parser *parser, struct token token, const char *context)
{
    struct str text = token_text(parser, token);
    if (token.kind != TOKEN_ERROR)
        return parser_fail(parser, "unexpected %.*s in %s", STR_ARG(text), context);
    uint32_t line = parser->current->action_line;
    if (!line || line == token.line)
        return parser_fail(parser, "%.*s", STR_ARG(text));
    /* "unclosed action started at", not "unclosed action in action started at". */
    const char *in_action = str_ends_with(text, STR(" action")) ? "" : " in action";
    return parser_fail(parser, "%.*s%s started at %.*s:%u", STR_ARG(text), in_action,
                       STR_ARG(parser->source->name), line);
}

bool parser_unquote(struct parser *parser, struct token token, struct str *ret_text)
{
    return unquote_go(parser->arena, token.text, ret_text) || parser_fail(parser, "invalid syntax");
}

bool parser_enter(struct parser *parser)
{
    if (++parser->depth <= parser->options->depth)
        return true;
    return parser_fail(parser, "the limit template_depth, %u, is reached", parser->options->depth);
}

void parser_leave(struct parser *parser)
{
    parser->depth--;
}

struct node_list {
    const struct template_node **items;
    size_t count, capacity;
};

/* How a list of nodes ended. */
enum ending { ENDING_FAILED, ENDING_END, ENDING_ELSE, ENDING_FILE };

static enum ending parse_list(struct parser *parser, struct template_list *ret_list);

static struct template_node *new_node(struct parser *parser, enum template_node_kind kind,
                                      uint32_t offset)
{
    struct template_node *node = arena_make(parser->arena, struct template_node);
    node->kind = kind;
    node->offset = offset;
    return node;
}

static uint32_t end_of(struct token token)
{
    return token.offset + (uint32_t)token.text.n;
}

static const struct template_node *parse_jump(struct parser *parser, struct token word)
{
    bool is_break = word.kind == TOKEN_BREAK;
    const char *name = is_break ? "{{break}}" : "{{continue}}";
    struct token token = parser_next_non_space(parser);
    if (token.kind != TOKEN_RIGHT_DELIMITER) {
        parser_unexpected(parser, token, name);
        return NULL;
    }
    if (!parser->current->range_depth) {
        parser_fail(parser, "%s outside {{range}}", name);
        return NULL;
    }
    struct template_node *node =
        new_node(parser, is_break ? NODE_BREAK : NODE_CONTINUE, word.offset);
    node->end = end_of(token);
    return node;
}

/* The part behind {{else}}. */
static bool parse_else(struct parser *parser, struct template_list *ret_list)
{
    enum ending ending = parse_list(parser, ret_list);
    if (ending == ENDING_ELSE)
        return parser_fail(parser, "expected end; found {{else}}");
    return ending == ENDING_END;
}

static struct template_node *parse_body(struct parser *parser, enum template_node_kind kind,
                                        enum ending *ret_ending)
{
    static const char *const names[] = {
        [NODE_IF] = "if", [NODE_RANGE] = "range", [NODE_WITH] = "with"};
    bool is_range = kind == NODE_RANGE;
    struct template_node *node = new_node(parser, kind, 0);
    node->pipeline = parse_pipeline(parser, names[kind], TOKEN_RIGHT_DELIMITER);
    if (!node->pipeline)
        return NULL;
    node->offset = node->pipeline->offset;
    parser->current->range_depth += is_range;
    *ret_ending = parse_list(parser, &node->body);
    parser->current->range_depth -= is_range;
    return *ret_ending == ENDING_FAILED ? NULL : node;
}

/* {{else if}} and {{else with}} go on with the same word. */
static bool takes_word(struct parser *parser, enum template_node_kind kind)
{
    enum token_kind word = kind == NODE_IF ? TOKEN_IF : TOKEN_WITH;
    bool goes_on = kind != NODE_RANGE && parser_peek(parser).kind == word;
    if (goes_on)
        parser_next(parser);
    return goes_on;
}

struct chain {
    struct template_node **items;
    size_t count, capacity;
};

/* An if, range or with, and all that follow it by {{else if}}. */
static bool parse_chain(struct parser *parser, enum template_node_kind kind, struct chain *chain)
{
    enum ending ending;
    do {
        struct template_node *node = parse_body(parser, kind, &ending);
        if (!node)
            return false;
        if (chain->count) {
            const struct template_node **only =
                arena_make_array(parser->arena, const struct template_node *, 1);
            *only = node;
            chain->items[chain->count - 1]->otherwise = (struct template_list){only, 1};
        }
        vector_push(parser->arena, chain, node);
    } while (ending == ENDING_ELSE && takes_word(parser, kind));
    return ending == ENDING_END || parse_else(parser, &chain->items[chain->count - 1]->otherwise);
}

static const struct template_node *parse_control(struct parser *parser,
                                                 enum template_node_kind kind)
{
    struct chain chain = {0};
    size_t visible = parser->current->variables.count;
    if (!parser_enter(parser) || !parse_chain(parser, kind, &chain))
        return NULL;
    for (size_t i = 0; i < chain.count; i++)
        chain.items[i]->end = end_of(parser->tokens[0]);
    parser->current->variables.count = visible;
    parser_leave(parser);
    return chain.items[0];
}

static bool parse_name(struct parser *parser, struct token token, const char *context,
                       struct str *ret_name)
{
    if (token.kind != TOKEN_STRING && token.kind != TOKEN_RAW_STRING)
        return parser_unexpected(parser, token, context);
    return parser_unquote(parser, token, ret_name);
}

static bool is_blank(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (!strchr(" \t\n\v\f\r", text.p[i]) || !text.p[i])
            return false;
    }
    return true;
}

static bool list_is_empty(const struct template_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind != NODE_TEXT || !is_blank(list->items[i]->text))
            return false;
    }
    return true;
}

static bool add_definition(struct parser *parser, struct template_definition definition)
{
    struct definition_list *list = &parser->definitions;
    uintptr_t number = (uintptr_t)map_get(&parser->definition_numbers, definition.name);
    definition.is_empty = list_is_empty(&definition.body);
    definition.source = parser->source;
    if (!number) {
        vector_push(parser->arena, list, definition);
        map_put(parser->arena, &parser->definition_numbers, definition.name,
                (void *)(uintptr_t)list->count);
        return true;
    }
    struct template_definition *earlier = &list->items[number - 1];
    if (earlier->is_empty)
        *earlier = definition;
    else if (!definition.is_empty)
        return parser_fail(parser, "template: multiple definition of template %.*s",
                           STR_ARG(quote_go(parser->arena, definition.name)));
    return true;
}

/* The body of a `define` or `block`: it has its own variables. An {{else}} in a block is shown
 * where the body begins, in a definition where it stands. */
static bool parse_definition(struct parser *parser, struct str name, uint32_t offset, bool is_block)
{
    struct definition_parser *outer = parser->current;
    struct definition_parser own = {0};
    struct template_definition definition = {.name = name, .offset = offset};
    vector_push(parser->arena, &own.variables, STR("$"));
    own.most_variables = 1;
    parser->current = &own;
    struct token before = parser->tokens[0];
    enum ending ending = parse_list(parser, &definition.body);
    if (ending == ENDING_ELSE) {
        if (is_block)
            parser->tokens[0] = before;
        parser_fail(parser, "unexpected {{else}} in %s clause", is_block ? "block" : "define");
    }
    parser->current = outer;
    definition.variable_count = (uint32_t)own.most_variables;
    return ending == ENDING_END && add_definition(parser, definition);
}

static const struct template_node *parse_template(struct parser *parser)
{
    struct token token = parser_next_non_space(parser);
    struct template_node *node = new_node(parser, NODE_TEMPLATE, token.offset);
    if (!parse_name(parser, token, "template clause", &node->text))
        return NULL;
    if (parser_next_non_space(parser).kind != TOKEN_RIGHT_DELIMITER) {
        parser_back(parser);
        node->pipeline = parse_pipeline(parser, "template clause", TOKEN_RIGHT_DELIMITER);
        if (!node->pipeline)
            return NULL;
    }
    node->end = end_of(parser->tokens[0]);
    return node;
}

static const struct template_node *parse_block(struct parser *parser)
{
    struct token token = parser_next_non_space(parser);
    struct template_node *node = new_node(parser, NODE_TEMPLATE, token.offset);
    if (!parser_enter(parser) || !parse_name(parser, token, "block clause", &node->text))
        return NULL;
    node->pipeline = parse_pipeline(parser, "block clause", TOKEN_RIGHT_DELIMITER);
    if (!node->pipeline || !parse_definition(parser, node->text, token.offset, true))
        return NULL;
    node->end = end_of(parser->tokens[0]);
    parser_leave(parser);
    return node;
}

static const struct template_node *parse_plain_action(struct parser *parser)
{
    parser_back(parser);
    struct template_node *node = new_node(parser, NODE_ACTION, parser_peek(parser).offset);
    node->pipeline = parse_pipeline(parser, "command", TOKEN_RIGHT_DELIMITER);
    node->end = end_of(parser->tokens[0]);
    return node->pipeline ? node : NULL;
}

/* {{else}} ends a list; what stands behind it in its action is left to the caller. */
static enum ending parse_else_word(struct parser *parser)
{
    struct token token = parser_peek_non_space(parser);
    if (token.kind == TOKEN_IF || token.kind == TOKEN_WITH)
        return ENDING_ELSE;
    token = parser_next_non_space(parser);
    if (token.kind == TOKEN_RIGHT_DELIMITER)
        return ENDING_ELSE;
    parser_unexpected(parser, token, "else");
    return ENDING_FAILED;
}

static enum ending parse_end_word(struct parser *parser)
{
    struct token token = parser_next_non_space(parser);
    if (token.kind == TOKEN_RIGHT_DELIMITER)
        return ENDING_END;
    parser_unexpected(parser, token, "end");
    return ENDING_FAILED;
}

static const struct template_node *parse_action(struct parser *parser, struct token word)
{
    switch (word.kind) {
    case TOKEN_BLOCK:
        return parse_block(parser);
    case TOKEN_BREAK:
    case TOKEN_CONTINUE:
        return parse_jump(parser, word);
    case TOKEN_IF:
        return parse_control(parser, NODE_IF);
    case TOKEN_RANGE:
        return parse_control(parser, NODE_RANGE);
    case TOKEN_TEMPLATE:
        return parse_template(parser);
    case TOKEN_WITH:
        return parse_control(parser, NODE_WITH);
    default:
        return parse_plain_action(parser);
    }
}

static const struct template_node *parse_text(struct parser *parser, struct token token)
{
    struct template_node *node = new_node(parser, NODE_TEXT, token.offset);
    node->text = token.text;
    node->end = end_of(token);
    return node;
}

/* One node into the list, or how the list ends. */
static enum ending parse_one(struct parser *parser, struct node_list *nodes)
{
    const struct template_node *node;
    struct token token = parser_next_non_space(parser);
    if (token.kind == TOKEN_TEXT) {
        node = parse_text(parser, token);
    } else if (token.kind == TOKEN_LEFT_DELIMITER) {
        struct token word = parser_next_non_space(parser);
        parser->current->action_line = token.line;
        if (word.kind == TOKEN_ELSE || word.kind == TOKEN_END) {
            enum ending ending =
                word.kind == TOKEN_ELSE ? parse_else_word(parser) : parse_end_word(parser);
            parser->current->action_line = 0;
            return ending;
        }
        node = parse_action(parser, word);
        parser->current->action_line = 0;
    } else {
        parser_unexpected(parser, token, "input");
        node = NULL;
    }
    if (node)
        vector_push(parser->arena, nodes, node);
    return node ? ENDING_FILE : ENDING_FAILED;
}

static enum ending parse_list(struct parser *parser, struct template_list *ret_list)
{
    struct node_list nodes = {0};
    enum ending ending = ENDING_FILE;
    while (ending == ENDING_FILE && parser_peek_non_space(parser).kind != TOKEN_END_OF_FILE)
        ending = parse_one(parser, &nodes);
    *ret_list = (struct template_list){nodes.items, nodes.count};
    if (ending == ENDING_FILE) {
        parser_fail(parser, "unexpected EOF");
        return ENDING_FAILED;
    }
    return ending;
}

/* True when a `define` begins here, of which the word has been read. */
static bool starts_definition(struct parser *parser)
{
    if (parser_peek(parser).kind != TOKEN_LEFT_DELIMITER)
        return false;
    struct token delimiter = parser_next(parser);
    if (parser_next_non_space(parser).kind == TOKEN_DEFINE)
        return true;
    parser_back_two(parser, delimiter);
    return false;
}

static bool parse_define(struct parser *parser)
{
    static const char context[] = "define clause";
    struct str name;
    struct definition_parser *outer = parser->current;
    struct definition_parser own = {0};
    parser->current = &own;
    struct token token = parser_next_non_space(parser);
    bool done = parse_name(parser, token, context, &name);
    if (done) {
        struct token end = parser_next_non_space(parser);
        done = end.kind == TOKEN_RIGHT_DELIMITER || parser_unexpected(parser, end, context);
    }
    parser->current = outer;
    return done && parse_definition(parser, name, token.offset, false);
}

/* The text itself: nodes and definitions. */
static bool parse_top(struct parser *parser, struct template_list *ret_list)
{
    struct node_list nodes = {0};
    while (parser_peek(parser).kind != TOKEN_END_OF_FILE) {
        if (starts_definition(parser)) {
            if (!parse_define(parser))
                return false;
            continue;
        }
        enum ending ending = parse_one(parser, &nodes);
        if (ending == ENDING_END || ending == ENDING_ELSE)
            parser_fail(parser, "unexpected %s", ending == ENDING_END ? "{{end}}" : "{{else}}");
        if (ending != ENDING_FILE)
            return false;
    }
    *ret_list = (struct template_list){nodes.items, nodes.count};
    return true;
}

const struct template_tree *template_parse(struct arena *arena,
                                           const struct template_source *source,
                                           const struct template_parse_options *options,
                                           struct template_failure *ret_failure)
{
    struct definition_parser main = {0};
    struct template_definition text = {.name = source->name};
    struct parser parser = {
        .arena = arena,
        .source = source,
        .options = options,
        .lexer = {.arena = arena, .input = source->bytes, .line = 1, .start_line = 1},
        .current = &main,
    };
    vector_push(arena, &main.variables, STR("$"));
    main.most_variables = 1;
    bool done = parse_top(&parser, &text.body);
    text.variable_count = (uint32_t)main.most_variables;
    if (!done || !add_definition(&parser, text)) {
        *ret_failure = parser.failure;
        return NULL;
    }
    struct template_tree *tree = arena_make(arena, struct template_tree);
    *tree = (struct template_tree){source, parser.definitions.items, parser.definitions.count};
    return tree;
}
