#include "engine/engine.h"

#include "unit.h"

#define FILE_OF(path, text)                                                                        \
    {                                                                                              \
        {path, sizeof(path) - 1},                                                                  \
        {                                                                                          \
            text, sizeof(text) - 1                                                                 \
        }                                                                                          \
    }

/* Two applications, each with a list that hides one of the environment; a suppression that does
 * nothing, which only a look at everything can tell. */
static const struct tree_memory_file files[] = {
    FILE_OF(".bulkhead.yaml", "version: 1\n"
                              "environments: {dev: {}}\n"
                              "applications: {list: [{name: cart}, {name: web}]}\n"
                              "layers: ['{env}.yaml', '{app}.yaml']\n"),
    FILE_OF("dev.yaml", "tolerations: [{key: a}]\n"),
    FILE_OF("cart.yaml", "tolerations: []\nb: 1 # bulkhead: ignore[values/empty-override] none\n"),
    FILE_OF("web.yaml", "tolerations: []\n"),
};

/* The paths of the findings with ", " between them. */
static struct str run(struct arena *arena, struct run_options options)
{
    struct tree *tree = tree_open_memory(arena, files, sizeof files / sizeof *files);
    struct workspace *workspace = workspace_open(tree, STR(""), 2);
    struct diagnostics problems = {.arena = arena};
    options.today = STR("2026-01-01");
    struct run_result result = run_rules(arena, workspace, &options, &problems);
    struct str_list places = {0};
    for (size_t i = 0; i < result.findings.count; i++)
        vector_push(arena, &places, str_copy(arena, result.findings.items[i].position.path));
    workspace_close(workspace);
    tree_close(tree);
    return str_list_join(arena, &places, STR(", "));
}

START_TEST(everything_is_looked_at)
{
    struct arena arena = {0};
    ck_assert_str(run(&arena, (struct run_options){0}), "cart.yaml, cart.yaml, web.yaml");
    arena_release(&arena);
}
END_TEST

START_TEST(only_some_applications_are_looked_at)
{
    static const bool first[] = {true, false};
    static const bool second[] = {false, true};
    struct arena arena = {0};
    ck_assert_str(run(&arena, (struct run_options){.only = first}), "cart.yaml");
    ck_assert_str(run(&arena, (struct run_options){.only = second}), "web.yaml");
    arena_release(&arena);
}
END_TEST

START_TEST(a_run_that_nobody_wants_looks_at_nothing)
{
    struct arena arena = {0};
    atomic_bool is_unwanted = true;
    struct run_options options = {.is_unwanted = &is_unwanted};
    vector_push(&arena, &options.select, STR("values/empty-override"));
    ck_assert_str(run(&arena, options), "");
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("engine/run", ONCE(everything_is_looked_at), ONCE(only_some_applications_are_looked_at),
           ONCE(a_run_that_nobody_wants_looks_at_nothing))
