#include "unit.h"

static struct str near(const char *path, const char *const *candidates, size_t count)
{
    struct str items[8];
    for (size_t i = 0; i < count; i++)
        items[i] = str_from_c(candidates[i]);
    return similar_path(str_from_c(path), items, count);
}

START_TEST(a_file_of_the_same_name_in_the_nearest_folder)
{
    const char *const paths[] = {"_shared/apps/platform.yaml", "env/dev/apps/platform.yaml",
                                 "env/production/apps/platform.yaml"};
    ck_assert_str(near("env/production/apps/platform/platform.yaml", paths, 3), paths[2]);
    ck_assert_str(near("dev/apps/platform.yaml", paths, 3), paths[1]);
    ck_assert_str(near("env/prod/apps/platform.yaml", paths, 3), paths[2]);
}
END_TEST

START_TEST(else_a_near_name_in_the_same_folder)
{
    const char *const paths[] = {"apps/graph.yaml", "apps/platform.yaml", "other/platfrom-x.yaml"};
    ck_assert_str(near("apps/platfrom.yaml", paths, 3), "apps/platform.yaml");
    ck_assert_str(near("apps/apps-graph.yaml", paths, 3), "apps/graph.yaml");
    ck_assert_str(near("apps/graph_v2.yaml", paths, 3), "apps/graph.yaml");
}
END_TEST

START_TEST(nothing_when_nothing_is_near)
{
    const char *const paths[] = {"a/b/c/d/values.yaml", "apps/platform.yaml"};
    ck_assert_ptr_null(near("x/values.yaml", paths, 2).p);
    ck_assert_ptr_null(near("apps/cert-manager.yaml", paths, 2).p);
    ck_assert_ptr_null(near("platform.yaml", NULL, 0).p);
}
END_TEST

START_TEST(a_hint_names_the_nearest_or_the_few_that_there_are)
{
    struct arena arena = {0};
    struct str_list few = {0};
    struct str_list many = {0};
    vector_push(&arena, &few, STR("dev"));
    vector_push(&arena, &few, STR("prod"));
    for (int i = 0; i < 40; i++)
        vector_push(&arena, &many, str_format(&arena, "application-%d", i));
    ck_assert_str(similar_hint(&arena, STR("prd"), &few), ", did you mean prod?");
    ck_assert_str(similar_hint(&arena, STR("staging"), &few), "; known are dev, prod");
    ck_assert_str(similar_hint(&arena, STR("web"), &many), "");
    ck_assert_str(similar_hint(&arena, STR("aplication-7"), &many),
                  ", did you mean application-7?");
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("similar", ONCE(a_file_of_the_same_name_in_the_nearest_folder),
           ONCE(else_a_near_name_in_the_same_folder), ONCE(nothing_when_nothing_is_near),
           ONCE(a_hint_names_the_nearest_or_the_few_that_there_are))
