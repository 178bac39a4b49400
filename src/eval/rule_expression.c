#include "rule_expression.h"

#include "evaluation.h"
#include "functions.h"

struct rule_language {
    struct map functions; /* name → const struct function */
    const struct limits *limits;
    bool is_dialect; /* templates of a deployer: nothing is forgiven that Go does not forgive */
};

struct rule_expression {
    const struct rule_language *language;
    struct str text; /* as written */
    struct template_source source;
    size_t margin; /* what stands before the text in the source */
    const struct template_definition *definition;
    const struct pipeline *condition; /* of a RULE_CONDITION */
    bool is_strict;
};

const struct rule_language *rule_language_new(struct arena *arena, const struct limits *limits)
{
    struct rule_language *language = arena_make(arena, struct rule_language);
    language->limits = limits;
    functions_list(arena, 4, &language->functions);
    return language;
}

const struct rule_language *rule_language_new_dialect(struct arena *arena,
                                                      const struct limits *limits,
                                                      enum rule_dialect dialect)
{
    static const struct function_family *const families[] = {
        [RULE_DIALECT_ARGOCD] = &funcs_argocd,
        [RULE_DIALECT_HELMFILE] = &funcs_helmfile,
    };
    struct rule_language *language = (struct rule_language *)rule_language_new(arena, limits);
    const struct function_family *family = families[dialect];
    language->is_dialect = true;
    for (size_t i = 0; i < family->count; i++)
        map_put(arena, &language->functions, str_from_c(family->functions[i].name),
                (void *)&family->functions[i]);
    return language;
}

static struct str line_at(struct str text, size_t offset)
{
    size_t start = offset < text.n ? offset : text.n;
    while (start > 0 && text.p[start - 1] != '\n')
        start--;
    struct str rest = str_from(text, start);
    return str_trim(str_slice(rest, 0, str_find_char(rest, '\n')));
}

static struct rule_expression_problem problem_at(const struct rule_expression *expression,
                                                 struct str message, size_t offset)
{
    size_t at = offset > expression->margin ? offset - expression->margin : 0;
    return (struct rule_expression_problem){message, line_at(expression->text, at)};
}

/* A condition is one pipeline and declares nothing that somebody could see. */
static const struct pipeline *only_pipeline(const struct template_tree *tree)
{
    const struct template_definition *definition = &tree->definitions[tree->count - 1];
    if (tree->count != 1 || definition->body.count != 1)
        return NULL;
    const struct template_node *node = definition->body.items[0];
    return node->kind == NODE_ACTION ? node->pipeline : NULL;
}

const struct rule_expression *rule_expression_parse(struct arena *arena,
                                                    const struct rule_language *language,
                                                    struct str text, enum rule_expression_form form,
                                                    struct rule_expression_problem *ret_problem)
{
    struct rule_expression *expression = arena_make(arena, struct rule_expression);
    expression->language = language;
    expression->text = text;
    expression->is_strict = form == RULE_STRICT_TEXT;
    expression->source.name = STR("rule");
    expression->source.bytes = text;
    if (form == RULE_CONDITION) {
        expression->source.bytes = str_format(arena, "{{ %.*s }}", STR_ARG(text));
        expression->margin = strlen("{{ ");
    }
    struct template_parse_options options = {functions_find, &language->functions,
                                             language->limits->template_depth};
    struct template_failure failure;
    const struct template_tree *tree =
        template_parse(arena, &expression->source, &options, &failure);
    if (!tree) {
        *ret_problem = problem_at(expression, failure.message, failure.offset);
        return NULL;
    }
    expression->definition = &tree->definitions[tree->count - 1];
    expression->condition = only_pipeline(tree);
    if (form == RULE_CONDITION && !expression->condition) {
        *ret_problem = problem_at(expression, STR("this is no single pipeline"), 0);
        return NULL;
    }
    return expression;
}

static struct evaluation evaluation_of(struct arena *arena,
                                       const struct rule_expression *expression,
                                       const struct definitions *none)
{
    return (struct evaluation){
        .arena = arena,
        .limits = expression->language->limits,
        .helm = 4,
        .functions = &expression->language->functions,
        .definitions = none,
        .executing = expression->definition,
        .forgives_fields = !expression->language->is_dialect,
        .missing_key_is_error = expression->is_strict,
    };
}

/* What the failure says, without the place, which is the rule file's. */
static struct rule_expression_problem problem_of(const struct rule_expression *expression,
                                                 const struct failure *failure)
{
    struct str message = failure->text;
    size_t place = str_find(message, STR(">: "));
    if (place != STR_NOT_FOUND)
        message = str_from(message, place + strlen(">: "));
    return problem_at(expression, message, failure->offset);
}

bool rule_condition_test(struct arena *arena, const struct rule_expression *condition,
                         struct value dot, bool *ret_holds,
                         struct rule_expression_problem *ret_problem)
{
    struct definitions none = {0};
    struct evaluation evaluation = evaluation_of(arena, condition, &none);
    struct value value;
    evaluation.variables =
        arena_make_array(arena, struct value, condition->definition->variable_count);
    evaluation.variables[0] = dot;
    bool done = evaluate_pipeline(&evaluation, condition->condition, dot, &value);
    regex_cache_release(&evaluation.patterns);
    if (!done)
        *ret_problem = problem_of(condition, evaluation.failure);
    else
        *ret_holds = value_is_true_in_go(arena, value);
    return done;
}

bool rule_text_write(struct arena *arena, const struct rule_expression *text, struct value dot,
                     struct str *ret_text, struct rule_expression_problem *ret_problem)
{
    struct definitions none = {0};
    struct evaluation evaluation = evaluation_of(arena, text, &none);
    struct text output = {.arena = arena};
    bool done = execute(&evaluation, text->definition, dot, &output);
    regex_cache_release(&evaluation.patterns);
    if (!done)
        *ret_problem = problem_of(text, evaluation.failure);
    else
        *ret_text = text_str(&output);
    return done;
}
