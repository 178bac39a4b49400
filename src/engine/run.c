#include "run.h"

#include <stdlib.h>

#include "assertion.h"
#include "chart_reads.h"
#include "collect.h"
#include "select.h"
#include "suppress.h"
#include "yield.h"

struct run {
    const struct workspace *workspace;
    const struct run_options *options;
    const bool *selected; /* per rule */
    struct worker *workers;
    unsigned worker_count;
    struct kept_objects kept;
};

static const struct yaml_node *configured_options(const struct workspace *workspace,
                                                  const struct rule *rule)
{
    const struct yaml_entry *entry = yaml_find(workspace->config.rules.options, rule->name);
    return entry ? entry->value : NULL;
}

static struct pass make_pass(struct worker *worker, const struct rule *rule)
{
    return (struct pass){
        .worker = worker,
        .rule = rule,
        .options = configured_options(worker->workspace, rule),
    };
}

/* --- the hooks --- */

static void walk_values(struct pass *pass, const struct merged *merged)
{
    pass->rule->code->values(pass, merged);
    for (size_t i = 0; i < merged->child_count; i++)
        walk_values(pass, &merged->children[i]);
}

static void run_objects(struct pass *pass)
{
    const struct object_list *objects = pass_objects(pass, pass->release);
    for (size_t i = 0; objects && i < objects->count; i++)
        pass->rule->code->object(pass, &objects->items[i]);
}

static void run_workloads(struct pass *pass)
{
    const struct workload_list *workloads = pass_workloads(pass, pass->release);
    for (size_t i = 0; workloads && i < workloads->count; i++)
        pass->rule->code->workload(pass, &workloads->items[i]);
}

static void run_changes(struct pass *pass, const struct object_list *before)
{
    const struct object_list *objects = before ? pass_objects(pass, pass->release) : NULL;
    for (size_t i = 0; objects && i < objects->count; i++) {
        const struct object *older = object_find_same(before, &objects->items[i]);
        if (older)
            pass->rule->code->change(pass, older, &objects->items[i]);
    }
}

static void run_application_rule(struct worker *worker, const struct rule *rule,
                                 const struct application *application)
{
    struct pass pass = make_pass(worker, rule);
    const struct object_list *const *before = worker->before;
    for (size_t i = 0; i < application->release_count; i++) {
        pass.release = application->releases[i];
        if (rule->assertion)
            assertion_check(&pass);
        if (rule->code && rule->code->release)
            rule->code->release(&pass, pass.release);
        if (rule->code && rule->code->values)
            walk_values(&pass, worker->merged[i]);
        if (rule->code && rule->code->object)
            run_objects(&pass);
        if (rule->code && rule->code->workload)
            run_workloads(&pass);
        if (rule->code && rule->code->change && before)
            run_changes(&pass, before[pass.release->number]);
    }
    pass.release = NULL;
    pass.application = application;
    if (rule->code && rule->code->application)
        rule->code->application(&pass, application);
}

static bool is_unwanted(const struct run *run)
{
    return run->options->is_unwanted && atomic_load(run->options->is_unwanted);
}

bool run_looks_at(const struct run_options *options, const struct application *application)
{
    return !options->only || options->only[application->number];
}

/* True when the rule has something to do for each application. */
static bool is_about_releases(const struct rule *rule)
{
    const struct rule_code *code = rule->code;
    return rule->assertion || (code && (code->release || code->values || code->object ||
                                        code->workload || code->change || code->application));
}

static void run_application(void *context, unsigned number, size_t index)
{
    struct run *run = context;
    struct worker *worker = &run->workers[number];
    const struct application *application = &run->workspace->model->applications[index];
    if (is_unwanted(run) || !run_looks_at(run->options, application))
        return;
    worker->application = application;
    worker->merged =
        arena_make_array(&worker->scratch, const struct merged *, application->release_count);
    worker->renderings =
        arena_make_array(&worker->scratch, struct rendering_slot, application->release_count);
    for (size_t i = 0; i < application->release_count; i++)
        worker->merged[i] = release_merge(&worker->scratch, application->releases[i]);
    for (size_t i = 0; i < run->workspace->rules.count; i++) {
        const struct rule *rule = &run->workspace->rules.items[i];
        if (run->selected[i] && is_about_releases(rule))
            run_application_rule(worker, rule, application);
    }
    if (run->kept.by_release)
        keep_objects(worker, &run->kept);
    worker->application = NULL;
    arena_reset(&worker->scratch);
}

static bool looks_at_layer(const struct run *run, const struct layer_use *use)
{
    for (size_t i = 0; i < use->release_count; i++) {
        if (run_looks_at(run->options, use->releases[i]->application))
            return true;
    }
    return false;
}

static void run_layer(void *context, unsigned number, size_t index)
{
    struct run *run = context;
    struct worker *worker = &run->workers[number];
    if (is_unwanted(run) || !looks_at_layer(run, &run->workspace->model->layers[index]))
        return;
    for (size_t i = 0; i < run->workspace->rules.count; i++) {
        const struct rule *rule = &run->workspace->rules.items[i];
        if (!run->selected[i] || !rule->code || !rule->code->layer)
            continue;
        struct pass pass = make_pass(worker, rule);
        pass.use = &run->workspace->model->layers[index];
        rule->code->layer(&pass, pass.use);
    }
    arena_reset(&worker->scratch);
}

static void run_repository(struct run *run)
{
    struct worker *worker = &run->workers[0];
    size_t releases = run->workspace->model->release_count;
    for (size_t i = 0; i < run->workspace->rules.count; i++) {
        const struct rule *rule = &run->workspace->rules.items[i];
        bool is_asked = !run->options->only && !is_unwanted(run);
        if (!is_asked || !run->selected[i] || !rule->code || !rule->code->repository)
            continue;
        struct pass pass = make_pass(worker, rule);
        worker->renderings =
            arena_make_array(&worker->scratch, struct rendering_slot, releases + 1);
        rule->code->repository(&pass);
        arena_reset(&worker->scratch);
    }
}

/* --- what the engine itself reports --- */

static bool was_selected(const struct run *run, const struct rule *rule)
{
    return rule && run->selected[rule - run->workspace->rules.items];
}

/* True when one of the rules that a comment or exception names ran, so that "unused" is known. */
static bool names_selected_rule(const struct run *run, struct str pattern)
{
    for (size_t i = 0; i < run->workspace->rules.count; i++) {
        if (run->selected[i] && rule_matches(&run->workspace->rules.items[i], pattern))
            return true;
    }
    return false;
}

static bool names_any_rule(const struct run *run, struct str pattern)
{
    for (size_t i = 0; i < run->workspace->rules.count; i++) {
        if (rule_matches(&run->workspace->rules.items[i], pattern))
            return true;
    }
    return false;
}

static void report_suppression(struct run *run, const struct rule *rule,
                               const struct suppression *suppression)
{
    struct pass pass = make_pass(&run->workers[0], rule);
    struct arena *arena = pass_arena(&pass);
    struct str names = str_list_join(arena, &suppression->rules, STR(", "));
    if (!suppression->rules.count) {
        pass_report(&pass, suppression->comment, "malformed");
        return;
    }
    for (size_t i = 0; i < suppression->rules.count; i++) {
        if (names_any_rule(run, suppression->rules.items[i]))
            continue;
        struct report *report = pass_report(&pass, suppression->comment, "unknown");
        report_argument(report, "rules", suppression->rules.items[i]);
        return;
    }
    bool known = false;
    for (size_t i = 0; i < suppression->rules.count; i++)
        known = known || names_selected_rule(run, suppression->rules.items[i]);
    if (known && !suppression->used) {
        struct report *report = pass_report(&pass, suppression->comment, "unused");
        report_argument(report, "rules", names);
    }
}

static void report_exceptions(struct run *run, const bool *used)
{
    const struct config *config = &run->workspace->config;
    const struct rule *expired = rule_find(&run->workspace->rules, STR("engine/expired-exception"));
    const struct rule *unused = rule_find(&run->workspace->rules, STR("engine/unused-suppression"));
    for (size_t i = 0; i < config->rules.exceptions.count; i++) {
        const struct config_exception *exception = &config->rules.exceptions.items[i];
        bool over = exception->until.n && str_compare(exception->until, run->options->today) < 0;
        const struct rule *rule = over ? expired : unused;
        if (!was_selected(run, rule) || (!over && used[i]) ||
            (!over && !names_selected_rule(run, exception->rule)))
            continue;
        struct pass pass = make_pass(&run->workers[0], rule);
        struct report *report = pass_report(&pass, exception->span, over ? "expired" : "exception");
        report_argument(report, "rules", exception->rule);
        report_argument(report, "until", exception->until);
    }
}

static struct finding_list own_findings(struct run *run, struct arena *arena,
                                        const struct suppression_list *suppressions,
                                        const bool *used_exceptions)
{
    const struct rule *unused = rule_find(&run->workspace->rules, STR("engine/unused-suppression"));
    if (run->options->only)
        return (struct finding_list){0};
    run->workers[0].reports = (struct report_list){0};
    for (size_t i = 0; was_selected(run, unused) && i < suppressions->count; i++)
        report_suppression(run, unused, &suppressions->items[i]);
    report_exceptions(run, used_exceptions);
    return collect_findings(arena, run->workspace, run->workers, 1);
}

/* --- the result --- */

static void add_shown(struct run *run, struct arena *arena, struct finding *finding,
                      struct run_result *result)
{
    if (!select_configured(&run->workspace->config, finding))
        return;
    const struct baseline_entry *known = baseline_find(run->options->baseline, finding);
    bool is_shown = select_shown(run->workspace, run->options, finding);
    if (known)
        vector_push(arena, &result->known, known);
    if (known && is_shown)
        result->in_baseline++;
    else if (is_shown)
        vector_push(arena, &result->findings, *finding);
}

/* What the baseline has beside the entries that were found. */
static void part_baseline(struct run *run, struct arena *arena, struct run_result *result)
{
    const struct baseline *baseline = run->options->baseline;
    struct map found = {0};
    for (size_t i = 0; i < result->known.count; i++)
        map_put(arena, &found, result->known.items[i]->fingerprint, NULL);
    for (size_t i = 0; baseline && i < baseline->entries.count; i++) {
        const struct baseline_entry *entry = baseline->entries.items[i];
        if (map_has(&found, entry->fingerprint))
            continue;
        const struct rule *rule = rule_find(&run->workspace->rules, entry->rule);
        bool is_gone = !rule || was_selected(run, rule);
        vector_push(arena, is_gone ? &result->gone : &result->known, entry);
    }
}

static void sift(struct run *run, struct arena *arena, struct finding_list *all,
                 struct run_result *result)
{
    const struct config *config = &run->workspace->config;
    struct suppression_list suppressions = suppressions_find(arena, run->workspace);
    findings_number(arena, all); /* before anything is left out: what is shown changes no number */
    bool *used = arena_make_array(arena, bool, config->rules.exceptions.count);
    for (size_t i = 0; i < all->count; i++) {
        struct finding *finding = &all->items[i];
        bool covered = suppressions_cover(&suppressions, finding);
        bool kept = select_exceptions(config, run->options->today, finding, used);
        if (covered || !kept)
            result->suppressed++;
        else
            add_shown(run, arena, finding, result);
    }
    struct finding_list own = own_findings(run, arena, &suppressions, used);
    findings_number(arena, &own);
    for (size_t i = 0; i < own.count; i++)
        add_shown(run, arena, &own.items[i], result);
    findings_sort(&result->findings);
    part_baseline(run, arena, result);
}

static void count_model(const struct model *model, struct run_result *result)
{
    for (size_t i = 0; i < model->config->environments.count; i++) {
        for (size_t k = 0; k < model->release_count; k++) {
            if (model->releases[k].environment_number == i) {
                result->environments++;
                break;
            }
        }
    }
    result->applications = model->application_count;
    result->releases = model->release_count;
    result->files = model->layer_count;
}

static int compare_not_analysed(const void *a, const void *b)
{
    const struct not_analysed *left = a;
    const struct not_analysed *right = b;
    return left->release->number < right->release->number ? -1 : 1;
}

/* What the threads have rendered, and what they have not. */
static void count_rendered(struct arena *arena, const struct run *run, struct run_result *result)
{
    struct not_analysed_list *list = &result->not_analysed;
    for (unsigned i = 0; i < run->worker_count; i++) {
        const struct worker *worker = &run->workers[i];
        result->rendered += worker->rendered;
        for (size_t k = 0; k < worker->not_analysed.count; k++)
            vector_push(arena, list, worker->not_analysed.items[k]);
    }
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_not_analysed);
}

/* True when the rule asks for rendered objects. */
static bool is_about_objects(const struct rule *rule)
{
    const struct rule_code *code = rule->code;
    return rule->assertion
               ? rule->assertion->subject != ASSERTION_VALUES
               : code && (code->object || code->workload || code->change || code->uses_objects);
}

static bool is_about_reads(const struct rule *rule)
{
    return rule->code && rule->code->uses_reads;
}

/* True when a rule that runs is such a one. */
static bool runs_any(const struct run *run, bool (*is_such)(const struct rule *rule))
{
    for (size_t i = 0; i < run->workspace->rules.count; i++) {
        if (run->selected[i] && is_such(&run->workspace->rules.items[i]))
            return true;
    }
    return false;
}

static bool needs_all_objects(const struct rule *rule)
{
    return rule->code && rule->code->repository && rule->code->uses_objects;
}

static struct kept_objects make_room(struct arena *arena, size_t releases)
{
    return (struct kept_objects){
        .by_release = arena_make_array(arena, struct object_list, releases + 1),
        .is_rendered = arena_make_array(arena, bool, releases + 1),
    };
}

/* A renderer that has all charts, when a rule that runs looks at objects or at what templates read;
 * else NULL. */
static struct renderer *open_renderer(struct run *run, struct arena *arena,
                                      struct diagnostics *sink)
{
    static const struct chart_load_options how = {.limits = &limits_default};
    const struct workspace *workspace = run->workspace;
    if (!run->options->keeps_objects && !runs_any(run, is_about_objects) &&
        !runs_any(run, is_about_reads))
        return NULL;
    struct renderer *renderer = renderer_new(arena, workspace->tree, &how);
    struct diagnostics problems = {.arena = arena};
    for (size_t i = 0; i < workspace->model->release_count; i++) {
        const struct release *release = &workspace->model->releases[i];
        const struct chart *chart = release->chart;
        if (chart && run_looks_at(run->options, release->application))
            renderer_load(renderer, chart->directory, &problems);
    }
    for (size_t i = 0; i < problems.count; i++) {
        /* There is a rule about it. */
        if (strcmp(problems.items[i].kind, "missing-dependency") != 0)
            vector_push(sink->arena, sink, problems.items[i]);
    }
    return renderer;
}

struct run_result run_result_with(const struct run_result *result,
                                  const struct finding_list *findings)
{
    struct run_result changed = *result;
    size_t counts[SEVERITY_ERROR + 1] = {0};
    for (size_t i = 0; i < findings->count; i++)
        counts[findings->items[i].severity]++;
    changed.findings = *findings;
    changed.errors = counts[SEVERITY_ERROR];
    changed.warnings = counts[SEVERITY_WARNING];
    changed.infos = counts[SEVERITY_INFO];
    return changed;
}

bool run_asks_for(const struct run_options *options, const struct release *release)
{
    return (!options->environments.count ||
            glob_match_any(&options->environments, release->environment->name)) &&
           (!options->applications.count ||
            glob_match_any(&options->applications, release->application->name));
}

struct run_result run_rules(struct arena *arena, const struct workspace *workspace,
                            const struct run_options *options, struct diagnostics *sink)
{
    const struct model *model = workspace->model;
    struct run run = {
        .workspace = workspace,
        .options = options,
        .selected = select_rules(arena, workspace, options, sink),
        .workers = arena_make_array(arena, struct worker, workspace->jobs),
        .worker_count = workspace->jobs,
    };
    struct renderer *renderer = open_renderer(&run, arena, sink);
    if (options->keeps_objects || (!options->only && runs_any(&run, needs_all_objects)))
        run.kept = make_room(arena, model->release_count);
    bool reports_failures =
        was_selected(&run, rule_find(&workspace->rules, STR("template/render")));
    for (unsigned i = 0; i < run.worker_count; i++) {
        run.workers[i].reports_failures = reports_failures;
        run.workers[i].workspace = workspace;
        run.workers[i].renderer = renderer;
        run.workers[i].kept = &run.kept;
        run.workers[i].before = options->before;
        run.workers[i].schemas = options->schemas;
        run.workers[i].problems.arena = &run.workers[i].results;
    }
    if (runs_any(&run, is_about_reads))
        chart_reads_find(arena, workspace, options, run.workers, run.worker_count);
    parallel_for(model->application_count, workspace->jobs, run_application, &run);
    parallel_for(model->layer_count, workspace->jobs, run_layer, &run);
    run_repository(&run);
    struct finding_list all = collect_findings(arena, workspace, run.workers, run.worker_count);
    struct run_result result = {.objects = run.kept};
    findings_yield(&all);
    count_model(model, &result);
    count_rendered(arena, &run, &result);
    sift(&run, arena, &all, &result);
    for (unsigned i = 0; i < run.worker_count; i++) {
        diagnostics_append(sink, &run.workers[i].problems);
        arena_adopt(arena, &run.workers[i].results);
        arena_release(&run.workers[i].scratch);
    }
    if (renderer)
        renderer_close(renderer);
    return run_result_with(&result, &result.findings);
}
