#include "package.h"

#include "archive.h"
#include "chart_private.h"
#include "ignore.h"

struct loader {
    struct arena *arena;
    struct tree *tree;
    const struct chart_load_options *options;
    struct diagnostics *sink;
    struct str_list loading; /* directories that are being loaded, against circles */
    struct str within;       /* "error unpacking subchart a in b: ", as Helm begins its errors */
};

struct dependency_list {
    const struct chart_dependency **items;
    size_t count, capacity;
};
struct package_list {
    const struct chart_package **items;
    size_t count, capacity;
    bool is_incomplete; /* one could not be read */
};

/* The deepest nesting of charts within charts. */
enum { NESTING_MOST = 32 };

static const struct chart_package *load_path(struct loader *loader, struct str path);
static const struct chart_package *load_files(struct loader *loader, struct str path,
                                              const struct chart_file_list *files, unsigned depth);

static void report(struct loader *loader, struct span span, const char *kind, struct str path,
                   const char *what)
{
    diagnostics_add(loader->sink, SEVERITY_ERROR, kind, span, "%.*s: %s", STR_ARG(path), what);
}

static const struct chart_file *find_file(const struct chart_file_list *files, const char *name)
{
    for (size_t i = 0; i < files->count; i++) {
        if (str_is(files->items[i].name, name))
            return &files->items[i];
    }
    return NULL;
}

/* Reports what Helm says of a chart that it does not load. */
static void report_refusal(struct loader *loader, struct span span, struct str what)
{
    diagnostics_add(loader->sink, SEVERITY_ERROR, "render", span, "%.*s%.*s",
                    STR_ARG(loader->within), STR_ARG(what));
}

/* The same of a file that it cannot read. */
static void report_unreadable(struct loader *loader, const struct chart_file *file, struct str what)
{
    report_refusal(
        loader, (struct span){file->file, 0, 0},
        str_format(loader->arena, "cannot load %.*s: %.*s", STR_ARG(file->name), STR_ARG(what)));
}

static const struct yaml_node *root_of(struct loader *loader, const struct chart_file *file)
{
    if (!file)
        return NULL;
    const struct yaml_stream *stream =
        yaml_parse_bytes(loader->arena, file->bytes, file->file, loader->options->limits);
    diagnostics_append(loader->sink, &stream->problems);
    if (stream->refusal.p)
        report_unreadable(
            loader, file,
            str_join(loader->arena, STR("error converting YAML to JSON: "), stream->refusal));
    return yaml_copy_for_fields(loader->arena, yaml_root(stream));
}

/* The defaults of a chart. False: they are no map. */
static bool load_values(struct loader *loader, struct chart *chart, const struct chart_file *file)
{
    struct arena *arena = loader->arena;
    const struct limits *limits = loader->options->limits;
    if (!file)
        return true;
    chart->defaults = layer_parse(arena, path_join(arena, chart->directory, file->name),
                                  file->bytes, file->file, LAYER_CHART, limits);
    const struct yaml_stream *stream = chart->defaults->stream;
    struct str refusal =
        yaml_values_refusal(arena, stream, file->bytes, limits, loader->options->helm);
    diagnostics_append(loader->sink, &stream->problems);
    if (refusal.p)
        report_unreadable(loader, file, refusal);
    return chart->defaults->root->kind == YAML_MAP || chart->defaults->root->kind == YAML_NULL;
}

static void load_schema(struct loader *loader, struct chart_package *package,
                        const struct chart_file *file)
{
    struct str_list unfetched = {0};
    if (!file)
        return;
    package->schema = schema_read(loader->arena, file->bytes, loader->options->limits, &unfetched,
                                  &package->schema_problem);
    for (size_t i = 0; i < unfetched.count; i++)
        diagnostics_add(loader->sink, SEVERITY_WARNING, "schema", (struct span){file->file, 0, 0},
                        "%.*s is not fetched: what it says is not checked",
                        STR_ARG(unfetched.items[i]));
}

/* --- what is in charts/ --- */

/* The files of one folder in charts/, their names cut to start there. */
static struct chart_file_list files_below(struct arena *arena, const struct chart_file_list *files,
                                          struct str folder)
{
    struct chart_file_list found = {0};
    for (size_t i = 0; i < files->count; i++) {
        if (!path_is_below(files->items[i].name, folder))
            continue;
        struct chart_file file = files->items[i];
        file.name = str_from(file.name, folder.n + 1);
        vector_push(arena, &found, file);
    }
    return found;
}

static const struct chart_package *load_archive(struct loader *loader, struct str path,
                                                struct str bytes, unsigned depth)
{
    struct chart_file_list files;
    struct str problem;
    if (archive_read(loader->arena, bytes, loader->options->limits, &files, &problem))
        return load_files(loader, path, &files, depth);
    report(loader, (struct span){0}, "archive", path, str_to_c(loader->arena, problem));
    return NULL;
}

static void load_subchart(struct loader *loader, const struct chart *chart,
                          const struct chart_file_list *files, const struct chart_file *first,
                          struct str name, unsigned depth, struct package_list *found)
{
    const struct chart_package *package = NULL;
    struct str folder = path_join(loader->arena, STR("charts"), name);
    struct str path = path_join(loader->arena, chart->directory, folder);
    struct str within = loader->within;
    loader->within =
        str_format(loader->arena, "%.*serror unpacking subchart %.*s in %.*s: ", STR_ARG(within),
                   STR_ARG(name), STR_ARG(chart->name));
    bool is_archive = str_ends_with(name, STR(".tgz")) && str_equal(first->name, folder);
    struct chart_file_list below = {0};
    if (is_archive)
        package = load_archive(loader, path, first->bytes, depth + 1);
    else
        below = files_below(loader->arena, files, folder);
    bool is_folder = find_file(&below, "Chart.yaml");
    if (is_folder)
        package = load_files(loader, path, &below, depth + 1);
    loader->within = within;
    if (package)
        vector_push(loader->arena, found, package);
    else if (is_archive || is_folder)
        found->is_incomplete = true;
}

static void load_subcharts(struct loader *loader, const struct chart *chart,
                           const struct chart_file_list *files, unsigned depth,
                           struct package_list *found)
{
    struct map seen = {0};
    for (size_t i = 0; i < files->count; i++) {
        const struct chart_file *file = &files->items[i];
        if (!str_starts_with(file->name, STR("charts/")))
            continue;
        struct str rest = str_from(file->name, strlen("charts/"));
        struct str name = str_cut(&rest, '/');
        if (!name.n || name.p[0] == '_' || name.p[0] == '.' || map_has(&seen, name))
            continue;
        map_put(loader->arena, &seen, name, loader);
        load_subchart(loader, chart, files, file, name, depth, found);
    }
}

/* --- what Chart.yaml declares --- */

static bool is_loaded(const struct package_list *packages, struct str name)
{
    for (size_t i = 0; i < packages->count; i++) {
        if (str_equal(packages->items[i]->chart->name, name))
            return true;
    }
    return false;
}

static const struct chart_package *load_beside(struct loader *loader, const struct chart *chart,
                                               const struct chart_dependency *dependency)
{
    struct str repository = str_from(dependency->repository, strlen("file://"));
    struct str path =
        path_clean(loader->arena, path_join(loader->arena, chart->directory, repository));
    if (!path.p || str_list_has(&loader->loading, path))
        return NULL;
    if (!tree_has_file(loader->tree, path_join(loader->arena, path, STR("Chart.yaml"))))
        return NULL;
    return load_path(loader, path);
}

/* Notes a dependency that is not there: in the list of strict loading, or as a warning. */
static void note_absent(struct loader *loader, const struct chart_dependency *dependency,
                        struct text *missing)
{
    if (loader->options->strict_dependencies)
        text_format(missing, "%s%.*s", missing->n ? ", " : "", STR_ARG(dependency->name));
    else
        diagnostics_add(loader->sink, SEVERITY_WARNING, "missing-dependency", dependency->span,
                        "the dependency %.*s is not in charts/; its objects are missing",
                        STR_ARG(dependency->name));
}

static void load_declared(struct loader *loader, const struct chart *chart,
                          struct package_list *found, struct dependency_list *absent)
{
    struct text missing = {.arena = loader->arena};
    for (size_t i = 0; i < chart->dependency_count; i++) {
        const struct chart_dependency *dependency = &chart->dependencies[i];
        if (is_loaded(found, dependency->name))
            continue;
        const struct chart_package *package = NULL;
        if (loader->tree && str_starts_with(dependency->repository, STR("file://")))
            package = load_beside(loader, chart, dependency);
        if (package) {
            vector_push(loader->arena, found, package);
            continue;
        }
        note_absent(loader, dependency, &missing);
        vector_push(loader->arena, absent, dependency);
    }
    if (missing.n)
        diagnostics_add(loader->sink, SEVERITY_ERROR, "missing-dependency",
                        chart->dependencies[0].span,
                        "%s error occurred while checking for chart dependencies. You may need to "
                        "run `helm dependency build` to fetch missing dependencies: found in "
                        "Chart.yaml, but missing in charts/ directory: %.*s",
                        loader->options->helm == 3 ? "An" : "an", STR_ARG(text_str(&missing)));
}

/* --- the chart itself --- */

static void sort_file(struct arena *arena, struct chart_package *package,
                      const struct chart_file *file, bool is_version_1)
{
    static const char *const known[] = {"Chart.yaml", "Chart.lock", "values.yaml",
                                        "values.schema.json"};
    bool is_requirements =
        str_is(file->name, "requirements.yaml") || str_is(file->name, "requirements.lock");
    bool is_in_charts = str_starts_with(file->name, STR("charts/"));
    if (str_starts_with(file->name, STR("templates/")))
        vector_push(arena, &package->templates, *file);
    else if (is_in_charts
                 ? str_ends_with(file->name, STR(".prov"))
                 : (!STR_IS_ONE_OF(file->name, known) && (!is_requirements || is_version_1)))
        vector_push(arena, &package->files, *file);
    if (str_starts_with(file->name, STR("crds/")) && path_is_yaml(file->name))
        vector_push(arena, &package->crds, *file);
}

static const struct chart_package *load_files(struct loader *loader, struct str path,
                                              const struct chart_file_list *files, unsigned depth)
{
    struct arena *arena = loader->arena;
    struct package_list subcharts = {0};
    const struct yaml_node *metadata = root_of(loader, find_file(files, "Chart.yaml"));
    if (!metadata || depth > NESTING_MOST) {
        if (metadata)
            report(loader, (struct span){0}, "chart", path,
                   "charts lie too deep within each other");
        else
            report_refusal(loader, (struct span){0}, STR("Chart.yaml file is missing"));
        return NULL;
    }
    const struct yaml_node *requirements = root_of(loader, find_file(files, "requirements.yaml"));
    struct str problem =
        chart_metadata_problem(arena, metadata, requirements, depth == 0, loader->options->helm);
    if (problem.p) {
        report_refusal(loader, metadata->span, problem);
        return NULL;
    }
    struct chart *chart = chart_from(arena, path, metadata, requirements);
    if (!load_values(loader, chart, find_file(files, "values.yaml")))
        return NULL;
    struct chart_package *package = arena_make(arena, struct chart_package);
    package->chart = chart;
    load_schema(loader, package, find_file(files, "values.schema.json"));
    struct str version = yaml_text(yaml_value(metadata, "apiVersion"));
    for (size_t i = 0; i < files->count; i++)
        sort_file(arena, package, &files->items[i], !version.n || str_is(version, "v1"));
    load_subcharts(loader, chart, files, depth, &subcharts);
    struct dependency_list missing = {0};
    load_declared(loader, chart, &subcharts, &missing);
    package->missing = missing.items;
    package->missing_count = missing.count;
    package->subcharts = subcharts.items;
    package->subchart_count = subcharts.count;
    package->is_incomplete = subcharts.is_incomplete;
    return package;
}

static const struct ignore_rules *rules_of(struct loader *loader, struct str directory)
{
    struct str line;
    struct str path = path_join(loader->arena, directory, STR(".helmignore"));
    const struct file *file = tree_find(loader->tree, path);
    bool is_read = file && file->state == FILE_READ;
    struct span span = {is_read ? file->id : 0, 0, 0};
    const struct ignore_rules *rules =
        ignore_parse(loader->arena, is_read ? file->bytes : STR(""), &line);
    if (!rules)
        report(loader, span, "chart", path,
               "has a line that is no pattern, or \"**\", which Helm does not know");
    return rules;
}

static const struct chart_package *load_directory(struct loader *loader, struct str directory)
{
    struct chart_file_list files = {0};
    const struct ignore_rules *rules = rules_of(loader, directory);
    struct str_list paths = tree_below(loader->tree, directory);
    if (!rules)
        return NULL;
    for (size_t i = 0; i < paths.count; i++) {
        struct str path = paths.items[i];
        struct str name = directory.n ? str_from(path, directory.n + 1) : path;
        if (ignore_has(rules, name))
            continue;
        const struct file *file = tree_find(loader->tree, path);
        if (!file || file->state != FILE_READ) {
            report(loader, (struct span){0}, "unreadable", path, "cannot be read");
            return NULL;
        }
        vector_push(loader->arena, &files,
                    ((struct chart_file){name, without_byte_order_mark(file->bytes), file->id}));
    }
    return load_files(loader, directory, &files, 0);
}

static const struct chart_package *load_path(struct loader *loader, struct str path)
{
    const struct file *file =
        str_ends_with(path, STR(".tgz")) ? tree_find(loader->tree, path) : NULL;
    if (file && file->state == FILE_READ)
        return load_archive(loader, path, file->bytes, 0);
    vector_push(loader->arena, &loader->loading, path);
    const struct chart_package *package = load_directory(loader, path);
    loader->loading.count--;
    return package;
}

const struct chart_package *chart_package_load(struct arena *arena, struct tree *tree,
                                               struct str path,
                                               const struct chart_load_options *options,
                                               struct diagnostics *sink)
{
    struct loader loader = {.arena = arena, .tree = tree, .options = options, .sink = sink};
    return load_path(&loader, path);
}
