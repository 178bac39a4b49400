#include "terraform.h"

/* A file of values belongs to the nearest folder above it that has Terraform files. */
static bool belongs(const struct terraform_program *program, struct str path,
                    const struct terraform_folder *folder)
{
    for (struct str at = path_directory(path);; at = path_directory(at)) {
        if (map_has(&program->folders, at))
            return str_equal(at, folder->path);
        if (!at.n)
            return false;
    }
}

/* Read without being named; others are one of several. */
static bool is_automatic(struct str path)
{
    struct str name = path_name(path);
    return str_is(name, "terraform.tfvars") || str_ends_with(name, STR(".auto.tfvars"));
}

void terraform_find_values(struct terraform_instance *instance)
{
    struct pool_collector *collector = instance->program->collector;
    const struct str_list *paths = tree_paths(collector->tree);
    for (size_t i = 0; i < paths->count; i++) {
        struct str path = paths->items[i];
        if (!str_ends_with(path, STR(".tfvars")) ||
            !belongs(instance->program, path, instance->folder))
            continue;
        const struct file *file = tree_find(collector->tree, path);
        if (!file || file->state != FILE_READ)
            continue;
        struct terraform_values *values = vector_add(collector->arena, &instance->values);
        values->file = terraform_parse(collector->arena, file);
        values->is_automatic = is_automatic(path);
    }
}

/* The values that files beside the root give to a variable: one that is read always writes over the
 * default; of those that are named when it is deployed each may be it. */
void terraform_bind_values(struct terraform_instance *instance, struct str name, struct str path)
{
    struct arena *arena = instance->evaluator.arena;
    const struct outcome *always = NULL;
    const struct outcome *sometimes = NULL;
    bool missing = false; /* in one that is named */
    for (size_t i = 0; i < instance->values.count; i++) {
        const struct terraform_values *values = &instance->values.items[i];
        const struct expression *written =
            terraform_attribute(&values->file->body, str_to_c(arena, name));
        const struct outcome *value =
            written ? evaluate(&instance->evaluator, written, NULL) : NULL;
        if (values->is_automatic)
            always = value ? value : always;
        else if (value)
            sometimes = outcome_either(arena, sometimes, value);
        else
            missing = true;
    }
    if (always)
        evaluator_set(&instance->evaluator, path, always);
    if (!sometimes)
        return;
    const struct outcome *otherwise = missing ? evaluator_find(&instance->evaluator, path) : NULL;
    if (missing && !otherwise)
        otherwise = outcome_unknown(arena, sometimes->span);
    evaluator_set(&instance->evaluator, path, outcome_either(arena, sometimes, otherwise));
}

/* --- lists of environments --- */

static bool is_environment_list(struct str name)
{
    static const char *const names[] = {"environments", "enabled_environments", "envs",
                                        "enabled_envs"};
    return STR_IS_ONE_OF(name, names);
}

/* A list of names, or a map by name, perhaps with `enabled` in its values. */
static void add_list(struct pool_collector *collector, struct str name, struct span span,
                     const struct outcome *outcome)
{
    struct arena *arena = collector->arena;
    bool told = (outcome->kind == OUTCOME_LIST || outcome->kind == OUTCOME_OBJECT) &&
                !outcome->is_open && outcome->members.count;
    struct environment_list list = {.name = name, .span = span};
    for (size_t i = 0; told && i < outcome->members.count; i++) {
        const struct outcome_member *member = &outcome->members.items[i];
        struct environment_mention mention = {
            .name =
                outcome->kind == OUTCOME_LIST ? outcome_text(arena, member->value) : member->key,
            .enabled = {.known = POOL_KNOWN, .is_set = true},
            .span = outcome->kind == OUTCOME_LIST ? member->value->span : member->span,
        };
        const struct outcome *enabled = outcome->kind == OUTCOME_OBJECT
                                            ? outcome_behind(arena, member->value, "enabled")
                                            : NULL;
        int holds = enabled ? outcome_holds(enabled) : 1;
        if (enabled)
            mention.enabled = (struct pool_flag){holds < 0 ? POOL_UNKNOWN : POOL_KNOWN, holds == 1,
                                                 enabled->span};
        told = mention.name.p;
        vector_push(arena, &list.items, mention);
    }
    if (told)
        vector_push(arena, &collector->pools->environment_lists, list);
}

void terraform_read_environments(struct terraform_instance *instance)
{
    struct evaluator *evaluator = &instance->evaluator;
    for (size_t i = 0; i < evaluator->bindings.count; i++) {
        struct str path = evaluator->bindings.items[i].key;
        struct str name = str_from(path, str_find_char(path, '.') + 1);
        if (!is_environment_list(name))
            continue;
        const struct outcome *outcome = evaluator_find(evaluator, path);
        add_list(instance->program->collector, name, outcome->span, outcome);
    }
}
