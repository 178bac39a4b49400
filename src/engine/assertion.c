#include "assertion.h"

struct reader {
    struct arena *arena;
    const struct rule_language *language;
    const struct rule *rule;
    struct diagnostics *sink;
    bool good;
};

static void complain(struct reader *reader, struct span span, const char *key, const char *what,
                     struct str detail)
{
    diagnostics_add(reader->sink, SEVERITY_ERROR, "rule", span, "rule %.*s: `%s`: %s%.*s",
                    STR_ARG(reader->rule->name), key, what, STR_ARG(detail));
    reader->good = false;
}

static const struct rule_expression *read_expression(struct reader *reader, const char *key,
                                                     const struct yaml_node *node,
                                                     enum rule_expression_form form)
{
    struct rule_expression_problem problem;
    struct str text = yaml_text(node);
    const struct rule_expression *expression =
        rule_expression_parse(reader->arena, reader->language, text, form, &problem);
    if (!expression)
        complain(reader, file_text_span(reader->rule->file, node->span, problem.near), key, "",
                 problem.message);
    return expression;
}

static const char *const subjects[] = {"values", "object", "workload"};
enum { SUBJECT_COUNT = sizeof subjects / sizeof *subjects };

static void read_subject(struct reader *reader, struct assertion *assertion)
{
    const struct yaml_node *on = yaml_value(reader->rule->root, "true"); /* so YAML reads `on` */
    const struct yaml_node *kinds = yaml_value(reader->rule->root, "kinds");
    struct str word = yaml_text(on);
    size_t subject = 0;
    while (subject < SUBJECT_COUNT && !str_is(word, subjects[subject]))
        subject++;
    if (subject < SUBJECT_COUNT)
        assertion->subject = (enum assertion_subject)subject;
    else
        complain(reader, on ? on->span : reader->rule->root->span, "on",
                 "a rule with an assertion is about values, object or workload, not ", word);
    for (size_t i = 0; kinds && kinds->kind == YAML_LIST && i < kinds->list.count; i++)
        vector_push(reader->arena, &assertion->kinds, yaml_text(kinds->list.items[i]));
    if (kinds && (kinds->kind != YAML_LIST || assertion->subject == ASSERTION_VALUES))
        complain(reader, kinds->span, "kinds", "a list, for a rule about object or workload",
                 STR(""));
}

static void read_places(struct arena *arena, const struct yaml_node *at, struct str_list *places)
{
    for (size_t i = 0; at && at->kind == YAML_LIST && i < at->list.count; i++)
        vector_push(arena, places, yaml_text(at->list.items[i]));
    if (!places->count)
        vector_push(arena, places, yaml_text(at));
}

const struct assertion *assertion_read(struct arena *arena, const struct rule_language *language,
                                       const struct rule *rule, struct diagnostics *sink)
{
    struct reader reader = {arena, language, rule, sink, true};
    const struct yaml_node *condition = yaml_value(rule->root, "assert");
    const struct yaml_node *when = yaml_value(rule->root, "when");
    const struct yaml_node *message = yaml_value(rule->messages, "message");
    const struct yaml_node *blame = yaml_value(rule->root, "blame");
    if (!condition)
        return NULL;
    struct assertion *assertion = arena_make(arena, struct assertion);
    read_places(arena, yaml_value(rule->root, "at"), &assertion->at);
    read_subject(&reader, assertion);
    assertion->assert = read_expression(&reader, "assert", condition, RULE_CONDITION);
    if (when)
        assertion->when = read_expression(&reader, "when", when, RULE_CONDITION);
    if (blame)
        assertion->blame = read_expression(&reader, "blame", blame, RULE_TEXT);
    if (message)
        assertion->message = read_expression(&reader, "message", message, RULE_TEXT);
    else
        complain(&reader, rule->root->span, "message", "it is missing", STR(""));
    return reader.good ? assertion : NULL;
}
