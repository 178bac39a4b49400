#include "tracing.h"

void trace_ask(struct evaluation *evaluation, struct trace_chain *chain,
               const struct template_node *node, uint32_t source, bool holds)
{
    if (!evaluation->trace)
        return;
    struct trace_test test = {0, 0, source, holds, trace_site_here(evaluation, node)};
    vector_push(evaluation->arena, &chain->tests, test);
}

uint32_t trace_because(struct trace *trace, uint32_t source, const struct trace_chain *chain)
{
    size_t count = chain->tests.count;
    uint32_t *asked = arena_make_array(trace->arena, uint32_t, count + 1);
    for (size_t i = 0; i < count; i++)
        asked[count - 1 - i] = chain->tests.items[i].source;
    return trace_asked(trace, source, asked, count);
}

uint32_t trace_conditions_here(const struct evaluation *evaluation)
{
    struct trace_source_list asked = {0};
    for (const struct trace_asking *asking = evaluation->asking; asking; asking = asking->outer) {
        for (size_t i = asking->chain->tests.count; i > 0; i--)
            vector_push(evaluation->arena, &asked, asking->chain->tests.items[i - 1].source);
    }
    return trace_mixed(evaluation->trace, asked.items, asked.count);
}

enum { MOST_DEPTH = 64 };

/* The variables that the nodes assign, whether they were executed or not. */
static void mark_assigned(struct evaluation *evaluation, const struct template_list *list,
                          const struct trace_chain *chain, unsigned depth)
{
    for (size_t i = 0; i < list->count && depth < MOST_DEPTH; i++) {
        const struct template_node *node = list->items[i];
        const struct pipeline *pipeline = node->pipeline;
        bool is_assignment = pipeline && pipeline->is_assignment;
        for (size_t k = 0; is_assignment && k < pipeline->variable_count; k++) {
            uint32_t number = pipeline->variables[k].number;
            if (number == VARIABLE_UNDEFINED)
                continue;
            struct value *value = &evaluation->variables[number];
            value_set_source(value, trace_because(evaluation->trace, value->source, chain));
        }
        mark_assigned(evaluation, &node->body, chain, depth + 1);
        mark_assigned(evaluation, &node->otherwise, chain, depth + 1);
    }
}

void trace_answer(struct evaluation *evaluation, const struct trace_chain *chain, size_t start)
{
    if (!evaluation->trace)
        return;
    for (size_t i = chain->tests.count; i > 0; i--) {
        struct trace_test test = chain->tests.items[i - 1];
        test.start = start;
        test.end = evaluation->output->n;
        vector_push(evaluation->arena, &evaluation->events->tests, test);
    }
    const struct template_node *first = chain->tests.items[0].site->node;
    mark_assigned(evaluation, &first->body, chain, 0);
    mark_assigned(evaluation, &first->otherwise, chain, 0);
}
