#include "unit.h"

START_TEST(values_are_found_and_replaced)
{
    struct arena arena = {0};
    struct map map = {0};
    int one = 1;
    int two = 2;
    ck_assert_ptr_null(map_get(&map, STR("a")));
    map_put(&arena, &map, STR("a"), &one);
    map_put(&arena, &map, STR("b"), NULL);
    map_put(&arena, &map, STR("a"), &two);
    ck_assert_ptr_eq(map_get(&map, STR("a")), &two);
    ck_assert(map_has(&map, STR("b")));
    ck_assert(!map_has(&map, STR("")));
    ck_assert_uint_eq(map.count, 2);
    arena_release(&arena);
}
END_TEST

START_TEST(the_order_of_insertion_stays)
{
    struct arena arena = {0};
    struct map map = {0};
    for (int i = 0; i < 1000; i++)
        map_put(&arena, &map, str_format(&arena, "key-%d", i), &map);
    ck_assert_uint_eq(map.count, 1000);
    for (int i = 0; i < 1000; i++) {
        ck_assert(str_equal(map.items[i].key, str_format(&arena, "key-%d", i)));
        ck_assert(map_has(&map, map.items[i].key));
    }
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("base/map", ONCE(values_are_found_and_replaced), ONCE(the_order_of_insertion_stays))
