#include "pool.h"

/* Service accounts in what an identity is bound to: the texts within an object that name one. */
static void note(struct pool_collector *collector, const struct outcome *outcome)
{
    bool is_named = outcome->kind == OUTCOME_TEXT &&
                    str_starts_with(outcome->text, STR("system:serviceaccount:"));
    if (is_named)
        vector_push(collector->arena, &collector->pools->subjects,
                    ((struct identity_subject){outcome->text, outcome->span}));
    bool has_members = outcome->kind == OUTCOME_LIST || outcome->kind == OUTCOME_OBJECT;
    for (size_t i = 0; has_members && i < outcome->members.count; i++)
        note(collector, outcome->members.items[i].value);
}

void subjects_add(struct pool_collector *collector, const struct outcome *object,
                  struct pool_flag enabled)
{
    if (enabled.known != POOL_KNOWN || enabled.is_set)
        note(collector, object);
}
