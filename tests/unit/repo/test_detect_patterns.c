#include "unit.h"

#include "repo/repo.h"

/* A file for trees in memory: values when it has no text of its own. */
struct sample {
    const char *path, *text;
};

#define SAMPLES(...) ((const struct sample[]){__VA_ARGS__, {NULL, NULL}})

static struct str text_of(struct arena *arena, const struct sample *sample)
{
    struct str path = str_from_c(sample->path);
    if (sample->text)
        return str_from_c(sample->text);
    if (!str_is(path_name(path), "Chart.yaml"))
        return STR("replicas: 1\n");
    struct str name = path_name(path_directory(path));
    return str_format(arena, "name: %.*s\nversion: 1.0.0\n", STR_ARG(name.n ? name : STR("root")));
}

static int compare_files(const void *a, const void *b)
{
    return str_compare(((const struct tree_memory_file *)a)->path,
                       ((const struct tree_memory_file *)b)->path);
}

static struct tree *make_tree(struct arena *arena, const struct sample *samples)
{
    size_t count = 0;
    while (samples[count].path)
        count++;
    struct tree_memory_file *files = arena_make_array(arena, struct tree_memory_file, count + 1);
    for (size_t i = 0; i < count; i++)
        files[i] =
            (struct tree_memory_file){str_from_c(samples[i].path), text_of(arena, &samples[i])};
    qsort(files, count, sizeof *files, compare_files);
    return tree_open_memory(arena, files, count);
}

/* "dev web: charts/web/values.yaml dev/web.yaml" for each release, with the layers that are there;
 * environments in their order, applications in the order of their names. */
static struct str describe(struct arena *arena, const struct model *model)
{
    struct text out = {.arena = arena};
    for (size_t k = 0; model && k < model->config->environments.count; k++) {
        struct str_list lines = {0};
        for (size_t i = 0; i < model->release_count; i++) {
            const struct release *release = &model->releases[i];
            if (release->environment_number != k)
                continue;
            struct text line = {.arena = arena};
            text_format(&line, "%.*s %.*s:", STR_ARG(release->environment->name),
                        STR_ARG(release->application->name));
            for (size_t n = 0; n < release->layer_count; n++) {
                if (release->layers[n].layer)
                    text_format(&line, " %.*s", STR_ARG(release->layers[n].path));
            }
            text_add_char(&line, '\n');
            vector_push(arena, &lines, text_str(&line));
        }
        str_list_sort(&lines);
        text_add(&out, str_list_join(arena, &lines, STR("")));
    }
    return text_str(&out);
}

static const struct config *detect(struct arena *arena, const struct sample *samples)
{
    struct diagnostics *sink = arena_make(arena, struct diagnostics);
    sink->arena = arena;
    struct config *config = arena_make(arena, struct config);
    return model_detect(arena, make_tree(arena, samples), sink, config) ? config : NULL;
}

static const struct model *load(struct arena *arena, const struct sample *samples,
                                const struct config *config)
{
    struct diagnostics *sink = arena_make(arena, struct diagnostics);
    sink->arena = arena;
    return model_load(arena, make_tree(arena, samples), config, 1, sink);
}

/* The model of what was written into a file and read back. */
static struct str describe_written(struct arena *arena, const struct sample *samples,
                                   const struct config *config)
{
    struct diagnostics *sink = arena_make(arena, struct diagnostics);
    sink->arena = arena;
    struct tree_memory_file *file = arena_make(arena, struct tree_memory_file);
    *file = (struct tree_memory_file){STR(".bulkhead.yaml"), config_write(arena, config)};
    struct config *read = arena_make(arena, struct config);
    ck_assert_msg(config_load(arena, tree_open_memory(arena, file, 1), file->path, sink, read),
                  "what was written is no configuration:\n%.*s", STR_ARG(file->bytes));
    return describe(arena, load(arena, samples, read));
}

static void expect(const struct sample *samples, const char *expected)
{
    struct arena arena = {0};
    const struct config *config = detect(&arena, samples);
    if (!config) {
        ck_assert_msg(!*expected, "nothing was detected");
    } else {
        ck_assert_str(describe(&arena, load(&arena, samples, config)), expected);
        ck_assert_str(describe_written(&arena, samples, config), expected);
    }
    arena_release(&arena);
}

/* --- components --- */

static const char dev_globals[] = "namespace: shop-dev\n"
                                  "domain: dev.shop.example\n"
                                  "nodeSelector: {shop.example/pool: dev}\n"
                                  "tolerations:\n"
                                  "  - {key: shop.example/environment, value: dev}\n";

START_TEST(components_with_a_values_tree)
{
    expect(SAMPLES({"environments/_shared/components/apps/web/component.yaml",
                    "name: web\ndomain: apps\n"},
                   {"environments/_shared/components/data/store/component.yaml",
                    "name: store\ndomain: data\n"},
                   {"sources/values/base/globals.yaml", NULL},
                   {"sources/values/env/dev/globals.yaml", dev_globals},
                   {"sources/values/env/production/globals.yaml", NULL},
                   {"sources/values/_shared/apps/web.yaml", NULL},
                   {"sources/values/env/production/apps/web.yaml", NULL},
                   {"sources/values/_shared/data/store.yaml", NULL}),
           "dev store: sources/values/base/globals.yaml sources/values/env/dev/globals.yaml "
           "sources/values/_shared/data/store.yaml\n"
           "dev web: sources/values/base/globals.yaml sources/values/env/dev/globals.yaml "
           "sources/values/_shared/apps/web.yaml\n"
           "production store: sources/values/base/globals.yaml "
           "sources/values/env/production/globals.yaml sources/values/_shared/data/store.yaml\n"
           "production web: sources/values/base/globals.yaml "
           "sources/values/env/production/globals.yaml sources/values/_shared/apps/web.yaml "
           "sources/values/env/production/apps/web.yaml\n");
}
END_TEST

START_TEST(components_with_environments_beside_the_shared_values)
{
    expect(SAMPLES({"components/apps/web/component.yaml", "name: web\ndomain: apps\n"},
                   {"components/apps/api/component.yaml", "name: api\ndomain: apps\n"},
                   {"values/dev/globals.yaml", NULL}, {"values/_shared/apps/web.yaml", NULL},
                   {"values/dev/apps/web.yaml", NULL}),
           "dev api: values/dev/globals.yaml\n"
           "dev web: values/dev/globals.yaml values/_shared/apps/web.yaml "
           "values/dev/apps/web.yaml\n");
}
END_TEST

START_TEST(components_of_the_cluster_belong_to_no_environment)
{
    expect(SAMPLES({"components/apps/web/component.yaml", "name: web\ndomain: apps\n"},
                   {"components/cluster/operator/component.yaml",
                    "name: operator\ndomain: cluster\nnamespace: operators\n"},
                   {"values/base/globals.yaml", NULL}, {"values/cluster/globals.yaml", NULL},
                   {"values/env/dev/globals.yaml", NULL}, {"values/env/prod/globals.yaml", NULL},
                   {"values/_shared/cluster/operator.yaml", NULL}),
           "dev web: values/base/globals.yaml values/env/dev/globals.yaml\n"
           "prod web: values/base/globals.yaml values/env/prod/globals.yaml\n"
           "cluster operator: values/cluster/globals.yaml values/_shared/cluster/operator.yaml\n");
}
END_TEST

START_TEST(identities_are_read_from_the_globals)
{
    struct arena arena = {0};
    const struct config *config = detect(
        &arena, SAMPLES({"components/apps/web/component.yaml", "name: web\ndomain: apps\n"},
                        {"components/apps/api/component.yaml", "name: api\ndomain: apps\n"},
                        {"values/env/dev/globals.yaml", dev_globals},
                        {"values/env/prod/globals.yaml",
                         "namespace: '{{ .Release.Namespace }}'\nnodeSelector: {disk: fast}\n"}));
    ck_assert_ptr_nonnull(config);
    ck_assert_uint_eq(config->environments.count, 2);
    const struct config_environment *dev = &config->environments.items[0];
    ck_assert_str(dev->namespace, "shop-dev");
    ck_assert_str(dev->domain, "dev.shop.example");
    ck_assert_str(dev->pool, "dev");
    ck_assert_str(dev->taint, "dev");
    ck_assert_str(config->label_pool, "shop.example/pool");
    ck_assert_str(config->label_environment, "shop.example/environment");
    /* What is a template, or no pool, identifies nothing. */
    ck_assert_str(config->environments.items[1].namespace, "");
    ck_assert_str(config->environments.items[1].pool, "");
    arena_release(&arena);
}
END_TEST

START_TEST(a_namespace_that_others_begin_with_identifies_nothing)
{
    struct arena arena = {0};
    const struct config *config =
        detect(&arena, SAMPLES({"charts/web/Chart.yaml", NULL},
                               {"values/development.yaml", "namespace: shop-dev\n"},
                               {"values/production.yaml", "namespace: shop\n"},
                               {"values/staging.yaml", "namespace: web\n"}));
    ck_assert_ptr_nonnull(config);
    ck_assert_uint_eq(config->environments.count, 3);
    ck_assert_str(config->environments.items[0].namespace, "shop-dev");
    ck_assert_str(config->environments.items[1].namespace, "");
    ck_assert_str(config->environments.items[2].namespace, "");
    arena_release(&arena);
}
END_TEST

/* --- charts with values files for environments --- */

START_TEST(each_way_of_naming_a_file_in_a_chart)
{
    static const char *const forms[][2] = {
        {"values-dev.yaml", "values-prod.yaml"},
        {"values.dev.yaml", "values.prod.yaml"},
        {"values_dev.yaml", "values_prod.yaml"},
        {"dev-values.yaml", "prod-values.yaml"},
        {"dev.values.yaml", "prod.values.yaml"},
        {"dev.yaml", "prod.yaml"},
        {"env/dev.yaml", "env/prod.yaml"},
        {"envs/dev.yml", "envs/prod.yml"},
        {"environments/dev/values.yaml", "environments/prod/values.yaml"},
        {"values/dev.yaml", "values/prod.yaml"},
        {"values/values-dev.yaml", "values/values-prod.yaml"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct arena arena = {0};
        struct str dev = path_join(&arena, STR("charts/web"), str_from_c(forms[i][0]));
        struct str prod = path_join(&arena, STR("charts/web"), str_from_c(forms[i][1]));
        const char *expected =
            str_to_c(&arena, str_format(&arena,
                                        "dev web: charts/web/values.yaml %.*s\n"
                                        "prod web: charts/web/values.yaml %.*s\n",
                                        STR_ARG(dev), STR_ARG(prod)));
        expect(SAMPLES({"charts/web/Chart.yaml", NULL}, {"charts/web/values.yaml", NULL},
                       {str_to_c(&arena, dev), NULL}, {str_to_c(&arena, prod), NULL}),
               expected);
        arena_release(&arena);
    }
}
END_TEST

START_TEST(an_application_is_deployed_where_it_has_a_file)
{
    expect(SAMPLES({"apps/web/Chart.yaml", NULL}, {"apps/web/values.yaml", NULL},
                   {"apps/web/values-dev.yaml", NULL}, {"apps/web/values-prod.yaml", NULL},
                   {"apps/api/Chart.yaml", NULL}, {"apps/api/values-dev.yaml", NULL}),
           "dev api: apps/api/values-dev.yaml\n"
           "dev web: apps/web/values.yaml apps/web/values-dev.yaml\n"
           "prod web: apps/web/values.yaml apps/web/values-prod.yaml\n");
}
END_TEST

START_TEST(a_file_of_the_environment_is_a_layer_of_all_charts)
{
    expect(SAMPLES({"charts/web/Chart.yaml", NULL}, {"charts/web/values.yaml", NULL},
                   {"charts/api/Chart.yaml", NULL}, {"charts/api/values.yaml", NULL},
                   {"environments/dev.yaml", NULL}, {"environments/prod.yaml", NULL}),
           "dev api: charts/api/values.yaml environments/dev.yaml\n"
           "dev web: charts/web/values.yaml environments/dev.yaml\n"
           "prod api: charts/api/values.yaml environments/prod.yaml\n"
           "prod web: charts/web/values.yaml environments/prod.yaml\n");
}
END_TEST

START_TEST(files_of_applications_in_folders_of_environments)
{
    expect(SAMPLES({"charts/web/Chart.yaml", NULL}, {"charts/web/values.yaml", NULL},
                   {"environments/dev/values.yaml", NULL}, {"environments/dev/web.yaml", NULL},
                   {"environments/prod/values.yaml", NULL}, {"environments/prod/web.yaml", NULL}),
           "dev web: charts/web/values.yaml environments/dev/values.yaml "
           "environments/dev/web.yaml\n"
           "prod web: charts/web/values.yaml environments/prod/values.yaml "
           "environments/prod/web.yaml\n");
}
END_TEST

START_TEST(folders_of_applications_in_folders_of_environments)
{
    expect(SAMPLES({"dev/web/values.yaml", NULL}, {"dev/api/values.yaml", NULL},
                   {"prod/web/values.yaml", NULL}),
           "dev api: dev/api/values.yaml\n"
           "dev web: dev/web/values.yaml\n"
           "prod web: prod/web/values.yaml\n");
}
END_TEST

START_TEST(values_below_a_folder_of_a_cluster)
{
    expect(SAMPLES({"clusters/dev/values/web.yaml", NULL}, {"clusters/dev/values/api.yaml", NULL},
                   {"clusters/prod/values/web.yaml", NULL}),
           "dev api: clusters/dev/values/api.yaml\n"
           "dev web: clusters/dev/values/web.yaml\n"
           "prod web: clusters/prod/values/web.yaml\n");
}
END_TEST

START_TEST(values_beside_the_only_chart_belong_to_it)
{
    expect(SAMPLES({"services/api/helm/chart/Chart.yaml", "name: api\nversion: 1.0.0\n"},
                   {"services/api/helm/values-dev.yaml", NULL},
                   {"services/api/helm/values-prod.yaml", NULL}),
           "dev api: services/api/helm/values-dev.yaml\n"
           "prod api: services/api/helm/values-prod.yaml\n");
}
END_TEST

START_TEST(a_word_for_all_environments_is_a_layer_below_them)
{
    expect(SAMPLES({"config/clusters/one/common.values.yaml", NULL},
                   {"config/clusters/one/staging.values.yaml", NULL},
                   {"config/clusters/one/prod.values.yaml", NULL},
                   {"config/clusters/two/staging.values.yaml", NULL}),
           "staging one: config/clusters/one/common.values.yaml "
           "config/clusters/one/staging.values.yaml\n"
           "staging two: config/clusters/two/staging.values.yaml\n"
           "prod one: config/clusters/one/common.values.yaml "
           "config/clusters/one/prod.values.yaml\n");
}
END_TEST

START_TEST(files_of_applications_named_by_both)
{
    expect(SAMPLES({"charts/web/Chart.yaml", NULL}, {"charts/api/Chart.yaml", NULL},
                   {"values/web-dev.yaml", NULL}, {"values/web-prod.yaml", NULL},
                   {"values/api-prod.yaml", NULL}, {"values/web.yaml", NULL}),
           "dev web: values/web.yaml values/web-dev.yaml\n"
           "prod api: values/api-prod.yaml\n"
           "prod web: values/web.yaml values/web-prod.yaml\n");
}
END_TEST

/* --- names of environments --- */

START_TEST(unknown_names_are_learned_from_their_place)
{
    /* "summit" stands where known words stand for two applications, "vault" for one only. */
    expect(SAMPLES({"apps/web/Chart.yaml", NULL}, {"apps/web/values-dev.yaml", NULL},
                   {"apps/web/values-summit.yaml", NULL}, {"apps/web/values-vault.yaml", NULL},
                   {"apps/api/Chart.yaml", NULL}, {"apps/api/values-summit.yaml", NULL}),
           "dev web: apps/web/values-dev.yaml\n"
           "summit api: apps/api/values-summit.yaml\n"
           "summit web: apps/web/values-summit.yaml\n");
}
END_TEST

START_TEST(base_is_an_environment_where_few_have_it)
{
    expect(SAMPLES({"apps/a/values-prod.yaml", NULL}, {"apps/b/values-prod.yaml", NULL},
                   {"apps/c/values-prod.yaml", NULL}, {"apps/d/values-prod.yaml", NULL},
                   {"apps/e/values-prod.yaml", NULL}, {"apps/a/values-base.yaml", NULL},
                   {"apps/b/values-base.yaml", NULL}),
           "base a: apps/a/values-base.yaml\n"
           "base b: apps/b/values-base.yaml\n"
           "prod a: apps/a/values-prod.yaml\n"
           "prod b: apps/b/values-prod.yaml\n"
           "prod c: apps/c/values-prod.yaml\n"
           "prod d: apps/d/values-prod.yaml\n"
           "prod e: apps/e/values-prod.yaml\n");
    expect(SAMPLES({"apps/a/values-prod.yaml", NULL}, {"apps/b/values-prod.yaml", NULL},
                   {"apps/a/values-base.yaml", NULL}),
           "prod a: apps/a/values-base.yaml apps/a/values-prod.yaml\n"
           "prod b: apps/b/values-prod.yaml\n");
}
END_TEST

START_TEST(the_name_of_a_chart_is_no_environment)
{
    expect(SAMPLES({"charts/support/Chart.yaml", NULL}, {"apps/one/values-prod.yaml", NULL},
                   {"apps/one/values-support.yaml", NULL}, {"apps/two/values-prod.yaml", NULL},
                   {"apps/two/values-support.yaml", NULL}),
           "prod one: apps/one/values-prod.yaml\n"
           "prod two: apps/two/values-prod.yaml\n");
}
END_TEST

START_TEST(folders_of_environments_may_have_any_names)
{
    expect(SAMPLES({"lib/alloy/values.yaml", NULL}, {"lib/alloy/overlays/antu/values.yaml", NULL},
                   {"lib/alloy/overlays/kona/values.yaml", NULL},
                   {"lib/loki/overlays/kona/values.yaml", NULL}),
           "antu alloy: lib/alloy/values.yaml lib/alloy/overlays/antu/values.yaml\n"
           "kona alloy: lib/alloy/values.yaml lib/alloy/overlays/kona/values.yaml\n"
           "kona loki: lib/loki/overlays/kona/values.yaml\n");
}
END_TEST

START_TEST(words_that_are_no_environments)
{
    expect(SAMPLES({"charts/web/Chart.yaml", NULL}, {"charts/web/values.yaml", NULL},
                   {"charts/web/values-example.yaml", NULL}, {"charts/web/values-large.yaml", NULL},
                   {"charts/web/ci/dev-values.yaml", NULL},
                   {"charts/web/ci/prod-values.yaml", NULL},
                   {"charts/web/examples/values-dev.yaml", NULL},
                   {"charts/web/examples/values-prod.yaml", NULL},
                   {"charts/web/templates/dev.yaml", NULL}),
           "default web: charts/web/values.yaml\n");
}
END_TEST

START_TEST(objects_of_kubernetes_are_no_values)
{
    static const char object[] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n";
    expect(SAMPLES({"charts/web/Chart.yaml", NULL}, {"charts/web/values.yaml", NULL},
                   {"environments/dev/web.yaml", object}, {"environments/prod/web.yaml", object}),
           "default web: charts/web/values.yaml\n");
}
END_TEST

START_TEST(environments_are_ordered_from_weak_to_strong)
{
    expect(SAMPLES({"web/Chart.yaml", NULL}, {"web/values-prod-eu.yaml", NULL},
                   {"web/values-qa.yaml", NULL}, {"web/values-staging.yaml", NULL},
                   {"web/values-dev1.yaml", NULL}),
           "dev1 web: web/values-dev1.yaml\n"
           "qa web: web/values-qa.yaml\n"
           "staging web: web/values-staging.yaml\n"
           "prod-eu web: web/values-prod-eu.yaml\n");
}
END_TEST

/* --- charts alone, values alone --- */

START_TEST(charts_without_environments)
{
    expect(SAMPLES({"Chart.yaml", NULL}, {"values.yaml", NULL}), "default root: values.yaml\n");
}
END_TEST

START_TEST(charts_that_are_only_parts_are_no_applications)
{
    expect(SAMPLES({"charts/app/Chart.yaml",
                    "name: app\nversion: 1.0.0\n"
                    "dependencies: [{name: part, version: 1.0.0, repository: 'file://../part'}]\n"},
                   {"charts/app/values.yaml", NULL}, {"charts/part/Chart.yaml", NULL},
                   {"charts/part/values.yaml", NULL},
                   {"charts/library/Chart.yaml", "name: library\nversion: 1.0.0\ntype: library\n"},
                   {"charts/app/charts/inner/Chart.yaml", NULL}),
           "default app: charts/app/values.yaml\n");
}
END_TEST

START_TEST(values_files_without_charts)
{
    expect(SAMPLES({"values.yaml", NULL}, {"values-dev.yaml", NULL}, {"values-prod.yaml", NULL}),
           "dev values: values.yaml values-dev.yaml\n"
           "prod values: values.yaml values-prod.yaml\n");
}
END_TEST

START_TEST(folders_of_values_without_charts)
{
    expect(
        SAMPLES({"base/values.yaml", NULL}, {"dev/values.yaml", NULL}, {"prod/values.yaml", NULL}),
        "dev values: base/values.yaml dev/values.yaml\n"
        "prod values: base/values.yaml prod/values.yaml\n");
}
END_TEST

START_TEST(several_files_of_one_environment)
{
    expect(SAMPLES({"Chart.yaml", NULL}, {"values.yaml", NULL},
                   {"environments/staging/values.yaml", NULL},
                   {"environments/staging/values.generated.yaml", NULL},
                   {"environments/alice/values.yaml", NULL}),
           "alice root: values.yaml environments/alice/values.yaml\n"
           "staging root: values.yaml environments/staging/values.yaml "
           "environments/staging/values.generated.yaml\n");
}
END_TEST

START_TEST(the_only_folder_is_no_application_where_there_are_charts)
{
    expect(SAMPLES({"charts/web/Chart.yaml", NULL},
                   {"helmfile.d/environments/dev/values.yaml", NULL},
                   {"helmfile.d/environments/dev/secrets.yaml", NULL},
                   {"helmfile.d/environments/prod/values.yaml", NULL}),
           "dev web: helmfile.d/environments/dev/values.yaml "
           "helmfile.d/environments/dev/secrets.yaml\n"
           "prod web: helmfile.d/environments/prod/values.yaml\n");
}
END_TEST

START_TEST(a_folder_test_is_an_environment_among_others_only)
{
    expect(SAMPLES({"charts/web/Chart.yaml", NULL}, {"charts/web/test/values.yaml", NULL},
                   {"environments/dev/values.yaml", NULL}, {"environments/test/values.yaml", NULL}),
           "dev web: environments/dev/values.yaml\n"
           "test web: environments/test/values.yaml\n");
}
END_TEST

START_TEST(patches_of_kustomize_are_no_values)
{
    static const char patch[] = "- op: replace\n  path: /spec\n  value: x\n";
    expect(SAMPLES({"charts/web/Chart.yaml", NULL}, {"apps/web/dev/patch.yaml", patch},
                   {"apps/web/prod/patch.yaml", patch}),
           "default web:\n");
}
END_TEST

START_TEST(values_of_one_folder_lie_below_those_of_its_environments)
{
    expect(SAMPLES({"values/global.yaml", NULL}, {"values/development.yaml", NULL},
                   {"values/production.yaml", NULL}, {"values/web/values.yaml", NULL},
                   {"values/web/development.yaml", NULL}, {"values/web/production.yaml", NULL}),
           "development web: values/global.yaml values/development.yaml values/web/values.yaml "
           "values/web/development.yaml\n"
           "production web: values/global.yaml values/production.yaml values/web/values.yaml "
           "values/web/production.yaml\n");
}
END_TEST

START_TEST(files_of_applications_beside_an_umbrella_chart)
{
    expect(SAMPLES({"Chart.yaml", NULL}, {"web/Chart.yaml", NULL}, {"api/Chart.yaml", NULL},
                   {"environments/dev/web.yaml", NULL}, {"environments/dev/api.yaml", NULL}),
           "dev api: environments/dev/api.yaml\n"
           "dev web: environments/dev/web.yaml\n");
}
END_TEST

START_TEST(the_exception_among_many_applications_is_no_environment)
{
    expect(SAMPLES({"apps/a/values-staging.yaml", NULL}, {"apps/b/values-staging.yaml", NULL},
                   {"apps/c/values-staging.yaml", NULL},
                   {"apps/c/values-media-staging.yaml", NULL}),
           "staging a: apps/a/values-staging.yaml\n"
           "staging b: apps/b/values-staging.yaml\n"
           "staging c: apps/c/values-staging.yaml\n");
}
END_TEST

START_TEST(folder_and_file_may_both_name_the_environment)
{
    expect(SAMPLES({"charts/web/Chart.yaml", NULL}, {"environments/dev/values-dev.yaml", NULL},
                   {"environments/prod/values-prod.yaml", NULL}),
           "dev web: environments/dev/values-dev.yaml\n"
           "prod web: environments/prod/values-prod.yaml\n");
    expect(SAMPLES({"dev/web-dev-values.yaml", NULL}, {"prod/web-prod-values.yaml", NULL},
                   {"prod/api-prod-values.yaml", NULL}),
           "dev web: dev/web-dev-values.yaml\n"
           "prod api: prod/api-prod-values.yaml\n"
           "prod web: prod/web-prod-values.yaml\n");
}
END_TEST

START_TEST(charts_may_be_those_of_environments)
{
    expect(SAMPLES({"teams/web/dev/Chart.yaml", NULL}, {"teams/web/dev/values.yaml", NULL},
                   {"teams/web/prod/Chart.yaml", NULL}, {"envs/prod/Chart.yaml", NULL},
                   {"tool/Chart.yaml", NULL}),
           "dev web-dev: teams/web/dev/values.yaml\n"
           "default tool:\n"
           "prod prod:\n"
           "prod web-prod:\n");
}
END_TEST

START_TEST(a_byte_order_mark_hides_no_object)
{
    static const char object[] = "\xEF\xBB\xBF"
                                 "apiVersion: v1\nkind: Namespace\n";
    expect(SAMPLES({"charts/web/Chart.yaml", NULL}, {"infra/dev/web.yaml", object},
                   {"infra/prod/web.yaml", object}),
           "default web:\n");
}
END_TEST

START_TEST(empty_files_say_where_an_application_is_deployed)
{
    expect(SAMPLES({"apps/web/Chart.yaml", NULL}, {"apps/web/values-dev.yaml", NULL},
                   {"apps/web/values-prod.yaml", NULL}, {"apps/operator/Chart.yaml", NULL},
                   {"apps/operator/values-prod.yaml", "# nothing yet\n"}),
           "dev web: apps/web/values-dev.yaml\n"
           "prod operator: apps/operator/values-prod.yaml\n"
           "prod web: apps/web/values-prod.yaml\n");
    expect(SAMPLES({"clusters/dev/sync.yaml", "# generated\n"},
                   {"clusters/prod/sync.yaml", "# generated\n"}),
           "");
}
END_TEST

START_TEST(what_is_not_read_is_said)
{
    struct arena arena = {0};
    struct diagnostics sink = {.arena = &arena};
    struct config config;
    struct tree *tree = make_tree(
        &arena, SAMPLES({"helmfile.yaml", "releases: []\n"}, {"charts/web/Chart.yaml", NULL},
                        {"charts/api/Chart.yaml", NULL}, {"charts/web/values-dev.yaml", NULL},
                        {".hidden/app.yaml", "kind: Application\n"}));
    ck_assert(model_detect(&arena, tree, &sink, &config));
    ck_assert_uint_eq(sink.count, 2);
    for (size_t i = 0; i < sink.count; i++)
        ck_assert_int_eq(sink.items[i].severity, SEVERITY_INFO);
    ck_assert(str_contains(sink.items[0].message, STR("helmfile.yaml (Helmfile) is not read")));
    ck_assert(str_contains(sink.items[1].message, STR("1 of 2 charts")));
    arena_release(&arena);
}
END_TEST

START_TEST(nothing_is_recognized_in_other_trees)
{
    expect(SAMPLES({"README.md", "x"}, {"config.yaml", NULL}, {"src/dev.c", "int x;"}), "");
    expect(SAMPLES({"demo/tool/values.yaml", NULL}), "");
}
END_TEST

UNIT_TESTS(
    "repo/detect_patterns", ONCE(components_with_a_values_tree),
    ONCE(components_with_environments_beside_the_shared_values),
    ONCE(components_of_the_cluster_belong_to_no_environment),
    ONCE(identities_are_read_from_the_globals),
    ONCE(a_namespace_that_others_begin_with_identifies_nothing),
    ONCE(each_way_of_naming_a_file_in_a_chart),
    ONCE(an_application_is_deployed_where_it_has_a_file),
    ONCE(a_file_of_the_environment_is_a_layer_of_all_charts),
    ONCE(files_of_applications_in_folders_of_environments),
    ONCE(folders_of_applications_in_folders_of_environments),
    ONCE(values_below_a_folder_of_a_cluster), ONCE(values_beside_the_only_chart_belong_to_it),
    ONCE(a_word_for_all_environments_is_a_layer_below_them),
    ONCE(files_of_applications_named_by_both), ONCE(unknown_names_are_learned_from_their_place),
    ONCE(base_is_an_environment_where_few_have_it), ONCE(the_name_of_a_chart_is_no_environment),
    ONCE(folders_of_environments_may_have_any_names), ONCE(words_that_are_no_environments),
    ONCE(objects_of_kubernetes_are_no_values), ONCE(environments_are_ordered_from_weak_to_strong),
    ONCE(charts_without_environments), ONCE(charts_that_are_only_parts_are_no_applications),
    ONCE(values_files_without_charts), ONCE(folders_of_values_without_charts),
    ONCE(several_files_of_one_environment),
    ONCE(the_only_folder_is_no_application_where_there_are_charts),
    ONCE(a_folder_test_is_an_environment_among_others_only),
    ONCE(patches_of_kustomize_are_no_values),
    ONCE(values_of_one_folder_lie_below_those_of_its_environments),
    ONCE(files_of_applications_beside_an_umbrella_chart),
    ONCE(the_exception_among_many_applications_is_no_environment),
    ONCE(folder_and_file_may_both_name_the_environment), ONCE(charts_may_be_those_of_environments),
    ONCE(a_byte_order_mark_hides_no_object), ONCE(empty_files_say_where_an_application_is_deployed),
    ONCE(what_is_not_read_is_said), ONCE(nothing_is_recognized_in_other_trees))
