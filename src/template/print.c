#include "template.h"

static void add_pipeline(struct text *text, const struct pipeline *pipeline);

static void add_operand(struct text *text, const struct operand *operand)
{
    switch (operand->kind) {
    case OPERAND_DOT:
        text_add_char(text, '.');
        break;
    case OPERAND_PIPELINE:
        text_add_char(text, '(');
        add_pipeline(text, operand->pipeline);
        text_add_char(text, ')');
        break;
    case OPERAND_CHAIN:
        add_operand(text, operand->inner);
        break;
    case OPERAND_FIELD:
        break;
    default:
        text_add(text, operand->text);
    }
    for (size_t i = 0; i < operand->field_count; i++)
        text_format(text, ".%.*s", STR_ARG(operand->fields[i]));
}

static void add_command(struct text *text, const struct command *command)
{
    for (size_t i = 0; i < command->count; i++) {
        if (i)
            text_add_char(text, ' ');
        add_operand(text, command->operands[i]);
    }
}

static void add_pipeline(struct text *text, const struct pipeline *pipeline)
{
    for (size_t i = 0; i < pipeline->variable_count; i++)
        text_format(text, "%s%.*s", i ? ", " : "", STR_ARG(pipeline->variables[i].name));
    if (pipeline->variable_count)
        text_add_c(text, pipeline->is_assignment ? " = " : " := ");
    for (size_t i = 0; i < pipeline->count; i++) {
        if (i)
            text_add_c(text, " | ");
        add_command(text, pipeline->commands[i]);
    }
}

static void add_node(struct text *text, const struct template_node *node);

static void add_list(struct text *text, const struct template_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        add_node(text, list->items[i]);
}

static void add_control(struct text *text, const struct template_node *node)
{
    static const char *const words[] = {
        [NODE_IF] = "if", [NODE_RANGE] = "range", [NODE_WITH] = "with"};
    size_t open = 0;
    const struct template_node *next = node;
    for (; next; next = template_else(node)) {
        node = next;
        text_format(text, "{{%s ", words[node->kind]);
        add_pipeline(text, node->pipeline);
        text_add_c(text, "}}");
        add_list(text, &node->body);
        text_add_c(text, node->otherwise.count ? "{{else}}" : "");
        open++;
    }
    add_list(text, &node->otherwise);
    for (; open; open--)
        text_add_c(text, "{{end}}");
}

static void add_template(struct text *text, const struct template_node *node)
{
    text_format(text, "{{template %.*s", STR_ARG(quote_go(text->arena, node->text)));
    if (node->pipeline) {
        text_add_char(text, ' ');
        add_pipeline(text, node->pipeline);
    }
    text_add_c(text, "}}");
}

static void add_node(struct text *text, const struct template_node *node)
{
    switch (node->kind) {
    case NODE_TEXT:
        text_add(text, node->text);
        break;
    case NODE_ACTION:
        text_add_c(text, "{{");
        add_pipeline(text, node->pipeline);
        text_add_c(text, "}}");
        break;
    case NODE_IF:
    case NODE_RANGE:
    case NODE_WITH:
        add_control(text, node);
        break;
    case NODE_TEMPLATE:
        add_template(text, node);
        break;
    case NODE_BREAK:
        text_add_c(text, "{{break}}");
        break;
    case NODE_CONTINUE:
        text_add_c(text, "{{continue}}");
        break;
    }
}

struct str operand_to_text(struct arena *arena, const struct operand *operand)
{
    struct text text = {.arena = arena};
    if (operand->kind == OPERAND_PIPELINE && !operand->field_count)
        add_pipeline(&text, operand->pipeline);
    else
        add_operand(&text, operand);
    return text_str(&text);
}

struct str command_to_text(struct arena *arena, const struct command *command)
{
    struct text text = {.arena = arena};
    add_command(&text, command);
    return text_str(&text);
}

struct str pipeline_to_text(struct arena *arena, const struct pipeline *pipeline)
{
    struct text text = {.arena = arena};
    add_pipeline(&text, pipeline);
    return text_str(&text);
}

struct str template_node_to_text(struct arena *arena, const struct template_node *node)
{
    struct text text = {.arena = arena};
    add_node(&text, node);
    return text_str(&text);
}

struct template_place template_place_of(const struct template_source *source, uint32_t offset)
{
    struct template_place place = {1, offset};
    for (uint32_t i = 0; i < offset && i < source->bytes.n; i++) {
        if (source->bytes.p[i] == '\n') {
            place.line++;
            place.column = offset - i - 1;
        }
    }
    return place;
}
