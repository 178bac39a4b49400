#include "engine/engine.h"

/* True when the file asks the cluster for what is there already. */
static bool asks_cluster(const struct pass *pass, struct span span)
{
    const struct file *file = span.file ? tree_file(pass_tree(pass), span.file) : NULL;
    return file && str_contains(file->bytes, STR("lookup"));
}

static void check_chance(struct pass *pass, const struct chance *chance)
{
    struct arena *arena = pass_arena(pass);
    struct values_step_list steps = values_path_parse(arena, chance->field);
    bool is_data = steps.count == 2 &&
                   (str_is(steps.items[0].key, "data") || str_is(steps.items[0].key, "stringData"));
    bool is_kept = pass_option_bool(pass, "lookup_survives") &&
                   (asks_cluster(pass, chance->span) || asks_cluster(pass, chance->printed));
    if (!is_data || is_kept || !str_is(chance->object->kind, "Secret"))
        return;
    struct report *report = pass_report_chance(pass, chance, "message");
    report_argument(report, "key", steps.items[1].key);
}

static void check(struct pass *pass, const struct release *release)
{
    const struct chance_list *chances = pass_chances(pass, release);
    for (size_t i = 0; i < chances->count; i++)
        check_chance(pass, &chances->items[i]);
}

const struct rule_code rule_secrets_generated_every_sync = {.release = check, .uses_objects = true};
