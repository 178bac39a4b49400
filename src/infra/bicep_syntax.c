#include "bicep_syntax.h"

struct parser {
    struct infra_reader reader;
    struct bicep_file *file;
    const struct bicep_resource *outer;
};

static bool begins_statement(const struct infra_reader *reader)
{
    return reader->token.kind == TOKEN_END ||
           (reader->token.on_new_line &&
            (reader->token.kind == TOKEN_NAME || infra_at_sign(reader, "@")));
}

static void skip_statement(struct infra_reader *reader)
{
    while (!begins_statement(reader))
        infra_skip(reader);
}

static struct str take_word(struct infra_reader *reader)
{
    struct str word = reader->token.text;
    if (reader->token.kind != TOKEN_NAME) {
        infra_note(reader);
        return STR("");
    }
    infra_next(reader);
    return word;
}

/* "name type = value" */
static struct bicep_name read_named(struct infra_reader *reader)
{
    infra_next(reader);
    struct bicep_name named = {
        .span = infra_span(reader, reader->token.start, reader->token.end),
        .name = take_word(reader),
    };
    while (!infra_at_sign(reader, "=") && !begins_statement(reader))
        infra_skip(reader);
    if (infra_take_sign(reader, "="))
        named.value = infra_expression(reader);
    return named;
}

static struct str take_text(struct infra_reader *reader)
{
    if (reader->token.kind != TOKEN_TEXT) {
        infra_note(reader);
        return STR("");
    }
    return infra_text(reader)->name;
}

/* The body of the current resource; resources in it have it as their outer one. */
static void read_body(struct parser *parser, struct bicep_resource *resource)
{
    struct infra_reader *reader = &parser->reader;
    const struct bicep_resource *outer = parser->outer;
    parser->outer = resource;
    if (infra_at_name(reader, "if")) {
        infra_next(reader);
        if (infra_take_sign(reader, "("))
            resource->condition = infra_expression(reader);
        if (!infra_take_sign(reader, ")"))
            infra_note(reader);
    }
    resource->body = infra_expression(reader);
    parser->outer = outer;
}

/* "symbol 'type@version' existing = body" behind the keyword. */
static struct bicep_resource *read_resource(struct parser *parser)
{
    struct infra_reader *reader = &parser->reader;
    struct bicep_resource *resource = arena_make(reader->arena, struct bicep_resource);
    uint32_t start = reader->token.start;
    infra_next(reader);
    resource->symbol = take_word(reader);
    struct str type = take_text(reader);
    resource->type = str_slice(type, 0, str_find_char(type, '@'));
    resource->span = infra_span(reader, start, reader->last_end);
    resource->outer = parser->outer;
    if (infra_at_name(reader, "existing")) {
        resource->is_existing = true;
        infra_next(reader);
    }
    if (infra_take_sign(reader, "="))
        read_body(parser, resource);
    else
        infra_note(reader);
    return resource;
}

/* Resources within the one that is read come first into the list. */
static void add_resource(struct parser *parser, bool is_module)
{
    const struct bicep_resource *resource = read_resource(parser);
    if (is_module)
        vector_push(parser->reader.arena, &parser->file->modules, resource);
    else
        vector_push(parser->reader.arena, &parser->file->resources, resource);
}

static void add_named(struct parser *parser, bool is_parameter)
{
    struct bicep_name named = read_named(&parser->reader);
    if (is_parameter)
        vector_push(parser->reader.arena, &parser->file->parameters, named);
    else
        vector_push(parser->reader.arena, &parser->file->variables, named);
}

static void read_nested(struct infra_reader *reader, void *context)
{
    struct parser *parser = context;
    if (reader == &parser->reader)
        add_resource(parser, false);
    else
        infra_skip(reader); /* within a text there are no resources */
}

static void read_statement(struct parser *parser)
{
    struct infra_reader *reader = &parser->reader;
    if (infra_take_sign(reader, "@")) {
        infra_expression(reader);
    } else if (infra_at_name(reader, "param") || infra_at_name(reader, "var")) {
        add_named(parser, infra_at_name(reader, "param"));
    } else if (infra_at_name(reader, "resource") || infra_at_name(reader, "module")) {
        add_resource(parser, infra_at_name(reader, "module"));
    } else if (infra_at_name(reader, "using")) {
        infra_next(reader);
        parser->file->uses = reader->token.kind == TOKEN_TEXT ? infra_text(reader)->name : STR("");
    } else {
        infra_next(reader);
        skip_statement(reader);
    }
}

const struct bicep_file *bicep_parse(struct arena *arena, const struct file *file)
{
    struct bicep_file *result = arena_make(arena, struct bicep_file);
    struct parser parser = {infra_reader_make(arena, file, LANGUAGE_BICEP), result, NULL};
    result->file = file;
    parser.reader.nested = read_nested;
    parser.reader.context = &parser;
    while (parser.reader.token.kind != TOKEN_END) {
        read_statement(&parser);
        if (!begins_statement(&parser.reader)) {
            infra_note(&parser.reader);
            skip_statement(&parser.reader);
        }
    }
    result->problem = parser.reader.problem;
    return result;
}
