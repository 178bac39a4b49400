#include "tree.h"

#include <stdlib.h>
#include <sys/stat.h>

static bool exists(struct arena *arena, struct str directory, const char *name)
{
    struct stat status;
    return stat(str_format(arena, "%.*s/%s", STR_ARG(directory), name).p, &status) == 0;
}

static bool is_directory(struct arena *arena, struct str path)
{
    struct stat status;
    return stat(str_to_c(arena, path), &status) == 0 && S_ISDIR(status.st_mode);
}

struct str tree_parent_path(struct str path)
{
    size_t at = str_find_last_char(path, '/');
    return at == 0 || at == STR_NOT_FOUND ? STR("/") : str_slice(path, 0, at);
}

struct str tree_find_above(struct arena *arena, struct str path, const char *name)
{
    for (;;) {
        if (exists(arena, path, name))
            return path;
        if (str_is(path, "/"))
            return (struct str){0};
        path = tree_parent_path(path);
    }
}

struct str tree_find_root(struct arena *arena, struct str path)
{
    struct str start = is_directory(arena, path) ? path : tree_parent_path(path);
    struct str root = tree_find_above(arena, start, ".bulkhead.yaml");
    struct str repository = tree_find_above(arena, start, ".git");
    /* A configuration above the repository belongs to something else. */
    if (root.p && (!repository.p || root.n >= repository.n))
        return root;
    return repository.p ? repository : start;
}

struct str tree_real_path(struct arena *arena, struct str path)
{
    char *resolved = realpath(str_to_c(arena, path), NULL);
    struct str copy = resolved ? str_copy(arena, str_from_c(resolved)) : (struct str){0};
    free(resolved);
    return copy;
}

struct str tree_path_below(struct str path, struct str root)
{
    if (path.n <= root.n)
        return STR("");
    return str_from(path, root.n + (root.n > 1));
}
