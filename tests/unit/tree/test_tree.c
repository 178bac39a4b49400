#include "tree/tree.h"

#include "unit.h"

static struct tree *open_three(struct arena *arena)
{
    static const struct tree_memory_file files[] = {
        {{"b/two.yaml", 10}, {"x: \xC3\xA4 y\r\nz: 1", 13}},
        {{"a.yaml", 6}, {"", 0}},
        {{"b/c/one.yaml", 12}, {"k: v\n", 5}},
    };
    return tree_open_memory(arena, files, 3);
}

START_TEST(paths_are_listed_in_byte_order)
{
    struct arena arena = {0};
    struct tree *tree = open_three(&arena);
    const struct str_list *paths = tree_paths(tree);
    ck_assert_uint_eq(paths->count, 3);
    ck_assert_str(paths->items[0], "a.yaml");
    ck_assert_str(paths->items[1], "b/c/one.yaml");
    ck_assert_str(paths->items[2], "b/two.yaml");
    ck_assert(tree_has_file(tree, STR("b/two.yaml")));
    ck_assert(!tree_has_file(tree, STR("b")));
    ck_assert_uint_eq(tree_glob(tree, &arena, STR("b/**/*.yaml")).count, 2);
    tree_close(tree);
    arena_release(&arena);
}
END_TEST

START_TEST(a_path_is_one_file)
{
    struct arena arena = {0};
    struct tree *tree = open_three(&arena);
    const struct file *file = tree_find(tree, STR("b/two.yaml"));
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_eq(tree_find(tree, STR("b/two.yaml")), file);
    ck_assert_ptr_eq(tree_file(tree, file->id), file);
    ck_assert_ptr_null(tree_find(tree, STR("b/three.yaml")));
    ck_assert_ptr_null(tree_find(tree, STR("b/three.yaml")));
    ck_assert_ptr_null(tree_file(tree, 0));
    tree_close(tree);
    arena_release(&arena);
}
END_TEST

START_TEST(columns_count_code_points_and_lines_end_before_crlf)
{
    struct arena arena = {0};
    struct tree *tree = open_three(&arena);
    const struct file *file = tree_find(tree, STR("b/two.yaml"));
    struct position at = tree_position(tree, (struct span){file->id, 6, 7});
    ck_assert_uint_eq(at.line, 1);
    ck_assert_uint_eq(at.column, 6);
    ck_assert_uint_eq(at.end_column, 7);
    ck_assert_str(file_line(file, 1), "x: \xC3\xA4 y");
    ck_assert_str(file_line(file, 2), "z: 1");
    at = tree_position(tree, (struct span){file->id, 12, 13});
    ck_assert_uint_eq(at.line, 2);
    ck_assert_uint_eq(at.column, 4);
    ck_assert_str(tree_position(tree, (struct span){0}).path, "");
    tree_close(tree);
    arena_release(&arena);
}
END_TEST

START_TEST(an_overlay_stands_in_front_of_a_tree)
{
    static const struct tree_memory_file texts[] = {
        {{"a.yaml", 6}, {"typed: 1", 8}},
        {{"a/new.yaml", 10}, {"new: 1", 6}},
    };
    struct arena arena = {0};
    struct tree *base = open_three(&arena);
    struct tree *tree = tree_open_overlay(&arena, base, texts, 2);
    ck_assert_uint_eq(tree_paths(tree)->count, 4);
    ck_assert_str(tree_paths(tree)->items[1], "a/new.yaml");
    ck_assert_str(tree_find(tree, STR("a.yaml"))->bytes, "typed: 1");
    ck_assert_str(tree_find(tree, STR("a/new.yaml"))->bytes, "new: 1");
    ck_assert_str(tree_find(tree, STR("b/c/one.yaml"))->bytes, "k: v\n");
    ck_assert_ptr_null(tree_find(tree, STR("b/three.yaml")));
    ck_assert_str(tree_find(base, STR("a.yaml"))->bytes, "");
    tree_close(tree);
    tree_close(base);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("tree/tree", ONCE(paths_are_listed_in_byte_order), ONCE(a_path_is_one_file),
           ONCE(columns_count_code_points_and_lines_end_before_crlf),
           ONCE(an_overlay_stands_in_front_of_a_tree))
