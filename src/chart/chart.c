#include "chart.h"

static struct str text_of(const struct yaml_node *map, const char *key)
{
    return yaml_text(yaml_value(map, key));
}

static const struct yaml_node *root_of(struct arena *arena, struct tree *tree, struct str path,
                                       const struct limits *limits)
{
    const struct file *file = tree_find(tree, path);
    return file ? yaml_root(yaml_parse(arena, file, limits)) : NULL;
}

/* Version 2 charts list dependencies in Chart.yaml, version 1 charts in requirements.yaml beside
 * it. */
static void read_dependencies(struct arena *arena, struct tree *tree, struct chart *chart,
                              const struct yaml_node *root, const struct limits *limits)
{
    const struct yaml_node *list = yaml_value(root, "dependencies");
    if (!list) {
        struct str path = path_join(arena, chart->directory, STR("requirements.yaml"));
        list = yaml_value(root_of(arena, tree, path, limits), "dependencies");
    }
    if (!list || list->kind != YAML_LIST)
        return;
    chart->dependencies = arena_make_array(arena, struct chart_dependency, list->list.count);
    for (size_t i = 0; i < list->list.count; i++) {
        const struct yaml_node *item = list->list.items[i];
        if (!text_of(item, "name").n)
            continue;
        chart->dependencies[chart->dependency_count++] = (struct chart_dependency){
            .name = text_of(item, "name"),
            .alias = text_of(item, "alias"),
            .version = text_of(item, "version"),
            .repository = text_of(item, "repository"),
            .condition = text_of(item, "condition"),
            .import_values = yaml_value(item, "import-values"),
            .span = item->span,
        };
    }
}

const struct chart *chart_load(struct arena *arena, struct tree *tree, struct str directory,
                               const struct limits *limits)
{
    const struct yaml_node *root =
        root_of(arena, tree, path_join(arena, directory, STR("Chart.yaml")), limits);
    const struct yaml_entry *name = yaml_find(root, STR("name"));
    if (!name || !yaml_text(name->value).n)
        return NULL;
    struct chart *chart = arena_make(arena, struct chart);
    chart->directory = directory;
    chart->name = yaml_text(name->value);
    chart->metadata = root;
    chart->name_span = name->value->span;
    chart->version = text_of(root, "version");
    chart->app_version = text_of(root, "appVersion");
    chart->type = text_of(root, "type");
    chart->is_library = str_is(chart->type, "library");
    read_dependencies(arena, tree, chart, root, limits);
    chart->defaults = layer_load(arena, tree, path_join(arena, directory, STR("values.yaml")),
                                 LAYER_CHART, limits);
    return chart;
}

/* True when the path leads through a folder charts/ that lies directly in a chart. */
static bool is_subchart(struct tree *tree, struct arena *arena, struct str directory)
{
    for (struct str above = directory; above.n;) {
        struct str parent = path_directory(above);
        if (str_is(path_name(parent), "charts") || str_is(parent, "charts")) {
            struct str chart = path_directory(parent);
            if (tree_has_file(tree, path_join(arena, chart, STR("Chart.yaml"))))
                return true;
        }
        above = parent;
    }
    return false;
}

struct str_list chart_directories(struct tree *tree, struct arena *arena)
{
    const struct str_list *paths = tree_paths(tree);
    struct str_list directories = {0};
    for (size_t i = 0; i < paths->count; i++) {
        struct str directory = path_directory(paths->items[i]);
        if (str_is(path_name(paths->items[i]), "Chart.yaml") &&
            !is_subchart(tree, arena, directory))
            vector_push(arena, &directories, directory);
    }
    return directories;
}
