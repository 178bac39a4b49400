#include "engine/engine.h"

/* Applications of one name that seem to be in one place are in two that cannot be told apart. */
static bool is_same_object(const struct object *a, const struct object *b)
{
    return a == b || (str_equal(a->release->application->name, b->release->application->name) &&
                      str_equal(a->kind, b->kind) && str_equal(a->group, b->group) &&
                      str_equal(a->name, b->name));
}

static struct str title_of(struct arena *arena, const struct object *object)
{
    return str_format(arena, "%.*s %.*s of %.*s", STR_ARG(object->kind), STR_ARG(object->name),
                      STR_ARG(object->release->application->name));
}

static void check_made(struct pass *pass, const struct secret_made *first,
                       const struct secret_made *second)
{
    struct arena *arena = pass_arena(pass);
    if (second->is_shared || second->object->hook.p || !second->object->namespace.n ||
        is_same_object(first->object, second->object))
        return;
    struct report *report = pass_report_field(pass, second->object, second->field, "message");
    report_argument(report, "name", second->name);
    report_argument(report, "first", title_of(arena, first->object));
    report_argument(report, "second", title_of(arena, second->object));
    struct cause cause = pass_cause(pass, first->object, first->field);
    report_related(report, cause_span(&cause), "made here, too");
}

static void check(struct pass *pass)
{
    const struct secret_model *secrets = pass_secrets(pass);
    for (size_t i = 0; i < secrets->made.count; i++) {
        const struct secret_made_list *made = secrets->made.items[i].value;
        size_t first = 0;
        while (first < made->count &&
               (made->items[first]->is_shared || made->items[first]->object->hook.p))
            first++;
        for (size_t k = first + 1; k < made->count; k++)
            check_made(pass, made->items[first], made->items[k]);
    }
}

const struct rule_code rule_secrets_two_owners = {.repository = check, .uses_objects = true};
