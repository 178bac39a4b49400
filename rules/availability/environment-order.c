#include "engine/engine.h"

#include <math.h>

/* What a workload has of something in one environment. */
struct measure {
    const struct workload *workload; /* NULL: it has none */
    double amount;                   /* NAN: it is not known */
    const struct object *object;
    struct str field;
};

struct comparison {
    struct pass *pass;
    struct arena *arena;
    const struct application *application;
    struct str what; /* an item of `compare` */
    struct str container;
    struct str title; /* of the workload, common to the environments */
};

/* --- measures --- */

/* The workload's title without the name of its release, which often has the environment in it. */
static struct str common_title(struct comparison *comparison, const struct workload *workload)
{
    struct str title = workload_title(comparison->arena, workload);
    struct str name = workload->object->release->release_name;
    return name.n ? str_replace(comparison->arena, title, name, STR("*")) : title;
}

static const struct workload *find_workload(struct comparison *comparison,
                                            const struct release *release, struct str title)
{
    const struct workload_list *workloads = pass_workloads(comparison->pass, release);
    for (size_t i = 0; workloads && i < workloads->count; i++) {
        if (str_equal(common_title(comparison, &workloads->items[i]), title))
            return &workloads->items[i];
    }
    return NULL;
}

static struct measure measure_replicas(struct comparison *comparison,
                                       const struct workload *workload, const struct object *scaler)
{
    struct workload_part part = workload_part(comparison->arena, workload, STR("replicas"));
    struct measure measure = {workload, NAN, workload->object, part.path};
    double count;
    if (scaler)
        measure =
            (struct measure){workload, scaler_least(scaler), scaler,
                             str_is(scaler->kind, "ScaledObject") ? STR("spec.minReplicaCount")
                                                                  : STR("spec.minReplicas")};
    else if (workload_replicas(workload, &count))
        measure.amount = count;
    return measure;
}

static struct measure measure_most(struct comparison *comparison, const struct workload *workload,
                                   const struct object *scaler)
{
    struct measure measure = measure_replicas(comparison, workload, NULL);
    const struct yaml_node *spec = scaler ? yaml_value(scaler->root, "spec") : NULL;
    if (!scaler)
        return measure;
    bool is_keda = str_is(scaler->kind, "ScaledObject");
    const struct yaml_node *most = yaml_value(spec, is_keda ? "maxReplicaCount" : "maxReplicas");
    return (struct measure){workload, quantity_of(comparison->arena, most), scaler,
                            is_keda ? STR("spec.maxReplicaCount") : STR("spec.maxReplicas")};
}

static struct measure measure_budget(struct comparison *comparison, const struct workload *workload,
                                     const struct object_list *objects)
{
    const struct workload_list all = {.items = (struct workload *)workload, .count = 1};
    struct measure measure = {workload, 0, workload->object, STR("kind")};
    for (size_t i = 0; i < objects->count; i++) {
        const struct object *object = &objects->items[i];
        bool is_budget = str_is(object->kind, "PodDisruptionBudget");
        const struct yaml_node *selector = yaml_at(object->root, STR("spec.selector"));
        if (is_budget &&
            selector_workloads(comparison->arena, selector, &all, object->namespace).count)
            measure.amount = 1;
    }
    return measure;
}

static struct measure measure_request(struct comparison *comparison,
                                      const struct workload *workload, struct str resource)
{
    struct workload_container_list containers = workload_containers(comparison->arena, workload);
    struct measure measure = {workload, NAN, workload->object, STR("")};
    for (size_t i = 0; i < containers.count; i++) {
        const struct workload_container *container = &containers.items[i];
        if (container->is_init || !str_equal(container->name, comparison->container))
            continue;
        struct str path = str_format(comparison->arena, "%.*s.resources.requests.%.*s",
                                     STR_ARG(container->pod_path), STR_ARG(resource));
        struct workload_part part = workload_part(comparison->arena, workload, path);
        measure.amount = quantity_of(comparison->arena, part.node);
        measure.field = part.path;
    }
    return measure;
}

static struct measure measure_of(struct comparison *comparison, const struct release *release)
{
    const struct object_list *objects = pass_objects(comparison->pass, release);
    const struct workload *workload = find_workload(comparison, release, comparison->title);
    struct measure measure = {.amount = NAN};
    struct str what = comparison->what;
    if (!workload || workload->pods->is_on_every_node || workload->pods->is_to_completion)
        return measure;
    const struct object *scaler = scaler_of(objects, workload->object);
    if (str_is(what, "replicas"))
        measure = measure_replicas(comparison, workload, scaler);
    else if (str_is(what, "autoscaling"))
        measure = measure_most(comparison, workload, scaler);
    else if (str_is(what, "budget"))
        measure = measure_budget(comparison, workload, objects);
    else if (str_starts_with(what, STR("requests.")))
        measure = measure_request(comparison, workload, str_from(what, strlen("requests.")));
    return measure;
}

/* --- the comparison --- */

static struct str amount_text(struct comparison *comparison, const struct measure *measure)
{
    const struct yaml_node *node = object_at(measure->object->root, measure->field);
    struct str text = yaml_text(node);
    return text.n ? text : str_format(comparison->arena, "%g", measure->amount);
}

static void report_weaker(struct comparison *comparison, const struct measure *most,
                          const struct measure *less)
{
    bool is_budget = str_is(comparison->what, "budget");
    struct report *report = pass_report_field(comparison->pass, less->object, less->field,
                                              is_budget ? "budget" : "amount");
    struct str in = comparison->container.n
                        ? str_format(comparison->arena, " (%.*s)", STR_ARG(comparison->container))
                        : STR("");
    report_argument(report, "what", comparison->what);
    report_argument(
        report, "workload",
        str_join(comparison->arena, workload_title(comparison->arena, less->workload), in));
    report_argument(report, "weaker", most->workload->object->release->environment->name);
    report_argument(report, "stronger", less->workload->object->release->environment->name);
    report_argument(report, "more", amount_text(comparison, most));
    report_argument(report, "less", amount_text(comparison, less));
}

static void compare(struct comparison *comparison)
{
    const struct application *application = comparison->application;
    struct measure most = {.amount = NAN};
    for (size_t i = 0; i < application->release_count; i++) {
        const struct release *release = application->releases[i];
        /* Of environments that nobody wrote down no one knows which is the stronger. */
        if (release->environment->cluster_scope || !release->environment->span.file ||
            pass_is_off(comparison->pass, release->environment))
            continue;
        struct measure measure = measure_of(comparison, release);
        if (isnan(measure.amount))
            continue;
        if (most.workload && measure.amount < most.amount)
            report_weaker(comparison, &most, &measure);
        else
            most = measure;
    }
}

static void compare_containers(struct comparison *comparison, const struct workload *workload)
{
    struct workload_container_list containers = workload_containers(comparison->arena, workload);
    for (size_t i = 0; i < containers.count; i++) {
        comparison->container = containers.items[i].name;
        if (!containers.items[i].is_init)
            compare(comparison);
    }
    comparison->container = STR("");
}

static void compare_workload(struct comparison *comparison, const struct workload *workload)
{
    struct str_list whats = pass_option_strings(comparison->pass, "compare");
    for (size_t i = 0; i < whats.count; i++) {
        comparison->what = whats.items[i];
        if (str_starts_with(comparison->what, STR("requests.")))
            compare_containers(comparison, workload);
        else
            compare(comparison);
    }
}

static void check(struct pass *pass, const struct application *application)
{
    struct comparison comparison = {
        .pass = pass, .arena = pass_arena(pass), .application = application};
    struct map seen = {0}; /* titles */
    for (size_t i = 0; i < application->release_count; i++) {
        const struct workload_list *workloads = pass_workloads(pass, application->releases[i]);
        for (size_t k = 0; workloads && k < workloads->count; k++) {
            comparison.title = common_title(&comparison, &workloads->items[k]);
            if (map_has(&seen, comparison.title))
                continue;
            map_put(comparison.arena, &seen, comparison.title, &comparison);
            compare_workload(&comparison, &workloads->items[k]);
        }
    }
}

const struct rule_code rule_availability_environment_order = {.application = check,
                                                              .uses_objects = true};
