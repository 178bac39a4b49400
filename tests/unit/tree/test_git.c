#define _XOPEN_SOURCE 700 /* nftw */

#include <ftw.h>
#include <git2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tree/tree.h"

#include "unit.h"

/* Repositories that are written object by object, with what no `git add` would write. */

UNIT_ARENA(arena)

static char folder[] = "/tmp/bulkhead-test-git-XXXXXX";
static git_repository *repository;

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static void setup(void)
{
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    git_libgit2_init();
    ck_assert_int_eq(git_repository_init(&repository, folder, 0), 0);
}

static void teardown(void)
{
    git_repository_free(repository);
    git_libgit2_shutdown();
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static git_oid write_blob(struct str bytes)
{
    git_oid id;
    ck_assert_int_eq(git_blob_create_from_buffer(&id, repository, bytes.p, bytes.n), 0);
    return id;
}

/* A tree object is "MODE NAME\0" and the id of each entry; written raw, so that nothing is checked.
 */
struct raw_tree {
    char bytes[4096];
    size_t n;
};

static void add(struct raw_tree *tree, const char *mode, const char *name, git_oid id)
{
    tree->n += (size_t)sprintf(tree->bytes + tree->n, "%s %s", mode, name) + 1;
    memcpy(tree->bytes + tree->n, id.id, GIT_OID_RAWSZ);
    tree->n += GIT_OID_RAWSZ;
}

static git_oid write_tree(const struct raw_tree *tree)
{
    git_oid id;
    git_odb *objects;
    ck_assert_int_eq(git_repository_odb(&objects, repository), 0);
    ck_assert_int_eq(git_odb_write(&id, objects, tree->bytes, tree->n, GIT_OBJECT_TREE), 0);
    git_odb_free(objects);
    return id;
}

/* A commit of the tree on the branch, with the commit before it on that branch as its parent. */
static git_oid commit(const struct raw_tree *raw, const char *branch)
{
    git_oid id;
    git_oid tree_id = write_tree(raw);
    git_tree *tree;
    git_signature *author;
    git_object *parent = NULL;
    git_reference *reference;
    char name[64];
    sprintf(name, "refs/heads/%s", branch);
    ck_assert_int_eq(git_tree_lookup(&tree, repository, &tree_id), 0);
    ck_assert_int_eq(git_signature_new(&author, "A", "a@example.org", 1, 0), 0);
    git_revparse_single(&parent, repository, name);
    const git_commit *parents[] = {(const git_commit *)parent};
    ck_assert_int_eq(git_commit_create(&id, repository, NULL, author, author, NULL, "x", tree,
                                       parent != NULL, parents),
                     0);
    ck_assert_int_eq(git_reference_create(&reference, repository, name, &id, 1, NULL), 0);
    git_reference_free(reference);
    git_object_free(parent);
    git_signature_free(author);
    git_tree_free(tree);
    return id;
}

static struct tree *open_tree(const char *below, const char *revision, const struct limits *limits)
{
    struct diagnostics sink = {.arena = &arena};
    struct str root = str_format(&arena, "%s%s", folder, below);
    struct tree *tree = tree_open_git(&arena, root, str_from_c(revision), limits, &sink);
    ck_assert_msg(tree != NULL, "%.*s", sink.count ? (int)sink.items[0].message.n : 0,
                  sink.count ? sink.items[0].message.p : "");
    return tree;
}

static struct str listing(struct tree *tree)
{
    return str_list_join(&arena, tree_paths(tree), STR(" "));
}

static bool has_problem(struct tree *tree, const char *kind, const char *text)
{
    const struct diagnostics *problems = tree_problems(tree);
    for (size_t i = 0; i < problems->count; i++) {
        if (strcmp(problems->items[i].kind, kind) == 0 &&
            str_contains(problems->items[i].message, str_from_c(text)))
            return true;
    }
    return false;
}

START_TEST(files_of_a_commit_are_read)
{
    struct raw_tree inner = {0};
    struct raw_tree root = {0};
    add(&inner, "100755", "run.yaml", write_blob(STR("a: 1\n")));
    add(&inner, "100664", "shared.yaml", write_blob(STR("b: 2\n")));
    add(&root, "40000", "env", write_tree(&inner));
    add(&root, "100644", "top.yaml", write_blob(STR("")));
    commit(&root, "main");
    struct tree *tree = open_tree("", "main", &limits_default);
    ck_assert_str(listing(tree), "env/run.yaml env/shared.yaml top.yaml");
    ck_assert_str(tree_find(tree, STR("env/shared.yaml"))->bytes, "b: 2\n");
    ck_assert_uint_eq(tree_find(tree, STR("top.yaml"))->bytes.n, 0);
    ck_assert_ptr_null(tree_find(tree, STR("env")));
    ck_assert_ptr_null(tree_find(tree, STR("env/run.yaml/x")));
    tree_close(tree);
}
END_TEST

START_TEST(a_folder_of_the_repository_can_be_the_root)
{
    struct raw_tree inner = {0};
    struct raw_tree root = {0};
    add(&inner, "100644", "a.yaml", write_blob(STR("a")));
    add(&inner, "120000", "up.yaml", write_blob(STR("../top.yaml")));
    add(&root, "40000", "env", write_tree(&inner));
    add(&root, "100644", "top.yaml", write_blob(STR("top")));
    commit(&root, "main");
    ck_assert_int_eq(mkdir(str_format(&arena, "%s/env", folder).p, 0700), 0);
    struct tree *tree = open_tree("/env", "main", &limits_default);
    ck_assert_str(listing(tree), "a.yaml up.yaml");
    ck_assert_str(tree_find(tree, STR("up.yaml"))->bytes, "top");
    tree_close(tree);
}
END_TEST

START_TEST(links_are_followed_within_the_commit)
{
    struct raw_tree real = {0};
    struct raw_tree root = {0};
    add(&real, "100644", "a.yaml", write_blob(STR("a")));
    add(&real, "120000", "round", write_blob(STR("../real")));
    add(&root, "120000", "absolute", write_blob(STR("/etc/passwd")));
    add(&root, "120000", "circle", write_blob(STR("circle")));
    add(&root, "120000", "gone", write_blob(STR("nowhere")));
    add(&root, "120000", "linked", write_blob(STR("./real")));
    add(&root, "120000", "outside", write_blob(STR("../../../../etc/passwd")));
    add(&root, "40000", "real", write_tree(&real));
    commit(&root, "main");
    struct tree *tree = open_tree("", "main", &limits_default);
    ck_assert_str(listing(tree), "linked/a.yaml real/a.yaml");
    ck_assert_ptr_eq(tree_find(tree, STR("linked/a.yaml")), tree_find(tree, STR("real/a.yaml")));
    ck_assert(has_problem(tree, "dangling-link", "absolute"));
    ck_assert(has_problem(tree, "dangling-link", "outside"));
    ck_assert(has_problem(tree, "dangling-link", "gone"));
    ck_assert(has_problem(tree, "link-loop", "circle"));
    ck_assert(has_problem(tree, "link-loop", "linked/round"));
    tree_close(tree);
}
END_TEST

START_TEST(hostile_entries_are_left_out_and_said)
{
    struct raw_tree root = {0};
    git_oid blob = write_blob(STR("x"));
    add(&root, "100644", "..", blob);
    add(&root, "100644", ".git", blob);
    add(&root, "100644", "a/b", blob);
    add(&root, "10644", "fifo", blob);
    add(&root, "100644", "good.yaml", blob);
    add(&root, "160000", "module", blob);
    commit(&root, "main");
    struct tree *tree = open_tree("", "main", &limits_default);
    ck_assert_str(listing(tree), "good.yaml");
    ck_assert(has_problem(tree, "submodule", "module"));
    ck_assert(has_problem(tree, "odd-entry", "fifo"));
    ck_assert(has_problem(tree, "odd-entry", "name"));
    tree_close(tree);
}
END_TEST

START_TEST(limits_hold)
{
    struct limits limits = limits_default;
    struct raw_tree level = {0};
    git_oid below;
    limits.file_bytes = 4;
    limits.files = 1000;
    limits.directory_depth = 12;
    add(&level, "100644", "large", write_blob(STR("12345")));
    below = write_tree(&level);
    /* Ten folders that are all the same one, ten levels deep: few objects, 10^10 paths. */
    for (int depth = 0; depth < 10; depth++) {
        level.n = 0;
        for (int i = 0; i < 10; i++)
            add(&level, "40000", (char[]){(char)('a' + i), 0}, below);
        below = write_tree(&level);
    }
    commit(&level, "bomb");
    struct tree *tree = open_tree("", "bomb", &limits);
    tree_paths(tree);
    ck_assert(has_problem(tree, "limit", "the limit files"));
    const struct file *file = tree_find(tree, STR("a/a/a/a/a/a/a/a/a/a/large"));
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(file->state, FILE_UNREADABLE);
    ck_assert(str_contains(file->problem, STR("file_bytes")));
    tree_close(tree);
    limits.directory_depth = 5;
    tree = open_tree("", "bomb", &limits);
    tree_paths(tree);
    ck_assert(has_problem(tree, "limit", "directory_depth"));
    tree_close(tree);
}
END_TEST

START_TEST(revisions_that_are_not_there_are_errors)
{
    struct raw_tree root = {0};
    struct diagnostics sink = {.arena = &arena};
    struct str path = str_from_c(folder);
    ck_assert_ptr_null(tree_open_git(&arena, path, STR("HEAD"), &limits_default, &sink));
    ck_assert_uint_eq(sink.count, 1);
    ck_assert_ptr_null(tree_git_merge_base(&arena, path, &sink).p);
    add(&root, "100644", "a", write_blob(STR("x")));
    commit(&root, "main");
    ck_assert_ptr_null(tree_open_git(&arena, path, STR("nosuch"), &limits_default, &sink));
    ck_assert(str_contains(sink.items[2].message, STR("nosuch")));
    struct str below = str_format(&arena, "%s/.git", folder);
    ck_assert_ptr_null(tree_open_git(&arena, below, STR("main"), &limits_default, &sink));
    ck_assert_uint_eq(sink.count, 4);
}
END_TEST

START_TEST(the_merge_base_is_where_head_left_the_main_branch)
{
    struct raw_tree root = {0};
    struct diagnostics sink = {.arena = &arena};
    char expected[GIT_OID_HEXSZ + 1];
    git_oid base;
    add(&root, "100644", "a", write_blob(STR("x")));
    base = commit(&root, "main");
    git_reference *topic;
    ck_assert_int_eq(git_reference_create(&topic, repository, "refs/heads/topic", &base, 1, NULL),
                     0);
    git_reference_free(topic);
    add(&root, "100644", "b", write_blob(STR("y")));
    commit(&root, "main");
    add(&root, "100644", "c", write_blob(STR("z")));
    commit(&root, "topic");
    ck_assert_int_eq(git_repository_set_head(repository, "refs/heads/topic"), 0);
    git_oid_tostr(expected, sizeof expected, &base);
    ck_assert_str(tree_git_merge_base(&arena, str_from_c(folder), &sink), expected);
    ck_assert_uint_eq(sink.count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("git");
    TCase *cases = tcase_create("git");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, files_of_a_commit_are_read);
    tcase_add_test(cases, a_folder_of_the_repository_can_be_the_root);
    tcase_add_test(cases, links_are_followed_within_the_commit);
    tcase_add_test(cases, hostile_entries_are_left_out_and_said);
    tcase_add_test(cases, limits_hold);
    tcase_add_test(cases, revisions_that_are_not_there_are_errors);
    tcase_add_test(cases, the_merge_base_is_where_head_left_the_main_branch);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
