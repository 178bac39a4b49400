#include "assertion.h"
#include "pass_private.h"

/* --- what expressions see --- */

static void set_text(struct value_map *map, const char *key, struct str text)
{
    value_map_set(map, str_from_c(key), value_string(text.p ? text : STR("")));
}

static struct value strings_of(struct arena *arena, const struct str_list *strings)
{
    struct value_list *list = value_list_new(arena, LIST_ANY, strings->count);
    for (size_t i = 0; i < strings->count; i++)
        value_list_add(arena, list, value_string(strings->items[i]));
    return value_of_list(list);
}

static struct value environment_of(struct arena *arena, const struct config_environment *from)
{
    struct value_map *map = value_map_new(arena, MAP_ANY);
    struct value_map *vault = value_map_new(arena, MAP_ANY);
    set_text(map, "name", from->name);
    set_text(map, "scope", from->cluster_scope ? STR("cluster") : STR("environment"));
    set_text(map, "namespace", from->namespace);
    set_text(map, "pool", from->pool);
    set_text(map, "taint", from->taint);
    set_text(map, "domain", from->domain);
    set_text(map, "cluster", from->cluster);
    set_text(map, "state", from->state);
    set_text(vault, "server", from->vault_server);
    set_text(vault, "path", from->vault_path);
    value_map_set(map, STR("vault"), value_of_map(vault));
    value_map_set(map, STR("hosts"), strings_of(arena, &from->hosts));
    return value_of_map(map);
}

static struct value labels_of(struct arena *arena, const struct config *config)
{
    struct value_map *map = value_map_new(arena, MAP_ANY);
    set_text(map, "tier", config->label_tier);
    set_text(map, "environment", config->label_environment);
    set_text(map, "pool", config->label_pool);
    return value_of_map(map);
}

static struct value options_of(struct pass *pass)
{
    struct value_map *map = value_map_new(pass_arena(pass), MAP_ANY);
    for (size_t i = 0; i < pass->rule->option_count; i++) {
        struct str name = pass->rule->options[i].name;
        value_map_set(map, name, value_from_yaml(pass_arena(pass), pass_option_value(pass, name)));
    }
    return value_of_map(map);
}

/* The values files of the release over its chart's defaults. */
static struct value values_of(struct arena *arena, const struct release *release)
{
    struct value_map *values = release_file_values(arena, release);
    const struct layer *defaults = release->chart ? release->chart->defaults : NULL;
    if (defaults && defaults->root && defaults->root->kind == YAML_MAP)
        value_map_fill(values, value_from_yaml(arena, defaults->root).map, false);
    return value_of_map(values);
}

static struct value_map *dot_of(struct pass *pass)
{
    struct arena *arena = pass_arena(pass);
    const struct release *release = pass->release;
    struct value_map *dot = value_map_new(arena, MAP_ANY);
    struct value_map *application = value_map_new(arena, MAP_ANY);
    struct value_map *names = value_map_new(arena, MAP_ANY);
    set_text(application, "name", release->application->name);
    set_text(application, "domain", release->application->domain);
    set_text(names, "name", release->release_name);
    set_text(names, "namespace", release->namespace);
    value_map_set(dot, STR("application"), value_of_map(application));
    value_map_set(dot, STR("release"), value_of_map(names));
    value_map_set(dot, STR("environment"), environment_of(arena, release->environment));
    value_map_set(dot, STR("values"), values_of(arena, release));
    value_map_set(dot, STR("labels"), labels_of(arena, pass_model(pass)->config));
    value_map_set(dot, STR("tiers"), strings_of(arena, &pass_model(pass)->config->tiers));
    value_map_set(dot, STR("options"), options_of(pass));
    /* These are known when findings of one cause have become one. */
    set_text(dot, "environments", STR("{{ .environments }}"));
    set_text(dot, "applications", STR("{{ .applications }}"));
    set_text(dot, "objects", STR("{{ .objects }}"));
    bool is_of_object = pass->rule->assertion->subject != ASSERTION_VALUES;
    set_text(dot, "remedy", is_of_object ? STR("{{ .remedy }}") : STR(""));
    return dot;
}

/* --- checking --- */

struct check {
    struct pass *pass;
    const struct assertion *assertion;
    struct value_map *dot;
    const struct merged *merged; /* on values */
    const struct object *object; /* on object and workload */
    const struct workload *workload;
};

/* Once for each rule is enough. */
static bool was_noted(const struct worker *worker, const struct rule *rule)
{
    for (size_t i = 0; i < worker->failed_rules.count; i++) {
        if (worker->failed_rules.items[i] == rule)
            return true;
    }
    return false;
}

static void note_problem(const struct check *check, const char *key,
                         const struct rule_expression_problem *problem)
{
    struct worker *worker = check->pass->worker;
    const struct rule *rule = check->pass->rule;
    const struct yaml_node *node = yaml_value(rule->root, key);
    if (was_noted(worker, rule))
        return;
    vector_push(&worker->results, &worker->failed_rules, rule);
    struct span span = {0};
    if (node && !rule->is_built_in)
        span = file_text_span(rule->file, node->span, problem->near);
    diagnostics_add(&worker->problems, SEVERITY_ERROR, "rule", span,
                    "rule %.*s: `%s` fails in %.*s: %.*s", STR_ARG(rule->name), key,
                    STR_ARG(check->pass->release->name), STR_ARG(problem->message));
}

/* What the condition says; `failed` when it cannot be evaluated, which was noted. */
static bool holds(const struct check *check, const char *key,
                  const struct rule_expression *condition, bool failed)
{
    struct rule_expression_problem problem;
    bool result = failed;
    if (!rule_condition_test(pass_arena(check->pass), condition, value_of_map(check->dot), &result,
                             &problem))
        note_problem(check, key, &problem);
    return result;
}

/* Where a value was written, or else the nearest map or list around its place. */
static struct span values_place(const struct check *check, struct str path)
{
    while (path.n) {
        struct merged_value found = merged_at(check->merged, path);
        if (found.node)
            return value_span(found.node, found.key_span);
        size_t dot = str_find_last_char(path, '.');
        size_t bracket = str_find_last_char(path, '[');
        size_t end =
            bracket != STR_NOT_FOUND && (dot == STR_NOT_FOUND || bracket > dot) ? bracket : dot;
        path = str_slice(path, 0, end == STR_NOT_FOUND ? 0 : end);
    }
    return check->pass->release->application->span;
}

/* Where a path of the pod's spec lies in the object; the object's part for the pod as a whole. */
static struct str object_path(struct arena *arena, const struct workload *workload, struct str path)
{
    struct str found = workload_part(arena, workload, path).path;
    return found.p ? found : workload->item_path;
}

static void report_failed(const struct check *check, struct str path)
{
    struct pass *pass = check->pass;
    struct rule_expression_problem problem;
    struct str message;
    if (!rule_text_write(pass_arena(pass), check->assertion->message, value_of_map(check->dot),
                         &message, &problem)) {
        note_problem(check, "message", &problem);
        return;
    }
    if (check->workload)
        path = object_path(pass_arena(pass), check->workload, path);
    struct report *report = check->object ? pass_report_field(pass, check->object, path, "message")
                                          : pass_report(pass, values_place(check, path), "message");
    report->message = str_copy(report->arena, message);
    if (!check->object)
        report_values_path(report, path);
}

static struct value layers_at(struct arena *arena, const struct merged *root, struct str path)
{
    struct merged_value found = merged_at(root, path);
    struct value_list *list = value_list_new(arena, LIST_ANY, 0);
    size_t count = found.merged ? found.merged->write_count : found.node ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        struct value_map *map = value_map_new(arena, MAP_ANY);
        const struct layer *layer = found.merged ? found.merged->writes[i].layer : found.layer;
        const struct yaml_node *node = found.merged ? found.merged->writes[i].node : found.node;
        set_text(map, "file", layer->path);
        value_map_set(map, STR("value"), value_from_yaml(arena, node));
        value_list_add(arena, list, value_of_map(map));
    }
    return value_of_list(list);
}

static void check_place(void *context, struct str path, struct value value)
{
    const struct check *check = context;
    const struct assertion *assertion = check->assertion;
    set_text(check->dot, "path", path);
    value_map_set(check->dot, STR("value"), value);
    if (check->merged)
        value_map_set(check->dot, STR("layers"),
                      layers_at(pass_arena(check->pass), check->merged, path));
    if (assertion->when && !holds(check, "when", assertion->when, false))
        return;
    if (!holds(check, "assert", assertion->assert, true))
        report_failed(check, path);
}

static bool is_of_kind(const struct assertion *assertion, struct str kind)
{
    for (size_t i = 0; i < assertion->kinds.count; i++) {
        if (glob_match(assertion->kinds.items[i], kind))
            return true;
    }
    return !assertion->kinds.count;
}

static void check_objects(struct check *check)
{
    struct arena *arena = pass_arena(check->pass);
    const struct object_list *objects = pass_objects(check->pass, check->pass->release);
    for (size_t i = 0; objects && i < objects->count; i++) {
        check->object = &objects->items[i];
        if (!is_of_kind(check->assertion, check->object->kind))
            continue;
        struct value object = value_from_yaml(arena, check->object->root);
        value_map_set(check->dot, STR("object"), object);
        set_text(check->dot, "kind", check->object->kind);
        values_match(arena, object, check->assertion->at, check_place, check);
    }
}

/* --- pod templates --- */

static struct value part_value(struct arena *arena, const struct workload *workload,
                               const char *name)
{
    const struct yaml_node *node = workload_part(arena, workload, str_from_c(name)).node;
    bool is_map = node && node->kind == YAML_MAP;
    return is_map ? value_from_yaml(arena, node) : value_of_map(value_map_new(arena, MAP_ANY));
}

/* All containers of the pod in one list; the init ones have `init: true`. */
static struct value containers_of(struct arena *arena, struct value pod)
{
    static const char *const keys[] = {"containers", "initContainers"};
    struct value_list *all = value_list_new(arena, LIST_ANY, 0);
    for (size_t i = 0; i < 2; i++) {
        const struct value *list = value_map_get(pod.map, str_from_c(keys[i]));
        for (size_t k = 0; list && list->type == VALUE_LIST && k < list->list->count; k++) {
            if (list->list->items[k].type != VALUE_MAP)
                continue;
            struct value container = value_copy(arena, list->list->items[k]);
            value_map_set(container.map, STR("init"), value_bool(i == 1));
            value_list_add(arena, all, container);
        }
    }
    return value_of_list(all);
}

static void set_workload(struct check *check, const struct workload *workload, struct value pod)
{
    struct arena *arena = pass_arena(check->pass);
    struct value_map *dot = check->dot;
    double replicas;
    bool is_counted = workload_replicas(workload, &replicas);
    value_map_set(dot, STR("object"), value_from_yaml(arena, workload->object->root));
    set_text(dot, "kind", workload->object->kind);
    set_text(dot, "workload", workload_title(arena, workload));
    value_map_set(dot, STR("pod"), pod);
    value_map_set(dot, STR("podLabels"), part_value(arena, workload, "labels"));
    value_map_set(dot, STR("podAnnotations"), part_value(arena, workload, "annotations"));
    value_map_set(dot, STR("containers"), containers_of(arena, pod));
    value_map_set(dot, STR("replicas"), is_counted ? value_float(replicas) : value_nil());
}

/* A kind that has no field for the path cannot be asked for it. */
static void check_pod_place(void *context, struct str path, struct value value)
{
    const struct check *check = context;
    if (!path.n || workload_part(pass_arena(check->pass), check->workload, path).path.p)
        check_place(context, path, value);
}

static void check_workloads(struct check *check)
{
    struct arena *arena = pass_arena(check->pass);
    const struct workload_list *workloads = pass_workloads(check->pass, check->pass->release);
    for (size_t i = 0; workloads && i < workloads->count; i++) {
        check->workload = &workloads->items[i];
        check->object = check->workload->object;
        if (!is_of_kind(check->assertion, check->object->kind))
            continue;
        struct value pod = workload_pod(arena, check->workload);
        set_workload(check, check->workload, pod);
        values_match(arena, pod, check->assertion->at, check_pod_place, check);
    }
}

/* False when a layer may hold what nobody can see. */
static bool is_known(const struct release *release)
{
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct layer *layer = release->layers[i].layer;
        if (layer && (layer->kind == LAYER_UNKNOWN || !layer->stream->complete))
            return false;
    }
    return true;
}

static void check_values(struct check *check)
{
    struct arena *arena = pass_arena(check->pass);
    const struct value *values = value_map_get(check->dot, STR("values"));
    check->merged = pass_values(check->pass, check->pass->release);
    values_match(arena, *values, check->assertion->at, check_place, check);
}

void assertion_check(struct pass *pass)
{
    if (!is_known(pass->release))
        return;
    struct check check = {.pass = pass, .assertion = pass->rule->assertion, .dot = dot_of(pass)};
    if (check.assertion->subject == ASSERTION_OBJECT)
        check_objects(&check);
    else if (check.assertion->subject == ASSERTION_WORKLOAD)
        check_workloads(&check);
    else
        check_values(&check);
}
