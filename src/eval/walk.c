#include "tracing.h"

/* How a part of a template ended. */
enum outcome { OUTCOME_DONE, OUTCOME_BREAK, OUTCOME_CONTINUE, OUTCOME_FAILED };

static enum outcome walk_list(struct evaluation *evaluation, const struct template_list *list,
                              struct value dot);

static enum outcome walk_action(struct evaluation *evaluation, const struct template_node *node,
                                struct value dot)
{
    struct value value;
    if (!evaluate_pipeline(evaluation, node->pipeline, dot, &value))
        return OUTCOME_FAILED;
    if (node->pipeline->variable_count)
        return OUTCOME_DONE;
    evaluation->at = (struct site){SITE_NODE, node};
    size_t start = evaluation->output->n;
    if (value.type == VALUE_STRING)
        text_add(evaluation->output, value_str(value));
    else
        text_add(evaluation->output, value_to_output(evaluation->arena, value, evaluation->helm));
    if (evaluation->trace)
        trace_print(evaluation, node, start, value.source);
    return OUTCOME_DONE;
}

static void note_answer(struct evaluation *evaluation, const struct template_node *node, bool holds)
{
    if (evaluation->branches)
        branches_note(evaluation->branches, evaluation->executing->source, node, holds);
}

static enum outcome walk_if_or_with(struct evaluation *evaluation, const struct template_node *node,
                                    struct value dot)
{
    struct trace_chain chain = {0};
    struct value value;
    size_t start = evaluation->output->n;
    for (;;) {
        evaluation->at = (struct site){SITE_NODE, node};
        if (!evaluate_pipeline(evaluation, node->pipeline, dot, &value))
            return OUTCOME_FAILED;
        bool holds = value_is_true_in_go(evaluation->arena, value);
        const struct template_node *next = template_else(node);
        note_answer(evaluation, node, holds);
        trace_ask(evaluation, &chain, node, value.source, holds);
        if (holds || !next)
            break;
        evaluation->node = node = next;
    }
    bool holds = value_is_true_in_go(evaluation->arena, value);
    const struct trace_asking asking = {&chain, evaluation->asking};
    evaluation->asking = &asking;
    enum outcome outcome = walk_list(evaluation, holds ? &node->body : &node->otherwise,
                                     holds && node->kind == NODE_WITH ? value : dot);
    evaluation->asking = asking.outer;
    trace_answer(evaluation, &chain, start);
    return outcome;
}

/* Sets the variables of a range for one round. With one variable it is the element; without ":="
 * the variables existed before. */
static void set_range_variables(struct evaluation *evaluation, const struct pipeline *pipeline,
                                struct value index, struct value element)
{
    const struct pipeline_variable *variables = pipeline->variables;
    if (pipeline->variable_count == 1)
        evaluation->variables[variables[0].number] = element;
    if (pipeline->variable_count == 2) {
        evaluation->variables[variables[0].number] = index;
        evaluation->variables[variables[1].number] = element;
    }
}

/* One round; OUTCOME_CONTINUE never comes back. The source is that of the whole. */
static enum outcome walk_round(struct evaluation *evaluation, const struct template_node *node,
                               struct value index, struct value element, uint32_t source)
{
    uint32_t inherited = trace_element(evaluation->trace, source);
    value_set_source(&element, element.source ? element.source : inherited);
    value_set_source(&index, element.source);
    set_range_variables(evaluation, node->pipeline, index, element);
    if (!spend_step(evaluation))
        return OUTCOME_FAILED;
    enum outcome outcome = walk_list(evaluation, &node->body, element);
    return outcome == OUTCOME_CONTINUE ? OUTCOME_DONE : outcome;
}

static enum outcome range_list(struct evaluation *evaluation, const struct template_node *node,
                               const struct value_list *list, uint32_t source)
{
    enum outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < list->count && outcome == OUTCOME_DONE; i++) {
        struct value element = list->items[i];
        element.is_boxed = list->type == LIST_ANY;
        outcome = walk_round(evaluation, node, value_int((int64_t)i), element, source);
    }
    return outcome;
}

/* Over the entries that were there at the start: the body may change the map. */
static enum outcome range_map(struct evaluation *evaluation, const struct template_node *node,
                              const struct value_map *map, uint32_t source)
{
    size_t count = map->count;
    struct value_entry *entries = arena_make_array(evaluation->arena, struct value_entry, count);
    memcpy(entries, map->entries, count * sizeof *entries);
    enum outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < count && outcome == OUTCOME_DONE; i++) {
        struct value element = entries[i].value;
        element.is_boxed = map->type != MAP_STRING;
        outcome = walk_round(evaluation, node, value_string(entries[i].key), element, source);
    }
    return outcome;
}

static enum outcome range_bytes(struct evaluation *evaluation, const struct template_node *node,
                                struct str bytes, uint32_t source)
{
    enum outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < bytes.n && outcome == OUTCOME_DONE; i++) {
        struct value element = value_integer(VALUE_UINT8, (uint8_t)bytes.p[i]);
        outcome = walk_round(evaluation, node, value_int((int64_t)i), element, source);
    }
    return outcome;
}

/* Why an integer is no range, also where there is nothing to count to: Go 1.23, with which
 * Helm 3.17 is built, knows none, and two variables are too many. */
static bool is_refused_integer(struct evaluation *evaluation, const struct pipeline *pipeline,
                               struct value value)
{
    struct str text = {0};
    if (!value_is_integer(value))
        return false;
    if (evaluation->helm == 3 || pipeline->variable_count > 1)
        text = value_to_text(evaluation->arena, value, evaluation->helm);
    if (evaluation->helm == 3)
        return !fail(evaluation, "range can't iterate over %.*s", STR_ARG(text));
    return pipeline->variable_count > 1 &&
           !fail(evaluation, "can't use %.*s to iterate over more than one variable",
                 STR_ARG(text));
}

static enum outcome range_integer(struct evaluation *evaluation, const struct template_node *node,
                                  struct value end)
{
    enum outcome outcome = OUTCOME_DONE;
    for (int64_t i = 0; i < end.integer && outcome == OUTCOME_DONE; i++)
        outcome = walk_round(evaluation, node, value_nil(), value_integer(end.type, i), end.source);
    return outcome;
}

static enum outcome range_value(struct evaluation *evaluation, const struct template_node *node,
                                struct value value)
{
    if (value.type == VALUE_LIST)
        return range_list(evaluation, node, value.list, value.source);
    if (value.type == VALUE_MAP)
        return range_map(evaluation, node, value.map, value.source);
    if (value.type == VALUE_BYTES)
        return range_bytes(evaluation, node, value_str(value), value.source);
    if (value_is_integer(value))
        return range_integer(evaluation, node, value);
    fail(evaluation, "range can't iterate over %.*s",
         STR_ARG(value_to_text(evaluation->arena, value, evaluation->helm)));
    return OUTCOME_FAILED;
}

static bool is_empty_range(struct value value)
{
    return value.type == VALUE_NIL || (value.type == VALUE_LIST && !value.list->count) ||
           (value.type == VALUE_MAP && !value.map->count) ||
           (value.type == VALUE_BYTES && !value.length) ||
           (value_is_integer(value) && value.integer <= 0);
}

static enum outcome walk_range(struct evaluation *evaluation, const struct template_node *node,
                               struct value dot)
{
    struct value value;
    if (!evaluate_pipeline(evaluation, node->pipeline, dot, &value))
        return OUTCOME_FAILED;
    struct trace_chain chain = {0};
    uint32_t source = value.source;
    size_t start = evaluation->output->n;
    value = object_open(evaluation->arena, value);
    if (is_refused_integer(evaluation, node->pipeline, value))
        return OUTCOME_FAILED;
    value_set_source(&value, source);
    bool is_empty = is_empty_range(value);
    note_answer(evaluation, node, !is_empty);
    trace_ask(evaluation, &chain, node, source, !is_empty);
    const struct trace_asking asking = {&chain, evaluation->asking};
    evaluation->asking = &asking;
    enum outcome outcome = is_empty ? walk_list(evaluation, &node->otherwise, dot)
                                    : range_value(evaluation, node, value);
    evaluation->asking = asking.outer;
    trace_answer(evaluation, &chain, start);
    return outcome == OUTCOME_BREAK ? OUTCOME_DONE : outcome;
}

static enum outcome walk_template(struct evaluation *evaluation, const struct template_node *node,
                                  struct value dot)
{
    const struct template_definition *definition =
        definitions_find(evaluation->definitions, node->text);
    struct value argument = value_nil();
    if (!definition) {
        fail(evaluation, "template %.*s not defined",
             STR_ARG(quote_go(evaluation->arena, node->text)));
        return OUTCOME_FAILED;
    }
    if (!evaluate_pipeline(evaluation, node->pipeline, dot, &argument))
        return OUTCOME_FAILED;
    const struct trace_site *caller = trace_enter(evaluation);
    bool done = execute(evaluation, definition, argument, evaluation->output);
    evaluation->caller = caller;
    return done ? OUTCOME_DONE : OUTCOME_FAILED;
}

static enum outcome walk_node(struct evaluation *evaluation, const struct template_node *node,
                              struct value dot)
{
    evaluation->at = (struct site){SITE_NODE, node};
    evaluation->node = node;
    switch (node->kind) {
    case NODE_TEXT:
        text_add(evaluation->output, node->text);
        if (evaluation->trace)
            trace_copy(evaluation, node, evaluation->output->n - node->text.n);
        return OUTCOME_DONE;
    case NODE_ACTION:
        return walk_action(evaluation, node, dot);
    case NODE_IF:
    case NODE_WITH:
        return walk_if_or_with(evaluation, node, dot);
    case NODE_RANGE:
        return walk_range(evaluation, node, dot);
    case NODE_TEMPLATE:
        return walk_template(evaluation, node, dot);
    case NODE_BREAK:
        return OUTCOME_BREAK;
    case NODE_CONTINUE:
        return OUTCOME_CONTINUE;
    }
    return OUTCOME_DONE;
}

static enum outcome walk_list(struct evaluation *evaluation, const struct template_list *list,
                              struct value dot)
{
    for (size_t i = 0; i < list->count; i++) {
        enum outcome outcome = walk_node(evaluation, list->items[i], dot);
        if (outcome != OUTCOME_DONE)
            return outcome;
    }
    return OUTCOME_DONE;
}

const struct template_definition *definitions_find(const struct definitions *definitions,
                                                   struct str name)
{
    for (; definitions; definitions = definitions->outer) {
        const struct template_definition *found = map_get(&definitions->by_name, name);
        if (found)
            return found;
    }
    return NULL;
}

void definitions_add(struct arena *arena, struct definitions *definitions,
                     const struct template_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct template_definition *definition = &tree->definitions[i];
        if (!definition->is_empty || !definitions_find(definitions, definition->name))
            map_put(arena, &definitions->by_name, definition->name, (void *)definition);
    }
}

bool execute(struct evaluation *evaluation, const struct template_definition *definition,
             struct value dot, struct text *output)
{
    if (evaluation->depth == evaluation->limits->call_depth)
        return fail(evaluation, "the limit call_depth, %u, is reached",
                    evaluation->limits->call_depth);
    const struct template_definition *executing = evaluation->executing;
    struct value *variables = evaluation->variables;
    struct text *outer_output = evaluation->output;
    struct site at = evaluation->at;
    const struct template_node *node = evaluation->node;

    dot.is_boxed = false;
    evaluation->depth++;
    evaluation->executing = definition;
    evaluation->output = output;
    evaluation->variables =
        arena_make_array(evaluation->arena, struct value, definition->variable_count);
    evaluation->variables[0] = dot;
    bool done = walk_list(evaluation, &definition->body, dot) != OUTCOME_FAILED;

    evaluation->depth--;
    evaluation->executing = executing;
    evaluation->output = outer_output;
    evaluation->variables = variables;
    evaluation->at = at;
    evaluation->node = node;
    return done;
}
