#include "compare.h"

#include <assert.h>
#include <stdlib.h>

#include "collect.h"
#include "compare_causes.h"

/* One change of a field or object with its place in the order of the result. */
struct hit {
    const struct input_change *input; /* NULL: not known */
    const struct release *release;
    struct effect effect; /* with the one object */
};
struct hit_list {
    struct hit *items;
    size_t count, capacity;
};

/* A release of the newer revision, of the older one, or of both. */
struct pair {
    const struct release *sides[2]; /* before and after; NULL: not there */
    const struct object_list *objects[2];
    struct input_list inputs;
    struct hit_list hits;
    size_t objects_changed;
};

struct comparing {
    struct arena *arena;
    struct input_side sides[2];
    struct arena *results, *scratch; /* by worker */
    VECTOR(struct pair) pairs;
    struct diff *diff;
};

static const struct object_list no_objects;

/* --- the changes of a release --- */

static struct str name_of(struct arena *arena, const struct pair *pair, const struct object *object)
{
    const struct release *release = pair->sides[1] ? pair->sides[1] : pair->sides[0];
    return str_format(arena, "%.*s %.*s", STR_ARG(release->name), STR_ARG(object->name));
}

static bool is_secret_data(const struct object *object, struct str path)
{
    return str_is(object->kind, "Secret") && !object->group.n &&
           (str_starts_with(path, STR("data")) || str_starts_with(path, STR("stringData")));
}

static void add_hit(struct arena *results, struct cause_finder *finder, struct pair *pair,
                    const struct object_change *change)
{
    const struct object *object = change->after ? change->after : change->before;
    const struct release *release = pair->sides[1] ? pair->sides[1] : pair->sides[0];
    const struct field_change *field = &change->field;
    bool is_whole = !field->before && !field->after;
    struct hit *hit = vector_add(results, &pair->hits);
    struct change_texts texts = {0};
    assert(object && "of an object that changes one side is there");
    bool is_hidden = !is_whole && is_secret_data(object, field->path);
    if (!is_whole && !is_hidden)
        texts = field_change_texts(results, field);
    hit->input = find_input(finder, change);
    hit->release = release;
    hit->effect = (struct effect){
        .environment = release->environment,
        .kind = is_whole ? (change->after ? CHANGE_ADDED : CHANGE_REMOVED) : field->kind,
        .object_kind = str_copy(results, object->kind),
        .field = str_copy(results, field->path),
        .before = texts.before.p ? str_copy(results, texts.before) : texts.before,
        .after = texts.after.p ? str_copy(results, texts.after) : texts.after,
        .is_hidden = is_hidden,
    };
    vector_push(results, &hit->effect.objects, name_of(results, pair, object));
}

static void compare_object(struct comparing *comparing, unsigned worker,
                           struct cause_finder *finder, struct pair *pair,
                           struct object_change change)
{
    struct arena *results = &comparing->results[worker];
    if (!change.before || !change.after) {
        pair->objects_changed++;
        add_hit(results, finder, pair, &change);
        return;
    }
    struct field_change_list fields =
        fields_compare(finder->arena, change.before->root, change.after->root);
    pair->objects_changed += fields.count > 0;
    for (size_t i = 0; i < fields.count; i++) {
        change.field = fields.items[i];
        add_hit(results, finder, pair, &change);
    }
}

static void compare_pair(void *context, unsigned worker, size_t index)
{
    struct comparing *comparing = context;
    struct pair *pair = &comparing->pairs.items[index];
    struct cause_finder finder = {
        .arena = &comparing->scratch[worker],
        .sides = {&comparing->sides[0], &comparing->sides[1]},
        .releases = {pair->sides[0], pair->sides[1]},
        .inputs = &pair->inputs,
    };
    if (!pair->objects[0] || !pair->objects[1])
        return;
    for (size_t i = 0; i < pair->objects[1]->count; i++) {
        const struct object *after = &pair->objects[1]->items[i];
        struct object_change change = {object_find_same(pair->objects[0], after), after, {0}};
        compare_object(comparing, worker, &finder, pair, change);
    }
    for (size_t i = 0; i < pair->objects[0]->count; i++) {
        const struct object *before = &pair->objects[0]->items[i];
        struct object_change change = {before, NULL, {0}};
        if (!object_find_same(pair->objects[1], before))
            compare_object(comparing, worker, &finder, pair, change);
    }
    arena_reset(&comparing->scratch[worker]);
}

/* --- which releases there are to compare --- */

static const struct object_list *objects_of_release(const struct run_result *result,
                                                    const struct release *release)
{
    if (!release)
        return &no_objects;
    return result->objects.is_rendered[release->number]
               ? &result->objects.by_release[release->number]
               : NULL;
}

static struct str why_not_rendered(const struct run_result *result, const struct release *release)
{
    for (size_t i = 0; release && i < result->not_analysed.count; i++) {
        if (result->not_analysed.items[i].release == release)
            return result->not_analysed.items[i].message;
    }
    return STR("unknown");
}

/* A release that came or went is a change of its own. */
static void add_whole_release(struct comparing *comparing, struct pair *pair)
{
    const struct release *release = pair->sides[1] ? pair->sides[1] : pair->sides[0];
    struct input_change *input = arena_make(comparing->arena, struct input_change);
    *input = (struct input_change){
        .kind = INPUT_RELEASE,
        .text = pair->sides[1] ? STR("the release is new") : STR("the release is gone"),
        .is_gone = !pair->sides[1],
        .span = release->application->span,
    };
    vector_push(comparing->arena, &pair->inputs, input);
}

static void add_pair(struct comparing *comparing, struct input_store *store,
                     const struct release *before, const struct release *after)
{
    struct diff *diff = comparing->diff;
    struct pair pair = {.sides = {before, after}};
    if (before && after)
        pair.inputs = inputs_compare(store, before, after);
    else
        add_whole_release(comparing, &pair);
    if (!pair.inputs.count)
        return;
    pair.objects[0] = objects_of_release(&diff->before, before);
    pair.objects[1] = objects_of_release(&diff->after, after);
    vector_push(comparing->arena, &comparing->pairs, pair);
    if (pair.objects[0] && pair.objects[1])
        return;
    struct str why = pair.objects[1] ? why_not_rendered(&diff->before, before)
                                     : why_not_rendered(&diff->after, after);
    struct str name = after ? after->name : before->name;
    vector_push(comparing->arena, &diff->uncompared, ((struct uncompared){name, why}));
}

/* The releases of a model by their names. */
static struct map releases_by_name(struct arena *arena, const struct model *model)
{
    struct map map = {0};
    for (size_t i = 0; i < model->release_count; i++)
        map_put(arena, &map, model->releases[i].name, &model->releases[i]);
    return map;
}

static void find_pairs(struct comparing *comparing, const struct run_options *options,
                       const struct map *before, const struct map *after)
{
    struct input_store *store =
        input_store_new(comparing->arena, &comparing->sides[0], &comparing->sides[1]);
    for (size_t i = 0; i < after->count; i++) {
        const struct release *release = after->items[i].value;
        if (run_asks_for(options, release))
            add_pair(comparing, store, map_get(before, release->name), release);
    }
    for (size_t i = 0; i < before->count; i++) {
        const struct release *release = before->items[i].value;
        if (!map_has(after, release->name) && run_asks_for(options, release))
            add_pair(comparing, store, release, NULL);
    }
}

/* --- grouping --- */

/* The same place in the same revision is one cause, whichever release it came from. */
static int compare_inputs(const struct input_change *left, const struct input_change *right)
{
    if (left == right || !left || !right)
        return (left != NULL) - (right != NULL);
    int order = (int)left->is_gone - (int)right->is_gone;
    if (!order)
        order = (left->span.file > right->span.file) - (left->span.file < right->span.file);
    if (!order)
        order = (left->span.start > right->span.start) - (left->span.start < right->span.start);
    if (!order)
        order = str_compare(left->values_path, right->values_path);
    return order ? order : str_compare(left->text, right->text);
}

static int compare_effects(const struct hit *left, const struct hit *right)
{
    const struct effect *a = &left->effect;
    const struct effect *b = &right->effect;
    size_t number_a = left->release->environment_number;
    size_t number_b = right->release->environment_number;
    int order = (number_a > number_b) - (number_a < number_b);
    if (!order)
        order = str_compare(a->environment->name, b->environment->name);
    if (!order)
        order = str_compare(a->object_kind, b->object_kind);
    if (!order)
        order = str_compare(a->field, b->field);
    if (!order)
        order = (int)a->kind - (int)b->kind;
    if (!order)
        order = str_compare(a->before, b->before);
    return order ? order : str_compare(a->after, b->after);
}

static int compare_hits(const void *a, const void *b)
{
    const struct hit *left = a;
    const struct hit *right = b;
    int order = compare_inputs(left->input, right->input);
    if (!order)
        order = compare_effects(left, right);
    return order ? order
                 : str_compare(left->effect.objects.items[0], right->effect.objects.items[0]);
}

static struct change_cause cause_of(const struct comparing *comparing,
                                    const struct input_change *input)
{
    if (!input)
        return (struct change_cause){.text = STR("several changes together")};
    return (struct change_cause){
        .position = tree_position(comparing->sides[!input->is_gone].workspace->tree, input->span),
        .values_path = input->values_path,
        .text = input->text,
        .is_gone = input->is_gone,
    };
}

/* Makes one cause of the hits, which are in order. */
static void add_cause(struct comparing *comparing, const struct hit *hits, size_t count,
                      struct change_cause *ret_cause)
{
    struct arena *arena = comparing->arena;
    struct change_cause cause = cause_of(comparing, hits[0].input);
    VECTOR(struct effect) effects = {0};
    struct map releases = {0};
    for (size_t i = 0; i < count; i++) {
        map_put(arena, &releases, hits[i].release->name, NULL);
        if (i == 0 || compare_effects(&hits[i - 1], &hits[i]) != 0)
            vector_push(arena, &effects, hits[i].effect);
        else
            vector_push(arena, &effects.items[effects.count - 1].objects,
                        hits[i].effect.objects.items[0]);
    }
    cause.effects = effects.items;
    cause.effect_count = effects.count;
    cause.release_count = releases.count;
    *ret_cause = cause;
}

static int compare_causes(const void *a, const void *b)
{
    const struct change_cause *left = a;
    const struct change_cause *right = b;
    int order = str_compare(left->position.path, right->position.path);
    if (!order)
        order = (left->position.line > right->position.line) -
                (left->position.line < right->position.line);
    if (!order)
        order = (int)right->is_gone - (int)left->is_gone;
    if (!order)
        order = str_compare(left->values_path, right->values_path);
    return order ? order : str_compare(left->text, right->text);
}

static void group(struct comparing *comparing)
{
    struct diff *diff = comparing->diff;
    struct hit_list all = {0};
    for (size_t i = 0; i < comparing->pairs.count; i++) {
        const struct pair *pair = &comparing->pairs.items[i];
        diff->releases += pair->hits.count > 0;
        diff->objects += pair->objects_changed;
        for (size_t k = 0; k < pair->hits.count; k++)
            vector_push(comparing->arena, &all, pair->hits.items[k]);
    }
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_hits);
    VECTOR(struct change_cause) causes = {0};
    for (size_t i = 0; i < all.count;) {
        size_t same = 1;
        while (i + same < all.count &&
               !compare_inputs(all.items[i].input, all.items[i + same].input))
            same++;
        add_cause(comparing, &all.items[i], same, vector_add(comparing->arena, &causes));
        i += same;
    }
    if (causes.count)
        qsort(causes.items, causes.count, sizeof *causes.items, compare_causes);
    diff->causes = causes.items;
    diff->cause_count = causes.count;
}

/* --- findings --- */

static struct finding_list findings_without(struct arena *arena, const struct finding_list *list,
                                            const struct finding_list *known)
{
    struct map fingerprints = {0};
    struct finding_list rest = {0};
    for (size_t i = 0; i < known->count; i++)
        map_put(arena, &fingerprints, known->items[i].fingerprint, NULL);
    for (size_t i = 0; i < list->count; i++) {
        if (!map_has(&fingerprints, list->items[i].fingerprint))
            vector_push(arena, &rest, list->items[i]);
    }
    return rest;
}

static bool is_in_changed_file(const struct workspace *before, const struct workspace *after,
                               const struct finding *finding)
{
    const struct file *file = tree_file(after->tree, finding->span.file);
    return file && !same_file(tree_find(before->tree, file->path), file);
}

struct finding_list compare_touched(struct arena *arena, const struct workspace *before,
                                    const struct workspace *after, const struct diff *diff)
{
    const struct finding_list *all = &diff->after.findings;
    struct map fresh = {0};
    struct finding_list touched = {0};
    for (size_t i = 0; i < diff->new_findings.count; i++)
        map_put(arena, &fresh, diff->new_findings.items[i].fingerprint, NULL);
    for (size_t i = 0; i < all->count; i++) {
        if (map_has(&fresh, all->items[i].fingerprint) ||
            is_in_changed_file(before, after, &all->items[i]))
            vector_push(arena, &touched, all->items[i]);
    }
    return touched;
}

/* --- all together --- */

static struct input_side open_side(struct arena *arena, const struct workspace *workspace)
{
    static const struct chart_load_options how = {.limits = &limits_default};
    struct input_side side = {workspace, renderer_new(arena, workspace->tree, &how)};
    struct diagnostics unheard = {.arena = arena}; /* the run tells it */
    for (size_t i = 0; i < workspace->model->release_count; i++) {
        const struct chart *chart = workspace->model->releases[i].chart;
        if (chart)
            renderer_load(side.renderer, chart->directory, &unheard);
    }
    return side;
}

static void run_both(struct comparing *comparing, const struct run_options *options,
                     const struct map *before, struct diagnostics *sink)
{
    struct arena *arena = comparing->arena;
    struct diff *diff = comparing->diff;
    const struct workspace *newer = comparing->sides[1].workspace;
    const struct model *model = newer->model;
    struct run_options own = *options;
    struct diagnostics unheard = {.arena = arena}; /* problems of an older revision are over */
    own.keeps_objects = true;
    own.before = NULL;
    diff->before = run_rules(arena, comparing->sides[0].workspace, &own, &unheard);
    const struct object_list **objects =
        arena_make_array(arena, const struct object_list *, model->release_count);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *older = map_get(before, model->releases[i].name);
        objects[i] = older ? objects_of_release(&diff->before, older) : NULL;
    }
    own.before = objects;
    diff->after = run_rules(arena, newer, &own, sink);
}

struct diff compare_workspaces(struct arena *arena, const struct workspace *before,
                               const struct workspace *after, const struct run_options *options,
                               struct diagnostics *sink)
{
    struct diff diff = {0};
    unsigned jobs = after->jobs;
    /* Each renderer guards what it makes, and only that. */
    struct arena *charts = arena_make_array(arena, struct arena, 2);
    struct comparing comparing = {
        .arena = arena,
        .sides = {open_side(&charts[0], before), open_side(&charts[1], after)},
        .results = arena_make_array(arena, struct arena, jobs),
        .scratch = arena_make_array(arena, struct arena, jobs),
        .diff = &diff,
    };
    struct map older = releases_by_name(arena, before->model);
    struct map newer = releases_by_name(arena, after->model);
    run_both(&comparing, options, &older, sink);
    find_pairs(&comparing, options, &older, &newer);
    parallel_for(comparing.pairs.count, jobs, compare_pair, &comparing);
    for (unsigned i = 0; i < jobs; i++) {
        arena_adopt(arena, &comparing.results[i]);
        arena_release(&comparing.scratch[i]);
    }
    group(&comparing);
    for (int side = 0; side < 2; side++) {
        renderer_close(comparing.sides[side].renderer);
        arena_adopt(arena, &charts[side]);
    }
    diff.new_findings = findings_without(arena, &diff.after.findings, &diff.before.findings);
    diff.gone_findings = findings_without(arena, &diff.before.findings, &diff.after.findings);
    return diff;
}
