#include "tree.h"

struct memory_back {
    const struct tree_memory_file *files;
    size_t count;
};

static void list(void *context, struct arena *arena, struct str_list *paths,
                 struct diagnostics *sink)
{
    (void)sink;
    const struct memory_back *back = context;
    for (size_t i = 0; i < back->count; i++)
        vector_push(arena, paths, back->files[i].path);
}

static int read(void *context, struct arena *arena, struct str path, struct str *ret_bytes)
{
    (void)arena;
    const struct memory_back *back = context;
    for (size_t i = 0; i < back->count; i++) {
        if (str_equal(back->files[i].path, path)) {
            *ret_bytes = back->files[i].bytes;
            return 1;
        }
    }
    return 0;
}

struct tree *tree_open_memory(struct arena *arena, const struct tree_memory_file *files,
                              size_t count)
{
    struct memory_back *back = arena_make(arena, struct memory_back);
    *back = (struct memory_back){files, count};
    return tree_open(arena, (struct tree_back){.list = list, .read = read, .context = back},
                     &limits_default);
}
