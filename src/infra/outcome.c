#include "outcome.h"

enum { MOST_CHOICES = 16 };

struct outcome *outcome_make(struct arena *arena, enum outcome_kind kind, struct span span)
{
    struct outcome *outcome = arena_make(arena, struct outcome);
    outcome->kind = kind;
    outcome->span = span;
    return outcome;
}

const struct outcome *outcome_unknown(struct arena *arena, struct span span)
{
    return outcome_make(arena, OUTCOME_UNKNOWN, span);
}

const struct outcome *outcome_of_text(struct arena *arena, struct span span, struct str text)
{
    struct outcome *outcome = outcome_make(arena, OUTCOME_TEXT, span);
    outcome->text = text;
    return outcome;
}

const struct outcome *outcome_of_number(struct arena *arena, struct span span, double number)
{
    struct outcome *outcome = outcome_make(arena, OUTCOME_NUMBER, span);
    outcome->number = number;
    return outcome;
}

const struct outcome *outcome_of_bool(struct arena *arena, struct span span, bool boolean)
{
    struct outcome *outcome = outcome_make(arena, OUTCOME_BOOL, span);
    outcome->boolean = boolean;
    return outcome;
}

const struct outcome *outcome_at(struct arena *arena, const struct outcome *outcome,
                                 struct span span)
{
    struct outcome *copy = arena_make(arena, struct outcome);
    *copy = *outcome;
    copy->span = span;
    return copy;
}

void outcome_add(struct arena *arena, struct outcome *list, struct outcome_member member)
{
    vector_push(arena, &list->members, member);
}

void outcome_put(struct arena *arena, struct outcome *object, struct outcome_member member)
{
    for (size_t i = 0; i < object->members.count; i++) {
        if (str_equal(object->members.items[i].key, member.key)) {
            object->members.items[i] = member;
            return;
        }
    }
    outcome_add(arena, object, member);
}

void outcome_blur(struct arena *arena, struct outcome *object)
{
    object->is_open = true;
    for (size_t i = 0; i < object->members.count; i++) {
        struct outcome_member *member = &object->members.items[i];
        member->value = outcome_unknown(arena, member->value->span);
    }
}

const struct outcome_member *outcome_find(const struct outcome *object, struct str key)
{
    for (size_t i = 0; object && object->kind == OUTCOME_OBJECT && i < object->members.count; i++) {
        if (str_equal(object->members.items[i].key, key))
            return &object->members.items[i];
    }
    return NULL;
}

static bool members_equal(const struct outcome *a, const struct outcome *b)
{
    if (a->members.count != b->members.count || a->is_open || b->is_open)
        return false;
    for (size_t i = 0; i < a->members.count; i++) {
        const struct outcome_member *other = &b->members.items[i];
        if (a->kind == OUTCOME_OBJECT)
            other = outcome_find(b, a->members.items[i].key);
        if (!other || !outcome_equal(a->members.items[i].value, other->value))
            return false;
    }
    return true;
}

bool outcome_equal(const struct outcome *a, const struct outcome *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case OUTCOME_NULL:
        return true;
    case OUTCOME_BOOL:
        return a->boolean == b->boolean;
    case OUTCOME_NUMBER:
        return a->number >= b->number && a->number <= b->number;
    case OUTCOME_TEXT:
        return str_equal(a->text, b->text);
    case OUTCOME_LIST:
    case OUTCOME_OBJECT:
        return a == b || members_equal(a, b);
    default:
        return false;
    }
}

static bool add_choice(struct arena *arena, struct outcome *choice, const struct outcome *outcome)
{
    if (outcome->kind == OUTCOME_UNKNOWN)
        return false;
    if (outcome->kind == OUTCOME_CHOICE) {
        for (size_t i = 0; i < outcome->members.count; i++) {
            if (!add_choice(arena, choice, outcome->members.items[i].value))
                return false;
        }
        return true;
    }
    for (size_t i = 0; i < choice->members.count; i++) {
        if (outcome_equal(choice->members.items[i].value, outcome))
            return true;
    }
    outcome_add(arena, choice, (struct outcome_member){.span = outcome->span, .value = outcome});
    return choice->members.count <= MOST_CHOICES;
}

const struct outcome *outcome_either(struct arena *arena, const struct outcome *a,
                                     const struct outcome *b)
{
    if (!a || !b)
        return a ? a : b;
    struct outcome *choice = outcome_make(arena, OUTCOME_CHOICE, a->span);
    if (!add_choice(arena, choice, a) || !add_choice(arena, choice, b))
        return outcome_unknown(arena, a->span);
    return choice->members.count == 1 ? choice->members.items[0].value : choice;
}

int outcome_holds(const struct outcome *outcome)
{
    if (outcome->kind == OUTCOME_BOOL)
        return outcome->boolean;
    if (outcome->kind == OUTCOME_TEXT && str_is(outcome->text, "true"))
        return 1;
    if (outcome->kind == OUTCOME_TEXT && str_is(outcome->text, "false"))
        return 0;
    return -1;
}

/* What the choice's objects have under the key together; NULL when one of them lacks it. */
static const struct outcome *common_member(struct arena *arena, const struct outcome *choice,
                                           struct str key)
{
    const struct outcome *together = NULL;
    for (size_t i = 0; i < choice->members.count; i++) {
        const struct outcome_member *member = outcome_find(choice->members.items[i].value, key);
        if (!member)
            return NULL;
        together = outcome_either(arena, together, member->value);
    }
    return together;
}

static bool all_are(const struct outcome *choice, enum outcome_kind kind)
{
    for (size_t i = 0; i < choice->members.count; i++) {
        if (choice->members.items[i].value->kind != kind)
            return false;
    }
    return true;
}

static bool is_in_all(const struct outcome *choice, const struct outcome *item)
{
    for (size_t i = 0; i < choice->members.count; i++) {
        const struct outcome *list = choice->members.items[i].value;
        bool found = false;
        for (size_t k = 0; k < list->members.count && !found; k++)
            found = outcome_equal(list->members.items[k].value, item);
        if (!found)
            return false;
    }
    return true;
}

const struct outcome *outcome_common(struct arena *arena, const struct outcome *outcome)
{
    bool objects = outcome->kind == OUTCOME_CHOICE && all_are(outcome, OUTCOME_OBJECT);
    bool lists = outcome->kind == OUTCOME_CHOICE && all_are(outcome, OUTCOME_LIST);
    if (!objects && !lists)
        return outcome;
    const struct outcome *first = outcome->members.items[0].value;
    struct outcome *common = outcome_make(arena, first->kind, outcome->span);
    for (size_t i = 0; i < first->members.count; i++) {
        struct outcome_member member = first->members.items[i];
        if (objects)
            member.value = common_member(arena, outcome, member.key);
        else if (!is_in_all(outcome, member.value))
            member.value = NULL;
        if (member.value)
            outcome_add(arena, common, member);
    }
    for (size_t i = 0; i < outcome->members.count; i++) {
        const struct outcome *each = outcome->members.items[i].value;
        if (each->is_open || each->members.count > common->members.count)
            common->is_open = true;
    }
    return common;
}

struct str outcome_text(struct arena *arena, const struct outcome *outcome)
{
    switch (outcome->kind) {
    case OUTCOME_TEXT:
        return outcome->text.p ? outcome->text : STR("");
    case OUTCOME_BOOL:
        return outcome->boolean ? STR("true") : STR("false");
    case OUTCOME_NUMBER:
        return format_go_float(arena, outcome->number, 'f', -1);
    default:
        return (struct str){0};
    }
}

const struct outcome *outcome_behind(struct arena *arena, const struct outcome *outcome,
                                     const char *path)
{
    struct str rest = str_from_c(path);
    while (rest.p) {
        struct str key = str_cut(&rest, '.');
        outcome = outcome_common(arena, outcome);
        if (outcome->kind == OUTCOME_LIST && outcome->members.count)
            outcome = outcome_common(arena, outcome->members.items[0].value);
        const struct outcome_member *member = outcome_find(outcome, key);
        if (!member) {
            bool told = outcome->kind != OUTCOME_UNKNOWN && outcome->kind != OUTCOME_CHOICE;
            return told && !outcome->is_open ? NULL : outcome_unknown(arena, outcome->span);
        }
        outcome = member->value;
    }
    return outcome;
}
