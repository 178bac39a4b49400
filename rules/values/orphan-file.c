#include "engine/engine.h"

struct search {
    struct map loaded;       /* paths that some release loads */
    struct str_list missing; /* paths that some release would load */
    struct str_list folders, exclude;
};

static struct search read_model(struct pass *pass)
{
    struct search search = {
        .folders = pass_option_strings(pass, "folders"),
        .exclude = pass_option_strings(pass, "exclude"),
    };
    struct arena *arena = pass_arena(pass);
    const struct model *model = pass_model(pass);
    struct map missing = {0};
    for (size_t i = 0; i < model->release_count; i++) {
        for (size_t k = 0; k < model->releases[i].layer_count; k++) {
            const struct release_layer *layer = &model->releases[i].layers[k];
            map_put(arena, layer->layer ? &search.loaded : &missing, layer->path, (void *)layer);
        }
    }
    for (size_t i = 0; i < missing.count; i++)
        vector_push(arena, &search.missing, missing.items[i].key);
    for (size_t i = 0; i < model->config->components.count; i++)
        vector_push(arena, &search.exclude, model->config->components.items[i].files);
    return search;
}

static bool is_candidate(const struct search *search, const struct layer_shapes *shapes,
                         struct str path)
{
    if (!path_is_yaml(path) || map_has(&search->loaded, path) || path.p[0] == '.' ||
        str_contains(path, STR("/.")))
        return false;
    bool fits = layer_shapes_fit(shapes, path);
    for (size_t i = 0; !fits && i < search->folders.count; i++)
        fits = path_is_below(path, search->folders.items[i]);
    for (size_t i = 0; fits && i < search->exclude.count; i++)
        fits = !glob_match(search->exclude.items[i], path);
    return fits;
}

/* A map with keys that is neither a Kubernetes object nor encrypted. */
static bool holds_values(const struct file *file)
{
    struct arena scratch = {0};
    const struct yaml_stream *stream = yaml_parse(&scratch, file, &limits_default);
    const struct yaml_node *root = yaml_root(stream);
    bool is_map = file->state == FILE_READ && stream->document_count == 1 &&
                  root->kind == YAML_MAP && root->map.count;
    bool holds = is_map && !yaml_value(root, "sops") && !yaml_value(root, "apiVersion") &&
                 !yaml_value(root, "kind");
    arena_release(&scratch);
    return holds;
}

struct orphan {
    struct span top;
    struct str path;
    struct str environment; /* that its name speaks of, and that there is not */
};

struct orphan_list {
    struct orphan *items;
    size_t count, capacity;
};

static bool is_environment(const struct config *config, struct str name)
{
    for (size_t i = 0; i < config->environments.count; i++) {
        if (str_equal(config->environments.items[i].name, name))
            return true;
    }
    return false;
}

static struct orphan_list find_orphans(struct pass *pass, const struct search *search)
{
    struct arena *arena = pass_arena(pass);
    const struct model *model = pass_model(pass);
    struct layer_shapes shapes = layer_shapes_find(arena, pass_tree(pass), model);
    const struct str_list *paths = pass_paths(pass);
    struct orphan_list orphans = {0};
    for (size_t i = 0; i < paths->count; i++) {
        if (!is_candidate(search, &shapes, paths->items[i]))
            continue;
        const struct file *file = tree_find(pass_tree(pass), paths->items[i]);
        bool loaded = file && map_has(&search->loaded, file->path);
        if (!file || loaded || !holds_values(file))
            continue;
        struct orphan *orphan = vector_add(arena, &orphans);
        *orphan = (struct orphan){{file->id, 0, 0}, paths->items[i], {0}};
        struct str name = layer_shapes_environment(arena, model, paths->items[i]);
        if (!is_environment(model->config, name))
            orphan->environment = name;
    }
    return orphans;
}

/* Several files of one environment that the configuration does not name have one cause. True when
 * that is so; the first of them is reported. */
static bool report_environment(struct pass *pass, const struct orphan_list *orphans, size_t index)
{
    const struct orphan *orphan = &orphans->items[index];
    struct report *report = NULL;
    size_t count = 0;
    for (size_t i = 0; orphan->environment.n && i < orphans->count; i++) {
        if (!str_equal(orphans->items[i].environment, orphan->environment))
            continue;
        count++;
        if (i < index)
            return true;
        if (i > index && !report)
            report = pass_report(pass, orphan->top, "environment");
        if (i > index)
            report_related(report, orphans->items[i].top, "nor this one");
    }
    if (!report)
        return false;
    report_argument(report, "count", str_format(pass_arena(pass), "%zu", count));
    report_argument(report, "environment", orphan->environment);
    return true;
}

static void check(struct pass *pass)
{
    if (pass_model(pass)->detected)
        return; /* that a file is not loaded may be the detection's mistake */
    struct search search = read_model(pass);
    struct orphan_list orphans = find_orphans(pass, &search);
    for (size_t i = 0; i < orphans.count; i++) {
        const struct orphan *orphan = &orphans.items[i];
        if (report_environment(pass, &orphans, i))
            continue;
        struct str near = similar_path(orphan->path, search.missing.items, search.missing.count);
        struct report *report = pass_report(pass, orphan->top, near.p ? "near" : "message");
        report_argument(report, "near", near);
    }
}

const struct rule_code rule_values_orphan_file = {.repository = check};
