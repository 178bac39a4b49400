/* The causes of the fields of all fixtures are true: see perturb.h. */
#include "unit.h"

#include <dirent.h>
#include <stdio.h>

#include "engine/engine.h"
#include "perturb.h"

#ifndef FIXTURES
#define FIXTURES "fixtures"
#endif

UNIT_ARENA(arena)

/* Every release of the repository; what cannot be rendered has no fields. */
static void measure(const char *directory, const struct truth_options *options, struct truth *truth)
{
    struct tree *tree = tree_open_disk(&arena, str_from_c(directory), &limits_default);
    struct workspace *workspace = workspace_open(tree, STR(""), 1);
    struct chart_load_options load = {.limits = &limits_default};
    struct renderer *renderer = renderer_new(&arena, tree, &load);
    const struct model *model = workspace->model;
    for (size_t i = 0; model && i < model->release_count; i++) {
        if (model->releases[i].chart)
            truth_measure(renderer, &model->releases[i], options, truth);
    }
    renderer_close(renderer);
    workspace_close(workspace);
    tree_close(tree);
}

/* True when at least so many of a hundred are. */
static bool is_share(size_t part, size_t whole, size_t percent)
{
    return part * 100 >= whole * percent;
}

static void check_truth(const struct truth *truth)
{
    ck_assert_uint_gt(truth->claimed, 0);
    ck_assert_uint_gt(truth->changed, 0);
    ck_assert_msg(is_share(truth->held, truth->claimed, 99), "%zu of %zu causes are true",
                  truth->held, truth->claimed);
    ck_assert_msg(is_share(truth->named, truth->changed, 99),
                  "%zu of %zu changed fields name what was changed", truth->named, truth->changed);
    ck_assert_msg(is_share(truth->missing_held, truth->missing_claimed, 99),
                  "%zu of %zu missing fields appear", truth->missing_held, truth->missing_claimed);
    ck_assert_uint_le((truth->unknown + truth->without_origin) * 100, truth->fields);
}

static const struct truth_options options = {
    .is_told = true, .seed = 1, .samples = 10, .most_origins = 100};

START_TEST(causes_in_the_large_fixture_are_true)
{
    struct truth truth = {0};
    measure(FIXTURES "/ameide", &options, &truth);
    ck_assert_uint_gt(truth.fields, 5000);
    check_truth(&truth);
}
END_TEST

START_TEST(causes_in_all_ways_of_templates_are_true)
{
    struct truth truth = {0};
    measure(FIXTURES "/../tests/causes/ways", &options, &truth);
    ck_assert_uint_gt(truth.missing_claimed, 5);
    check_truth(&truth);
}
END_TEST

/* Those of the incidents, of which many have no templates. */
START_TEST(causes_in_the_incidents_are_true)
{
    struct truth truth = {0};
    DIR *directory = opendir(FIXTURES "/incidents");
    ck_assert_ptr_nonnull(directory);
    for (const struct dirent *entry; (entry = readdir(directory));) {
        if (entry->d_name[0] != '.')
            measure(str_format(&arena, "%s/incidents/%s", FIXTURES, entry->d_name).p, &options,
                    &truth);
    }
    closedir(directory);
    check_truth(&truth);
}
END_TEST

UNIT_TESTS("causes", ONCE(causes_in_the_large_fixture_are_true),
           ONCE(causes_in_all_ways_of_templates_are_true), ONCE(causes_in_the_incidents_are_true))
