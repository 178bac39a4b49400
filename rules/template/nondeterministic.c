#include "engine/engine.h"

static bool is_secret(const struct chance *chance)
{
    return str_is(chance->object->kind, "Secret");
}

static bool is_name_of_run(const struct chance *chance)
{
    bool runs_once = str_is(chance->object->kind, "Job") || str_is(chance->object->kind, "Pod");
    return runs_once && str_is(chance->field, "metadata.name");
}

/* True when a secret comes of the same call, or of one in the same file. */
static bool is_of_secret(const struct chance_list *chances, const struct chance *chance)
{
    bool found = false;
    for (size_t i = 0; i < chances->count && !found; i++)
        found = is_secret(&chances->items[i]) && chances->items[i].span.file == chance->span.file;
    return found;
}

static void check(struct pass *pass, const struct release *release)
{
    const struct chance_list *chances = pass_chances(pass, release);
    for (size_t i = 0; i < chances->count; i++) {
        const struct chance *chance = &chances->items[i];
        if (is_secret(chance) || is_name_of_run(chance) || is_of_secret(chances, chance))
            continue;
        struct report *report = pass_report_chance(pass, chance, "message");
        report_argument(report, "field", chance->field);
    }
}

const struct rule_code rule_template_nondeterministic = {.release = check, .uses_objects = true};
