#include "tree.h"

#include <pthread.h>
#include <stdlib.h>

struct tree {
    struct arena *arena;
    const struct limits *limits;
    struct tree_back back;
    pthread_mutex_t lock; /* guards everything below */
    struct map by_path;   /* path → struct file, or &absent */
    VECTOR(struct file *) files;
    bool listed;
    struct str_list paths;
    struct diagnostics problems;
};

/* Remembers in by_path that a path was looked for and is not there. */
static const struct file absent;

struct tree *tree_open(struct arena *arena, struct tree_back back, const struct limits *limits)
{
    struct tree *tree = arena_make(arena, struct tree);
    tree->arena = arena;
    tree->limits = limits;
    tree->back = back;
    tree->problems.arena = arena;
    pthread_mutex_init(&tree->lock, NULL);
    return tree;
}

void tree_close(struct tree *tree)
{
    if (tree->back.close)
        tree->back.close(tree->back.context);
    pthread_mutex_destroy(&tree->lock);
}

/* The start of the line behind the one at `start`; 0 when that is the last. */
static size_t next_line(struct str bytes, size_t start)
{
    size_t length = str_find_char(str_from(bytes, start), '\n');
    return length == STR_NOT_FOUND ? 0 : start + length + 1;
}

static void find_lines(struct arena *arena, struct file *file)
{
    size_t count = 1;
    for (size_t start = 0; (start = next_line(file->bytes, start)) > 0;)
        count++;
    uint32_t *starts = arena_make_array(arena, uint32_t, count);
    for (size_t line = 1; line < count; line++)
        starts[line] = (uint32_t)next_line(file->bytes, starts[line - 1]);
    file->line_starts = starts;
    file->line_count = count;
}

static struct file *load(struct tree *tree, struct str path)
{
    struct str bytes = {0};
    int found = tree->back.read(tree->back.context, tree->arena, path, &bytes);
    if (found == 0)
        return (struct file *)&absent;
    struct file *file = arena_make(tree->arena, struct file);
    file->path = str_copy(tree->arena, path);
    if (found < 0) {
        file->state = FILE_UNREADABLE;
        file->problem = bytes;
    } else if (bytes.n > tree->limits->file_bytes) {
        file->state = FILE_UNREADABLE;
        file->problem = str_format(tree->arena, "is larger than the limit file_bytes, %zu bytes",
                                   tree->limits->file_bytes);
    } else {
        file->bytes = bytes;
    }
    find_lines(tree->arena, file);
    vector_push(tree->arena, &tree->files, file);
    file->id = (uint32_t)tree->files.count;
    return file;
}

static struct file *find_or_load(struct tree *tree, struct str path)
{
    struct file *file = map_get(&tree->by_path, path);
    if (!file) {
        file = load(tree, path);
        struct str key = file == &absent ? str_copy(tree->arena, path) : file->path;
        map_put(tree->arena, &tree->by_path, key, file);
    }
    return file;
}

const struct file *tree_find(struct tree *tree, struct str path)
{
    pthread_mutex_lock(&tree->lock);
    struct file *file = map_get(&tree->by_path, path);
    if (!file) {
        struct str real = path;
        if (tree->back.resolve)
            real = tree->back.resolve(tree->back.context, tree->arena, path);
        file = find_or_load(tree, real);
        if (!str_equal(real, path))
            map_put(tree->arena, &tree->by_path, str_copy(tree->arena, path), file);
    }
    pthread_mutex_unlock(&tree->lock);
    return file == &absent ? NULL : file;
}

const struct file *tree_file(struct tree *tree, uint32_t id)
{
    pthread_mutex_lock(&tree->lock);
    const struct file *file = id && id <= tree->files.count ? tree->files.items[id - 1] : NULL;
    pthread_mutex_unlock(&tree->lock);
    return file;
}

const struct str_list *tree_paths(struct tree *tree)
{
    pthread_mutex_lock(&tree->lock);
    if (!tree->listed) {
        tree->listed = true;
        tree->back.list(tree->back.context, tree->arena, &tree->paths, &tree->problems);
        str_list_sort(&tree->paths);
    }
    pthread_mutex_unlock(&tree->lock);
    return &tree->paths;
}

const struct diagnostics *tree_problems(struct tree *tree)
{
    return &tree->problems;
}

struct str_list tree_glob(struct tree *tree, struct arena *arena, struct str pattern)
{
    const struct str_list *paths = tree_paths(tree);
    struct str_list found = {0};
    for (size_t i = 0; i < paths->count; i++) {
        if (glob_match(pattern, paths->items[i]))
            vector_push(arena, &found, paths->items[i]);
    }
    return found;
}

/* Index of the first path that is not below s in byte order. */
static size_t lower_bound(const struct str_list *paths, struct str s)
{
    size_t from = 0;
    size_t to = paths->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (str_compare(paths->items[middle], s) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool tree_has_file(struct tree *tree, struct str path)
{
    const struct str_list *paths = tree_paths(tree);
    size_t at = lower_bound(paths, path);
    return at < paths->count && str_equal(paths->items[at], path);
}

struct str_list tree_below(struct tree *tree, struct str directory)
{
    const struct str_list *paths = tree_paths(tree);
    size_t from = lower_bound(paths, directory);
    while (from < paths->count && !path_is_below(paths->items[from], directory) &&
           str_starts_with(paths->items[from], directory))
        from++;
    size_t to = from;
    while (to < paths->count && path_is_below(paths->items[to], directory))
        to++;
    return (struct str_list){paths->items + from, to - from, to - from};
}

uint32_t file_line_of(const struct file *file, size_t offset)
{
    size_t from = 0;
    size_t to = file->line_count;
    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;
        if (file->line_starts[middle] <= offset)
            from = middle;
        else
            to = middle;
    }
    return (uint32_t)from + 1;
}

struct str file_line(const struct file *file, uint32_t line)
{
    if (line == 0 || line > file->line_count)
        return (struct str){0};
    size_t start = file->line_starts[line - 1];
    size_t end = line < file->line_count ? file->line_starts[line] - 1 : file->bytes.n;
    if (end > start && file->bytes.p[end - 1] == '\r')
        end--;
    return str_slice(file->bytes, start, end);
}

static uint32_t column_of(const struct file *file, uint32_t line, size_t offset)
{
    size_t start = file->line_starts[line - 1];
    return (uint32_t)utf8_length(str_slice(file->bytes, start, offset)) + 1;
}

struct position tree_position(struct tree *tree, struct span span)
{
    struct position position = {0};
    const struct file *file = tree_file(tree, span.file);
    if (!file)
        return position;
    position.path = file->path;
    position.line = file_line_of(file, span.start);
    position.column = column_of(file, position.line, span.start);
    position.end_line = file_line_of(file, span.end);
    position.end_column = column_of(file, position.end_line, span.end);
    return position;
}
