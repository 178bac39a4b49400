#include "values_match.h"

#include "values_path.h"

struct matcher {
    struct arena *arena;
    struct values_step_list steps;
    values_visit *visit;
    void *context;
    size_t visits;
    struct value_walk walk;
};

static void match(struct matcher *matcher, struct value value, struct str path, size_t step);

static bool is_star(const struct values_step *step, const char *stars)
{
    return !step->is_index && str_is(step->key, stars);
}

static void match_children(struct matcher *matcher, struct value value, struct str path,
                           size_t step)
{
    struct arena *arena = matcher->arena;
    if (!value_walk_enter(&matcher->walk))
        return;
    for (size_t i = 0; value.type == VALUE_MAP && i < value.map->count; i++) {
        const struct value_entry *entry = &value.map->entries[i];
        match(matcher, entry->value, values_path_key(arena, path, entry->key), step);
    }
    for (size_t i = 0; value.type == VALUE_LIST && i < value.list->count; i++)
        match(matcher, value.list->items[i], values_path_index(arena, path, i), step);
    value_walk_leave(&matcher->walk);
}

static void match(struct matcher *matcher, struct value value, struct str path, size_t step)
{
    if (step == matcher->steps.count) {
        matcher->visits++;
        matcher->visit(matcher->context, path, value);
        return;
    }
    const struct values_step *next = &matcher->steps.items[step];
    const struct value *child = NULL;
    if (is_star(next, "**")) {
        match(matcher, value, path, step + 1);
        match_children(matcher, value, path, step);
    } else if (is_star(next, "*")) {
        match_children(matcher, value, path, step + 1);
    } else if (next->is_index) {
        if (value.type == VALUE_LIST && next->index < value.list->count)
            child = &value.list->items[next->index];
        path = values_path_index(matcher->arena, path, next->index);
    } else {
        child = value.type == VALUE_MAP ? value_map_get(value.map, next->key) : NULL;
        path = values_path_key(matcher->arena, path, next->key);
    }
    if (child)
        match(matcher, *child, path, step + 1);
}

static bool has_stars(const struct values_step_list *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (is_star(&steps->items[i], "*") || is_star(&steps->items[i], "**"))
            return true;
    }
    return false;
}

void values_match(struct arena *arena, struct value root, struct str pattern, values_visit *visit,
                  void *context)
{
    struct matcher matcher = {
        .arena = arena,
        .steps = values_path_parse(arena, pattern),
        .visit = visit,
        .context = context,
    };
    match(&matcher, root, STR(""), 0);
    if (!matcher.visits && !has_stars(&matcher.steps))
        visit(context, pattern, value_nil());
}
