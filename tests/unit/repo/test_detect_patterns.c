#include "detect_samples.h"

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

START_TEST(what_configures_a_program_is_no_values)
{
    expect(SAMPLES({"charts/web/Chart.yaml", NULL},
                   {"apps/web/src/main/resources/application-dev.yaml", "a: 1\n"},
                   {"apps/web/src/main/resources/application-prod.yaml", "a: 2\n"}),
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
    ck_assert(
        str_contains(sink.items[0].message, STR("helmfile.yaml (Helmfile) does not say enough")));
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

UNIT_TESTS("repo/detect_patterns", ONCE(unknown_names_are_learned_from_their_place),
           ONCE(base_is_an_environment_where_few_have_it),
           ONCE(the_name_of_a_chart_is_no_environment),
           ONCE(folders_of_environments_may_have_any_names), ONCE(words_that_are_no_environments),
           ONCE(objects_of_kubernetes_are_no_values),
           ONCE(environments_are_ordered_from_weak_to_strong), ONCE(charts_without_environments),
           ONCE(charts_that_are_only_parts_are_no_applications), ONCE(values_files_without_charts),
           ONCE(folders_of_values_without_charts), ONCE(several_files_of_one_environment),
           ONCE(the_only_folder_is_no_application_where_there_are_charts),
           ONCE(a_folder_test_is_an_environment_among_others_only),
           ONCE(patches_of_kustomize_are_no_values), ONCE(what_configures_a_program_is_no_values),
           ONCE(values_of_one_folder_lie_below_those_of_its_environments),
           ONCE(files_of_applications_beside_an_umbrella_chart),
           ONCE(the_exception_among_many_applications_is_no_environment),
           ONCE(folder_and_file_may_both_name_the_environment),
           ONCE(charts_may_be_those_of_environments), ONCE(a_byte_order_mark_hides_no_object),
           ONCE(empty_files_say_where_an_application_is_deployed), ONCE(what_is_not_read_is_said),
           ONCE(nothing_is_recognized_in_other_trees))
