#include "detect_samples.h"

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

UNIT_TESTS("repo/detect_components", ONCE(components_with_a_values_tree),
           ONCE(components_with_environments_beside_the_shared_values),
           ONCE(components_of_the_cluster_belong_to_no_environment),
           ONCE(identities_are_read_from_the_globals),
           ONCE(a_namespace_that_others_begin_with_identifies_nothing))
