#include "pool.h"

#include "machine.h"

/* How many steps the evaluation of one source may take. */
enum { MOST_STEPS = 200000 };

const struct pool_fields pool_fields_azure = {
    .name = {"name"},
    .labels = "nodeLabels",
    .taints = "nodeTaints",
    .minimum = {"minCount"},
    .maximum = {"maxCount"},
    .count = {"count"},
    .autoscaling = {"enableAutoScaling"},
    .mode = "mode",
    .machine = {"vmSize"},
    .fixed_by_default = true,
};

struct pool_source *pool_add_source(struct pool_collector *collector, enum pool_source_kind kind,
                                    struct str path)
{
    struct node_pools *pools = collector->pools;
    struct pool_source *source = arena_make(collector->arena, struct pool_source);
    *source = (struct pool_source){.kind = kind, .path = path};
    collector->steps = MOST_STEPS;
    pools->sources = vector_reserve(collector->arena, pools->sources, pools->source_count,
                                    &collector->source_capacity, sizeof *pools->sources);
    pools->sources[pools->source_count++] = source;
    return source;
}

void pool_note_more(struct pool_source *source, struct span span)
{
    if (!source->has_more)
        source->more_at = span;
    source->has_more = true;
}

/* --- single values --- */

static const struct outcome *find_first(struct arena *arena, const struct outcome *object,
                                        const char *const paths[3])
{
    const struct outcome *found = NULL;
    for (size_t i = 0; !found && i < 3 && paths[i]; i++)
        found = outcome_behind(arena, object, paths[i]);
    return found && found->kind == OUTCOME_NULL ? NULL : found;
}

/* A list that stands for one of its items, or a choice. */
static struct pool_text read_texts(struct arena *arena, const struct outcome *outcome)
{
    struct pool_text text = {.known = POOL_UNKNOWN, .span = outcome->span};
    for (size_t i = 0; !outcome->is_open && i < outcome->members.count; i++) {
        struct str each = outcome_text(arena, outcome->members.items[i].value);
        if (!each.p) {
            text.alternatives.count = 0;
            return text;
        }
        vector_push(arena, &text.alternatives, each);
    }
    if (text.alternatives.count == 1) {
        text.known = POOL_KNOWN;
        text.text = text.alternatives.items[0];
        text.span = outcome->members.items[0].value->span;
        text.alternatives.count = 0;
    }
    return text;
}

static struct pool_text read_text(struct arena *arena, const struct outcome *outcome)
{
    if (!outcome)
        return (struct pool_text){.known = POOL_ABSENT};
    if (outcome->kind == OUTCOME_LIST || outcome->kind == OUTCOME_CHOICE)
        return read_texts(arena, outcome);
    struct str text = outcome_text(arena, outcome);
    return (struct pool_text){
        .known = text.p ? POOL_KNOWN : POOL_UNKNOWN, .text = text, .span = outcome->span};
}

static bool read_whole(const struct outcome *outcome, int64_t *ret_number)
{
    double number = outcome->number;
    if (outcome->kind == OUTCOME_TEXT && !parse_go_float(outcome->text, &number))
        return false;
    bool fits = (outcome->kind == OUTCOME_NUMBER || outcome->kind == OUTCOME_TEXT) && number >= 0 &&
                number < 1e9;
    if (fits)
        *ret_number = (int64_t)number;
    return fits;
}

static struct pool_number read_number(const struct outcome *outcome)
{
    struct pool_number number = {.known = outcome ? POOL_UNKNOWN : POOL_ABSENT};
    int64_t each = 0;
    if (!outcome)
        return number;
    number.span = outcome->span;
    if (read_whole(outcome, &each)) {
        number = (struct pool_number){POOL_KNOWN, each, each, outcome->span};
    } else if (outcome->kind == OUTCOME_CHOICE) {
        struct pool_number range = {POOL_KNOWN, INT64_MAX, 0, outcome->span};
        for (size_t i = 0; i < outcome->members.count; i++) {
            if (!read_whole(outcome->members.items[i].value, &each))
                return number;
            range.least = each < range.least ? each : range.least;
            range.most = each > range.most ? each : range.most;
        }
        number = range;
    }
    return number;
}

static struct pool_flag read_flag(const struct outcome *outcome)
{
    struct pool_flag flag = {.known = outcome ? POOL_UNKNOWN : POOL_ABSENT};
    if (!outcome)
        return flag;
    int holds = outcome_holds(outcome);
    return (struct pool_flag){holds < 0 ? POOL_UNKNOWN : POOL_KNOWN, holds == 1, outcome->span};
}

static struct pool_flag known_flag(bool is_set)
{
    return (struct pool_flag){.known = POOL_KNOWN, .is_set = is_set};
}

/* --- labels and taints --- */

static void read_labels(struct arena *arena, const struct outcome *labels, struct node_pool *pool)
{
    if (!labels || labels->kind == OUTCOME_NULL)
        return;
    labels = outcome_common(arena, labels);
    pool->has_more_labels = labels->kind != OUTCOME_OBJECT || labels->is_open;
    for (size_t i = 0; labels->kind == OUTCOME_OBJECT && i < labels->members.count; i++) {
        const struct outcome_member *member = &labels->members.items[i];
        if (member->value->kind == OUTCOME_NULL)
            continue;
        struct pool_label label = {member->key, read_text(arena, member->value), member->span};
        vector_push(arena, &pool->labels, label);
    }
}

static struct str effect_of(struct str word)
{
    static const char *const effects[][2] = {
        {"NO_SCHEDULE", "NoSchedule"},
        {"PREFER_NO_SCHEDULE", "PreferNoSchedule"},
        {"NO_EXECUTE", "NoExecute"},
    };
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++) {
        if (str_is(word, effects[i][0]) || str_is(word, effects[i][1]))
            return str_from_c(effects[i][1]);
    }
    return (struct str){0};
}

bool pool_add_taint(struct arena *arena, struct node_pool *pool, struct str text, struct span span)
{
    size_t colon = str_find_last_char(text, ':');
    if (colon == STR_NOT_FOUND)
        return false;
    struct str effect = effect_of(str_from(text, colon + 1));
    struct str value = str_slice(text, 0, colon);
    struct str key = str_cut(&value, '=');
    if (!effect.p || !key.n)
        return false;
    vector_push(arena, &pool->taints, ((struct pool_taint){key, value, effect, span}));
    return true;
}

static bool add_taint_object(struct arena *arena, struct node_pool *pool,
                             const struct outcome *object)
{
    struct pool_text key = read_text(arena, outcome_behind(arena, object, "key"));
    struct pool_text value = read_text(arena, outcome_behind(arena, object, "value"));
    struct pool_text effect = read_text(arena, outcome_behind(arena, object, "effect"));
    if (key.known != POOL_KNOWN || value.known == POOL_UNKNOWN || !effect_of(effect.text).p)
        return false;
    struct pool_taint taint = {key.text, value.text, effect_of(effect.text), object->span};
    vector_push(arena, &pool->taints, taint);
    return true;
}

static void read_taint(struct arena *arena, const struct outcome *taint, struct node_pool *pool)
{
    bool added = taint->kind == OUTCOME_TEXT
                     ? pool_add_taint(arena, pool, taint->text, taint->span)
                     : taint->kind == OUTCOME_OBJECT && add_taint_object(arena, pool, taint);
    pool->has_more_taints = pool->has_more_taints || !added;
}

/* One text, a list of texts or of objects, or one object for each taint under any key. */
static void read_taints(struct arena *arena, const struct outcome *taints, struct node_pool *pool)
{
    if (!taints || taints->kind == OUTCOME_NULL)
        return;
    pool->taints_span = taints->span;
    taints = outcome_common(arena, taints);
    bool members = taints->kind == OUTCOME_LIST || taints->kind == OUTCOME_OBJECT;
    pool->has_more_taints = taints->is_open;
    for (size_t i = 0; members && i < taints->members.count; i++)
        read_taint(arena, taints->members.items[i].value, pool);
    if (!members)
        read_taint(arena, taints, pool);
}

/* --- the pool --- */

static void read_machine(struct arena *arena, const struct pool_fields *fields,
                         const struct outcome *object, struct node_pool *pool)
{
    pool->machine = read_text(arena, find_first(arena, object, fields->machine));
    struct str_list sizes = pool->machine.alternatives;
    if (pool->machine.known == POOL_KNOWN)
        vector_push(arena, &sizes, pool->machine.text);
    struct pool_number unknown = {.known = POOL_UNKNOWN, .span = pool->machine.span};
    struct pool_number range = {POOL_KNOWN, INT64_MAX, 0, pool->machine.span};
    struct pool_number cpu = range;
    struct pool_number memory = range;
    bool all = sizes.count > 0;
    for (size_t i = 0; all && i < sizes.count; i++) {
        struct machine_offer offer = {0};
        all = machine_find(sizes.items[i], &offer);
        cpu.least = offer.cpu < cpu.least ? offer.cpu : cpu.least;
        cpu.most = offer.cpu > cpu.most ? offer.cpu : cpu.most;
        memory.least = offer.memory < memory.least ? offer.memory : memory.least;
        memory.most = offer.memory > memory.most ? offer.memory : memory.most;
    }
    pool->cpu = all ? cpu : unknown;
    pool->memory = all ? memory : unknown;
}

static struct pool_flag read_autoscaling(struct arena *arena, const struct pool_fields *fields,
                                         const struct outcome *object)
{
    const struct outcome *found = find_first(arena, object, fields->autoscaling);
    if (!found && (fields->fixed_by_default || fields->scales_by_presence))
        return known_flag(false);
    if (!fields->scales_by_presence)
        return read_flag(found);
    bool told = found->kind != OUTCOME_UNKNOWN && found->kind != OUTCOME_CHOICE &&
                !(found->kind == OUTCOME_LIST && found->is_open && !found->members.count);
    struct pool_flag flag = known_flag(!(found->kind == OUTCOME_LIST && !found->members.count));
    flag.known = told ? POOL_KNOWN : POOL_UNKNOWN;
    flag.span = found->span;
    return flag;
}

static struct pool_flag read_mode(struct arena *arena, const struct pool_fields *fields,
                                  const struct outcome *object)
{
    struct pool_text mode = {.known = POOL_ABSENT};
    if (fields->mode)
        mode = read_text(arena, outcome_behind(arena, object, fields->mode));
    if (mode.known == POOL_ABSENT && fields->user_by_default)
        return known_flag(false);
    return (struct pool_flag){mode.known, str_equal_ignoring_case(mode.text, STR("system")),
                              mode.span};
}

/* Nodes in each zone: how many zones there are is not known, but nothing stays nothing. */
static void forget_zones(struct pool_number *number)
{
    if (number->known == POOL_KNOWN && number->most > 0)
        number->known = POOL_UNKNOWN;
}

static void read_counts(struct arena *arena, const struct pool_fields *fields,
                        const struct outcome *object, struct node_pool *pool)
{
    const char *const *minimum = fields->minimum;
    const char *const *maximum = fields->maximum;
    pool->minimum = read_number(find_first(arena, object, minimum));
    pool->maximum = read_number(find_first(arena, object, maximum));
    pool->count = read_number(find_first(arena, object, fields->count));
    if (!fields->is_per_zone)
        return;
    if (!outcome_behind(arena, object, minimum[0]))
        forget_zones(&pool->minimum);
    if (!outcome_behind(arena, object, maximum[0]))
        forget_zones(&pool->maximum);
    forget_zones(&pool->count);
}

struct node_pool *pool_add(struct pool_collector *collector, const struct pool_source *source,
                           const struct pool_fields *fields, const struct outcome *object,
                           struct span span)
{
    struct arena *arena = collector->arena;
    struct node_pools *pools = collector->pools;
    pools->items = vector_reserve(arena, pools->items, pools->count, &collector->capacity,
                                  sizeof *pools->items);
    struct node_pool *pool = &pools->items[pools->count++];
    object = outcome_common(arena, object);
    pool->source = source;
    pool->name = read_text(arena, find_first(arena, object, fields->name));
    pool->head = span;
    pool->span = pool->name.span.file ? pool->name.span : span;
    read_labels(arena, outcome_behind(arena, object, fields->labels), pool);
    read_taints(arena, outcome_behind(arena, object, fields->taints), pool);
    pool->autoscaling = read_autoscaling(arena, fields, object);
    pool->system = read_mode(arena, fields, object);
    pool->enabled = known_flag(true);
    if (fields->enabled && outcome_behind(arena, object, fields->enabled))
        pool->enabled = read_flag(outcome_behind(arena, object, fields->enabled));
    read_counts(arena, fields, object, pool);
    read_machine(arena, fields, object, pool);
    return pool;
}
