#include "compare_causes.h"

/* The release with its trace, rendered when it is first asked for; NULL when that fails. */
static const struct rendered_release *traced(struct cause_finder *finder, int side)
{
    struct diagnostics unheard = {.arena = finder->arena}; /* it was rendered and told before */
    const struct release *release = finder->releases[side];
    if (!finder->is_traced[side] && release && release->chart)
        finder->traced[side] =
            release_render(finder->arena, finder->sides[side]->renderer, release, true, &unheard);
    finder->is_traced[side] = true;
    return finder->traced[side];
}

/* --- which input a trace leads to --- */

static bool is_within(struct str path, struct str around)
{
    return str_starts_with(path, around) &&
           (!around.n || path.n == around.n || path.p[around.n] == '.' || path.p[around.n] == '[');
}

/* A value that is not there any more lets the one of another layer through at the same path. */
static bool is_value(const struct input_change *input, const struct cause_place *place)
{
    const struct layer *layer = place->value.layer;
    bool is_same =
        is_within(place->path, input->values_path) || is_within(input->values_path, place->path);
    bool is_other_layer = layer && !str_equal(layer->path, input->path);
    return input->kind == INPUT_VALUE && is_same && !is_other_layer;
}

static bool leads_to(const struct input_change *input, const struct cause_place *place)
{
    const struct layer *layer = place->value.layer;
    if (place->kind == CAUSE_BUILT_IN && str_starts_with(place->path, STR("Chart.")))
        return str_ends_with(input->path, STR("Chart.yaml"));
    if (place->kind == CAUSE_BUILT_IN)
        return input->kind == INPUT_RELEASE;
    if (input->kind == INPUT_FILE)
        return layer && str_equal(layer->path, input->path);
    return is_value(input, place);
}

static const struct input_change *by_places(const struct cause_finder *finder,
                                            const struct cause_place_list *places)
{
    for (size_t i = 0; i < places->count; i++) {
        for (size_t k = 0; k < finder->inputs->count; k++) {
            if (leads_to(finder->inputs->items[k], &places->items[i]))
                return finder->inputs->items[k];
        }
    }
    return NULL;
}

static const struct input_change *by_steps(const struct cause_finder *finder, int side,
                                           const struct cause_step_list *steps)
{
    struct tree *tree = finder->sides[side]->workspace->tree;
    for (size_t i = 0; i < steps->count; i++) {
        const struct file *file = tree_file(tree, steps->items[i].span.file);
        for (size_t k = 0; file && k < finder->inputs->count; k++) {
            const struct input_change *input = finder->inputs->items[k];
            if (input->kind == INPUT_FILE && str_equal(input->path, file->path))
                return input;
        }
    }
    return NULL;
}

/* --- a change --- */

static struct cause cause_on(struct cause_finder *finder, int side,
                             const struct object_change *change)
{
    const struct rendered_release *rendered = traced(finder, side);
    const struct object *object = side ? change->after : change->before;
    if (rendered && object)
        object = object_find_same(&rendered->objects, object);
    if (!rendered || !object)
        return (struct cause){0};
    struct str own = side ? change->field.path_after : change->field.path_before;
    struct str other = side ? change->field.path_before : change->field.path_after;
    return release_cause(finder->arena, rendered, object, own.n ? own : other);
}

/* A field that is on one side only is there, or not, because of what was asked before. */
const struct input_change *find_input(struct cause_finder *finder,
                                      const struct object_change *change)
{
    if (finder->inputs->count == 1)
        return finder->inputs->items[0];
    const struct input_change *found = NULL;
    struct cause causes[] = {cause_on(finder, 0, change), cause_on(finder, 1, change)};
    for (int side = 1; side >= 0 && !found; side--)
        found = by_places(finder, &causes[side].places);
    for (int side = 1; side >= 0 && !found; side--)
        found = by_places(finder, &causes[side].conditions);
    for (int side = 1; side >= 0 && !found; side--)
        found = by_steps(finder, side, &causes[side].steps);
    return found;
}
