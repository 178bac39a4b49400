#include "assertion.h"
#include "assertion_dot.h"

struct check {
    struct pass *pass;
    const struct assertion *assertion;
    struct value options;
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

/* One of the rule's texts; false when it cannot be written, which was noted. */
static bool write_text(const struct check *check, const char *key,
                       const struct rule_expression *text, struct str *ret_text)
{
    struct rule_expression_problem problem;
    bool done = rule_text_write(pass_arena(check->pass), text, value_of_map(check->dot), ret_text,
                                &problem);
    if (!done)
        note_problem(check, key, &problem);
    return done;
}

/* The field to blame for what is wrong at the path. False when that cannot be told, which was
 * noted, or when a pod template of this kind has no such field: then it cannot be asked for. */
static bool find_blamed(const struct check *check, struct str *path)
{
    struct arena *arena = pass_arena(check->pass);
    struct str below = STR("");
    if (check->assertion->blame && !write_text(check, "blame", check->assertion->blame, &below))
        return false;
    bool is_key = path->n && below.n && below.p[0] != '[';
    *path = str_format(arena, "%.*s%s%.*s", STR_ARG(*path), is_key ? "." : "", STR_ARG(below));
    if (!check->workload)
        return true;
    *path =
        path->n ? workload_part(arena, check->workload, *path).path : check->workload->item_path;
    return path->p;
}

static void report_failed(const struct check *check, struct str path)
{
    struct pass *pass = check->pass;
    struct str message;
    if (!find_blamed(check, &path) ||
        !write_text(check, "message", check->assertion->message, &message))
        return;
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
        value_map_set(map, STR("file"), value_string(layer->path));
        value_map_set(map, STR("value"), value_from_yaml(arena, node));
        value_list_add(arena, list, value_of_map(map));
    }
    return value_of_list(list);
}

static void check_place(void *context, struct str path, struct value value)
{
    const struct check *check = context;
    const struct assertion *assertion = check->assertion;
    value_map_set(check->dot, STR("path"), value_string(path));
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

static void match_places(struct check *check, struct value root)
{
    value_map_set(check->dot, STR("options"), check->options);
    for (size_t i = 0; i < check->assertion->at.count; i++)
        values_match(pass_arena(check->pass), root, check->assertion->at.items[i], check_place,
                     check);
}

static void check_objects(struct check *check)
{
    const struct release *release = check->pass->release;
    const struct object_list *objects = pass_objects(check->pass, release);
    for (size_t i = 0; objects && i < objects->count; i++) {
        if (!is_of_kind(check->assertion, objects->items[i].kind))
            continue;
        check->object = &objects->items[i];
        check->dot = assertion_object_dot(check->pass, release, i);
        match_places(check, *value_map_get(check->dot, STR("object")));
    }
}

static void check_workloads(struct check *check)
{
    const struct release *release = check->pass->release;
    const struct workload_list *workloads = pass_workloads(check->pass, release);
    for (size_t i = 0; workloads && i < workloads->count; i++) {
        check->workload = &workloads->items[i];
        check->object = check->workload->object;
        if (!is_of_kind(check->assertion, check->object->kind))
            continue;
        check->dot = assertion_workload_dot(check->pass, release, i);
        match_places(check, *value_map_get(check->dot, STR("pod")));
    }
}

static void check_values(struct check *check)
{
    check->merged = pass_values(check->pass, check->pass->release);
    check->dot = assertion_dot(check->pass, check->pass->release);
    match_places(check, *value_map_get(check->dot, STR("values")));
}

void assertion_check(struct pass *pass)
{
    if (release_has_unread_layers(pass->release))
        return;
    struct check check = {.pass = pass, .assertion = pass->rule->assertion};
    check.options = assertion_options(pass);
    if (check.assertion->subject == ASSERTION_OBJECT)
        check_objects(&check);
    else if (check.assertion->subject == ASSERTION_WORKLOAD)
        check_workloads(&check);
    else
        check_values(&check);
}
