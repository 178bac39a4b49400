#include "memo.h"

/* What of the dot of a file is the same in all files of its chart. */
static const char *const shared_fields[] = {"Values", "Chart", "Release", "Capabilities", "Files"};

/* Inclusions within each other that are followed. */
enum { DEPTH_MOST = 50 };

struct look {
    struct evaluation *evaluation;
    unsigned depth;
};

/* Of a part of a definition: whether its dot is the one that the definition was given. */
enum whose_dot { DOT_GIVEN, DOT_OTHER };

static bool list_spans(struct look *look, const struct template_list *list, enum whose_dot dot);
static bool pipeline_spans(struct look *look, const struct pipeline *pipeline, enum whose_dot dot);

static bool is_given(const struct operand *operand, enum whose_dot dot)
{
    bool is_start = operand->kind == OPERAND_VARIABLE && str_is(operand->text, "$");
    return is_start ||
           (dot == DOT_GIVEN && (operand->kind == OPERAND_DOT || operand->kind == OPERAND_FIELD));
}

static bool is_shared_field(const struct operand *operand)
{
    return operand->field_count && STR_IS_ONE_OF(operand->fields[0], shared_fields);
}

static bool operand_spans(struct look *look, const struct operand *operand, enum whose_dot dot)
{
    while (operand->kind == OPERAND_CHAIN)
        operand = operand->inner;
    if (operand->kind == OPERAND_PIPELINE)
        return pipeline_spans(look, operand->pipeline, dot);
    return !is_given(operand, dot) || is_shared_field(operand);
}

/* One that includes itself is not followed: it counts as one that looks at .Template. */
static bool spans(struct look *look, struct inclusion *inclusion,
                  const struct template_definition *definition)
{
    if (inclusion->file == FILE_UNKNOWN) {
        inclusion->file = FILE_MATTERS;
        look->depth++;
        if (look->depth < DEPTH_MOST && list_spans(look, &definition->body, DOT_GIVEN))
            inclusion->file = FILE_IS_THE_SAME;
        look->depth--;
    }
    return inclusion->file == FILE_IS_THE_SAME;
}

static bool name_spans(struct look *look, struct str name)
{
    struct evaluation *evaluation = look->evaluation;
    const struct template_definition *definition = definitions_find(evaluation->definitions, name);
    return definition && spans(look, memo_inclusion(evaluation, name), definition);
}

/* include "name" .: the definition has the same dot. */
static bool passes_dot_on(const struct command *command, enum whose_dot dot)
{
    const struct operand *const *operands = command->operands;
    return command->count == 3 && operands[0]->kind == OPERAND_FUNCTION &&
           str_is(operands[0]->text, "include") && operands[1]->kind == OPERAND_STRING &&
           operands[2]->field_count == 0 && is_given(operands[2], dot);
}

static bool command_spans(struct look *look, const struct command *command, enum whose_dot dot)
{
    if (passes_dot_on(command, dot))
        return name_spans(look, command->operands[1]->string);
    for (size_t i = 0; i < command->count; i++) {
        if (!operand_spans(look, command->operands[i], dot))
            return false;
    }
    return true;
}

static bool pipeline_spans(struct look *look, const struct pipeline *pipeline, enum whose_dot dot)
{
    for (size_t i = 0; pipeline && i < pipeline->count; i++) {
        if (!command_spans(look, pipeline->commands[i], dot))
            return false;
    }
    return true;
}

/* {{ template "name" . }} */
static bool template_spans(struct look *look, const struct template_node *node, enum whose_dot dot)
{
    const struct pipeline *pipeline = node->pipeline;
    bool is_operand = pipeline && pipeline->count == 1 && pipeline->commands[0]->count == 1;
    const struct operand *only = is_operand ? pipeline->commands[0]->operands[0] : NULL;
    if (only && only->field_count == 0 && is_given(only, dot))
        return name_spans(look, node->text);
    return pipeline_spans(look, pipeline, dot);
}

static bool list_spans(struct look *look, const struct template_list *list, enum whose_dot dot)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct template_node *node = list->items[i];
        for (const struct template_node *next; node; node = next) {
            next = template_else(node);
            bool sets_dot = node->kind == NODE_WITH || node->kind == NODE_RANGE;
            bool holds = node->kind == NODE_TEMPLATE ? template_spans(look, node, dot)
                                                     : pipeline_spans(look, node->pipeline, dot);
            holds = holds && list_spans(look, &node->body, sets_dot ? DOT_OTHER : dot) &&
                    (next || list_spans(look, &node->otherwise, dot));
            if (!holds)
                return false;
        }
    }
    return true;
}

bool memo_spans_files(struct evaluation *evaluation, struct inclusion *inclusion,
                      const struct template_definition *definition)
{
    return spans(&(struct look){.evaluation = evaluation}, inclusion, definition);
}
