#include "shutdown.h"

#include "scaler.h"
#include "shutdown_data.h"

struct comparison {
    struct arena *arena;
    const struct object_list *on, *off;
    struct workload_list on_workloads, off_workloads;
    struct shutdown *result;
};

static const struct object *find_same(const struct object_list *objects, const struct object *like)
{
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        if (str_equal(object->name, like->name) && str_equal(object->kind, like->kind) &&
            str_equal(object->group, like->group) && str_equal(object->namespace, like->namespace))
            return object;
    }
    return NULL;
}

static struct str title_of(struct arena *arena, const struct object *object)
{
    return str_format(arena, "%.*s/%.*s", STR_ARG(object->kind), STR_ARG(object->name));
}

/* Hooks run when something is deployed, not all the time. */
static bool is_hook(const struct object *object)
{
    return object->hook.p ||
           object_at(object->root, STR("metadata.annotations.argocd\\.argoproj\\.io/hook"));
}

/* --- autoscalers --- */

static bool is_paused(const struct object *object)
{
    const struct yaml_node *annotations = object_at(object->root, STR("metadata.annotations"));
    struct str paused = yaml_text(yaml_value(annotations, "autoscaling.keda.sh/paused"));
    return yaml_value(annotations, "autoscaling.keda.sh/paused-replicas") || str_is(paused, "true");
}

static bool has_replicas(const struct object *object)
{
    return object_at(object->root, STR("spec.replicas")) != NULL;
}

/* What sets the number of replicas that the object itself does not say; NULL: nothing. */
static const struct object *held_by(const struct comparison *comparison,
                                    const struct object *object)
{
    const struct object *scaler = has_replicas(object) ? NULL : scaler_of(comparison->off, object);
    return scaler && !is_paused(scaler) ? scaler : NULL;
}

/* A HorizontalPodAutoscaler leaves alone what stands at 0 replicas; KEDA starts it. */
static bool wakes(const struct comparison *comparison, const struct object *object,
                  struct shutdown_item *item)
{
    bool is_keda = str_is(object->group, "keda.sh");
    if (is_paused(object))
        return false;
    if (is_keda && str_is(object->kind, "ScaledJob")) {
        item->reason = STR("starts Jobs when there is work");
        return true;
    }
    const struct object *target =
        object_is_scaler(object) ? scaler_target(comparison->off, object) : NULL;
    if (!target || (!is_keda && has_replicas(target)))
        return false;
    item->reason = str_format(comparison->arena, "scales %.*s up",
                              STR_ARG(title_of(comparison->arena, target)));
    return true;
}

/* --- pods --- */

/* True when the workload makes pods; then with the reason and the field that decides. */
static bool runs(struct arena *arena, const struct workload *workload, struct shutdown_item *item)
{
    double replicas = 0;
    bool is_known = workload_replicas(workload, &replicas);
    struct workload_part part = workload_part(arena, workload, STR("replicas"));
    if (workload_is_stopped(workload) || (is_known && replicas < 1))
        return false;
    item->title = workload_title(arena, workload);
    item->field = STR("kind");
    if (workload->pods->is_on_every_node) {
        item->reason = STR("runs on every node");
    } else if (str_is(workload->object->kind, "CronJob")) {
        item->reason = STR("starts Jobs by its schedule");
    } else if (workload->pods->is_to_completion) {
        item->reason = STR("is started");
    } else if (is_known) {
        item->reason = str_format(arena, "has %g replica%s", replicas, replicas > 1 ? "s" : "");
        item->field = part.node ? part.path : item->field;
    } else {
        item->reason = STR("is not stopped");
        return workload->kind->stopped.path.p != NULL;
    }
    return true;
}

static bool any_runs(const struct comparison *comparison, const struct workload_list *workloads,
                     const struct object *object, struct shutdown_item *item)
{
    for (size_t i = 0; i < workloads->count; i++) {
        struct shutdown_item running = *item;
        if (workloads->items[i].object != object ||
            !runs(comparison->arena, &workloads->items[i], &running))
            continue;
        *item = running;
        return true;
    }
    return false;
}

/* --- the fate of an object --- */

static void judge_gone(const struct object *object, struct shutdown_item *item)
{
    bool is_lost = object_loses_data(object);
    if (object_is_never_pruned(object)) {
        item->reason = STR("is never pruned");
        return;
    }
    item->fate = is_lost ? SHUTDOWN_LOST : SHUTDOWN_PRUNED;
    item->reason = is_lost ? STR("is pruned and its data with it") : STR("is pruned");
}

static void judge_there(const struct comparison *comparison, const struct object *object,
                        struct shutdown_item *item)
{
    struct shutdown_item before = {0};
    struct str field = object_scales_data_away(object);
    if (any_runs(comparison, &comparison->off_workloads, object, item)) {
        const struct object *autoscaler = held_by(comparison, object);
        item->fate = SHUTDOWN_RUNS;
        item->held_by = autoscaler ? title_of(comparison->arena, autoscaler) : STR("");
    } else if (wakes(comparison, object, item)) {
        item->fate = SHUTDOWN_WAKES;
    } else if (field.p) {
        item->fate = SHUTDOWN_LOST;
        item->field = field;
        item->reason = STR("gives its volumes up when it is scaled down");
    } else if (!item->is_only_off &&
               any_runs(comparison, &comparison->on_workloads, item->object, &before)) {
        item->fate = SHUTDOWN_STOPS;
        item->reason = STR("stops");
    }
}

static void judge(struct comparison *comparison, const struct object *on, const struct object *off)
{
    const struct object *object = on ? on : off;
    struct shutdown_item item = {
        .fate = SHUTDOWN_KEPT,
        .object = object,
        .is_only_off = !on,
        .holds_data = object_holds_data(object),
        .title = title_of(comparison->arena, object),
        .field = STR("kind"),
        .reason = STR("stays"),
        .held_by = STR(""),
    };
    if (is_hook(object))
        return;
    if (off)
        judge_there(comparison, off, &item);
    else
        judge_gone(object, &item);
    vector_push(comparison->arena, comparison->result, item);
}

/* --- the release with its flags off --- */

static struct value off_value(struct arena *arena, const struct shutdown_flags *flags)
{
    return flags->off ? value_from_yaml(arena, flags->off) : value_string(STR("off"));
}

/* Sets the value at the path; not where something that is no map stands on the way. */
static void set_flag(struct arena *arena, struct value_map *map, struct str path,
                     struct value value)
{
    struct values_step_list steps = values_path_parse(arena, path);
    for (size_t i = 0; i + 1 < steps.count; i++) {
        struct value *child = value_map_get(map, steps.items[i].key);
        if (child && child->type != VALUE_MAP)
            return;
        if (!child) {
            value_map_set(map, steps.items[i].key, value_of_map(value_map_new(arena, MAP_ANY)));
            child = value_map_get(map, steps.items[i].key);
        }
        map = child->map;
    }
    if (steps.count)
        value_map_set(map, steps.items[steps.count - 1].key, value);
}

struct value_map *shutdown_values(struct arena *arena, const struct shutdown_flags *flags,
                                  const struct release *release)
{
    struct value_map *values = release_file_values(arena, release);
    for (size_t i = 0; i < flags->paths.count; i++)
        set_flag(arena, values, flags->paths.items[i], off_value(arena, flags));
    return values;
}

const struct shutdown *shutdown_of(struct arena *arena, struct renderer *renderer,
                                   const struct workload_kinds *kinds,
                                   const struct shutdown_flags *flags,
                                   const struct rendered_release *rendered,
                                   struct diagnostics *sink)
{
    const struct value_map *values = shutdown_values(arena, flags, rendered->release);
    const struct rendered_release *off =
        release_render_with(arena, renderer, rendered->release, values, sink);
    if (!off)
        return NULL;
    struct comparison comparison = {
        .arena = arena,
        .on = &rendered->objects,
        .off = &off->objects,
        .on_workloads = workloads_of(arena, kinds, &rendered->objects),
        .off_workloads = workloads_of(arena, kinds, &off->objects),
        .result = arena_make(arena, struct shutdown),
    };
    for (size_t i = 0; i < comparison.on->count; i++) {
        const struct object *object = &comparison.on->items[i];
        judge(&comparison, object, find_same(comparison.off, object));
    }
    for (size_t i = 0; i < comparison.off->count; i++) {
        if (!find_same(comparison.on, &comparison.off->items[i]))
            judge(&comparison, NULL, &comparison.off->items[i]);
    }
    return comparison.result;
}

struct span shutdown_span(const struct cause *cause)
{
    for (size_t i = 0; i < cause->steps.count; i++) {
        if (cause->steps.items[i].span.file)
            return cause->steps.items[i].span;
    }
    return cause_span(cause);
}
