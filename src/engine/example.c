#include "example.h"

#include "compare.h"
#include "finding.h"
#include "run.h"
#include "workspace.h"

const char *const example_config =
    "version: 1\n"
    "environments:\n"
    "  dev: {namespace: shop-dev, pool: dev, taint: dev, domain: dev.shop.example,\n"
    "    vault: {server: 'http://vault-dev.shop-dev.svc:8200', path: shop/dev}}\n"
    "  staging: {namespace: shop-staging, pool: staging, taint: staging, domain: "
    "staging.shop.example,\n"
    "    vault: {server: 'http://vault-staging.shop-staging.svc:8200', path: shop/staging}}\n"
    "  production: {namespace: shop-prod, pool: prod, taint: production, domain: shop.example, "
    "hosts: ['*.shop.example'],\n"
    "    vault: {server: 'http://vault-prod.shop-prod.svc:8200', path: shop/production}}\n"
    "labels: {tier: shop.example/tier, environment: shop.example/environment, pool: "
    "shop.example/pool}\n"
    "tiers: [frontend, backend, data]\n"
    "applications:\n"
    "  list:\n"
    "    - {name: platform, chart: charts/platform, domain: apps}\n"
    "    - {name: graph, chart: charts/graph, domain: apps}\n"
    "layers:\n"
    "  - {path: base/globals.yaml, optional: true}\n"
    "  - {path: 'env/{env}/globals.yaml', optional: true}\n"
    "  - {path: 'apps/{app}.yaml', optional: true}\n"
    "  - {path: 'env/{env}/apps/{app}.yaml', optional: true}\n";

struct example_file {
    struct str path;
    struct str text;
};

struct example_file_list {
    struct example_file *items;
    size_t count, capacity;
};

struct marker {
    struct str path;
    uint32_t line, column, end_column;
    bool longer; /* "…" behind the carets: what is meant goes on */
    struct str text;
    bool met;
};

struct marker_list {
    struct marker *items;
    size_t count, capacity;
};

struct example {
    struct arena *arena;
    const struct rule *rule;
    const struct yaml_node *node;
    bool bad;
    struct span title;
    struct example_file_list files;
    struct marker_list markers;
    struct diagnostics *sink;
};

/* --- files and markers --- */

/* "#   ^^^ text": the columns of the carets and the text; false for any other line. */
static bool read_marker(struct str line, struct marker *marker)
{
    size_t hash = 0;
    while (hash < line.n && line.p[hash] == ' ')
        hash++;
    size_t start = hash + 1;
    while (start < line.n && line.p[start] == ' ')
        start++;
    size_t end = start;
    while (end < line.n && line.p[end] == '^')
        end++;
    if (hash >= line.n || line.p[hash] != '#' || end == start)
        return false;
    marker->column = (uint32_t)(start == hash + 1 ? hash : start) + 1;
    marker->end_column = (uint32_t)end + 1;
    struct str text = str_from(line, end);
    marker->longer = str_starts_with(text, STR("…"));
    marker->text = str_trim(marker->longer ? str_from(text, strlen("…")) : text);
    return true;
}

static void add_file(struct arena *arena, struct example_file_list *files,
                     struct marker_list *markers, struct str path, struct str written)
{
    struct text text = {.arena = arena};
    uint32_t line_number = 0;
    while (written.p && written.n) {
        struct str line = str_cut(&written, '\n');
        struct marker marker = {.path = path, .line = line_number};
        if (read_marker(line, &marker)) {
            vector_push(arena, markers, marker);
            continue;
        }
        text_add(&text, line);
        text_add_char(&text, '\n');
        line_number++;
    }
    vector_push(arena, files, ((struct example_file){path, text_str(&text)}));
}

/* Top-level keys of the example's own configuration replace those of example_config. */
static struct str write_config(struct arena *arena, struct str own)
{
    struct text text = {.arena = arena};
    struct str rest = str_from_c(example_config);
    bool dropped = false;
    while (rest.n) {
        struct str line = str_cut(&rest, '\n');
        bool top = line.n && line.p[0] != ' ';
        if (top) {
            struct str key = str_slice(line, 0, str_find_char(line, ':') + 1);
            struct str in_line = str_format(arena, "\n%.*s", STR_ARG(key));
            dropped = str_starts_with(own, key) || str_contains(own, in_line);
        }
        if (!dropped) {
            text_add(&text, line);
            text_add_char(&text, '\n');
        }
    }
    text_add(&text, own);
    return text_str(&text);
}

static bool has_file(const struct example_file_list *files, struct str path)
{
    for (size_t i = 0; i < files->count; i++) {
        if (str_equal(files->items[i].path, path))
            return true;
    }
    return false;
}

/* A folder charts/NAME with templates is a chart, whether it says so or not. */
static void add_charts(struct arena *arena, struct example_file_list *files)
{
    for (size_t i = 0; i < files->count; i++) {
        struct str path = files->items[i].path;
        size_t end = str_find(path, STR("/templates/"));
        if (!str_starts_with(path, STR("charts/")) || end == STR_NOT_FOUND)
            continue;
        struct str folder = str_slice(path, 0, end);
        struct str chart = str_format(arena, "%.*s/Chart.yaml", STR_ARG(folder));
        struct str text = str_format(arena, "apiVersion: v2\nname: %.*s\nversion: 1.0.0\n",
                                     STR_ARG(path_name(folder)));
        if (!has_file(files, chart))
            vector_push(arena, files, ((struct example_file){chart, text}));
    }
}

static void read_files(struct arena *arena, const struct yaml_node *node,
                       struct example_file_list *files, struct marker_list *markers)
{
    const struct yaml_node *written = yaml_value(node, "files");
    for (size_t i = 0; written && written->kind == YAML_MAP && i < written->map.count; i++)
        add_file(arena, files, markers, written->map.entries[i].key,
                 yaml_text(written->map.entries[i].value));
    struct str own = yaml_text(yaml_value(node, "config"));
    bool has_config = yaml_find(written, STR(".bulkhead.yaml"));
    add_charts(arena, files);
    if (!has_config)
        add_file(arena, files, markers, STR(".bulkhead.yaml"), write_config(arena, own));
}

/* --- running --- */

static void complain(struct example *example, const char *what, struct str detail)
{
    diagnostics_add(example->sink, SEVERITY_ERROR, "example", example->title, "%.*s: %s%.*s",
                    STR_ARG(example->rule->name), what, STR_ARG(detail));
}

static bool is_pinned(const struct marker *marker, const struct finding *finding)
{
    const struct position *at = &finding->position;
    bool same_end = marker->longer || at->end_line != at->line ||
                    at->end_column <= at->column + 1 || marker->end_column == at->end_column;
    return str_equal(marker->path, at->path) && marker->line == at->line &&
           marker->column == at->column && same_end && str_contains(finding->message, marker->text);
}

static void compare(struct example *example, const struct finding *finding)
{
    for (size_t i = 0; i < example->markers.count; i++) {
        struct marker *marker = &example->markers.items[i];
        if (!marker->met && is_pinned(marker, finding)) {
            marker->met = true;
            return;
        }
    }
    const struct position *at = &finding->position;
    complain(example, "reported but not pinned: ",
             str_format(example->arena, "%.*s:%u:%u-%u %.*s", STR_ARG(at->path), at->line,
                        at->column, at->end_column, STR_ARG(finding->message)));
}

static struct run_options options_for(struct example *example)
{
    struct run_options options = {.least = SEVERITY_INFO, .today = STR("2026-01-01")};
    vector_push(example->arena, &options.select, example->rule->name);
    /* Rules of the engine are about findings of others. */
    if (str_starts_with(example->rule->name, STR("engine/")))
        vector_push(example->arena, &options.select, STR("values"));
    return options;
}

/* A good example that cannot be rendered shows nothing. */
static void report_problems(struct example *example, const struct diagnostics *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct diagnostic *problem = &problems->items[i];
        bool is_empty = !example->bad && !strcmp(problem->kind, "not-rendered");
        if (problem->severity == SEVERITY_ERROR || is_empty)
            complain(example, "the example cannot be run: ", problem->message);
    }
}

/* The example's files, those of `before` in the place of others of their names. */
static struct tree *open_files(struct example *example, const struct yaml_node *before)
{
    struct tree_memory_file *files =
        arena_make_array(example->arena, struct tree_memory_file, example->files.count);
    for (size_t i = 0; i < example->files.count; i++) {
        const struct example_file *file = &example->files.items[i];
        const struct yaml_entry *older = before ? yaml_find(before, file->path) : NULL;
        files[i] =
            (struct tree_memory_file){file->path, older ? yaml_text(older->value) : file->text};
    }
    return tree_open_memory(example->arena, files, example->files.count);
}

/* What the rules say of the example; with `before`, of the change that leads to it. */
static struct run_result run_on(struct example *example, const struct workspace *workspace,
                                struct diagnostics *problems)
{
    struct run_options options = options_for(example);
    const struct yaml_node *before = yaml_value(example->node, "before");
    if (!before)
        return run_rules(example->arena, workspace, &options, problems);
    struct run_result result = {0};
    struct tree *tree = open_files(example, before);
    struct workspace *older = workspace_open(tree, STR(""), 1);
    report_problems(example, &older->problems);
    if (older->model)
        result = compare_workspaces(example->arena, older, workspace, &options, problems).after;
    workspace_close(older);
    tree_close(tree);
    return result;
}

static void run_example(struct example *example)
{
    struct tree *tree = open_files(example, NULL);
    struct workspace *workspace = workspace_open(tree, STR(""), 1);
    if (workspace->model) {
        struct diagnostics problems = {.arena = example->arena};
        struct run_result result = run_on(example, workspace, &problems);
        report_problems(example, &problems);
        for (size_t i = 0; i < result.findings.count; i++) {
            if (str_equal(result.findings.items[i].rule->name, example->rule->name))
                compare(example, &result.findings.items[i]);
        }
    }
    report_problems(example, &workspace->problems);
    for (size_t i = 0; i < example->markers.count; i++) {
        const struct marker *marker = &example->markers.items[i];
        if (!marker->met)
            complain(example, "pinned but not reported: ",
                     str_format(example->arena, "%.*s:%u:%u %.*s", STR_ARG(marker->path),
                                marker->line, marker->column, STR_ARG(marker->text)));
    }
    workspace_close(workspace);
    tree_close(tree);
}

static void check_example(struct example *example)
{
    if (example->bad && !example->markers.count)
        complain(example, "a bad example needs a marker", STR(""));
    if (!example->bad && example->markers.count)
        complain(example, "a good example has no marker", STR(""));
    run_example(example);
}

size_t examples_check(struct arena *arena, const struct rule *rule, struct diagnostics *sink)
{
    size_t count =
        rule->examples && rule->examples->kind == YAML_LIST ? rule->examples->list.count : 0;
    size_t bad = 0;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *node = rule->examples->list.items[i];
        struct example example = {.arena = arena, .rule = rule, .node = node, .sink = sink};
        example.bad = yaml_value(node, "bad");
        example.title = node->span;
        bad += example.bad;
        read_files(arena, node, &example.files, &example.markers);
        check_example(&example);
    }
    if (!bad || bad == count)
        diagnostics_add(sink, SEVERITY_ERROR, "example", rule->root->span,
                        "%.*s: a rule needs a bad and a good example", STR_ARG(rule->name));
    return count;
}
