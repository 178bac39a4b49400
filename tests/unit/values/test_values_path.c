#include "unit.h"
#include "values/values.h"

START_TEST(paths_are_written_and_read_as_for_set)
{
    struct arena arena = {0};
    struct str path = values_path_key(&arena, STR("nodeSelector"), STR("shop.example/pool"));
    ck_assert_str(path, "nodeSelector.shop\\.example/pool");
    path = values_path_index(&arena, STR("tolerations"), 2);
    path = values_path_key(&arena, path, STR("key"));
    ck_assert_str(path, "tolerations[2].key");
    struct values_step_list steps = values_path_parse(&arena, path);
    ck_assert_uint_eq(steps.count, 3);
    ck_assert_str(steps.items[0].key, "tolerations");
    ck_assert(steps.items[1].is_index && steps.items[1].index == 2);
    ck_assert_str(steps.items[2].key, "key");
    steps = values_path_parse(&arena, STR("a\\.b.c"));
    ck_assert_uint_eq(steps.count, 2);
    ck_assert_str(steps.items[0].key, "a.b");
    ck_assert_uint_eq(values_path_parse(&arena, STR("")).count, 0);
    ck_assert_uint_ge(values_path_parse(&arena, STR("[x].[[")).count, 1);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("values/values_path", ONCE(paths_are_written_and_read_as_for_set))
