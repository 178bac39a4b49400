#include "repo.h"

static void add_name(struct arena *arena, struct map *names, struct str name)
{
    if (name.n && !map_has(names, name))
        map_put(arena, names, name, (void *)name.p);
}

static void read_releases(struct arena *arena, const struct model *model,
                          struct layer_shapes *shapes)
{
    for (size_t i = 0; i < model->release_count; i++) {
        const struct release *release = &model->releases[i];
        const struct config_environment *environment = release->environment;
        const struct str names[] = {environment->name,          environment->pool,
                                    environment->cluster,       release->namespace,
                                    release->application->name, release->application->domain};
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            add_name(arena, &shapes->names, names[k]);
        add_name(arena, &shapes->charts, release->application->chart_directory);
    }
}

/* "values-{env}.yaml" gives "values-*.yaml". */
static struct str glob_of(struct arena *arena, struct str pattern)
{
    struct text glob = {.arena = arena};
    while (pattern.n) {
        size_t open = str_find_char(pattern, '{');
        text_add(&glob, str_slice(pattern, 0, open));
        pattern = str_from(pattern, open);
        if (pattern.n)
            text_add_char(&glob, '*');
        str_cut(&pattern, '}');
    }
    return text_str(&glob);
}

/* The folders above the first placeholder. */
static struct str fixed_folder(struct str glob)
{
    return path_directory(str_slice(glob, 0, str_find_char(glob, '*')));
}

static bool holds_chart(struct tree *tree, struct str folder)
{
    const struct str_list *paths = tree_paths(tree);
    for (size_t i = 0; i < paths->count; i++) {
        if (path_is_below(paths->items[i], folder) &&
            str_is(path_name(paths->items[i]), "Chart.yaml"))
            return true;
    }
    return false;
}

static void find_folders(struct arena *arena, struct tree *tree, struct layer_shapes *shapes)
{
    for (size_t i = 0; i < shapes->globs.count; i++) {
        for (size_t k = 0; k < i; k++) {
            struct str folder = fixed_folder(shapes->globs.items[i]);
            while (folder.n && !path_is_below(fixed_folder(shapes->globs.items[k]), folder))
                folder = path_directory(folder);
            if (folder.n && !str_list_has(&shapes->folders, folder) && !holds_chart(tree, folder))
                vector_push(arena, &shapes->folders, folder);
        }
    }
}

struct layer_shapes layer_shapes_find(struct arena *arena, struct tree *tree,
                                      const struct model *model)
{
    struct layer_shapes shapes = {0};
    struct str chart = STR("{chart}/");
    read_releases(arena, model, &shapes);
    for (size_t i = 0; i < model->config->layers.count; i++) {
        struct str pattern = model->config->layers.items[i].pattern;
        if (str_starts_with(pattern, chart)) {
            vector_push(arena, &shapes.in_charts, glob_of(arena, str_from(pattern, chart.n)));
            continue;
        }
        struct str path = path_join(arena, model->config->root, glob_of(arena, pattern));
        vector_push(arena, &shapes.globs, path_clean(arena, path));
    }
    find_folders(arena, tree, &shapes);
    return shapes;
}

static bool fits_chart(const struct layer_shapes *shapes, struct str path)
{
    for (struct str folder = path_directory(path); folder.n; folder = path_directory(folder)) {
        if (!map_has(&shapes->charts, folder))
            continue;
        for (size_t i = 0; i < shapes->in_charts.count; i++) {
            if (glob_match(shapes->in_charts.items[i], str_from(path, folder.n + 1)))
                return true;
        }
        return false;
    }
    return false;
}

bool layer_shapes_fit(const struct layer_shapes *shapes, struct str path)
{
    struct str top = str_slice(path, 0, str_find_char(path, '/'));
    for (size_t i = 0; i < shapes->folders.count; i++) {
        if (path_is_below(path, shapes->folders.items[i]))
            return true;
    }
    for (size_t i = 0; i < shapes->globs.count; i++) {
        struct str glob = shapes->globs.items[i];
        bool any_folder = glob.n && glob.p[0] == '*';
        if (glob_match(glob, path) && (!any_folder || map_has(&shapes->names, top)))
            return true;
    }
    return fits_chart(shapes, path);
}

static struct str_list segments_of(struct arena *arena, struct str path)
{
    struct str_list segments = {0};
    while (path.p)
        vector_push(arena, &segments, str_cut(&path, '/'));
    return segments;
}

/* Reads the path's last names by the pattern's; {chart} stands for any folders before them. */
static struct str read_environment(struct arena *arena, struct str pattern, struct str path)
{
    struct str_list names = segments_of(arena, path);
    struct str_list parts = segments_of(arena, pattern);
    bool in_chart = str_starts_with(pattern, STR("{chart}/"));
    struct str found = {0};
    if (in_chart ? names.count < parts.count : names.count != parts.count)
        return found;
    for (size_t i = in_chart; i < parts.count; i++) {
        struct str part = parts.items[i];
        struct str name = names.items[names.count - parts.count + i];
        size_t at = str_find(part, STR("{env}"));
        struct str before = str_slice(part, 0, at);
        struct str after = at == STR_NOT_FOUND ? STR("") : str_from(part, at + strlen("{env}"));
        if (!glob_match(glob_of(arena, part), name))
            return (struct str){0};
        if (at != STR_NOT_FOUND && str_starts_with(name, before) && str_ends_with(name, after))
            found = str_slice(name, before.n, name.n - after.n);
    }
    return found;
}

struct str layer_shapes_environment(struct arena *arena, const struct model *model, struct str path)
{
    for (size_t i = 0; i < model->config->layers.count; i++) {
        struct str pattern = model->config->layers.items[i].pattern;
        if (!str_starts_with(pattern, STR("{chart}")))
            pattern = path_join(arena, model->config->root, pattern);
        struct str found = read_environment(arena, pattern, path);
        if (found.n)
            return found;
    }
    return (struct str){0};
}
