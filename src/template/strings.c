#include "template.h"

struct visitor {
    template_string_visit *visit;
    void *context;
};

static void visit_pipeline(const struct visitor *visitor, const struct pipeline *pipeline);

static void visit_operand(const struct visitor *visitor, const struct operand *operand)
{
    while (operand->kind == OPERAND_CHAIN)
        operand = operand->inner;
    if (operand->kind == OPERAND_STRING)
        visitor->visit(visitor->context, operand->string);
    else if (operand->kind == OPERAND_PIPELINE)
        visit_pipeline(visitor, operand->pipeline);
}

static void visit_pipeline(const struct visitor *visitor, const struct pipeline *pipeline)
{
    for (size_t i = 0; pipeline && i < pipeline->count; i++) {
        const struct command *command = pipeline->commands[i];
        for (size_t k = 0; k < command->count; k++)
            visit_operand(visitor, command->operands[k]);
    }
}

static void visit_list(const struct visitor *visitor, const struct template_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct template_node *node = list->items[i];
        for (const struct template_node *next; node; node = next) {
            next = template_else(node);
            if (node->kind == NODE_TEMPLATE)
                visitor->visit(visitor->context, node->text);
            visit_pipeline(visitor, node->pipeline);
            visit_list(visitor, &node->body);
            if (!next)
                visit_list(visitor, &node->otherwise);
        }
    }
}

void template_strings_visit(const struct template_tree *tree, template_string_visit *visit,
                            void *context)
{
    struct visitor visitor = {visit, context};
    for (size_t i = 0; i < tree->count; i++)
        visit_list(&visitor, &tree->definitions[i].body);
}
