#include "model_dump.h"

UNIT_ARENA(arena)

/* Builds the model of the files, one of which is .bulkhead.yaml. */
static struct str model_of(const char *const *pairs, struct diagnostics *sink)
{
    struct tree *tree = open_files(&arena, pairs);
    struct config *config = arena_make(&arena, struct config);
    sink->arena = &arena;
    if (!config_load(&arena, tree, STR(".bulkhead.yaml"), sink, config))
        return STR("configuration");
    return dump_model(&arena, model_load(&arena, tree, config, 2, sink));
}

START_TEST(patterns_are_filled_in_for_every_release)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "environments: {dev: {pool: d, namespace: n-dev}, prod: {namespace: n-prod}}\n"
        "applications: {list: [{name: web, domain: apps, chart: charts/web}, {name: db}]}\n"
        "layers:\n"
        "  - '{env}.yaml'\n"
        "  - {path: 'pools/{pool}.yaml', optional: true}\n"
        "  - {path: '{domain}/{app}.yaml', optional: true}\n"
        "  - {path: '{namespace}/{app}.yaml', environments: [p*]}\n",
        "charts/web/Chart.yaml",
        "{name: web, version: 1.0.0}",
        "charts/web/values.yaml",
        "a: 1",
        "dev.yaml",
        "a: 1",
        "pools/d.yaml",
        "a: 1",
        "apps/web.yaml",
        "a: 1",
        "n-prod/web.yaml",
        "a: 1",
        NULL,
    };
    struct diagnostics sink = {0};
    /* {pool} has no value in prod, {domain} none for db. */
    ck_assert_str(model_of(files, &sink),
                  "dev/web: [charts/web/values.yaml] dev.yaml pools/d.yaml apps/web.yaml\n"
                  "prod/web: [charts/web/values.yaml] (prod.yaml) apps/web.yaml n-prod/web.yaml\n"
                  "dev/db: dev.yaml pools/d.yaml\n"
                  "prod/db: (prod.yaml) (n-prod/db.yaml)\n");
    ck_assert_uint_eq(sink.count, 0);
    arena_release(&arena);
}
END_TEST

START_TEST(components_name_applications_and_their_own_layers)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "environments: {dev: {}, prod: {}, operators: {scope: cluster}}\n"
        "applications:\n"
        "  components:\n"
        "    - c/apps/*/component.yaml\n"
        "    - {files: c/cluster/*/component.yaml, environments: [operators]}\n"
        "layers: [all.yaml, '{domain}/{app}.yaml']\n",
        "c/apps/web/component.yaml",
        "name: web\ndomain: apps\nchart: {valueFiles: ['$values/more/{{ .env }}.yaml', "
        "other.yaml]}\n",
        "c/apps/che/component.yaml",
        "name: che\ndomain: apps\nexcludeGlobals: true\n",
        "c/apps/bad/component.yaml",
        "domain: apps\n",
        "c/cluster/op/component.yaml",
        "name: op\ndomain: cluster\nnamespace: op-system\n",
        "all.yaml",
        "a: 1",
        "apps/web.yaml",
        "a: 1",
        "apps/che.yaml",
        "a: 1",
        "cluster/op.yaml",
        "a: 1",
        "more/dev.yaml",
        "a: 1",
        NULL,
    };
    struct diagnostics sink = {0};
    ck_assert_str(model_of(files, &sink), "dev/che: apps/che.yaml\n"
                                          "prod/che: apps/che.yaml\n"
                                          "dev/web: all.yaml apps/web.yaml more/dev.yaml\n"
                                          "prod/web: all.yaml apps/web.yaml (more/prod.yaml)\n"
                                          "operators/op: all.yaml cluster/op.yaml\n");
    ck_assert_uint_eq(sink.count, 1);
    ck_assert(str_contains(sink.items[0].message, STR("`name` is missing")));
    arena_release(&arena);
}
END_TEST

START_TEST(with_layer_deploys_where_a_file_says_so)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "environments: {dev: {}, prod: {}}\n"
        "applications: {charts: [charts/*], deployed: with-layer}\n"
        "layers: [{path: '{chart}/values-{env}.yaml', optional: true}]\n",
        "charts/a/Chart.yaml",
        "name: a",
        "charts/a/values-prod.yaml",
        "x: 1",
        "charts/b/Chart.yaml",
        "name: b",
        "charts/lib/Chart.yaml",
        "{name: lib, type: library}",
        "other/b/Chart.yaml",
        "name: b",
        NULL,
    };
    struct diagnostics sink = {0};
    ck_assert_str(model_of(files, &sink), "prod/a: charts/a/values-prod.yaml\n"
                                          "dev/b: (charts/b/values-dev.yaml)\n"
                                          "prod/b: (charts/b/values-prod.yaml)\n");
    arena_release(&arena);
}
END_TEST

START_TEST(charts_of_one_name_are_told_apart)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\nenvironments: {dev: {}}\napplications: {charts: ['*/*']}\n",
        "a/web/Chart.yaml",
        "name: web",
        "b/web/Chart.yaml",
        "name: web",
        NULL,
    };
    struct diagnostics sink = {0};
    ck_assert_str(model_of(files, &sink), "dev/web:\ndev/b/web:\n");
    arena_release(&arena);
}
END_TEST

START_TEST(a_layer_knows_who_loads_it)
{
    const char *const files[] = {
        ".bulkhead.yaml",
        "version: 1\n"
        "environments: {dev: {}, prod: {}}\n"
        "applications: {list: [web, db]}\n"
        "layers: [all.yaml, '{env}.yaml', '{app}.yaml']\n",
        "all.yaml",
        "a: 1",
        "dev.yaml",
        "a: 1",
        "prod.yaml",
        "a: 1",
        "web.yaml",
        "a: 1",
        NULL,
    };
    struct tree *tree = open_files(&arena, files);
    struct config config;
    struct diagnostics sink = {.arena = &arena};
    ck_assert(config_load(&arena, tree, STR(".bulkhead.yaml"), &sink, &config));
    const struct model *model = model_load(&arena, tree, &config, 1, &sink);
    const struct {
        const char *path, *environment;
        size_t releases;
        bool shared;
    } expected[] = {
        {"all.yaml", "", 4, true},
        {"dev.yaml", "dev", 2, false},
        {"prod.yaml", "prod", 2, false},
        {"web.yaml", "", 2, true},
    };
    ck_assert_uint_eq(model->layer_count, 4);
    for (size_t i = 0; i < 4; i++) {
        const struct layer_use *use = &model->layers[i];
        ck_assert_str(use->layer->path, expected[i].path);
        ck_assert_uint_eq(use->layer->number, i);
        ck_assert_uint_eq(use->release_count, expected[i].releases);
        ck_assert_int_eq(use->shared, expected[i].shared);
        ck_assert_str(use->environment ? use->environment->name : STR(""), expected[i].environment);
    }
    arena_release(&arena);
}
END_TEST

/* A configuration and what is said when no release comes of it. */
static const struct {
    const char *config, *message;
} empty[] = {
    {"version: 1\n", "names no environments"},
    {"version: 1\nenvironments: {dev: {}}\n", "leads to no application"},
    {"version: 1\nenvironments: {dev: {}}\napplications: {list: [{name: a, environments: [x]}]}\n",
     "none of the 1 applications"},
};

START_TEST(no_release_is_an_error)
{
    const char *const files[] = {".bulkhead.yaml", empty[_i].config, NULL};
    struct diagnostics sink = {0};
    ck_assert_str(model_of(files, &sink), "");
    ck_assert_uint_eq(sink.count, 1);
    ck_assert_int_eq(sink.items[0].severity, SEVERITY_ERROR);
    ck_assert(str_contains(sink.items[0].message, str_from_c(empty[_i].message)));
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("repo/model", ONCE(patterns_are_filled_in_for_every_release),
           ONCE(components_name_applications_and_their_own_layers),
           ONCE(with_layer_deploys_where_a_file_says_so), ONCE(charts_of_one_name_are_told_apart),
           ONCE(a_layer_knows_who_loads_it), EACH(no_release_is_an_error, empty))
