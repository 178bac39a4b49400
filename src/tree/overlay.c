#include "tree.h"

struct overlay_back {
    struct tree *base;
    const struct tree_memory_file *files;
    size_t count;
};

static void list(void *context, struct arena *arena, struct str_list *paths,
                 struct diagnostics *sink)
{
    const struct overlay_back *back = context;
    const struct str_list *below = tree_paths(back->base);
    for (size_t i = 0; i < below->count; i++)
        vector_push(arena, paths, below->items[i]);
    for (size_t i = 0; i < back->count; i++) {
        if (!tree_has_file(back->base, back->files[i].path))
            vector_push(arena, paths, back->files[i].path);
    }
    diagnostics_append(sink, tree_problems(back->base));
}

static int read(void *context, struct arena *arena, struct str path, struct str *ret_bytes)
{
    (void)arena;
    const struct overlay_back *back = context;
    for (size_t i = 0; i < back->count; i++) {
        if (str_equal(back->files[i].path, path)) {
            *ret_bytes = back->files[i].bytes;
            return 1;
        }
    }
    const struct file *file = tree_find(back->base, path);
    if (!file)
        return 0;
    *ret_bytes = file->state == FILE_READ ? file->bytes : file->problem;
    return file->state == FILE_READ ? 1 : -1;
}

static struct str resolve(void *context, struct arena *arena, struct str path)
{
    (void)arena;
    const struct overlay_back *back = context;
    const struct file *file = tree_find(back->base, path);
    return file ? file->path : path;
}

struct tree *tree_open_overlay(struct arena *arena, struct tree *base,
                               const struct tree_memory_file *files, size_t count)
{
    struct overlay_back *back = arena_make(arena, struct overlay_back);
    *back = (struct overlay_back){base, files, count};
    return tree_open(
        arena, (struct tree_back){.list = list, .read = read, .resolve = resolve, .context = back},
        &limits_default);
}
