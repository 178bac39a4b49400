#include "evaluate.h"

#include <math.h>

struct call {
    struct evaluator *evaluator;
    const struct expression *expression;
    const struct evaluation_scope *scope;
};

struct operands {
    const struct outcome **items;
    size_t count, capacity;
};

typedef const struct outcome *(*operation)(const struct call *call,
                                           const struct operands *operands);

void evaluator_bind(struct evaluator *evaluator, struct str name,
                    const struct expression *expression)
{
    struct binding *binding = arena_make(evaluator->arena, struct binding);
    binding->expression = expression;
    map_put(evaluator->arena, &evaluator->bindings, name, binding);
}

void evaluator_set(struct evaluator *evaluator, struct str name, const struct outcome *outcome)
{
    struct binding *binding = arena_make(evaluator->arena, struct binding);
    binding->outcome = outcome;
    map_put(evaluator->arena, &evaluator->bindings, name, binding);
}

const struct outcome *evaluator_find(struct evaluator *evaluator, struct str name)
{
    struct binding *binding = map_get(&evaluator->bindings, name);
    if (!binding || binding->outcome)
        return binding ? binding->outcome : NULL;
    if (binding->is_busy || !binding->expression)
        return outcome_unknown(evaluator->arena, (struct span){0});
    binding->is_busy = true;
    binding->outcome = evaluate(evaluator, binding->expression, NULL);
    binding->is_busy = false;
    return binding->outcome;
}

static const struct outcome *unknown(const struct call *call)
{
    return outcome_unknown(call->evaluator->arena, call->expression->span);
}

/* The operation for each alternative of each operand, joined. */
static const struct outcome *distribute(const struct call *call, const struct operands *operands,
                                        operation apply)
{
    struct arena *arena = call->evaluator->arena;
    for (size_t i = 0; i < operands->count; i++) {
        const struct outcome *choice = operands->items[i];
        if (choice->kind != OUTCOME_CHOICE)
            continue;
        struct operands each = {.count = operands->count};
        each.items = arena_make_array(arena, const struct outcome *, operands->count);
        memcpy(each.items, operands->items, operands->count * sizeof *each.items);
        const struct outcome *together = NULL;
        for (size_t k = 0; k < choice->members.count; k++) {
            if (!*call->evaluator->steps)
                return unknown(call);
            --*call->evaluator->steps;
            each.items[i] = choice->members.items[k].value;
            together = outcome_either(arena, together, distribute(call, &each, apply));
            if (together->kind == OUTCOME_UNKNOWN)
                return together;
        }
        return together;
    }
    return apply(call, operands);
}

static struct operands evaluate_items(const struct call *call)
{
    struct evaluator *evaluator = call->evaluator;
    struct operands operands = {0};
    for (size_t i = 0; i < call->expression->count; i++)
        vector_push(evaluator->arena, &operands,
                    evaluate(evaluator, call->expression->items[i], call->scope));
    return operands;
}

/* --- operators --- */

static const struct outcome *join_texts(const struct call *call, const struct operands *operands)
{
    struct text text = {.arena = call->evaluator->arena};
    for (size_t i = 0; i < operands->count; i++) {
        struct str part = outcome_text(text.arena, operands->items[i]);
        if (!part.p)
            return unknown(call);
        text_add(&text, part);
    }
    return outcome_of_text(text.arena, call->expression->span, text_str(&text));
}

static const struct outcome *take_member(const struct call *call, const struct outcome *of,
                                         struct str key)
{
    const struct outcome_member *member = outcome_find(of, key);
    if (member)
        return member->value;
    bool absent = of->kind == OUTCOME_NULL || (of->kind == OUTCOME_OBJECT && !of->is_open);
    if (absent && call->expression->is_safe)
        return outcome_make(call->evaluator->arena, OUTCOME_NULL, call->expression->span);
    return unknown(call);
}

static const struct outcome *take_field(const struct call *call, const struct operands *operands)
{
    return take_member(call, operands->items[0], call->expression->name);
}

static const struct outcome *take_index(const struct call *call, const struct operands *operands)
{
    const struct outcome *of = operands->items[0];
    const struct outcome *index = operands->items[1];
    if (of->kind == OUTCOME_OBJECT && index->kind == OUTCOME_TEXT)
        return take_member(call, of, index->text);
    if (of->kind != OUTCOME_LIST || index->kind != OUTCOME_NUMBER || of->is_open ||
        index->number < 0 || index->number >= (double)of->members.count)
        return unknown(call);
    return of->members.items[(size_t)index->number].value;
}

static const struct outcome *negate(const struct call *call, const struct operands *operands)
{
    struct arena *arena = call->evaluator->arena;
    if (call->expression->kind == EXPRESSION_NEGATIVE) {
        if (operands->items[0]->kind != OUTCOME_NUMBER)
            return unknown(call);
        return outcome_of_number(arena, call->expression->span, -operands->items[0]->number);
    }
    int holds = outcome_holds(operands->items[0]);
    return holds < 0 ? unknown(call) : outcome_of_bool(arena, call->expression->span, !holds);
}

/* Whether they are equal: 1, 0, or -1 when it cannot be told. */
static int compare_equal(const struct outcome *a, const struct outcome *b, bool ignore_case)
{
    if (a->kind == OUTCOME_UNKNOWN || b->kind == OUTCOME_UNKNOWN)
        return -1;
    if (a->kind != b->kind)
        return 0;
    if (ignore_case && a->kind == OUTCOME_TEXT)
        return str_equal_ignoring_case(a->text, b->text);
    if ((a->kind == OUTCOME_LIST || a->kind == OUTCOME_OBJECT) && !outcome_equal(a, b))
        return a->members.count || b->members.count ? -1 : 0;
    return outcome_equal(a, b);
}

static int compare_numbers(struct str sign, double a, double b)
{
    if (str_is(sign, "<"))
        return a < b;
    if (str_is(sign, ">"))
        return a > b;
    return str_is(sign, "<=") ? a <= b : a >= b;
}

static int decide(struct str sign, const struct outcome *a, const struct outcome *b)
{
    int left = outcome_holds(a);
    int right = outcome_holds(b);
    if (str_is(sign, "&&"))
        return left == 0 || right == 0 ? 0 : left == 1 && right == 1 ? 1 : -1;
    if (str_is(sign, "||"))
        return left == 1 || right == 1 ? 1 : left == 0 && right == 0 ? 0 : -1;
    bool negated = str_is(sign, "!=") || str_is(sign, "!~");
    if (negated || str_is(sign, "==") || str_is(sign, "=~")) {
        int equal = compare_equal(a, b, sign.p[1] == '~');
        return equal < 0 ? -1 : equal != negated;
    }
    bool compares = sign.n && (sign.p[0] == '<' || sign.p[0] == '>');
    if (!compares || a->kind != OUTCOME_NUMBER || b->kind != OUTCOME_NUMBER)
        return -1;
    return compare_numbers(sign, a->number, b->number);
}

static const struct outcome *compute(const struct call *call, double a, double b)
{
    char sign = call->expression->name.p[0];
    double number = sign == '+' ? a + b : sign == '-' ? a - b : a * b;
    if (sign == '/' || sign == '%') {
        if (b >= 0 && b <= 0)
            return unknown(call);
        number = sign == '%' ? fmod(a, b) : a / b;
        if (sign == '/' && call->evaluator->language == LANGUAGE_BICEP)
            number = trunc(number);
    }
    return outcome_of_number(call->evaluator->arena, call->expression->span, number);
}

static const struct outcome *combine(const struct call *call, const struct operands *operands)
{
    struct str sign = call->expression->name;
    const struct outcome *a = operands->items[0];
    const struct outcome *b = operands->items[1];
    if (str_is(sign, "??"))
        return a->kind == OUTCOME_NULL ? b : a;
    bool computes = sign.n == 1 && strchr("+-*/%", sign.p[0]);
    if (computes && a->kind == OUTCOME_NUMBER && b->kind == OUTCOME_NUMBER)
        return compute(call, a->number, b->number);
    int decided = computes ? -1 : decide(sign, a, b);
    if (decided < 0)
        return unknown(call);
    return outcome_of_bool(call->evaluator->arena, call->expression->span, decided);
}

static const struct outcome *call_function(const struct call *call, const struct operands *operands)
{
    return infra_call(call->evaluator->arena, call->evaluator->language, call->expression->name,
                      call->expression->span, operands->items, operands->count);
}

static const struct outcome *evaluate_call(const struct call *call)
{
    struct evaluator *evaluator = call->evaluator;
    struct operands operands = {0};
    for (size_t i = 0; i < call->expression->count; i++) {
        const struct expression *item = call->expression->items[i];
        bool spread = item->kind == EXPRESSION_SPREAD;
        const struct outcome *argument =
            evaluate(evaluator, spread ? item->items[0] : item, call->scope);
        if (spread && (argument->kind != OUTCOME_LIST || argument->is_open))
            return unknown(call);
        for (size_t k = 0; spread && k < argument->members.count; k++)
            vector_push(evaluator->arena, &operands, argument->members.items[k].value);
        if (!spread)
            vector_push(evaluator->arena, &operands, argument);
    }
    return distribute(call, &operands, call_function);
}

static const struct outcome *evaluate_condition(const struct call *call)
{
    const struct expression *expression = call->expression;
    int holds = outcome_holds(evaluate(call->evaluator, expression->items[0], call->scope));
    const struct outcome *yes =
        holds ? evaluate(call->evaluator, expression->items[1], call->scope) : NULL;
    const struct outcome *no =
        holds == 1 ? NULL : evaluate(call->evaluator, expression->items[2], call->scope);
    return outcome_either(call->evaluator->arena, yes, no);
}

/* --- lists, objects and loops --- */

static const struct outcome *build_list(const struct call *call)
{
    struct evaluator *evaluator = call->evaluator;
    struct outcome *list = outcome_make(evaluator->arena, OUTCOME_LIST, call->expression->span);
    for (size_t i = 0; i < call->expression->count; i++) {
        const struct expression *item = call->expression->items[i];
        bool spread = item->kind == EXPRESSION_SPREAD;
        const struct outcome *value =
            evaluate(evaluator, spread ? item->items[0] : item, call->scope);
        struct outcome_member member = {.span = item->span, .value = value};
        if (!spread) {
            outcome_add(evaluator->arena, list, member);
            continue;
        }
        value = outcome_common(evaluator->arena, value);
        list->is_open = list->is_open || value->is_open || value->kind != OUTCOME_LIST;
        for (size_t k = 0; value->kind == OUTCOME_LIST && k < value->members.count; k++)
            outcome_add(evaluator->arena, list, value->members.items[k]);
    }
    return list;
}

static void add_spread(struct evaluator *evaluator, struct outcome *object,
                       const struct outcome *value)
{
    const struct outcome *both[] = {object, value};
    const struct outcome *merged =
        infra_call(evaluator->arena, LANGUAGE_TERRAFORM, STR("merge"), object->span, both, 2);
    if (merged->kind == OUTCOME_OBJECT)
        *object = *merged;
    else
        object->is_open = true;
}

static const struct outcome *build_object(const struct call *call)
{
    struct evaluator *evaluator = call->evaluator;
    struct arena *arena = evaluator->arena;
    struct outcome *object = outcome_make(arena, OUTCOME_OBJECT, call->expression->span);
    for (size_t i = 0; i + 1 < call->expression->count; i += 2) {
        const struct expression *key = call->expression->items[i];
        const struct outcome *value =
            evaluate(evaluator, call->expression->items[i + 1], call->scope);
        if (!key) {
            add_spread(evaluator, object, outcome_common(arena, value));
            continue;
        }
        struct str name = outcome_text(arena, evaluate(evaluator, key, call->scope));
        struct span span = {key->span.file, key->span.start,
                            call->expression->items[i + 1]->span.end};
        if (name.p)
            outcome_put(arena, object, (struct outcome_member){name, span, value});
        else
            outcome_blur(arena, object);
    }
    return object;
}

static void add_round(const struct call *call, struct outcome *result,
                      const struct evaluation_scope *scope)
{
    struct evaluator *evaluator = call->evaluator;
    struct expression *const *items = call->expression->items;
    int holds = items[3] ? outcome_holds(evaluate(evaluator, items[3], scope)) : 1;
    if (holds == 0)
        return;
    const struct outcome *value = holds > 0 ? evaluate(evaluator, items[2], scope) : NULL;
    const struct outcome *key = value && items[1] ? evaluate(evaluator, items[1], scope) : NULL;
    struct str name = key ? outcome_text(evaluator->arena, key) : STR("");
    if ((!value || !name.p) && items[1])
        outcome_blur(evaluator->arena, result);
    else if (!value)
        result->is_open = true;
    else if (items[1])
        outcome_put(evaluator->arena, result, (struct outcome_member){name, value->span, value});
    else
        outcome_add(evaluator->arena, result,
                    (struct outcome_member){.span = value->span, .value = value});
}

static const struct outcome *build_loop(const struct call *call, const struct operands *operands)
{
    struct evaluator *evaluator = call->evaluator;
    const struct expression *loop = call->expression;
    const struct outcome *over = operands->items[0];
    if (over->kind != OUTCOME_LIST && over->kind != OUTCOME_OBJECT)
        return unknown(call);
    struct outcome *result =
        outcome_make(evaluator->arena, loop->items[1] ? OUTCOME_OBJECT : OUTCOME_LIST, loop->span);
    result->is_open = over->is_open;
    for (size_t i = 0; i < over->members.count; i++) {
        const struct outcome_member *member = &over->members.items[i];
        const struct outcome *key =
            over->kind == OUTCOME_OBJECT
                ? outcome_of_text(evaluator->arena, member->span, member->key)
                : outcome_of_number(evaluator->arena, member->span, (double)i);
        bool key_first = loop->key_first && loop->second.n;
        struct evaluation_scope first = {call->scope, loop->name, key_first ? key : member->value};
        struct evaluation_scope second = {&first, loop->second, key_first ? member->value : key};
        add_round(call, result, loop->second.n ? &second : &first);
    }
    return result;
}

static const struct outcome *evaluate_loop(const struct call *call)
{
    const struct outcome *over = evaluate(call->evaluator, call->expression->items[0], call->scope);
    const struct outcome *items[] = {over};
    struct operands operands = {.items = items, .count = 1};
    return distribute(call, &operands, build_loop);
}

/* --- names --- */

static const struct outcome *find_in_scope(const struct evaluation_scope *scope, struct str name)
{
    for (; scope; scope = scope->outer) {
        if (str_equal(scope->name, name))
            return scope->outcome;
    }
    return NULL;
}

static const struct outcome *evaluate_name(const struct call *call)
{
    struct str name = call->expression->name;
    const struct outcome *found = find_in_scope(call->scope, name);
    if (!found)
        found = evaluator_find(call->evaluator, name);
    return found ? found : unknown(call);
}

static const struct outcome *evaluate_field(const struct call *call)
{
    const struct expression *of = call->expression->items[0];
    struct arena *arena = call->evaluator->arena;
    if (call->evaluator->language == LANGUAGE_TERRAFORM && of->kind == EXPRESSION_NAME &&
        !find_in_scope(call->scope, of->name)) {
        struct str name =
            str_format(arena, "%.*s.%.*s", STR_ARG(of->name), STR_ARG(call->expression->name));
        const struct outcome *found = evaluator_find(call->evaluator, name);
        return found ? found : unknown(call);
    }
    struct operands operands = evaluate_items(call);
    return distribute(call, &operands, take_field);
}

static const struct outcome *evaluate_constant(const struct call *call)
{
    struct arena *arena = call->evaluator->arena;
    const struct expression *expression = call->expression;
    switch (expression->kind) {
    case EXPRESSION_NULL:
        return outcome_make(arena, OUTCOME_NULL, expression->span);
    case EXPRESSION_BOOL:
        return outcome_of_bool(arena, expression->span, expression->boolean);
    case EXPRESSION_NUMBER:
        return outcome_of_number(arena, expression->span, expression->number);
    case EXPRESSION_TEXT:
        return outcome_of_text(arena, expression->span, expression->name);
    default:
        return unknown(call);
    }
}

static const struct outcome *evaluate_operation(const struct call *call, operation apply)
{
    struct operands operands = evaluate_items(call);
    return distribute(call, &operands, apply);
}

static const struct outcome *evaluate_kind(const struct call *call)
{
    switch (call->expression->kind) {
    case EXPRESSION_TEMPLATE:
        return evaluate_operation(call, join_texts);
    case EXPRESSION_LIST:
        return build_list(call);
    case EXPRESSION_OBJECT:
        return build_object(call);
    case EXPRESSION_NAME:
        return evaluate_name(call);
    case EXPRESSION_FIELD:
        return evaluate_field(call);
    case EXPRESSION_INDEX:
        return evaluate_operation(call, take_index);
    case EXPRESSION_CALL:
        return evaluate_call(call);
    case EXPRESSION_NOT:
    case EXPRESSION_NEGATIVE:
        return evaluate_operation(call, negate);
    case EXPRESSION_BINARY:
        return evaluate_operation(call, combine);
    case EXPRESSION_CONDITION:
        return evaluate_condition(call);
    case EXPRESSION_FOR:
        return evaluate_loop(call);
    default:
        return evaluate_constant(call);
    }
}

const struct outcome *evaluate(struct evaluator *evaluator, const struct expression *expression,
                               const struct evaluation_scope *scope)
{
    struct call call = {evaluator, expression, scope};
    if (!*evaluator->steps || evaluator->depth >= limits_default.template_depth)
        return unknown(&call);
    --*evaluator->steps;
    evaluator->depth++;
    const struct outcome *outcome = evaluate_kind(&call);
    evaluator->depth--;
    return outcome;
}
