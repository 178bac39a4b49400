#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct disk_back {
    struct str root;
    const struct limits *limits;
    bool has_links; /* listing met a symbolic link */
};

/* One directory on the way from the root to where the walk is. */
struct walk_parent {
    dev_t device;
    ino_t inode;
    const struct walk_parent *parent;
    unsigned depth;
};

struct walk {
    struct disk_back *back;
    struct arena *arena;
    struct str_list *paths;
    struct diagnostics *sink;
    bool full;
};

static void close_directory(DIR **directory)
{
    if (*directory)
        closedir(*directory);
}

static void close_descriptor(const int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
}

static const char *full_path(const struct disk_back *back, struct arena *arena, struct str path)
{
    return str_format(arena, "%.*s/%.*s", STR_ARG(back->root), STR_ARG(path)).p;
}

static bool is_skipped(const char *name)
{
    static const char *const skipped[] = {
        ".", "..", ".git", ".hg", ".svn", "node_modules", ".terraform",
    };
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++) {
        if (strcmp(name, skipped[i]) == 0)
            return true;
    }
    return false;
}

static bool is_own_parent(const struct walk_parent *parent, const struct stat *status)
{
    for (; parent; parent = parent->parent) {
        if (parent->device == status->st_dev && parent->inode == status->st_ino)
            return true;
    }
    return false;
}

static void walk_directory(struct walk *walk, struct str path, const struct walk_parent *parent);

static void add_file(struct walk *walk, struct str path)
{
    const struct limits *limits = walk->back->limits;
    if (walk->paths->count < limits->files) {
        vector_push(walk->arena, walk->paths, path);
        return;
    }
    walk->full = true;
    diagnostics_add(walk->sink, SEVERITY_ERROR, "limit", (struct span){0},
                    "more than %zu files, the limit files: the rest is not read", limits->files);
}

/* A link that leads nowhere or in a circle is no error of ours; what cannot be looked at is. */
static void report_unreachable(struct walk *walk, struct str path, int error)
{
    bool loop = error == ELOOP;
    bool link = loop || error == ENOENT;
    const char *kind = loop ? "link-loop" : link ? "dangling-link" : "unreadable";
    const char *what = loop   ? "the symbolic link leads in a circle"
                       : link ? "the symbolic link leads nowhere"
                              : strerror(error);
    struct diagnostic *problem =
        diagnostics_add(walk->sink, link ? SEVERITY_WARNING : SEVERITY_ERROR, kind,
                        (struct span){0}, "%.*s: %s", STR_ARG(path), what);
    problem->path = path;
}

static void walk_subdirectory(struct walk *walk, struct str path, const struct stat *status,
                              const struct walk_parent *parent)
{
    if (is_own_parent(parent, status)) {
        diagnostics_add(
            walk->sink, SEVERITY_WARNING, "link-loop", (struct span){0},
            "%.*s: the symbolic link leads back to one of its own folders, not followed",
            STR_ARG(path));
    } else if (parent->depth >= walk->back->limits->directory_depth) {
        diagnostics_add(walk->sink, SEVERITY_ERROR, "limit", (struct span){0},
                        "%.*s: more than %u folders deep, the limit directory_depth", STR_ARG(path),
                        walk->back->limits->directory_depth);
    } else {
        struct walk_parent here = {status->st_dev, status->st_ino, parent, parent->depth + 1};
        walk_directory(walk, path, &here);
    }
}

static void walk_entry(struct walk *walk, struct str path, const struct walk_parent *parent)
{
    struct stat status;
    if (stat(full_path(walk->back, walk->arena, path), &status) != 0)
        report_unreachable(walk, path, errno);
    else if (S_ISREG(status.st_mode))
        add_file(walk, path);
    else if (S_ISDIR(status.st_mode))
        walk_subdirectory(walk, path, &status, parent);
}

static void walk_directory(struct walk *walk, struct str path, const struct walk_parent *parent)
{
    const char *full = full_path(walk->back, walk->arena, path);
    CLEANUP(close_directory) DIR *directory = opendir(full);
    if (!directory) {
        diagnostics_add(walk->sink, SEVERITY_ERROR, "unreadable", (struct span){0}, "%.*s: %s",
                        STR_ARG(path), strerror(errno));
        return;
    }
    for (struct dirent *entry = readdir(directory); entry && !walk->full;
         entry = readdir(directory)) {
        if (is_skipped(entry->d_name))
            continue;
        struct str name = str_copy(walk->arena, str_from_c(entry->d_name));
        struct str below = path_join(walk->arena, path, name);
        if (entry->d_type == DT_LNK)
            walk->back->has_links = true;
        if (entry->d_type == DT_REG)
            add_file(walk, below);
        else
            walk_entry(walk, below, parent);
    }
}

static void list(void *context, struct arena *arena, struct str_list *paths,
                 struct diagnostics *sink)
{
    struct disk_back *back = context;
    struct walk walk = {back, arena, paths, sink, false};
    struct stat status;
    if (stat(full_path(back, arena, STR("")), &status) != 0) {
        diagnostics_add(sink, SEVERITY_ERROR, "unreadable", (struct span){0}, "%.*s: %s",
                        STR_ARG(back->root), strerror(errno));
        return;
    }
    struct walk_parent root = {status.st_dev, status.st_ino, NULL, 0};
    walk_directory(&walk, STR(""), &root);
}

static int failed(struct arena *arena, struct str *ret_bytes)
{
    *ret_bytes = str_copy(arena, str_from_c(strerror(errno)));
    return -1;
}

static int read_file(void *context, struct arena *arena, struct str path, struct str *ret_bytes)
{
    const struct disk_back *back = context;
    /* O_NONBLOCK: a named pipe that nobody writes to must not hang the run. */
    CLEANUP(close_descriptor)
    int descriptor = open(full_path(back, arena, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return errno == ENOENT || errno == ENOTDIR ? 0 : failed(arena, ret_bytes);
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return failed(arena, ret_bytes);
    if (!S_ISREG(status.st_mode))
        return 0;
    size_t size = (size_t)status.st_size;
    if (size > back->limits->file_bytes) {
        *ret_bytes = str_format(arena, "is larger than the limit file_bytes, %zu bytes",
                                back->limits->file_bytes);
        return -1;
    }
    char *bytes = arena_alloc(arena, size + 1, 1);
    size_t done = 0;
    while (done < size) {
        ssize_t n = read(descriptor, bytes + done, size - done);
        if (n < 0)
            return failed(arena, ret_bytes);
        if (n == 0)
            break;
        done += (size_t)n;
    }
    *ret_bytes = (struct str){bytes, done};
    return 1;
}

static struct str resolve(void *context, struct arena *arena, struct str path)
{
    const struct disk_back *back = context;
    if (!back->has_links)
        return path;
    char *real_root = realpath(full_path(back, arena, STR("")), NULL);
    char *real = realpath(full_path(back, arena, path), NULL);
    struct str root = str_from_c(real_root);
    struct str found = path;
    if (real && real_root && path_is_below(str_from_c(real), root))
        found = str_copy(arena, str_from(str_from_c(real), root.n + 1));
    free(real);
    free(real_root);
    return found;
}

struct tree *tree_open_disk(struct arena *arena, struct str root, const struct limits *limits)
{
    struct disk_back *back = arena_make(arena, struct disk_back);
    while (root.n > 1 && root.p[root.n - 1] == '/')
        root.n--;
    back->root = str_copy(arena, root.n ? root : STR("."));
    back->limits = limits;
    return tree_open(arena, (struct tree_back){list, read_file, resolve, back}, limits);
}
