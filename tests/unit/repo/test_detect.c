#include "model_dump.h"

#define CHART "{name: x, version: 1.0.0}"

enum { MOST_FILES = 40 };

/* A tree, and the releases with their layers that its real deployment would have. */
static const struct {
    const char *what;
    const char *files[MOST_FILES];
    const char *releases;
} trees[] = {
    {"values files of environments inside of charts",
     {"charts/web/Chart.yaml", CHART, "charts/web/values.yaml", "a: 1",
      "charts/web/values-dev.yaml", "a: 2", "charts/web/values-prod.yaml", "a: 3",
      "charts/db/Chart.yaml", CHART, "charts/db/values-prod.yaml", "a: 3"},
     "prod/db: charts/db/values-prod.yaml\n"
     "dev/web: [charts/web/values.yaml] charts/web/values-dev.yaml\n"
     "prod/web: [charts/web/values.yaml] charts/web/values-prod.yaml\n"},
    {"words that stand where known ones stand, for two applications",
     {"applications/a/Chart.yaml", CHART, "applications/a/values-idfdev.yaml", "a: 1",
      "applications/a/values-stage.yaml", "a: 1", "applications/a/values-summit.yaml", "a: 1",
      "applications/b/Chart.yaml", CHART, "applications/b/values-summit.yaml", "a: 1",
      "applications/b/values-once.yaml", "a: 1"},
     "summit/a: applications/a/values-summit.yaml\n"
     "stage/a: applications/a/values-stage.yaml\n"
     "summit/b: applications/b/values-summit.yaml\n"},
    {"files of an environment beside charts",
     {"charts/web/Chart.yaml", CHART, "charts/db/Chart.yaml", CHART, "environments/dev/web.yaml",
      "a: 1", "environments/dev/db.yaml", "a: 1", "environments/prod/web.yaml", "a: 1"},
     "dev/db: environments/dev/db.yaml\n"
     "dev/web: environments/dev/web.yaml\n"
     "prod/web: environments/prod/web.yaml\n"},
    {"a file of all applications for each environment",
     {"charts/web/Chart.yaml", CHART, "charts/web/values-dev.yaml", "a: 1",
      "charts/web/values-prod.yaml", "a: 1", "environments/values-dev.yaml", "b: 1",
      "environments/values-prod.yaml", "b: 1"},
     "dev/web: environments/values-dev.yaml charts/web/values-dev.yaml\n"
     "prod/web: environments/values-prod.yaml charts/web/values-prod.yaml\n"},
    {"folders of applications without charts, with a file for all environments",
     {"apps/web/values.yaml", "a: 1", "apps/web/values-dev.yaml", "a: 1",
      "apps/web/values-prod.yaml", "a: 1"},
     "dev/web: apps/web/values.yaml apps/web/values-dev.yaml\n"
     "prod/web: apps/web/values.yaml apps/web/values-prod.yaml\n"},
    {"one chart in the root",
     {"Chart.yaml", CHART, "values.yaml", "a: 1", "values-staging.yaml", "a: 1",
      "values-production.yaml", "a: 1", "templates/x.yaml", "a: {{ .Values.a }}"},
     "staging/x: [values.yaml] values-staging.yaml\n"
     "production/x: [values.yaml] values-production.yaml\n"},
    {"a chart without environments",
     {"chart/Chart.yaml", CHART, "chart/values.yaml", "a: 1", "chart/ci/dev-values.yaml", "a: 1",
      "chart/charts/sub/Chart.yaml", CHART},
     "default/x: [chart/values.yaml]\n"},
    {"a bare folder of values files",
     {"values.yaml", "a: 1", "values-dev.yaml", "a: 1", "values-prod.yaml", "a: 1"},
     "dev/values: values.yaml values-dev.yaml\n"
     "prod/values: values.yaml values-prod.yaml\n"},
    {"component files and a values tree",
     {"environments/_shared/components/apps/web/component.yaml", "{name: web, domain: apps}",
      "environments/_shared/components/data/db/component.yaml", "{name: db, domain: data}",
      "sources/values/base/globals.yaml", "a: 1", "sources/values/env/dev/globals.yaml", "a: 1",
      "sources/values/env/production/globals.yaml", "a: 1", "sources/values/_shared/apps/web.yaml",
      "a: 1", "sources/values/env/production/data/db.yaml", "a: 1"},
     "dev/web: sources/values/base/globals.yaml sources/values/env/dev/globals.yaml "
     "sources/values/_shared/apps/web.yaml (sources/values/env/dev/apps/web.yaml)\n"
     "production/web: sources/values/base/globals.yaml sources/values/env/production/globals.yaml "
     "sources/values/_shared/apps/web.yaml (sources/values/env/production/apps/web.yaml)\n"
     "dev/db: sources/values/base/globals.yaml sources/values/env/dev/globals.yaml "
     "(sources/values/_shared/data/db.yaml) (sources/values/env/dev/data/db.yaml)\n"
     "production/db: sources/values/base/globals.yaml sources/values/env/production/globals.yaml "
     "(sources/values/_shared/data/db.yaml) sources/values/env/production/data/db.yaml\n"},
    {"what is no environment: sizes, examples, objects, templates, names of things",
     {"charts/web/Chart.yaml", CHART, "charts/web/values-small.yaml", "a: 1",
      "charts/web/values-example.yaml", "a: 1", "charts/web/values-kafka-smoke-test.yaml", "a: 1",
      "charts/web/prod.yaml", "apiVersion: v1\nkind: Secret\n", "charts/web/values-dev.yaml",
      "host: {{ .name }}\n"},
     "default/web:\n"},
};

static const struct model *detect(struct arena *arena, struct tree *tree, struct diagnostics *sink)
{
    struct config *config = arena_make(arena, struct config);
    if (!model_detect(arena, tree, sink, config))
        return NULL;
    return model_load(arena, tree, config, 1, sink);
}

START_TEST(layouts_are_recognized)
{
    struct arena arena = {0};
    struct diagnostics sink = {.arena = &arena};
    const struct model *model = detect(&arena, open_files(&arena, trees[_i].files), &sink);
    struct str found = dump_model(&arena, model);
    ck_assert_msg(str_is(found, trees[_i].releases), "%s:\n%.*s\nexpected:\n%s", trees[_i].what,
                  STR_ARG(found), trees[_i].releases);
    arena_release(&arena);
}
END_TEST

START_TEST(what_is_written_gives_the_same_model)
{
    struct arena arena = {0};
    struct diagnostics sink = {.arena = &arena};
    const char *files[MOST_FILES + 2];
    memcpy(files, trees[_i].files, sizeof trees[_i].files);
    size_t count = 0;
    while (files[count])
        count++;
    struct config config;
    ck_assert(model_detect(&arena, open_files(&arena, files), &sink, &config));
    files[count] = ".bulkhead.yaml";
    files[count + 1] = str_to_c(&arena, config_write(&arena, &config));
    files[count + 2] = NULL;
    struct tree *tree = open_files(&arena, files);
    struct config read;
    ck_assert_msg(config_load(&arena, tree, STR(".bulkhead.yaml"), &sink, &read), "%s:\n%s",
                  trees[_i].what, files[count + 1]);
    const struct model *model = model_load(&arena, tree, &read, 1, &sink);
    ck_assert_str(dump_model(&arena, model), trees[_i].releases);
    arena_release(&arena);
}
END_TEST

START_TEST(identities_are_read_from_what_is_clear)
{
    const char *const files[] = {
        "charts/web/Chart.yaml",
        CHART,
        "charts/web/values-dev.yaml",
        "a: 1",
        "env/dev.yaml",
        "namespace: n-dev\ndomain: dev.x.org\nnodeSelector: {x.org/pool: d}\n"
        "tolerations: [{key: x.org/environment, value: t}]\n",
        "env/prod.yaml",
        "namespace: '{{ .x }}'\nnodeSelector: {a: b, c: d}\n",
        NULL,
    };
    struct arena arena = {0};
    struct diagnostics sink = {.arena = &arena};
    struct config config;
    ck_assert(model_detect(&arena, open_files(&arena, files), &sink, &config));
    ck_assert_uint_eq(config.environments.count, 2);
    const struct config_environment *dev = &config.environments.items[0];
    ck_assert_str(dev->namespace, "n-dev");
    ck_assert_str(dev->domain, "dev.x.org");
    ck_assert_str(dev->pool, "d");
    ck_assert_str(dev->taint, "t");
    ck_assert_str(config.label_pool, "x.org/pool");
    ck_assert_str(config.environments.items[1].namespace, "");
    ck_assert_str(config.environments.items[1].pool, "");
    arena_release(&arena);
}
END_TEST

START_TEST(nothing_is_not_recognized)
{
    const char *const files[] = {"README.md", "# x", "notes.yaml", "a: 1", NULL};
    struct arena arena = {0};
    struct diagnostics sink = {.arena = &arena};
    struct config config;
    ck_assert(!model_detect(&arena, open_files(&arena, files), &sink, &config));
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("repo/detect", EACH(layouts_are_recognized, trees),
           EACH(what_is_written_gives_the_same_model, trees),
           ONCE(identities_are_read_from_what_is_clear), ONCE(nothing_is_not_recognized))
