/* Runs the examples of every rule that is built in; they are its tests. */
#include "unit.h"

#include <stdio.h>

#include "engine/engine.h"
#include "engine/example.h"

static void print_problem(struct tree *tree, const struct diagnostic *problem)
{
    struct position at = tree_position(tree, problem->span);
    fprintf(stderr, "%.*s:%u: %.*s\n", STR_ARG(at.path), at.line, STR_ARG(problem->message));
}

START_TEST(every_example_holds)
{
    struct arena arena = {0};
    struct diagnostics problems = {.arena = &arena};
    struct rule_set rules = rules_load(&arena, NULL, &problems);
    size_t examples = 0;
    for (size_t i = 0; i < rules.count; i++)
        examples += examples_check(&arena, &rules.items[i], &problems);
    for (size_t i = 0; i < problems.count; i++)
        print_problem(rules.tree, &problems.items[i]);
    ck_assert_uint_gt(examples, 0);
    ck_assert_uint_eq(problems.count, 0);
    tree_close(rules.tree);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("examples", ONCE(every_example_holds))
