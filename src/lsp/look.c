#include "look.h"

/* --- snapshots --- */

struct snapshot *snapshot_make(const struct view_file *files, size_t count, bool disk_changed)
{
    struct arena arena = {0};
    struct snapshot *snapshot = arena_make(&arena, struct snapshot);
    snapshot->files = arena_make_array(&arena, struct view_file, count);
    for (size_t i = 0; i < count; i++)
        snapshot->files[i] =
            (struct view_file){str_copy(&arena, files[i].uri), str_copy(&arena, files[i].path),
                               str_copy(&arena, files[i].text), files[i].version};
    snapshot->count = count;
    snapshot->disk_changed = disk_changed;
    snapshot->arena = arena;
    return snapshot;
}

void snapshot_drop(struct snapshot *snapshot)
{
    if (!snapshot)
        return;
    struct arena arena = snapshot->arena;
    arena_release(&arena);
}

static struct str text_in(const struct snapshot *snapshot, struct tree *disk, struct str path)
{
    for (size_t i = 0; i < snapshot->count; i++) {
        if (str_equal(snapshot->files[i].path, path))
            return snapshot->files[i].text;
    }
    const struct file *file = tree_find(disk, path);
    return file ? file->bytes : (struct str){0};
}

/* --- publishing --- */

static json_t *params_of(struct look *look, struct str path, json_t *diagnostics)
{
    struct view *view = &look->view;
    const struct view_file *open = view_open_file(view, path);
    json_t *params =
        json_pack("{s:o, s:o}", "uri", message_text(&view->arena, view_uri(view, path)),
                  "diagnostics", json_deep_copy(diagnostics));
    if (open)
        json_object_set_new(params, "version", json_integer(open->version));
    return params;
}

static bool has_path(const struct shown_list *list, struct str path)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_equal(list->items[i].path, path))
            return true;
    }
    return false;
}

/* Adds diagnostics to those of their files, except for the files of another list. */
static void add_by_path(struct arena *arena, const struct shown_list *list,
                        const struct shown_list *but, json_t *files)
{
    for (size_t i = 0; i < list->count; i++) {
        if (but && has_path(but, list->items[i].path))
            continue;
        const char *path = str_to_c(arena, utf8_make_valid(arena, list->items[i].path));
        json_t *diagnostics = json_object_get(files, path);
        if (!diagnostics) {
            diagnostics = json_array();
            json_object_set_new(files, path, diagnostics);
        }
        json_array_append(diagnostics, list->items[i].diagnostic);
    }
}

/* Sends what is not as the client has it. Of a half-typed file only that is said. */
static void publish(struct look *look, const struct shown_list *list)
{
    json_t *results = json_array();
    json_t *files = json_object();
    add_by_path(&look->view.arena, list, &look->half_typed, files);
    add_by_path(&look->view.arena, &look->half_typed, NULL, files);
    const char *path;
    json_t *diagnostics;
    json_object_foreach(look->published, path, diagnostics)
    {
        json_t *none = json_array();
        if (!json_object_get(files, path))
            json_array_append_new(results, params_of(look, str_from_c(path), none));
        json_decref(none);
    }
    json_object_foreach(files, path, diagnostics)
    {
        if (!json_equal(diagnostics, json_object_get(look->published, path)))
            json_array_append_new(results, params_of(look, str_from_c(path), diagnostics));
    }
    json_decref(look->published);
    look->published = files;
    look->publish(look->context, results);
}

/* --- what has changed since the last look at the whole --- */

static void note_path(struct arena *arena, struct look *look, const struct snapshot *now,
                      struct str path, struct str_list *changed)
{
    struct tree *disk = look->view.disk;
    bool is_same = str_equal(text_in(look->whole, disk, path), text_in(now, disk, path));
    if (!is_same && !str_list_has(changed, path))
        vector_push(arena, changed, path);
}

static struct str_list changed_paths(struct arena *arena, struct look *look,
                                     const struct snapshot *now)
{
    struct str_list changed = {0};
    const struct snapshot *whole = look->whole;
    for (size_t i = 0; i < whole->count; i++)
        note_path(arena, look, now, whole->files[i].path, &changed);
    for (size_t i = 0; i < now->count; i++)
        note_path(arena, look, now, now->files[i].path, &changed);
    return changed;
}

static bool loads(const struct release *release, struct str path)
{
    if (release->chart && path_is_below(path, release->chart->directory))
        return true;
    for (size_t i = 0; i < release->layer_count; i++) {
        if (str_equal(release->layers[i].path, path))
            return true;
    }
    return false;
}

static bool loads_any(const struct application *application, const struct str_list *paths)
{
    for (size_t i = 0; i < application->release_count; i++) {
        for (size_t k = 0; k < paths->count; k++) {
            if (loads(application->releases[i], paths->items[k]))
                return true;
        }
    }
    return false;
}

/* By the number of the application whether it loads something that has changed; NULL when all have
 * to be looked at: few would be left out, or what has changed is not known to be of some only. */
static bool *touched_applications(struct arena *arena, struct look *look,
                                  const struct str_list *changed)
{
    const struct model *model = view_model(&look->view);
    size_t count = 0;
    bool *is_touched = arena_make_array(arena, bool, model->application_count);
    for (size_t i = 0; i < model->application_count; i++) {
        is_touched[i] = loads_any(&model->applications[i], changed);
        count += is_touched[i];
    }
    return count && count <= model->application_count / 2 ? is_touched : NULL;
}

/* --- looking --- */

static bool is_unwanted(struct look *look)
{
    return atomic_load(look->is_unwanted);
}

/* What the rules say; false when that became unwanted. */
static bool run_selected(struct look *look, const bool *only, const char *rule,
                         struct shown_list *list)
{
    struct view *view = &look->view;
    struct diagnostics problems = {.arena = &view->arena};
    struct run_options options = {
        .today = look->today,
        .only = only,
        .is_unwanted = look->is_unwanted,
    };
    if (rule)
        vector_push(&view->arena, &options.select, str_from_c(rule));
    struct run_result result = run_rules(&view->arena, view->workspace, &options, &problems);
    if (is_unwanted(look))
        return false;
    shown_add_findings(list, view, &result);
    shown_add_problems(list, view, &problems);
    return true;
}

static bool is_same_cause(const struct shown *a, const struct shown *b)
{
    return str_equal(a->rule, b->rule) && str_equal(a->path, b->path) &&
           str_equal(a->values_path, b->values_path);
}

static bool has_cause(const struct shown_list *list, const struct shown *shown)
{
    for (size_t i = 0; i < list->count; i++) {
        if (is_same_cause(&list->items[i], shown))
            return true;
    }
    return false;
}

/* True when another rule has told of the same value what this one leaves to others. */
static bool is_told_better(const struct shown_list *list, const struct shown *shown)
{
    for (size_t i = 0; i < list->count && shown->yields && shown->values_path.n; i++) {
        const struct shown *other = &list->items[i];
        if (!str_equal(other->rule, shown->rule) && str_equal(other->path, shown->path) &&
            str_equal(other->values_path, shown->values_path))
            return true;
    }
    return false;
}

/* True when all applications of the finding were looked at again. */
static bool is_looked_at(const struct view *view, const bool *only, const struct shown *shown)
{
    const struct model *model = view_model(view);
    for (size_t i = 0; i < model->application_count; i++) {
        if (!only[i] && str_list_has(&shown->applications, model->applications[i].name))
            return false;
    }
    return shown->applications.count > 0;
}

/* The findings of the last look at the whole, those of the applications that were looked at again
 * replaced. */
static void publish_touched(struct look *look, const bool *only, const struct shown_list *again)
{
    struct shown_list list = {0};
    for (size_t i = 0; i < look->all.count; i++) {
        const struct shown *shown = &look->all.items[i];
        if (!has_cause(again, shown) && !is_looked_at(&look->view, only, shown))
            shown_add(&list, shown);
    }
    for (size_t i = 0; i < again->count; i++) {
        const struct shown *shown = &again->items[i];
        if (!is_told_better(&look->all, shown))
            shown_add(&list, shown);
    }
    publish(look, &list);
    shown_clear(&list);
}

static void look_at_touched(struct look *look, const struct snapshot *now)
{
    struct arena *arena = &look->view.arena;
    struct str_list changed = changed_paths(arena, look, now);
    const bool *only = touched_applications(arena, look, &changed);
    struct shown_list again = {0};
    if (only && run_selected(look, only, NULL, &again))
        publish_touched(look, only, &again);
    shown_clear(&again);
}

/* True when it was finished. */
static bool look_at_all(struct look *look)
{
    struct shown_list list = {0};
    shown_add_problems(&list, &look->view, &look->view.workspace->problems);
    if (!run_selected(look, NULL, NULL, &list)) {
        shown_clear(&list);
        return false;
    }
    publish(look, &list);
    shown_clear(&look->all);
    look->all = list;
    return true;
}

/* What is wrong with the configuration, when nothing else can be said; the rest stays as it was. */
static void look_at_problems(struct look *look)
{
    struct shown_list list = {0};
    shown_add_problems(&list, &look->view, &look->view.workspace->problems);
    for (size_t i = 0; i < look->all.count; i++) {
        if (look->all.items[i].rule.n)
            shown_add(&list, &look->all.items[i]);
    }
    publish(look, &list);
    shown_clear(&list);
}

/* --- half-typed files --- */

/* True when the file is a values file and no YAML. */
static bool is_broken(const struct view *view, struct str path)
{
    const struct model *model = view_model(view);
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct layer *layer = model->layers[i].layer;
        if (layer->stream && !layer->stream->complete && str_equal(layer->path, path))
            return true;
    }
    return false;
}

static void tell_broken(struct look *look, struct str path)
{
    struct shown_list found = {0};
    if (run_selected(look, NULL, "values/not-yaml", &found)) {
        for (size_t i = 0; i < found.count; i++) {
            if (str_equal(found.items[i].path, path))
                shown_add(&look->half_typed, &found.items[i]);
        }
    }
    shown_clear(&found);
}

/* Shows the texts of the snapshot, but of values files that are no YAML at the moment the text that
 * they had before. */
static void show(struct look *look, struct snapshot *now)
{
    struct view *view = &look->view;
    view_show(view, now->files, now->count, now->disk_changed);
    shown_clear(&look->half_typed);
    const struct snapshot *before = look->whole;
    const struct snapshot nothing = {.count = 0};
    bool is_other = false;
    for (size_t i = 0; view_model(view) && i < now->count; i++) {
        struct view_file *file = &now->files[i];
        struct str older = text_in(before ? before : &nothing, view->disk, file->path);
        if (str_equal(older, file->text) || !is_broken(view, file->path))
            continue;
        tell_broken(look, file->path);
        file->text = str_copy(&now->arena, older);
        is_other = true;
    }
    if (is_other)
        view_show(view, now->files, now->count, false);
}

void look_at(struct look *look, struct snapshot *now)
{
    bool is_whole = false;
    show(look, now);
    if (!view_model(&look->view)) {
        look_at_problems(look);
    } else if (!is_unwanted(look)) {
        if (look->whole && !now->disk_changed)
            look_at_touched(look, now);
        is_whole = !is_unwanted(look) && look_at_all(look);
    }
    snapshot_drop(is_whole ? look->whole : now);
    if (is_whole)
        look->whole = now;
}

void look_close(struct look *look)
{
    snapshot_drop(look->whole);
    shown_clear(&look->all);
    shown_clear(&look->half_typed);
    view_close(&look->view);
    json_decref(look->published);
}
