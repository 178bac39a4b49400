#ifndef BULKHEAD_TREE_LIBGIT2_H
#define BULKHEAD_TREE_LIBGIT2_H

#include <git2.h>

#include "base/base.h"

/* Private to tree/: libgit2, loaded when a revision is asked for. It brings a dozen libraries of
 * its own, and loading them with the program would cost every other command more than it works. */

#define LIBGIT2_FUNCTIONS(one)                                                                     \
    one(git_libgit2_init) one(git_libgit2_shutdown) one(git_error_last)                            \
        one(git_repository_open_ext) one(git_repository_free) one(git_repository_workdir)          \
            one(git_repository_odb) one(git_odb_free) one(git_odb_read_header)                     \
                one(git_revparse_single) one(git_object_peel) one(git_object_id)                   \
                    one(git_object_free) one(git_merge_base) one(git_oid_tostr)                    \
                        one(git_tree_lookup) one(git_tree_free) one(git_tree_entrycount)           \
                            one(git_tree_entry_byindex) one(git_tree_entry_name)                   \
                                one(git_tree_entry_id) one(git_tree_entry_filemode_raw)            \
                                    one(git_blob_lookup) one(git_blob_free)                        \
                                        one(git_blob_rawcontent) one(git_blob_rawsize)

struct libgit2 {
    void *handle;
/* NOLINTNEXTLINE(bugprone-macro-parentheses): the name of a member takes none */
#define LIBGIT2_MEMBER(name) __typeof__(&(name)) name;
    LIBGIT2_FUNCTIONS(LIBGIT2_MEMBER)
#undef LIBGIT2_MEMBER
};

/* Loads and initializes the library of the version that the program was built for. False: it is not
 * there, which was reported. */
bool libgit2_load(struct libgit2 *library, struct diagnostics *sink);
void libgit2_unload(struct libgit2 *library);
/* What went wrong last, in the library's words. */
const char *libgit2_problem(const struct libgit2 *library);

#endif
