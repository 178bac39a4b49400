#include "detect_samples.h"

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

UNIT_TESTS("repo/detect_paths", ONCE(each_way_of_naming_a_file_in_a_chart),
           ONCE(an_application_is_deployed_where_it_has_a_file),
           ONCE(a_file_of_the_environment_is_a_layer_of_all_charts),
           ONCE(files_of_applications_in_folders_of_environments),
           ONCE(folders_of_applications_in_folders_of_environments),
           ONCE(values_below_a_folder_of_a_cluster),
           ONCE(values_beside_the_only_chart_belong_to_it),
           ONCE(a_word_for_all_environments_is_a_layer_below_them),
           ONCE(files_of_applications_named_by_both))
