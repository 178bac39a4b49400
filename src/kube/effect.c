#include "effect.h"

/* The value at the path in values that may be changed; NULL when nothing is there. */
static struct value *find(struct arena *arena, struct value_map *values, struct str path)
{
    struct values_step_list steps = values_path_parse(arena, path);
    struct value root = value_of_map(values);
    struct value *at = arena_make(arena, struct value);
    *at = root;
    for (size_t i = 0; at && i < steps.count; i++) {
        const struct values_step *step = &steps.items[i];
        if (step->is_index && at->type == VALUE_LIST && step->index < at->list->count)
            at = &at->list->items[step->index];
        else if (!step->is_index && at->type == VALUE_MAP)
            at = value_map_get(at->map, step->key);
        else
            at = NULL;
    }
    return at;
}

static bool is_same(const struct rendered_list *a, const struct rendered_list *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = str_equal(a->items[i].name, b->items[i].name) &&
               str_equal(a->items[i].text, b->items[i].text);
    return same;
}

/* What is not there may read anything. */
static bool lacks_charts(const struct chart_package *package)
{
    bool lacks = package->missing_count > 0;
    for (size_t i = 0; i < package->subchart_count && !lacks; i++)
        lacks = lacks_charts(package->subcharts[i]);
    return lacks;
}

bool release_feels_switch(struct arena *arena, struct renderer *renderer,
                          const struct rendered_release *rendered, struct str path)
{
    struct diagnostics problems = {.arena = arena};
    struct value_map *values = release_file_values(arena, rendered->release);
    struct value *value = find(arena, values, path);
    if (!value || value->type != VALUE_BOOL || lacks_charts(rendered->package))
        return true;
    value->boolean = !value->boolean;
    const struct rendered_release *other =
        release_render_with(arena, renderer, rendered->release, values, &problems);
    return !other || !is_same(&rendered->rendering.files, &other->rendering.files);
}
