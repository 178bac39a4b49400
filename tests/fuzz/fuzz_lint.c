/* Two arbitrary layers and an arbitrary configuration, parted by NUL bytes: a run ends, in all
 * formats, with findings that lie in files. */
#include <stdlib.h>

#include "report/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char config[] =
    "version: 1\n"
    "environments: {dev: {namespace: n-dev, pool: d, taint: d, domain: dev.x.org, vault: {path: "
    "x/dev}},\n"
    "  prod: {namespace: n-prod, pool: p, taint: prod, domain: x.org, vault: {path: x/prod}}}\n"
    "labels: {pool: pool, environment: environment}\n"
    "tiers: [a, b]\n"
    "applications: {list: [web]}\n"
    "layers: ['{env}.yaml', web.yaml]\n";

static void lint(struct arena *arena, struct tree *tree)
{
    struct workspace *workspace = workspace_open(tree, STR(""), 1);
    struct diagnostics problems = {.arena = arena};
    struct run_options options = {.profile = STR("all"), .today = STR("2026-01-01")};
    if (workspace->model) {
        struct run_result result = run_rules(arena, workspace, &options, &problems);
        struct report_input input = {
            .workspace = workspace, .result = &result, .options = &options, .verbose = true};
        struct str_list names = report_format_names(arena);
        for (size_t i = 0; i < names.count; i++) {
            struct text out = {.arena = arena};
            report_write(&out, report_find_format(names.items[i]), &input);
        }
        for (size_t i = 0; i < result.findings.count; i++) {
            if (!result.findings.items[i].position.path.n)
                abort();
        }
    }
    workspace_close(workspace);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct str rest = {(const char *)data, size};
    struct str parts[3];
    for (size_t i = 0; i < 3; i++)
        parts[i] = rest.p ? str_cut(&rest, 0) : STR("");
    struct tree_memory_file files[] = {
        {STR(".bulkhead.yaml"), parts[2].n ? parts[2] : str_from_c(config)},
        {STR("dev.yaml"), parts[0]},
        {STR("web.yaml"), parts[1]},
    };
    struct tree *tree = tree_open_memory(&arena, files, 3);
    lint(&arena, tree);
    tree_close(tree);
    arena_release(&arena);
    return 0;
}
