#include "package.h"

struct job {
    struct arena *arena;
    struct text text;
    struct schema_violation_list *violations;
};

static void add_violations(struct job *job, struct str path,
                           const struct schema_violation_list *found)
{
    for (size_t i = 0; i < found->count; i++) {
        struct schema_violation violation = found->items[i];
        bool joins = path.n && violation.path.n && violation.path.p[0] != '[';
        violation.path = str_format(job->arena, "%.*s%s%.*s", STR_ARG(path), joins ? "." : "",
                                    STR_ARG(violation.path));
        vector_push(job->arena, job->violations, violation);
    }
}

static void check_own(struct job *job, const struct chart_instance *instance, struct value values,
                      struct str path)
{
    const struct chart_package *package = instance->package;
    struct schema_violation_list found = {0};
    struct str text = package->schema_problem;
    if (!text.p &&
        (!package->schema || schema_check(job->arena, package->schema, values, &text, &found)))
        return;
    text_format(&job->text, "%.*s:\n%.*s", STR_ARG(instance->name), STR_ARG(text));
    add_violations(job, path, &found);
}

static void check(struct job *job, const struct chart_instance *instance, struct value values,
                  struct str path)
{
    check_own(job, instance, values, path);
    for (size_t i = 0; i < instance->child_count; i++) {
        const struct chart_instance *child = instance->children[i];
        const struct value *own = value_map_get(values.map, child->name);
        if (own && own->type == VALUE_MAP)
            check(job, child, *own, values_path_key(job->arena, path, child->name));
    }
}

bool chart_check_schemas(struct arena *arena, const struct chart_instance *root,
                         struct str *ret_text, struct schema_violation_list *violations)
{
    struct job job = {arena, {.arena = arena}, violations};
    check(&job, root, value_of_map(root->values), STR(""));
    if (!job.text.n)
        return true;
    *ret_text = str_join(arena,
                         STR("values don't meet the specifications of the schema(s) in the "
                             "following chart(s):\n"),
                         text_str(&job.text));
    return false;
}
