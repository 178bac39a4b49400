#ifndef BULKHEAD_TREE_TREE_H
#define BULKHEAD_TREE_TREE_H

#include "base/base.h"

/* The files below one root, from wherever they come. No other room opens a file.
 *
 * Invariants: a path is as in base/path.h; the same path gives the same struct file for the life of
 * the tree; a file is read at most once and never changes afterwards. Everything lives as long as
 * the tree. tree_file and tree_find may be called from several threads. */
struct tree;

enum file_state {
    FILE_READ,       /* bytes hold its content */
    FILE_UNREADABLE, /* it is there but cannot be read; `problem` says why */
};

struct file {
    uint32_t id; /* what struct span calls it; never 0 */
    enum file_state state;
    struct str path;
    struct str bytes;
    struct str problem;
    const uint32_t *line_starts; /* offset of each line */
    size_t line_count;           /* at least 1 */
};

/* A place for people: lines and columns start at 1, columns count code points, the end is
 * exclusive. A span without a file gives an empty path. */
struct position {
    struct str path;
    uint32_t line, column;
    uint32_t end_line, end_column;
};

/* Where the bytes come from. `list` appends the paths of all files to `paths`; `read` gives the
 * bytes of one path, in the arena or owned by the back: 1 found, 0 not there, -1 there but not
 * readable, with the reason in *ret_bytes. Both may be called with the tree's lock held. */
struct tree_back {
    void (*list)(void *context, struct arena *arena, struct str_list *paths,
                 struct diagnostics *sink);
    int (*read)(void *context, struct arena *arena, struct str path, struct str *ret_bytes);
    /* The path behind symbolic links, below the root too; the path itself when it leads through
     * none or out of the tree. NULL: there are no links. */
    struct str (*resolve)(void *context, struct arena *arena, struct str path);
    /* Gives back what is held outside of the arena. NULL: nothing is. */
    void (*close)(void *context);
    void *context;
};

struct tree *tree_open(struct arena *arena, struct tree_back back, const struct limits *limits);

/* The directory `root` of the file system. Listing skips .git, .hg, .svn, node_modules and
 * .terraform, follows links to files, follows links to directories unless they lead back to one of
 * their parents, and reports what it cannot read (kind "unreadable"), dangling links
 * ("dangling-link"), links in a circle ("link-loop") and limits ("limit"). */
struct tree *tree_open_disk(struct arena *arena, struct str root, const struct limits *limits);

/* Files that are in memory already. The entries are not copied. */
struct tree_memory_file {
    struct str path;
    struct str bytes;
};
struct tree *tree_open_memory(struct arena *arena, const struct tree_memory_file *files,
                              size_t count);

/* The files of a commit of the Git repository around the directory `root`, those below `root` only;
 * `revision` is anything that names a commit ("HEAD~3", "origin/main", an id). Nothing is checked
 * out or written, no hook and no filter runs. Lists as tree_open_disk does; links are followed
 * within the commit, what leads out of it is reported ("dangling-link"), as are submodules
 * ("submodule"), names that no file can have ("odd-entry") and limits ("limit"). NULL: the reason
 * went to the sink. Needs libgit2, which is loaded now. */
struct tree *tree_open_git(struct arena *arena, struct str root, struct str revision,
                           const struct limits *limits, struct diagnostics *sink);
/* The id of the commit where HEAD left the main branch: the merge base with the first of
 * origin/HEAD, origin/main, origin/master, main and master that there is. p == NULL: the reason
 * went to the sink. */
struct str tree_git_merge_base(struct arena *arena, struct str root, struct diagnostics *sink);

/* The files of `base` with others in front of them: texts that an editor has not saved. The entries
 * are not copied; `base` must outlive the tree. Files of `base` are read once for all trees over
 * it.
 */
struct tree *tree_open_overlay(struct arena *arena, struct tree *base,
                               const struct tree_memory_file *files, size_t count);

/* The root of the repository that a path of the operating system, absolute and without links, lies
 * in: the nearest directory with a `.bulkhead.yaml`, else the nearest with a `.git`, else the
 * directory itself. */
struct str tree_find_root(struct arena *arena, struct str path);
/* The nearest directory at or above such a path that holds `name`; p == NULL when none does. */
struct str tree_find_above(struct arena *arena, struct str path, const char *name);
/* The directory that an absolute path lies in. */
struct str tree_parent_path(struct str path);
/* The absolute path without links; p == NULL when there is none, errno says why. */
struct str tree_real_path(struct arena *arena, struct str path);
/* The path as one of a tree with that root; empty for the root itself. */
struct str tree_path_below(struct str path, struct str root);

/* Closes what is held for it outside of its arena; memory goes with the arena. */
void tree_close(struct tree *tree);

/* The paths of all files, in byte order; listed once, problems go to tree_problems. */
const struct str_list *tree_paths(struct tree *tree);
/* What listing and reading had to report. */
const struct diagnostics *tree_problems(struct tree *tree);
/* Paths that match the glob, in byte order. */
struct str_list tree_glob(struct tree *tree, struct arena *arena, struct str pattern);
bool tree_has_file(struct tree *tree, struct str path);
/* The paths below a directory, in byte order; all of them for "". Points into tree_paths. */
struct str_list tree_below(struct tree *tree, struct str directory);

/* The file at the path, read, under the path behind symbolic links, so that one file is one struct
 * file; NULL when there is none. A file that is there but cannot be read is returned with its state
 * and problem. */
const struct file *tree_find(struct tree *tree, struct str path);
/* The file of a span's id; NULL for 0. */
const struct file *tree_file(struct tree *tree, uint32_t id);

struct position tree_position(struct tree *tree, struct span span);
/* The line's text without its line end; lines start at 1. */
struct str file_line(const struct file *file, uint32_t line);
/* Line (from 1) of an offset. */
uint32_t file_line_of(const struct file *file, size_t offset);

#endif
