#include "compare_inputs.h"

struct input_store {
    struct arena *arena;
    struct input_side sides[2]; /* before and after */
    struct map layers;          /* path → struct input_list */
    struct map charts;          /* directory → struct input_list */
};

struct input_store *input_store_new(struct arena *arena, const struct input_side *before,
                                    const struct input_side *after)
{
    struct input_store *store = arena_make(arena, struct input_store);
    store->arena = arena;
    store->sides[0] = *before;
    store->sides[1] = *after;
    return store;
}

static void add(struct input_store *store, struct input_list *list, struct input_change change)
{
    struct input_change *kept = arena_make(store->arena, struct input_change);
    *kept = change;
    vector_push(store->arena, list, kept);
}

static void add_all(struct input_store *store, struct input_list *list,
                    const struct input_list *more)
{
    for (size_t i = 0; i < more->count; i++)
        vector_push(store->arena, list, more->items[i]);
}

/* --- files --- */

bool same_file(const struct file *a, const struct file *b)
{
    return a && b && a->state == b->state && str_equal(a->bytes, b->bytes);
}

/* The first line of the newer file that differs; its last one when it only ends earlier. */
static struct span first_difference(const struct file *before, const struct file *after)
{
    size_t at = 0;
    while (at < before->bytes.n && at < after->bytes.n && before->bytes.p[at] == after->bytes.p[at])
        at++;
    uint32_t line = file_line_of(after, at < after->bytes.n ? at : after->bytes.n);
    uint32_t start = after->line_starts[line - 1];
    return (struct span){after->id, start, start + (uint32_t)file_line(after, line).n};
}

static struct input_change whole_file(enum input_kind kind, const struct file *before,
                                      const struct file *after)
{
    struct input_change change = {
        .kind = kind,
        .path = after ? after->path : before->path,
        .text = !before  ? STR("the file is new")
                : !after ? STR("the file is gone")
                         : STR("the file is different"),
        .is_gone = !after,
        .span = {after ? after->id : before->id, 0, 0},
    };
    if (before && after)
        change.span = first_difference(before, after);
    return change;
}

/* --- layers --- */

static struct input_change value_change(struct str path, const struct field_change *field)
{
    const struct yaml_node *node = field->after ? field->after : field->before;
    return (struct input_change){
        .kind = INPUT_VALUE,
        .path = path,
        .values_path = field->after ? field->path_after : field->path_before,
        .is_gone = !field->after,
        .span = node->span,
    };
}

/* A file that holds nothing, or no map, gives no values. */
static const struct yaml_node *map_of(const struct layer *layer)
{
    static const struct yaml_node empty = {.kind = YAML_MAP, .style = YAML_BLOCK};
    return layer->root->kind == YAML_MAP ? layer->root : &empty;
}

static struct input_list compare_layers(struct input_store *store, const struct layer *before,
                                        const struct layer *after)
{
    struct input_list list = {0};
    const struct file *file_before = before ? before->file : NULL;
    const struct file *file_after = after ? after->file : NULL;
    if ((!file_before && !file_after) || same_file(file_before, file_after))
        return list;
    if (!file_before || !file_after) {
        add(store, &list, whole_file(INPUT_VALUE, file_before, file_after));
        return list;
    }
    struct field_change_list fields = fields_compare(store->arena, map_of(before), map_of(after));
    for (size_t i = 0; i < fields.count; i++)
        add(store, &list, value_change(after->path, &fields.items[i]));
    return list;
}

static const struct layer *find_layer(const struct release *release, struct str path)
{
    for (size_t i = 0; i < release->layer_count; i++) {
        if (str_equal(release->layers[i].path, path))
            return release->layers[i].layer;
    }
    return NULL;
}

static void add_layer(struct input_store *store, struct str path, const struct layer *before,
                      const struct layer *after, struct input_list *list)
{
    /* A layer that only one of the revisions loads is not the same change as one of its content. */
    struct str key =
        str_format(store->arena, "%d%d%.*s", before != NULL, after != NULL, STR_ARG(path));
    struct input_list *known = map_get(&store->layers, key);
    if (!known) {
        known = arena_make(store->arena, struct input_list);
        *known = compare_layers(store, before, after);
        map_put(store->arena, &store->layers, key, known);
    }
    add_all(store, list, known);
}

static void add_layers(struct input_store *store, const struct release *before,
                       const struct release *after, struct input_list *list)
{
    for (size_t i = 0; i < after->layer_count; i++) {
        struct str path = after->layers[i].path;
        add_layer(store, path, find_layer(before, path), after->layers[i].layer, list);
    }
    for (size_t i = 0; i < before->layer_count; i++) {
        struct str path = before->layers[i].path;
        if (before->layers[i].layer && !find_layer(after, path))
            add_layer(store, path, before->layers[i].layer, NULL, list);
    }
}

/* --- charts --- */

/* The files of a chart and of all its subcharts, wherever they lie, without the defaults of the
 * chart itself: these are a layer. */
static void add_chart_files(struct input_store *store, struct tree *tree,
                            const struct chart_package *package, unsigned depth, struct map *paths)
{
    struct str directory = package->chart->directory;
    struct str_list below = tree_below(tree, directory);
    for (size_t i = 0; i < below.count; i++) {
        bool is_layer = depth == 0 && package->chart->defaults &&
                        str_equal(below.items[i], package->chart->defaults->path);
        if (!is_layer)
            map_put(store->arena, paths, below.items[i], NULL);
    }
    for (size_t i = 0; i < package->subchart_count && depth < limits_default.directory_depth; i++)
        add_chart_files(store, tree, package->subcharts[i], depth + 1, paths);
}

static struct input_list compare_charts(struct input_store *store, struct str directory)
{
    struct input_list list = {0};
    struct map paths = {0};
    struct diagnostics unheard = {.arena = store->arena}; /* the runs of both sides have told it */
    for (int side = 0; side < 2; side++) {
        const struct input_side *own = &store->sides[side];
        const struct chart_package *package = renderer_load(own->renderer, directory, &unheard);
        if (package)
            add_chart_files(store, own->workspace->tree, package, 0, &paths);
    }
    for (size_t i = 0; i < paths.count; i++) {
        struct str path = paths.items[i].key;
        const struct file *before = tree_find(store->sides[0].workspace->tree, path);
        const struct file *after = tree_find(store->sides[1].workspace->tree, path);
        if ((before || after) && !same_file(before, after))
            add(store, &list, whole_file(INPUT_FILE, before, after));
    }
    return list;
}

static void add_chart(struct input_store *store, struct str directory, struct input_list *list)
{
    struct input_list *known = map_get(&store->charts, directory);
    if (!known) {
        known = arena_make(store->arena, struct input_list);
        *known = compare_charts(store, directory);
        map_put(store->arena, &store->charts, directory, known);
    }
    add_all(store, list, known);
}

/* --- the release itself --- */

static struct str directory_of(const struct release *release)
{
    return release->chart ? release->chart->directory : STR("");
}

static void add_release(struct input_store *store, const struct release *release, const char *what,
                        struct str before, struct str after, struct input_list *list)
{
    const struct file *file =
        tree_file(store->sides[1].workspace->tree, release->application->span.file);
    if (str_equal(before, after))
        return;
    struct input_change change = {
        .kind = INPUT_RELEASE,
        .path = file ? file->path : STR(""),
        .text = str_format(store->arena, "the %s was %.*s and is %.*s", what, STR_ARG(before),
                           STR_ARG(after)),
        .span = release->application->span,
    };
    add(store, list, change);
}

static struct str layer_order(struct arena *arena, const struct release *release,
                              const struct release *other)
{
    struct str_list paths = {0};
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct release_layer *layer = &release->layers[i];
        if (layer->layer && find_layer(other, layer->path))
            vector_push(arena, &paths, layer->path);
    }
    return str_list_join(arena, &paths, STR(", "));
}

struct input_list inputs_compare(struct input_store *store, const struct release *before,
                                 const struct release *after)
{
    struct input_list list = {0};
    struct arena *arena = store->arena;
    add_release(store, after, "name", before->release_name, after->release_name, &list);
    add_release(store, after, "namespace", before->namespace, after->namespace, &list);
    add_release(store, after, "chart", directory_of(before), directory_of(after), &list);
    add_release(store, after, "order of the layers", layer_order(arena, before, after),
                layer_order(arena, after, before), &list);
    add_layers(store, before, after, &list);
    if (after->chart)
        add_chart(store, after->chart->directory, &list);
    return list;
}
