#include "evaluate.h"

/* The functions of Bicep and Terraform that pools are written with. */
struct arguments {
    struct arena *arena;
    enum infra_language language;
    struct span span;
    const struct outcome *const *items;
    size_t count;
};

typedef const struct outcome *(*function)(const struct arguments *arguments);

static const struct outcome *unknown(const struct arguments *arguments)
{
    return outcome_unknown(arguments->arena, arguments->span);
}

static const struct outcome *of_bool(const struct arguments *arguments, bool boolean)
{
    return outcome_of_bool(arguments->arena, arguments->span, boolean);
}

static const struct outcome *of_number(const struct arguments *arguments, size_t number)
{
    return outcome_of_number(arguments->arena, arguments->span, (double)number);
}

static const struct outcome *of_text(const struct arguments *arguments, struct str text)
{
    return outcome_of_text(arguments->arena, arguments->span, text);
}

static const struct outcome *argument(const struct arguments *arguments, size_t number,
                                      enum outcome_kind kind)
{
    bool fits = number < arguments->count && arguments->items[number]->kind == kind;
    return fits ? arguments->items[number] : NULL;
}

/* --- joining --- */

static const struct outcome *merge_members(const struct arguments *arguments,
                                           const struct outcome *lower,
                                           const struct outcome *upper);

static void merge_object(const struct arguments *arguments, struct outcome *result,
                         const struct outcome *object)
{
    if (object->kind == OUTCOME_NULL)
        return;
    if (object->kind != OUTCOME_OBJECT || object->is_open)
        outcome_blur(arguments->arena, result);
    for (size_t i = 0; object->kind == OUTCOME_OBJECT && i < object->members.count; i++) {
        struct outcome_member member = object->members.items[i];
        const struct outcome_member *old = outcome_find(result, member.key);
        if (old && arguments->language == LANGUAGE_BICEP)
            member.value = merge_members(arguments, old->value, member.value);
        outcome_put(arguments->arena, result, member);
    }
}

/* Bicep's union merges objects within objects too. */
static const struct outcome *merge_members(const struct arguments *arguments,
                                           const struct outcome *lower, const struct outcome *upper)
{
    if (lower->kind != OUTCOME_OBJECT || upper->kind != OUTCOME_OBJECT)
        return upper;
    struct outcome *result = outcome_make(arguments->arena, OUTCOME_OBJECT, upper->span);
    merge_object(arguments, result, lower);
    merge_object(arguments, result, upper);
    return result;
}

static const struct outcome *merge(const struct arguments *arguments)
{
    struct outcome *result = outcome_make(arguments->arena, OUTCOME_OBJECT, arguments->span);
    for (size_t i = 0; i < arguments->count; i++)
        merge_object(arguments, result, arguments->items[i]);
    return result;
}

static bool has_item(const struct outcome *list, const struct outcome *item)
{
    for (size_t i = 0; i < list->members.count; i++) {
        if (outcome_equal(list->members.items[i].value, item))
            return true;
    }
    return false;
}

static void append(const struct arguments *arguments, struct outcome *list,
                   const struct outcome *other, bool once)
{
    if (other->kind == OUTCOME_NULL)
        return;
    list->is_open = list->is_open || other->is_open || other->kind != OUTCOME_LIST;
    for (size_t i = 0; other->kind == OUTCOME_LIST && i < other->members.count; i++) {
        if (!once || !has_item(list, other->members.items[i].value))
            outcome_add(arguments->arena, list, other->members.items[i]);
    }
}

static const struct outcome *join_lists(const struct arguments *arguments, bool once)
{
    struct outcome *list = outcome_make(arguments->arena, OUTCOME_LIST, arguments->span);
    for (size_t i = 0; i < arguments->count; i++)
        append(arguments, list, arguments->items[i], once);
    return list;
}

static bool has_kind(const struct arguments *arguments, enum outcome_kind kind)
{
    for (size_t i = 0; i < arguments->count; i++) {
        if (arguments->items[i]->kind == kind)
            return true;
    }
    return false;
}

static const struct outcome *unite(const struct arguments *arguments)
{
    if (has_kind(arguments, OUTCOME_OBJECT))
        return merge(arguments);
    return has_kind(arguments, OUTCOME_LIST) ? join_lists(arguments, true) : unknown(arguments);
}

static const struct outcome *concat(const struct arguments *arguments)
{
    if (has_kind(arguments, OUTCOME_LIST))
        return join_lists(arguments, false);
    struct text text = {.arena = arguments->arena};
    for (size_t i = 0; i < arguments->count; i++) {
        struct str part = outcome_text(text.arena, arguments->items[i]);
        if (!part.p)
            return unknown(arguments);
        text_add(&text, part);
    }
    return of_text(arguments, text_str(&text));
}

static const struct outcome *flatten(const struct arguments *arguments)
{
    const struct outcome *lists = argument(arguments, 0, OUTCOME_LIST);
    if (!lists)
        return unknown(arguments);
    struct outcome *result = outcome_make(arguments->arena, OUTCOME_LIST, arguments->span);
    result->is_open = lists->is_open;
    for (size_t i = 0; i < lists->members.count; i++) {
        const struct outcome *inner = lists->members.items[i].value;
        if (inner->kind == OUTCOME_LIST || inner->kind == OUTCOME_UNKNOWN)
            append(arguments, result, inner, false);
        else
            outcome_add(arguments->arena, result, lists->members.items[i]);
    }
    return result;
}

static const struct outcome *distinct(const struct arguments *arguments)
{
    struct arguments first = *arguments;
    first.count = arguments->count ? 1 : 0;
    return argument(arguments, 0, OUTCOME_LIST) ? join_lists(&first, true) : unknown(arguments);
}

/* --- looking in --- */

static bool is_collection(const struct outcome *outcome)
{
    return outcome->kind == OUTCOME_LIST || outcome->kind == OUTCOME_OBJECT;
}

static const struct outcome *length(const struct arguments *arguments)
{
    if (argument(arguments, 0, OUTCOME_TEXT))
        return of_number(arguments, arguments->items[0]->text.n);
    bool closed = arguments->count == 1 && is_collection(arguments->items[0]) &&
                  !arguments->items[0]->is_open;
    return closed ? of_number(arguments, arguments->items[0]->members.count) : unknown(arguments);
}

static const struct outcome *empty(const struct arguments *arguments)
{
    if (argument(arguments, 0, OUTCOME_NULL))
        return of_bool(arguments, true);
    if (arguments->count && is_collection(arguments->items[0]) &&
        arguments->items[0]->members.count)
        return of_bool(arguments, false);
    const struct outcome *count = length(arguments);
    return count->kind == OUTCOME_NUMBER ? of_bool(arguments, count->number < 1)
                                         : unknown(arguments);
}

static const struct outcome *contains(const struct arguments *arguments)
{
    if (arguments->count != 2 || arguments->items[1]->kind == OUTCOME_UNKNOWN)
        return unknown(arguments);
    const struct outcome *in = arguments->items[0];
    struct str text = outcome_text(arguments->arena, arguments->items[1]);
    if (in->kind == OUTCOME_TEXT && text.p)
        return of_bool(arguments, str_contains(in->text, text));
    bool found = (in->kind == OUTCOME_OBJECT && text.p && outcome_find(in, text)) ||
                 (in->kind == OUTCOME_LIST && has_item(in, arguments->items[1]));
    if (found)
        return of_bool(arguments, true);
    bool whole = is_collection(in) && !in->is_open;
    for (size_t i = 0; whole && in->kind == OUTCOME_LIST && i < in->members.count; i++)
        whole = in->members.items[i].value->kind != OUTCOME_UNKNOWN;
    return whole ? of_bool(arguments, false) : unknown(arguments);
}

static const struct outcome *lookup(const struct arguments *arguments)
{
    const struct outcome *object = argument(arguments, 0, OUTCOME_OBJECT);
    const struct outcome *key = argument(arguments, 1, OUTCOME_TEXT);
    if (!object || !key)
        return unknown(arguments);
    const struct outcome_member *member = outcome_find(object, key->text);
    if (member)
        return member->value;
    return arguments->count == 3 && !object->is_open ? arguments->items[2] : unknown(arguments);
}

static const struct outcome *list_members(const struct arguments *arguments, bool keys)
{
    const struct outcome *object = argument(arguments, 0, OUTCOME_OBJECT);
    if (!object)
        return unknown(arguments);
    struct outcome *list = outcome_make(arguments->arena, OUTCOME_LIST, arguments->span);
    list->is_open = object->is_open;
    for (size_t i = 0; i < object->members.count; i++) {
        struct outcome_member member = object->members.items[i];
        if (keys)
            member.value = outcome_of_text(arguments->arena, member.span, member.key);
        outcome_add(arguments->arena, list, member);
    }
    return list;
}

static const struct outcome *keys(const struct arguments *arguments)
{
    return list_members(arguments, true);
}

static const struct outcome *values(const struct arguments *arguments)
{
    return list_members(arguments, false);
}

static const struct outcome *end_item(const struct arguments *arguments, bool last)
{
    const struct outcome *list = argument(arguments, 0, OUTCOME_LIST);
    if (!list || list->is_open || !list->members.count)
        return unknown(arguments);
    return list->members.items[last ? list->members.count - 1 : 0].value;
}

static const struct outcome *first(const struct arguments *arguments)
{
    return end_item(arguments, false);
}

static const struct outcome *last(const struct arguments *arguments)
{
    return end_item(arguments, true);
}

/* The first that is not null; Terraform passes over empty texts too. */
static const struct outcome *coalesce(const struct arguments *arguments)
{
    for (size_t i = 0; i < arguments->count; i++) {
        const struct outcome *each = arguments->items[i];
        bool blank = arguments->language == LANGUAGE_TERRAFORM && each->kind == OUTCOME_TEXT &&
                     !each->text.n;
        if (each->kind != OUTCOME_NULL && !blank)
            return each;
    }
    return unknown(arguments);
}

/* --- texts and conversions --- */

static const struct outcome *lower(const struct arguments *arguments)
{
    const struct outcome *text = argument(arguments, 0, OUTCOME_TEXT);
    return text ? of_text(arguments, str_lower(arguments->arena, text->text)) : unknown(arguments);
}

static const struct outcome *replace(const struct arguments *arguments)
{
    const struct outcome *text = argument(arguments, 0, OUTCOME_TEXT);
    const struct outcome *old = argument(arguments, 1, OUTCOME_TEXT);
    const struct outcome *new = argument(arguments, 2, OUTCOME_TEXT);
    bool pattern =
        old && arguments->language == LANGUAGE_TERRAFORM && str_starts_with(old->text, STR("/"));
    if (!text || !old || !new || !old->text.n || pattern)
        return unknown(arguments);
    return of_text(arguments, str_replace(arguments->arena, text->text, old->text, new->text));
}

/* Terraform has the separator first. */
static const struct outcome *join(const struct arguments *arguments)
{
    size_t at = arguments->language == LANGUAGE_TERRAFORM;
    const struct outcome *list = argument(arguments, at, OUTCOME_LIST);
    const struct outcome *separator = argument(arguments, 1 - at, OUTCOME_TEXT);
    if (!list || !separator || list->is_open)
        return unknown(arguments);
    struct str_list parts = {0};
    for (size_t i = 0; i < list->members.count; i++) {
        struct str part = outcome_text(arguments->arena, list->members.items[i].value);
        if (!part.p)
            return unknown(arguments);
        vector_push(arguments->arena, &parts, part);
    }
    return of_text(arguments, str_list_join(arguments->arena, &parts, separator->text));
}

/* Adds the argument of the number; false when it is no text. */
static bool add_argument(const struct arguments *arguments, struct text *text, size_t number)
{
    struct str value = number < arguments->count
                           ? outcome_text(arguments->arena, arguments->items[number])
                           : (struct str){0};
    text_add(text, value);
    return value.p;
}

/* "%s-%d" in Terraform, "{0}-{1}" in Bicep. */
static const struct outcome *format(const struct arguments *arguments)
{
    const struct outcome *pattern = argument(arguments, 0, OUTCOME_TEXT);
    struct text text = {.arena = arguments->arena};
    size_t next = 1;
    for (size_t i = 0; pattern && i < pattern->text.n; i++) {
        struct str rest = str_from(pattern->text, i);
        bool word = arguments->language == LANGUAGE_TERRAFORM && rest.p[0] == '%' && rest.n > 1;
        bool place = arguments->language == LANGUAGE_BICEP && rest.n > 2 && rest.p[0] == '{' &&
                     is_ascii_digit(rest.p[1]) && rest.p[2] == '}';
        if (word && rest.p[1] == '%') {
            text_add_char(&text, '%');
            i++;
        } else if (word || place) {
            if (word && !strchr("sdv", rest.p[1]))
                return unknown(arguments);
            size_t number = place ? (size_t)(rest.p[1] - '0') + 1 : next++;
            if (!add_argument(arguments, &text, number))
                return unknown(arguments);
            i += word ? 1 : 2;
        } else {
            text_add_char(&text, rest.p[0]);
        }
    }
    return pattern ? of_text(arguments, text_str(&text)) : unknown(arguments);
}

static const struct outcome *to_text(const struct arguments *arguments)
{
    struct str text = arguments->count == 1 ? outcome_text(arguments->arena, arguments->items[0])
                                            : (struct str){0};
    if (!text.p)
        return unknown(arguments);
    return outcome_of_text(arguments->arena, arguments->items[0]->span, text);
}

static const struct outcome *to_number(const struct arguments *arguments)
{
    double number = 0;
    if (argument(arguments, 0, OUTCOME_NUMBER))
        return arguments->items[0];
    const struct outcome *text = argument(arguments, 0, OUTCOME_TEXT);
    if (!text || !parse_go_float(text->text, &number))
        return unknown(arguments);
    return outcome_of_number(arguments->arena, text->span, number);
}

static const struct outcome *to_bool(const struct arguments *arguments)
{
    int holds = arguments->count == 1 ? outcome_holds(arguments->items[0]) : -1;
    return holds < 0 ? unknown(arguments)
                     : outcome_of_bool(arguments->arena, arguments->items[0]->span, holds);
}

static const struct outcome *same(const struct arguments *arguments)
{
    return arguments->count ? arguments->items[0] : unknown(arguments);
}

static const struct outcome *extreme(const struct arguments *arguments, bool largest)
{
    const struct outcome *found = NULL;
    for (size_t i = 0; i < arguments->count; i++) {
        const struct outcome *each = argument(arguments, i, OUTCOME_NUMBER);
        if (!each)
            return unknown(arguments);
        if (!found || (largest ? each->number > found->number : each->number < found->number))
            found = each;
    }
    return found ? found : unknown(arguments);
}

static const struct outcome *smallest(const struct arguments *arguments)
{
    return extreme(arguments, false);
}

static const struct outcome *largest(const struct arguments *arguments)
{
    return extreme(arguments, true);
}

enum { MOST_NUMBERS = 1000 };

/* Bicep: start, count. Terraform: [start,] end. */
static const struct outcome *range(const struct arguments *arguments)
{
    double start = 0;
    double count = 0;
    const struct outcome *one = argument(arguments, 0, OUTCOME_NUMBER);
    const struct outcome *two = argument(arguments, 1, OUTCOME_NUMBER);
    if (!one || arguments->count > 2 || (arguments->count == 2 && !two))
        return unknown(arguments);
    start = two ? one->number : 0;
    count = two ? two->number : one->number;
    if (two && arguments->language == LANGUAGE_TERRAFORM)
        count = two->number - start;
    if (!(count >= 0 && count <= MOST_NUMBERS))
        return unknown(arguments);
    struct outcome *list = outcome_make(arguments->arena, OUTCOME_LIST, arguments->span);
    for (size_t i = 0; (double)i < count; i++) {
        const struct outcome *number =
            outcome_of_number(arguments->arena, arguments->span, start + (double)i);
        outcome_add(arguments->arena, list,
                    (struct outcome_member){.span = arguments->span, .value = number});
    }
    return list;
}

static const struct {
    const char *name;
    function call;
} functions[] = {
    {"any", same},          {"bool", to_bool},        {"coalesce", coalesce},  {"concat", concat},
    {"contains", contains}, {"distinct", distinct},   {"empty", empty},        {"first", first},
    {"flatten", flatten},   {"format", format},       {"int", to_number},      {"join", join},
    {"keys", keys},         {"last", last},           {"length", length},      {"lookup", lookup},
    {"lower", lower},       {"max", largest},         {"merge", merge},        {"min", smallest},
    {"nonsensitive", same}, {"objectValues", values}, {"range", range},        {"replace", replace},
    {"sensitive", same},    {"string", to_text},      {"toLower", lower},      {"tobool", to_bool},
    {"tolist", same},       {"tomap", same},          {"tonumber", to_number}, {"toset", distinct},
    {"tostring", to_text},  {"union", unite},         {"values", values},
};

const struct outcome *infra_call(struct arena *arena, enum infra_language language, struct str name,
                                 struct span span, const struct outcome *const *arguments,
                                 size_t count)
{
    struct arguments all = {arena, language, span, arguments, count};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (str_is(name, functions[i].name))
            return functions[i].call(&all);
    }
    return unknown(&all);
}
