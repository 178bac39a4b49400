#include "perturb.h"

#include <stdio.h>
#include <stdlib.h>

#include "change.h"
#include "fields.h"
#include "missing.h"

/* A value that somebody wrote, and the fields that are said to come from it. */
struct claim {
    struct field *field;
    bool has_held;
};
struct origin {
    struct yaml_node *node; /* NULL: nothing stands at the path */
    const struct layer *layer;
    struct str path; /* as a template sees it */
    VECTOR(struct claim) claims;
};
struct origin_list {
    struct origin *items;
    size_t count, capacity;
};

struct measurement {
    struct arena arena, scratch;
    struct renderer *renderer;
    const struct release *release;
    const struct truth_options *options;
    struct truth *truth;
    const struct rendered_release *traced;
    struct field_list fields;
    struct cause *causes; /* of the fields */
    struct origin_list origins;
    struct map by_node; /* its address → index + 1 */
};

static void tell(const struct measurement *measurement, const struct field *field, const char *what,
                 struct str path)
{
    if (measurement->options->is_told)
        fprintf(stderr, "%.*s %.*s %.*s/%.*s %.*s: %s %.*s\n", STR_ARG(measurement->release->name),
                STR_ARG(field->manifest->path), STR_ARG(field->manifest->kind),
                STR_ARG(field->manifest->name), STR_ARG(field->path), what, STR_ARG(path));
}

/* --- origins --- */

static struct origin *origin_for(struct measurement *measurement, const struct merged_value *value,
                                 struct str path)
{
    const struct yaml_node *node = value->node;
    struct str key = node ? str_format(&measurement->arena, "%p", (const void *)node) : path;
    uintptr_t index = (uintptr_t)map_get(&measurement->by_node, key);
    if (!index) {
        struct origin origin = {
            .node = (struct yaml_node *)node, .layer = value->layer, .path = path};
        vector_push(&measurement->arena, &measurement->origins, origin);
        index = measurement->origins.count;
        map_put(&measurement->arena, &measurement->by_node, key, (void *)index);
    }
    return &measurement->origins.items[index - 1];
}

static void claim(struct measurement *measurement, struct field *field, const struct cause *cause)
{
    const struct cause_place *first = &cause->places.items[0];
    if (!first->value.node && !first->is_nowhere) {
        measurement->truth->without_origin++;
        tell(measurement, field, "no origin of", first->path);
        return;
    }
    measurement->truth->claimed++;
    struct origin *origin = origin_for(measurement, &first->value, first->path);
    vector_push(&measurement->arena, &origin->claims, ((struct claim){field, false}));
}

static void ask_fields(struct measurement *measurement)
{
    struct truth *truth = measurement->truth;
    const struct rendered_release *traced = measurement->traced;
    measurement->fields = fields_of(&measurement->arena, &traced->rendering);
    measurement->causes =
        arena_make_array(&measurement->arena, struct cause, measurement->fields.count + 1);
    truth->fields += measurement->fields.count;
    for (size_t i = 0; i < measurement->fields.count; i++) {
        struct field *field = &measurement->fields.items[i];
        struct cause cause = cause_find(&measurement->arena, &traced->origins, &traced->rendering,
                                        field->manifest, field->path);
        measurement->causes[i] = cause;
        truth->from_template += cause.kind == CAUSE_TEMPLATE;
        truth->from_built_in += cause.kind == CAUSE_BUILT_IN;
        truth->unknown += cause.kind == CAUSE_UNKNOWN;
        if (cause.kind == CAUSE_UNKNOWN)
            tell(measurement, field, "unknown", STR(""));
        if (cause.kind == CAUSE_VALUES)
            claim(measurement, field, &cause);
    }
}

/* --- completeness --- */

static bool has_node(const struct yaml_node *around, const struct yaml_node *node)
{
    if (around == node)
        return true;
    bool found = false;
    for (size_t i = 0; around->kind == YAML_MAP && i < around->map.count && !found; i++)
        found = has_node(around->map.entries[i].value, node);
    for (size_t i = 0; around->kind == YAML_LIST && i < around->list.count && !found; i++)
        found = has_node(around->list.items[i], node);
    return found;
}

static struct str without_scope(struct str path)
{
    size_t at = str_find(path, STR(".global."));
    return at == STR_NOT_FOUND ? path : str_from(path, at + 1);
}

/* True for one path, and for that of a map or list around it or below it. */
static bool is_near(struct str a, struct str b)
{
    a = without_scope(a);
    b = without_scope(b);
    struct str shorter = a.n < b.n ? a : b;
    struct str longer = a.n < b.n ? b : a;
    return str_starts_with(longer, shorter) &&
           (longer.n == shorter.n || !shorter.n || strchr(".[", longer.p[shorter.n]));
}

static bool names(const struct cause_place_list *places, const struct origin *origin)
{
    for (size_t i = 0; i < places->count; i++) {
        const struct cause_place *place = &places->items[i];
        if (place->kind == CAUSE_VALUES &&
            (is_near(place->path, origin->path) ||
             (place->value.node && origin->node && has_node(place->value.node, origin->node))))
            return true;
    }
    return false;
}

/* The fields that have changed name the value in their causes. */
static void check_named(struct measurement *measurement, const struct origin *origin)
{
    for (size_t i = 0; i < measurement->fields.count; i++) {
        const struct field *field = &measurement->fields.items[i];
        const struct cause *cause = &measurement->causes[i];
        if (field->fate != FIELD_CHANGED && field->fate != FIELD_GONE)
            continue;
        bool is_named = names(&cause->places, origin) || names(&cause->conditions, origin);
        measurement->truth->changed++;
        measurement->truth->named += is_named;
        if (!is_named)
            tell(measurement, field, "changes without naming it with", origin->path);
    }
}

/* --- perturbing --- */

static bool render_again(struct measurement *measurement, const struct value_map *values,
                         struct rendering *ret_rendering)
{
    measurement->truth->renderings++;
    return render_values(measurement->renderer, &measurement->scratch, measurement->release, values,
                         ret_rendering);
}

static size_t note_held(struct origin *origin)
{
    size_t open = 0;
    for (size_t i = 0; i < origin->claims.count; i++) {
        struct claim *claim = &origin->claims.items[i];
        claim->has_held = claim->has_held || claim->field->fate != FIELD_SAME;
        open += !claim->has_held;
    }
    return open;
}

static void count_claims(struct measurement *measurement, const struct origin *origin,
                         bool has_failed)
{
    for (size_t i = 0; i < origin->claims.count; i++) {
        const struct claim *claim = &origin->claims.items[i];
        measurement->truth->held += claim->has_held || has_failed;
        measurement->truth->held_by_failure += !claim->has_held && has_failed;
        if (!claim->has_held)
            tell(measurement, claim->field, has_failed ? "fails with" : "does not change with",
                 origin->path);
    }
}

/* What became of an origin's claims. */
struct trial {
    struct origin *origin;
    bool has_failed, is_compared, is_open;
};

static void try_values(struct measurement *measurement, struct trial *trial,
                       const struct value_map *values)
{
    struct rendering after;
    if (render_again(measurement, values, &after)) {
        fields_compare(&measurement->fields, &measurement->traced->rendering, &after);
        if (!trial->is_compared)
            check_named(measurement, trial->origin);
        trial->is_compared = true;
        trial->is_open = note_held(trial->origin) > 0;
    } else {
        trial->has_failed = true;
    }
    arena_reset(&measurement->scratch);
}

static struct value_map *values_now(struct measurement *measurement)
{
    return release_file_values(&measurement->scratch, measurement->release);
}

static void try_key(struct measurement *measurement, struct trial *trial)
{
    const struct layer *layer = trial->origin->layer;
    struct yaml_entry *entry = layer ? entry_of(layer->root, trial->origin->node) : NULL;
    if (!entry)
        return;
    struct str key = entry->key;
    entry->key = STR("changed-key");
    try_values(measurement, trial, values_now(measurement));
    entry->key = key;
}

static void try_node(struct measurement *measurement, struct trial *trial)
{
    struct yaml_node *node = trial->origin->node;
    struct yaml_node before = *node;
    for (size_t i = 0; trial->is_open && change(&measurement->scratch, &before, i, node); i++)
        try_values(measurement, trial, values_now(measurement));
    *node = before;
    if (trial->is_open)
        try_key(measurement, trial);
}

static void try_nowhere(struct measurement *measurement, struct trial *trial)
{
    for (size_t i = 0; trial->is_open && i < VALUES_WITH_COUNT; i++)
        try_values(
            measurement, trial,
            values_with(&measurement->scratch, measurement->release, trial->origin->path, i));
}

static void perturb(struct measurement *measurement, struct origin *origin)
{
    struct trial trial = {.origin = origin, .is_open = true};
    if (origin->node)
        try_node(measurement, &trial);
    else
        try_nowhere(measurement, &trial);
    count_claims(measurement, origin, trial.has_failed && !trial.is_compared);
}

static void perturb_all(struct measurement *measurement)
{
    size_t count = measurement->origins.count;
    size_t most = measurement->options->most_origins;
    size_t stride = count > most ? (count + most - 1) / most : 1;
    for (size_t i = 0; i < count; i++) {
        struct origin *origin = &measurement->origins.items[i];
        if (i % stride == 0)
            perturb(measurement, origin);
        else
            measurement->truth->claimed -= origin->claims.count;
    }
}

/* --- values that nothing claims --- */

struct leaf {
    struct yaml_node *node;
    struct str path;
};
struct leaf_list {
    struct leaf *items;
    size_t count, capacity;
};

static void add_leaves(struct arena *arena, const struct yaml_node *node, struct str path,
                       struct leaf_list *leaves)
{
    if (node->kind == YAML_MAP && node->map.count) {
        for (size_t i = 0; i < node->map.count; i++)
            add_leaves(arena, node->map.entries[i].value,
                       values_path_key(arena, path, node->map.entries[i].key), leaves);
    } else if (node->kind == YAML_LIST && node->list.count) {
        for (size_t i = 0; i < node->list.count; i++)
            add_leaves(arena, node->list.items[i], values_path_index(arena, path, i), leaves);
    } else {
        vector_push(arena, leaves, ((struct leaf){(struct yaml_node *)node, path}));
    }
}

static struct leaf_list leaves_of(struct measurement *measurement)
{
    struct leaf_list leaves = {0};
    const struct layer *defaults = measurement->traced->package->chart->defaults;
    if (defaults)
        add_leaves(&measurement->arena, defaults->root, STR(""), &leaves);
    for (size_t i = 0; i < measurement->release->layer_count; i++) {
        const struct layer *layer = measurement->release->layers[i].layer;
        if (layer && layer->kind == LAYER_FILE)
            add_leaves(&measurement->arena, layer->root, STR(""), &leaves);
    }
    return leaves;
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return *state >> 33;
}

static void perturb_samples(struct measurement *measurement)
{
    struct leaf_list leaves = leaves_of(measurement);
    uint64_t state = measurement->options->seed;
    size_t samples = leaves.count ? measurement->options->samples : 0;
    for (size_t i = 0; i < samples; i++) {
        const struct leaf *leaf = &leaves.items[next_random(&state) % leaves.count];
        struct origin origin = {.node = leaf->node, .path = leaf->path};
        perturb(measurement, &origin);
    }
}

bool truth_measure(struct renderer *renderer, const struct release *release,
                   const struct truth_options *options, struct truth *truth)
{
    struct measurement measurement = {
        .renderer = renderer, .release = release, .options = options, .truth = truth};
    struct diagnostics problems = {.arena = &measurement.arena};
    measurement.traced = release_render(&measurement.arena, renderer, release, true, &problems);
    if (measurement.traced) {
        ask_fields(&measurement);
        perturb_all(&measurement);
        perturb_samples(&measurement);
        missing_measure(renderer, measurement.traced, options, truth);
    } else if (options->is_told) {
        for (size_t i = 0; i < problems.count; i++)
            fprintf(stderr, "%.*s: %.*s\n", STR_ARG(release->name),
                    STR_ARG(problems.items[i].message));
    }
    bool done = measurement.traced != NULL;
    arena_release(&measurement.arena);
    arena_release(&measurement.scratch);
    return done;
}
