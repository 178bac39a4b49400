#include "unit.h"

START_TEST(memory_is_zeroed_and_aligned)
{
    struct arena arena = {0};
    for (size_t size = 1; size < 5000; size = size * 3 + 1) {
        char *bytes = arena_alloc(&arena, size, 1);
        for (size_t i = 0; i < size; i++)
            ck_assert_int_eq(bytes[i], 0);
        memset(bytes, 'x', size);
        double *number = arena_make(&arena, double);
        ck_assert_uint_eq((uintptr_t)number % _Alignof(double), 0);
    }
    arena_release(&arena);
    ck_assert_uint_eq(arena.allocated, 0);
}
END_TEST

START_TEST(a_reset_arena_hands_out_zeroed_memory_again)
{
    struct arena arena = {0};
    for (int round = 0; round < 3; round++) {
        char *bytes = arena_alloc(&arena, 100000, 1);
        for (size_t i = 0; i < 100000; i++)
            ck_assert_int_eq(bytes[i], 0);
        memset(bytes, 'x', 100000);
        memset(arena_alloc(&arena, 50, 1), 'y', 50);
        arena_reset(&arena);
    }
    arena_release(&arena);
}
END_TEST

START_TEST(adopted_memory_lives_on)
{
    struct arena arena = {0};
    struct arena other = {0};
    struct str text = str_copy(&other, STR("kept"));
    arena_alloc(&arena, 10, 1);
    arena_adopt(&arena, &other);
    ck_assert_ptr_null(other.block);
    ck_assert_str(text, "kept");
    arena_alloc(&arena, 100000, 1);
    ck_assert_str(text, "kept");
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("base/arena", ONCE(memory_is_zeroed_and_aligned),
           ONCE(a_reset_arena_hands_out_zeroed_memory_again), ONCE(adopted_memory_lives_on))
