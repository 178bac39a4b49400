#include "engine/collect.h"

#include "unit.h"

/* A workspace with one file of one rule; a worker that reports to it. */
struct bench {
    struct arena arena;
    struct workspace workspace;
    struct rule rule;
    struct worker worker;
    struct config_environment environments[2];
    struct application applications[2];
    struct release releases[3];
};

static const struct tree_memory_file files[] = {{{"a.yaml", 6}, {"x: 1\ny: 2\n", 10}}};

static void set_up(struct bench *bench)
{
    *bench = (struct bench){0};
    bench->workspace.tree = tree_open_memory(&bench->arena, files, 1);
    tree_find(bench->workspace.tree, STR("a.yaml"));
    const struct yaml_stream *stream = yaml_parse_bytes(
        &bench->arena, STR("message: '{{ .what }} in {{ .environments }} of {{ .applications }}'"),
        0, &limits_default);
    bench->rule = (struct rule){.name = STR("group/rule"), .messages = yaml_root(stream)};
    bench->worker.workspace = &bench->workspace;
    bench->environments[0].name = STR("dev");
    bench->environments[1].name = STR("prod");
    bench->applications[0].name = STR("web");
    bench->applications[1].name = STR("db");
    const size_t environment[] = {0, 1, 1};
    const size_t application[] = {0, 0, 1};
    for (size_t i = 0; i < 3; i++)
        bench->releases[i] = (struct release){
            .number = i,
            .environment = &bench->environments[environment[i]],
            .environment_number = environment[i],
            .application = &bench->applications[application[i]],
        };
}

static void report(struct bench *bench, uint32_t start, const char *path, size_t release,
                   const char *what)
{
    struct pass pass = {.worker = &bench->worker, .rule = &bench->rule};
    pass.release = &bench->releases[release];
    struct report *added = pass_report(&pass, (struct span){1, start, start + 1}, "message");
    report_values_path(added, str_from_c(path));
    report_argument(added, "what", str_from_c(what));
    report_related(added, (struct span){1, 5, 6}, "there");
}

static struct finding_list collect(struct bench *bench)
{
    return collect_findings(&bench->arena, &bench->workspace, &bench->worker, 1);
}

static void tear_down(struct bench *bench)
{
    tree_close(bench->workspace.tree);
    arena_release(&bench->worker.results);
    arena_release(&bench->arena);
}

START_TEST(one_cause_is_one_finding)
{
    struct bench bench;
    set_up(&bench);
    report(&bench, 3, "x", 2, "last");
    report(&bench, 3, "x", 0, "first");
    report(&bench, 3, "x", 1, "second");
    struct finding_list findings = collect(&bench);
    ck_assert_uint_eq(findings.count, 1);
    ck_assert_str(findings.items[0].message, "first in dev and prod of web and db");
    ck_assert_uint_eq(findings.items[0].release_count, 3);
    ck_assert_uint_eq(findings.items[0].related_count, 1);
    ck_assert_uint_eq(findings.items[0].position.column, 4);
    tear_down(&bench);
}
END_TEST

START_TEST(another_path_or_place_is_another_finding)
{
    struct bench bench;
    set_up(&bench);
    report(&bench, 8, "y", 0, "c");
    report(&bench, 3, "z", 0, "b");
    report(&bench, 3, "x", 0, "a");
    struct finding_list findings = collect(&bench);
    ck_assert_uint_eq(findings.count, 3);
    ck_assert_str(findings.items[0].values_path, "x");
    ck_assert_str(findings.items[1].values_path, "z");
    ck_assert_str(findings.items[2].values_path, "y");
    tear_down(&bench);
}
END_TEST

START_TEST(fingerprints_tell_findings_apart_but_not_lines)
{
    struct bench bench;
    set_up(&bench);
    report(&bench, 3, "x", 0, "a");
    report(&bench, 8, "x", 0, "b");
    struct finding_list findings = collect(&bench);
    findings_number(&bench.arena, &findings);
    struct str first = findings.items[0].fingerprint;
    struct str second = findings.items[1].fingerprint;
    size_t colon = str_find_char(first, ':');
    ck_assert(str_equal(str_slice(first, 0, colon), str_slice(second, 0, colon)));
    ck_assert(!str_equal(first, second));
    tear_down(&bench);
}
END_TEST

UNIT_TESTS("engine/collect", ONCE(one_cause_is_one_finding),
           ONCE(another_path_or_place_is_another_finding),
           ONCE(fingerprints_tell_findings_apart_but_not_lines))
