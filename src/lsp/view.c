#include "view.h"

static void hide(struct view *view)
{
    if (view->renderer)
        renderer_close(view->renderer);
    if (view->workspace)
        workspace_close(view->workspace);
    if (view->tree)
        tree_close(view->tree);
    arena_release(&view->arena);
    view->renderer = NULL;
    view->workspace = NULL;
    view->tree = NULL;
    view->reads = view->mentions = (struct map){0};
}

static void forget_disk(struct view *view)
{
    if (view->disk)
        tree_close(view->disk);
    arena_release(&view->disk_arena);
    view->disk = NULL;
}

static void copy_files(struct view *view, const struct view_file *files, size_t count,
                       struct tree_memory_file *ret_texts)
{
    view->files = arena_make_array(&view->arena, struct view_file, count);
    view->file_count = count;
    for (size_t i = 0; i < count; i++) {
        view->files[i] = (struct view_file){
            str_copy(&view->arena, files[i].uri), str_copy(&view->arena, files[i].path),
            str_copy(&view->arena, files[i].text), files[i].version};
        ret_texts[i] = (struct tree_memory_file){view->files[i].path, view->files[i].text};
    }
}

void view_show(struct view *view, const struct view_file *files, size_t count, bool disk_changed)
{
    hide(view);
    if (disk_changed)
        forget_disk(view);
    if (!view->disk)
        view->disk = tree_open_disk(&view->disk_arena, view->root, &limits_default);
    struct tree_memory_file *texts = arena_make_array(&view->arena, struct tree_memory_file, count);
    copy_files(view, files, count, texts);
    view->tree = tree_open_overlay(&view->arena, view->disk, texts, count);
    view->workspace = workspace_open(view->tree, STR(""), view->jobs);
}

void view_close(struct view *view)
{
    hide(view);
    forget_disk(view);
}

/* --- what is asked of it --- */

const struct model *view_model(const struct view *view)
{
    return view->workspace ? view->workspace->model : NULL;
}

const struct view_file *view_open_file(const struct view *view, struct str path)
{
    for (size_t i = 0; i < view->file_count; i++) {
        if (str_equal(view->files[i].path, path))
            return &view->files[i];
    }
    return NULL;
}

const struct chart_package *view_package(struct view *view, struct str directory)
{
    static const struct chart_load_options how = {.limits = &limits_default};
    struct diagnostics known = {.arena = &view->arena}; /* the analysis tells them */
    if (!view->renderer)
        view->renderer = renderer_new(&view->arena, view->tree, &how);
    return renderer_load(view->renderer, directory, &known);
}

/* The texts in the values of a chart's releases that tpl may get. */
static struct reads_texts texts_of(struct view *view, struct str directory)
{
    const struct model *model = view_model(view);
    struct reads_texts texts = {0};
    bool *is_seen = arena_make_array(&view->arena, bool, model->layer_count);
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        bool is_of_chart = release->chart && str_equal(release->chart->directory, directory);
        for (size_t k = 0; is_of_chart && k < release->layer_count; k++) {
            const struct layer *layer = release->layers[k].layer;
            if (!layer || is_seen[layer->number])
                continue;
            is_seen[layer->number] = true;
            if (layer->kind == LAYER_UNKNOWN || !layer->root)
                texts.is_incomplete = true;
            else
                reads_texts_add(&view->arena, &texts, layer->root);
        }
    }
    return texts;
}

const struct reads *view_reads(struct view *view, struct str directory)
{
    const struct chart_package *package = view_package(view, directory);
    if (!package || map_has(&view->reads, directory))
        return map_get(&view->reads, directory);
    struct reads_texts texts = texts_of(view, directory);
    const struct reads *reads = renderer_reads(view->renderer, &view->arena, package, &texts);
    map_put(&view->arena, &view->reads, directory, (void *)reads);
    return reads;
}

const struct mention_list *view_mentions(struct view *view, const struct chart_file *file)
{
    const struct file *source = tree_file(view->tree, file->file);
    static const struct mention_list none;
    if (!source)
        return &none;
    struct mention_list *list = map_get(&view->mentions, source->path);
    if (!list) {
        list = arena_make(&view->arena, struct mention_list);
        *list = mentions_find(&view->arena, source);
        map_put(&view->arena, &view->mentions, source->path, list);
    }
    return list;
}

/* --- places --- */

struct str view_uri(struct view *view, struct str path)
{
    const struct view_file *open = view_open_file(view, path);
    if (open)
        return open->uri;
    return place_uri_of_path(
        &view->arena, str_format(&view->arena, "%.*s/%.*s", STR_ARG(view->root), STR_ARG(path)));
}

json_t *view_range(const struct view *view, struct span span)
{
    const struct file *file = tree_file(view->tree, span.file);
    struct str text = file ? file->bytes : STR("");
    return place_range(text, span.start, span.end, view->encoding);
}

json_t *view_location(struct view *view, struct span span)
{
    const struct file *file = tree_file(view->tree, span.file);
    if (!file)
        return NULL;
    return json_pack("{s:o, s:o}", "uri", message_text(&view->arena, view_uri(view, file->path)),
                     "range", view_range(view, span));
}

struct str view_place(struct arena *arena, const struct view *view, struct span span)
{
    struct position at = tree_position(view->tree, span);
    return str_format(arena, "%.*s:%u", STR_ARG(at.path), at.line);
}
