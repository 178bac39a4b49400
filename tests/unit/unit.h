#ifndef BULKHEAD_TESTS_UNIT_H
#define BULKHEAD_TESTS_UNIT_H

#include <check.h>
#include <stdlib.h>

#include "base/base.h"

/* Fails with both texts unless they are equal. */
#define ck_assert_str(actual, expected)                                                            \
    do {                                                                                           \
        struct str actual_ = (actual);                                                             \
        struct str expected_ = str_from_c(expected);                                               \
        ck_assert_msg(str_equal(actual_, expected_), "%s is \"%.*s\", expected \"%.*s\"", #actual, \
                      STR_ARG(actual_), STR_ARG(expected_));                                       \
    } while (0)

/* The arena of a test program, which the tests share; given back when the program ends. */
#define UNIT_ARENA(name)                                                                           \
    static struct arena name;                                                                      \
    __attribute__((destructor)) static void name##_at_end(void)                                    \
    {                                                                                              \
        arena_release(&(name));                                                                    \
    }

/* One test, run once, or once for every item of an array with its index in _i. */
struct unit_test {
    const TTest *test;
    size_t times;
};

#define ONCE(test)                                                                                 \
    {                                                                                              \
        test, 1                                                                                    \
    }
#define EACH(test, array)                                                                          \
    {                                                                                              \
        test, sizeof(array) / sizeof *(array)                                                      \
    }

/* The main function of a test program: runs the given tests, each a function of Check in ONCE or
 * EACH. */
#define UNIT_TESTS(name, ...)                                                                      \
    int main(void)                                                                                 \
    {                                                                                              \
        const struct unit_test tests[] = {__VA_ARGS__};                                            \
        Suite *suite = suite_create(name);                                                         \
        TCase *cases = tcase_create(name);                                                         \
        for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)                                  \
            tcase_add_loop_test(cases, tests[i].test, 0, (int)tests[i].times);                     \
        suite_add_tcase(suite, cases);                                                             \
        SRunner *runner = srunner_create(suite);                                                   \
        srunner_run_all(runner, CK_ENV);                                                           \
        int failed = srunner_ntests_failed(runner);                                                \
        srunner_free(runner);                                                                      \
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;                                               \
    }

#endif
