#include "terraform_syntax.h"

static void add_attribute(struct infra_reader *reader, struct terraform_body *body,
                          struct terraform_attribute attribute)
{
    body->attributes = vector_reserve(reader->arena, body->attributes, body->attribute_count,
                                      &body->attribute_capacity, sizeof *body->attributes);
    body->attributes[body->attribute_count++] = attribute;
}

static void add_block(struct infra_reader *reader, struct terraform_body *body,
                      struct terraform_block *block)
{
    body->blocks = vector_reserve(reader->arena, body->blocks, body->block_count,
                                  &body->block_capacity, sizeof *body->blocks);
    body->blocks[body->block_count++] = block;
}

static void read_body(struct infra_reader *reader, struct terraform_body *body);

/* Labels and "{ … }" behind the type of a block. */
static void read_block(struct infra_reader *reader, struct terraform_body *body, struct token type)
{
    struct terraform_block *block = arena_make(reader->arena, struct terraform_block);
    block->type = type.text;
    while (reader->token.kind == TOKEN_TEXT || reader->token.kind == TOKEN_NAME) {
        bool is_text = reader->token.kind == TOKEN_TEXT;
        struct str label = is_text ? infra_text(reader)->name : reader->token.text;
        if (!is_text)
            infra_next(reader);
        vector_push(reader->arena, &block->labels, label);
    }
    block->span = infra_span(reader, type.start, reader->last_end);
    add_block(reader, body, block);
    if (reader->depth >= limits_default.template_depth) {
        infra_note(reader);
        infra_skip(reader);
        return;
    }
    reader->depth++;
    infra_next(reader);
    read_body(reader, &block->body);
    reader->depth--;
    if (!infra_take_sign(reader, "}"))
        infra_note(reader);
}

static bool begins_block(const struct infra_reader *reader)
{
    return !reader->token.on_new_line &&
           (reader->token.kind == TOKEN_TEXT || reader->token.kind == TOKEN_NAME ||
            infra_at_sign(reader, "{"));
}

static void read_item(struct infra_reader *reader, struct terraform_body *body)
{
    struct token name = reader->token;
    infra_next(reader);
    if (infra_take_sign(reader, "=")) {
        const struct expression *value = infra_expression(reader);
        add_attribute(reader, body,
                      (struct terraform_attribute){
                          name.text, infra_span(reader, name.start, reader->last_end), value});
        return;
    }
    struct infra_reader ahead = *reader;
    while (begins_block(&ahead) && !infra_at_sign(&ahead, "{"))
        infra_next(&ahead);
    if (name.kind == TOKEN_NAME && begins_block(&ahead) && begins_block(reader))
        read_block(reader, body, name);
    else
        infra_note(reader);
}

static void read_body(struct infra_reader *reader, struct terraform_body *body)
{
    while (reader->token.kind != TOKEN_END && !infra_at_sign(reader, "}")) {
        if (reader->token.kind == TOKEN_NAME || reader->token.kind == TOKEN_TEXT) {
            read_item(reader, body);
        } else {
            if (!infra_at_sign(reader, ","))
                infra_note(reader);
            infra_skip(reader);
        }
    }
}

const struct terraform_file *terraform_parse(struct arena *arena, const struct file *file)
{
    struct terraform_file *result = arena_make(arena, struct terraform_file);
    struct infra_reader reader = infra_reader_make(arena, file, LANGUAGE_TERRAFORM);
    result->file = file;
    while (reader.token.kind != TOKEN_END) {
        read_body(&reader, &result->body);
        if (reader.token.kind != TOKEN_END) {
            infra_note(&reader);
            infra_next(&reader);
        }
    }
    result->problem = reader.problem;
    return result;
}

const struct expression *terraform_attribute(const struct terraform_body *body, const char *name)
{
    for (size_t i = 0; i < body->attribute_count; i++) {
        if (str_is(body->attributes[i].name, name))
            return body->attributes[i].value;
    }
    return NULL;
}
