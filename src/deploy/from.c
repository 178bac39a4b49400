#include "deployer.h"

struct from_reading {
    struct deployer *deployer;
    const struct config_from *from;
    struct str path; /* of the file that is read */
};

/* The item with `file` beside its keys: path, dir, name, stem. */
static struct value dot_of(struct from_reading *reading, const struct yaml_node *item)
{
    struct arena *arena = reading->deployer->arena;
    struct value_map *file = value_map_new(arena, MAP_ANY);
    struct value value = value_from_yaml(arena, item);
    struct value_map *dot = value.type == VALUE_MAP ? value.map : value_map_new(arena, MAP_ANY);
    struct str root = reading->deployer->config->root;
    struct str path = root.n ? str_from(reading->path, root.n + 1) : reading->path;
    value_map_set(file, STR("path"), value_string(path));
    value_map_set(file, STR("dir"), value_string(path_directory(path)));
    value_map_set(file, STR("name"), value_string(path_name(path)));
    value_map_set(file, STR("stem"), value_string(path_stem(path)));
    if (value.type != VALUE_MAP)
        value_map_set(dot, STR("item"), value);
    value_map_set(dot, STR("file"), value_of_map(file));
    return value_of_map(dot);
}

static struct str written(struct from_reading *reading, struct str template, struct value dot)
{
    struct str text = {0};
    deployer_write(reading->deployer, template, dot, false, reading->from->span, &text);
    return str_trim(text);
}

/* Every text gives any number of paths with blanks between them. */
static void add_layers(struct from_reading *reading, struct deployment *deployment,
                       struct value dot, struct span span)
{
    for (size_t i = 0; i < reading->from->layers.count; i++) {
        struct str rest = written(reading, reading->from->layers.items[i], dot);
        rest = str_replace(reading->deployer->arena, rest, STR("\n"), STR(" "));
        while (rest.n) {
            struct str named = str_cut(&rest, ' ');
            struct str path = deployer_path(reading->deployer, named);
            if (named.n && path.p)
                deployment_add_file(reading->deployer, deployment, path, false, span);
            else if (named.n)
                deployment_add_unknown(reading->deployer, deployment, named, span);
        }
    }
}

static bool is_left_out(struct from_reading *reading, struct value dot)
{
    const struct config_from *from = reading->from;
    struct str answer = from->when.n ? written(reading, from->when, dot) : STR("true");
    return !answer.n || str_is(answer, "false");
}

static void add_item(struct from_reading *reading, const struct yaml_node *item)
{
    struct deployer *deployer = reading->deployer;
    const struct config_from *from = reading->from;
    struct value dot = dot_of(reading, item);
    struct str name = is_left_out(reading, dot) ? STR("") : written(reading, from->name, dot);
    struct str environment = written(reading, from->environment, dot);
    struct str release = written(reading, from->release, dot);
    struct str chart = written(reading, from->chart, dot);
    struct span span = item->span;
    if (!name.n)
        return;
    struct deployment deployment = {
        .application = name,
        .full_name = name,
        .environment = environment.n ? environment : (struct str){0},
        .release_name = release.n ? release : name,
        .namespace = written(reading, from->namespace, dot),
        .domain = written(reading, from->domain, dot),
        .chart_directory =
            chart_place_find(deployer->arena, deployer->tree, deployer->config, chart),
        .span = span,
    };
    if (chart.n && !deployment.chart_directory.p)
        deployer_unresolved(deployer, span, "the chart %.*s of %.*s is not in this repository",
                            STR_ARG(chart), STR_ARG(name));
    add_layers(reading, &deployment, dot, span);
    vector_push(deployer->arena, &deployer->found, deployment);
}

/* One document: itself, the list it is, or the list or map at `each`. */
static void read_document(struct from_reading *reading, const struct yaml_node *root)
{
    const struct yaml_node *items = yaml_at(root, reading->from->each);
    if (!reading->from->each.n && root->kind == YAML_MAP) {
        add_item(reading, root);
        return;
    }
    for (size_t i = 0; items && items->kind == YAML_LIST && i < items->list.count; i++)
        add_item(reading, items->list.items[i]);
}

static void read_files(struct deployer *deployer, const struct config_from *from, struct str glob)
{
    struct str pattern = deployer_path(deployer, glob);
    struct str_list paths = tree_glob(deployer->tree, deployer->arena, pattern);
    if (!paths.count)
        diagnostics_add(deployer->sink, SEVERITY_WARNING, "pattern", from->span,
                        "no file matches %.*s", STR_ARG(glob));
    for (size_t i = 0; i < paths.count; i++) {
        struct from_reading reading = {deployer, from, paths.items[i]};
        const struct yaml_stream *stream = deployer_parse(deployer, paths.items[i]);
        for (size_t k = 0; stream && k < stream->document_count; k++)
            read_document(&reading, stream->documents[k].root);
    }
}

void deploy_from(struct deployer *deployer)
{
    const struct config *config = deployer->config;
    for (size_t i = 0; i < config->from.count; i++) {
        const struct config_from *from = &config->from.items[i];
        for (size_t k = 0; k < from->files.count; k++)
            read_files(deployer, from, from->files.items[k]);
    }
}
