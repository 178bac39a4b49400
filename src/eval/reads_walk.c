#include "reads_private.h"

#include <assert.h>

/* Walks templates with what values may be: every branch that may be taken, loops until nothing
 * changes any more. */

enum { STEPS_MOST = 1000000, CALLS_MOST = 150, LOOPS_MOST = 8 };

static const struct flow *walk_pipeline(struct frame *frame, const struct pipeline *pipeline,
                                        const struct flow *dot);
static void walk_list(struct frame *frame, const struct template_list *list,
                      const struct flow *dot);

/* --- expressions --- */

static const struct flow *fields_of(struct frame *frame, const struct operand *operand,
                                    const struct flow *flow)
{
    for (size_t i = 0; i < operand->field_count; i++)
        flow = flow_at(frame->analysis, flow, operand->fields[i]);
    return flow;
}

static const struct flow *walk_operand(struct frame *frame, const struct operand *operand,
                                       const struct flow *dot);

/* Calls a function with the operands behind it and what the pipeline adds. */
static const struct flow *walk_call(struct frame *frame, const struct operand *function,
                                    const void *place, const struct operand *const *operands,
                                    size_t count, const struct flow *final, const struct flow *dot)
{
    struct analysis *analysis = frame->analysis;
    struct flow_call call = {frame, function->function, place, function->offset, NULL, 0};
    call.arguments = arena_make_array(analysis->arena, const struct flow *, count + 1);
    for (size_t i = 0; i < count; i++)
        call.arguments[call.count++] = walk_operand(frame, operands[i], dot);
    if (final)
        call.arguments[call.count++] = final;
    return call_flow(&call);
}

static const struct flow *constant_of(struct frame *frame, const struct operand *operand)
{
    struct analysis *analysis = frame->analysis;
    switch (operand->kind) {
    case OPERAND_BOOL:
        return flow_constant(analysis, value_bool(operand->boolean));
    case OPERAND_STRING:
        return flow_constant(analysis, value_string(operand->string));
    case OPERAND_NUMBER:
        return operand->number.is_int ? flow_constant(analysis, value_int(operand->number.integer))
                                      : analysis->other;
    default:
        return analysis->nil;
    }
}

static const struct flow *variable_of(const struct frame *frame, const struct operand *operand)
{
    if (operand->variable == VARIABLE_UNDEFINED)
        return frame->analysis->nil;
    const struct flow *flow = frame->variables[operand->variable];
    return flow ? flow : frame->analysis->nil;
}

static const struct flow *walk_operand(struct frame *frame, const struct operand *operand,
                                       const struct flow *dot)
{
    const struct flow *flow = NULL;
    switch (operand->kind) {
    case OPERAND_DOT:
        flow = dot;
        break;
    case OPERAND_FIELD:
        flow = fields_of(frame, operand, dot);
        break;
    case OPERAND_VARIABLE:
        flow = fields_of(frame, operand, variable_of(frame, operand));
        break;
    case OPERAND_PIPELINE:
        return walk_pipeline(frame, operand->pipeline, dot);
    case OPERAND_CHAIN:
        flow = fields_of(frame, operand, walk_operand(frame, operand->inner, dot));
        break;
    case OPERAND_FUNCTION:
        return walk_call(frame, operand, operand, NULL, 0, NULL, dot);
    default:
        return constant_of(frame, operand);
    }
    return flow_known_filled(frame->analysis, flow, frame);
}

/* Only methods take arguments. What they return holds no values. */
static const struct flow *walk_method(struct frame *frame, const struct flow *method,
                                      const struct flow *argument)
{
    flow_read(frame->analysis, argument, READ_WHOLE | READ_PLAIN);
    for (size_t i = 0; i < method->count; i++) {
        if (method->sources[i]->kind == SOURCE_FILES)
            files_flow(frame->analysis, method->sources[i]->scope, argument);
    }
    return frame->analysis->other;
}

static const struct flow *walk_command(struct frame *frame, const struct command *command,
                                       const struct flow *final, const struct flow *dot)
{
    const struct operand *first = command->operands[0];
    if (++frame->analysis->steps > STEPS_MOST)
        analysis_give_up(frame->analysis);
    if (first->kind == OPERAND_FUNCTION)
        return walk_call(frame, first, command, command->operands + 1, command->count - 1, final,
                         dot);
    const struct flow *flow = walk_operand(frame, first, dot);
    for (size_t i = 1; i < command->count; i++)
        flow = walk_method(frame, flow, walk_operand(frame, command->operands[i], dot));
    return final ? walk_method(frame, flow, final) : flow;
}

static void set_variable(struct frame *frame, const struct pipeline *pipeline, size_t index,
                         const struct flow *flow)
{
    uint32_t number = pipeline->variables[index].number;
    if (number == VARIABLE_UNDEFINED)
        return;
    frame->variables[number] = flow;
}

static const struct flow *walk_commands(struct frame *frame, const struct pipeline *pipeline,
                                        const struct flow *dot)
{
    const struct flow *flow = NULL;
    for (size_t i = 0; i < pipeline->count && !frame->analysis->is_given_up; i++)
        flow = walk_command(frame, pipeline->commands[i], flow, dot);
    return flow ? flow : frame->analysis->nil;
}

static const struct flow *walk_pipeline(struct frame *frame, const struct pipeline *pipeline,
                                        const struct flow *dot)
{
    const struct flow *flow = walk_commands(frame, pipeline, dot);
    for (size_t i = 0; i < pipeline->variable_count; i++)
        set_variable(frame, pipeline, i, flow);
    return flow;
}

/* --- conditions --- */

static const struct operand *only_operand(const struct pipeline *pipeline)
{
    const struct command *command = pipeline->commands[0];
    return pipeline->count == 1 && command->count == 1 ? command->operands[0] : NULL;
}

static void note_filled(struct frame *frame, const struct operand *operand, const struct flow *dot)
{
    bool is_path = operand->kind == OPERAND_FIELD || operand->kind == OPERAND_VARIABLE ||
                   operand->kind == OPERAND_DOT;
    const struct flow *flow = is_path ? walk_operand(frame, operand, dot) : NULL;
    if (flow && flow->count == 1 && flow->sources[0]->kind == SOURCE_VALUES)
        vector_push(frame->analysis->arena, &frame->filled, flow->sources[0]->node);
}

/* What is known not to be empty behind `if x` and `if and x y`. */
static void note_condition(struct frame *frame, const struct pipeline *pipeline,
                           const struct flow *dot)
{
    const struct operand *only = only_operand(pipeline);
    const struct command *command = pipeline->commands[0];
    const struct operand *first = command->operands[0];
    assert(first && "a command has a first word");
    if (only && only->kind == OPERAND_PIPELINE)
        note_condition(frame, only->pipeline, dot);
    else if (only)
        note_filled(frame, only, dot);
    else if (pipeline->count == 1 && first->kind == OPERAND_FUNCTION && str_is(first->text, "and"))
        for (size_t i = 1; i < command->count; i++)
            note_filled(frame, command->operands[i], dot);
}

/* --- what variables are where ways meet --- */

static size_t variables_size(const struct frame *frame)
{
    return frame->activation->definition->variable_count * sizeof *frame->variables;
}

static const struct flow **no_variables(const struct frame *frame)
{
    return arena_make_array(frame->analysis->arena, const struct flow *,
                            frame->activation->definition->variable_count);
}

static const struct flow **keep_variables(const struct frame *frame)
{
    const struct flow **kept = no_variables(frame);
    memcpy(kept, frame->variables, variables_size(frame));
    return kept;
}

/* Adds what the variables are on another way. */
static void join_variables(const struct frame *frame, const struct flow **variables,
                           const struct flow *const *others)
{
    for (uint32_t i = 0; i < frame->activation->definition->variable_count; i++) {
        if (variables[i] && others[i])
            variables[i] = flow_union(frame->analysis, variables[i], others[i]);
        else if (!variables[i])
            variables[i] = others[i];
    }
}

/* Walks what is executed or is not. */
static void walk_branch(struct frame *frame, const struct template_list *list,
                        const struct flow *dot)
{
    const struct flow **before = keep_variables(frame);
    walk_list(frame, list, dot);
    join_variables(frame, frame->variables, before);
}

static void walk_if(struct frame *frame, const struct template_node *node, const struct flow *dot)
{
    size_t filled = frame->filled.count;
    const struct flow *flow = walk_pipeline(frame, node->pipeline, dot);
    flow_read(frame->analysis, flow, READ_TESTED);
    if (!flow_is_empty(frame->analysis, flow)) {
        note_condition(frame, node->pipeline, dot);
        walk_branch(frame, &node->body, dot);
        frame->filled.count = filled;
    }
}

static void walk_with(struct frame *frame, const struct template_node *node, const struct flow *dot)
{
    const struct flow *flow = walk_pipeline(frame, node->pipeline, dot);
    flow_read(frame->analysis, flow, READ_TESTED);
    if (flow_is_empty(frame->analysis, flow))
        return;
    const struct flow *filled = flow_filled(frame->analysis, flow);
    for (size_t i = 0; i < node->pipeline->variable_count; i++)
        set_variable(frame, node->pipeline, i, filled);
    walk_branch(frame, &node->body, filled);
}

/* --- loops --- */

static void set_range_variables(struct frame *frame, const struct pipeline *pipeline,
                                const struct flow *key, const struct flow *element)
{
    if (pipeline->variable_count)
        set_variable(frame, pipeline, pipeline->variable_count - 1, element);
    if (pipeline->variable_count > 1)
        set_variable(frame, pipeline, 0, key);
}

/* The list whose items are all known, one by one; NULL when it is none. */
static const struct collection *sequence_of(const struct flow *flow)
{
    const struct source *only = flow->count == 1 ? flow->sources[0] : NULL;
    bool is_made = only && only->kind == SOURCE_COLLECTION && only->collection->is_sequence;
    return is_made ? only->collection : NULL;
}

static void walk_sequence(struct frame *frame, const struct template_node *node,
                          const struct collection *items)
{
    size_t count = items->entries.count;
    for (size_t i = 0; i < count; i++) {
        struct str name = items->entries.items[i].key;
        const struct flow *key = flow_constant(frame->analysis, value_string(name));
        const struct flow *item = items->entries.items[i].value;
        set_range_variables(frame, node->pipeline, key, item);
        walk_list(frame, &node->body, item);
    }
}

/* Variables that are something else in every round are not followed any longer. */
static void give_up_variables(const struct frame *frame, const struct flow *const *before)
{
    for (uint32_t i = 0; i < frame->activation->definition->variable_count; i++) {
        const struct flow *flow = frame->variables[i];
        if (!flow || flow == before[i])
            continue;
        bool braces = flow_read(frame->analysis, flow, READ_WHOLE | READ_PLAIN);
        frame->variables[i] = frame->analysis->other;
        if (braces)
            frame->variables[i] =
                flow_union(frame->analysis, frame->variables[i], frame->analysis->braces);
    }
}

/* What one round assigns the next one sees. */
static void walk_rounds(struct frame *frame, const struct template_node *node,
                        const struct flow *keys, const struct flow *elements)
{
    for (unsigned i = 0; !frame->analysis->is_given_up; i++) {
        set_range_variables(frame, node->pipeline, keys, elements);
        const struct flow **before = keep_variables(frame);
        walk_list(frame, &node->body, elements);
        join_variables(frame, frame->variables, before);
        set_range_variables(frame, node->pipeline, keys, elements);
        if (memcmp(before, frame->variables, variables_size(frame)) == 0)
            return;
        if (i >= LOOPS_MOST)
            give_up_variables(frame, before);
    }
}

static void walk_range(struct frame *frame, const struct template_node *node,
                       const struct flow *dot)
{
    struct analysis *analysis = frame->analysis;
    const struct flow *flow = walk_commands(frame, node->pipeline, dot);
    const struct flow *keys = flow_keys(analysis, flow);
    const struct flow *elements = flow_elements(analysis, flow);
    const struct collection *sequence = sequence_of(flow);
    const struct flow **outer = frame->escaped;
    const struct flow **before = keep_variables(frame);
    frame->escaped = no_variables(frame);
    if (sequence)
        walk_sequence(frame, node, sequence);
    else if (elements->count)
        walk_rounds(frame, node, keys, elements);
    if (!sequence)
        join_variables(frame, frame->variables, before);
    join_variables(frame, frame->variables, frame->escaped);
    frame->escaped = outer;
}

/* --- nodes --- */

static void walk_action(struct frame *frame, const struct template_node *node,
                        const struct flow *dot)
{
    const struct flow *flow = walk_pipeline(frame, node->pipeline, dot);
    if (node->pipeline->variable_count)
        return;
    bool braces = flow_read(frame->analysis, flow, READ_WHOLE | READ_PLAIN | READ_PRINTED);
    if (braces && !frame->activation->prints_braces) {
        frame->activation->prints_braces = true;
        frame->analysis->has_changed = true;
    }
}

static void note_undefined(struct analysis *analysis, const struct activation *activation,
                           const struct template_node *node)
{
    struct span span = {activation->definition->source->file, node->offset, node->end};
    struct read_site site = {span, node->text, NULL, false};
    if (analysis->round == 1)
        vector_push(analysis->arena, &analysis->reads->undefined, site);
}

static void walk_template(struct frame *frame, const struct template_node *node,
                          const struct flow *dot)
{
    struct analysis *analysis = frame->analysis;
    bool braces = false;
    const struct flow *flow =
        node->pipeline ? walk_pipeline(frame, node->pipeline, dot) : analysis->nil;
    if (!activate_all(analysis, frame->activation, node->text, flow, &braces))
        note_undefined(analysis, frame->activation, node);
    frame->activation->prints_braces |= braces;
}

static void walk_node(struct frame *frame, const struct template_node *node, const struct flow *dot)
{
    switch (node->kind) {
    case NODE_ACTION:
        walk_action(frame, node, dot);
        break;
    case NODE_IF:
        walk_if(frame, node, dot);
        break;
    case NODE_WITH:
        walk_with(frame, node, dot);
        break;
    case NODE_RANGE:
        walk_range(frame, node, dot);
        walk_branch(frame, &node->otherwise, dot);
        break;
    case NODE_BREAK:
    case NODE_CONTINUE:
        join_variables(frame, frame->escaped, frame->variables);
        break;
    case NODE_TEMPLATE:
        walk_template(frame, node, dot);
        break;
    default:
        break;
    }
}

static void walk_list(struct frame *frame, const struct template_list *list, const struct flow *dot)
{
    for (size_t i = 0; i < list->count && !frame->analysis->is_given_up; i++) {
        const struct template_node *node = list->items[i];
        const struct template_node *next;
        walk_node(frame, node, dot);
        for (; (next = template_else(node)); node = next)
            walk_node(frame, next, dot);
        if (node->kind == NODE_IF || node->kind == NODE_WITH)
            walk_branch(frame, &node->otherwise, dot);
    }
}

/* --- definitions --- */

static struct activation *activation_of(struct analysis *analysis, const struct activation *caller,
                                        const struct template_definition *definition,
                                        const struct flow *dot)
{
    const void *name[2] = {definition, dot};
    struct str key = {(const char *)name, sizeof name};
    struct activation *activation = map_get(&analysis->activations, key);
    if (!activation) {
        activation = arena_make(analysis->arena, struct activation);
        activation->definition = definition;
        activation->dot = dot;
        activation->caller = caller;
        map_put(analysis->arena, &analysis->activations, str_copy(analysis->arena, key),
                activation);
    }
    return activation;
}

bool activate(struct analysis *analysis, const struct activation *caller,
              const struct template_definition *definition, const struct flow *dot)
{
    struct activation *activation = activation_of(analysis, caller, definition, dot);
    if (activation->round == analysis->round || analysis->is_given_up)
        return activation->prints_braces;
    if (analysis->depth >= CALLS_MOST) {
        analysis_give_up(analysis);
        return true;
    }
    activation->round = analysis->round;
    struct frame frame = {.analysis = analysis, .activation = activation};
    frame.variables =
        arena_make_array(analysis->arena, const struct flow *, definition->variable_count);
    frame.variables[0] = dot;
    analysis->depth++;
    walk_list(&frame, &definition->body, dot);
    analysis->depth--;
    return activation->prints_braces;
}

bool activate_all(struct analysis *analysis, const struct activation *caller, struct str name,
                  const struct flow *dot, bool *ret_braces)
{
    const struct definition_entry *entry = map_get(&analysis->definitions, name);
    if (!entry && !analysis->reads->is_complete)
        *ret_braces |= flow_read(analysis, dot, READ_WHOLE | READ_PLAIN);
    map_put(analysis->arena, &analysis->reads->names, name, analysis);
    for (const struct definition_entry *at = entry; at; at = at->next)
        *ret_braces |= activate(analysis, caller, at->definition, dot);
    return entry || !analysis->reads->is_complete;
}
