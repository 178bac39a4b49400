#include "chart.h"

#include "chart_private.h"

static struct str text_of(const struct yaml_node *map, const char *key)
{
    return yaml_text(yaml_value(map, key));
}

static const struct yaml_node *root_of(struct arena *arena, struct tree *tree, struct str path,
                                       const struct limits *limits)
{
    const struct file *file = tree_find(tree, path);
    if (!file)
        return NULL;
    return yaml_copy_for_fields(arena, yaml_root(yaml_parse(arena, file, limits)));
}

static void read_tags(struct arena *arena, const struct yaml_node *list,
                      struct chart_dependency *dependency)
{
    for (size_t i = 0; list && list->kind == YAML_LIST && i < list->list.count; i++) {
        if (yaml_text(list->list.items[i]).p)
            vector_push(arena, &dependency->tags, yaml_text(list->list.items[i]));
    }
}

static void read_dependencies(struct arena *arena, struct chart *chart,
                              const struct yaml_node *list)
{
    if (!list || list->kind != YAML_LIST)
        return;
    chart->dependencies = arena_make_array(arena, struct chart_dependency, list->list.count);
    for (size_t i = 0; i < list->list.count; i++) {
        const struct yaml_node *item = list->list.items[i];
        if (!text_of(item, "name").n)
            continue;
        struct chart_dependency *dependency = &chart->dependencies[chart->dependency_count++];
        *dependency = (struct chart_dependency){
            .name = text_of(item, "name"),
            .alias = text_of(item, "alias"),
            .version = text_of(item, "version"),
            .repository = text_of(item, "repository"),
            .condition = text_of(item, "condition"),
            .import_values = yaml_value(item, "import-values"),
            .span = item->span,
        };
        read_tags(arena, yaml_value(item, "tags"), dependency);
    }
}

struct str without_byte_order_mark(struct str bytes)
{
    return str_starts_with(bytes, STR("\xEF\xBB\xBF")) ? str_from(bytes, 3) : bytes;
}

struct chart *chart_from(struct arena *arena, struct str directory,
                         const struct yaml_node *metadata, const struct yaml_node *requirements)
{
    const struct yaml_entry *name = yaml_find(metadata, STR("name"));
    if (!name || !yaml_text(name->value).n)
        return NULL;
    struct chart *chart = arena_make(arena, struct chart);
    chart->directory = directory;
    chart->metadata = metadata;
    chart->name = yaml_text(name->value);
    chart->name_span = name->value->span;
    chart->version = text_of(metadata, "version");
    chart->app_version = text_of(metadata, "appVersion");
    chart->type = text_of(metadata, "type");
    chart->is_library = str_equal_ignoring_case(chart->type, STR("library"));
    const struct yaml_node *list = yaml_value(metadata, "dependencies");
    read_dependencies(arena, chart, list ? list : yaml_value(requirements, "dependencies"));
    return chart;
}

const struct chart *chart_load(struct arena *arena, struct tree *tree, struct str directory,
                               const struct limits *limits)
{
    struct str card = path_join(arena, directory, STR("Chart.yaml"));
    struct str requirements = path_join(arena, directory, STR("requirements.yaml"));
    const struct yaml_node *metadata = root_of(arena, tree, card, limits);
    if (!metadata)
        return NULL;
    const struct yaml_node *list = yaml_value(metadata, "dependencies");
    struct chart *chart = chart_from(arena, directory, metadata,
                                     list ? NULL : root_of(arena, tree, requirements, limits));
    if (chart)
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
