#include "deployer.h"

/* What is wrong with a file is said once, and not while files are only searched. On a detected
 * model nothing is certain. */
static void report_problems(struct deployer *deployer, struct str path,
                            const struct yaml_stream *stream)
{
    if (deployer->is_searching || map_has(&deployer->reported, path))
        return;
    map_put(deployer->arena, &deployer->reported, path, deployer);
    size_t first = deployer->sink->count;
    diagnostics_append(deployer->sink, &stream->problems);
    for (size_t i = first; i < deployer->sink->count; i++)
        deployer->sink->items[i].severity =
            deployer->config->stream ? SEVERITY_WARNING : SEVERITY_INFO;
}

const struct yaml_stream *deployer_parse(struct deployer *deployer, struct str path)
{
    const struct yaml_stream *stream = map_get(&deployer->streams, path);
    if (stream) {
        report_problems(deployer, path, stream);
        return stream;
    }
    const struct file *file = tree_find(deployer->tree, path);
    if (!file || file->state != FILE_READ) {
        diagnostics_add(deployer->sink, SEVERITY_ERROR, "unreadable",
                        (struct span){file ? file->id : 0, 0, 0}, "%.*s: %.*s", STR_ARG(path),
                        STR_ARG(file ? file->problem : STR("the file is not there")));
        return NULL;
    }
    stream = yaml_parse(deployer->arena, file, &limits_default);
    map_put(deployer->arena, &deployer->streams, path, (void *)stream);
    report_problems(deployer, path, stream);
    return stream;
}

void deployer_unresolved(struct deployer *deployer, struct span span, const char *format, ...)
{
    struct text message = {.arena = deployer->arena};
    va_list arguments;
    va_start(arguments, format);
    text_format_list(&message, format, arguments);
    va_end(arguments);
    struct str text = text_str(&message);
    deployer->found.unresolved_count++;
    for (size_t i = 0; i < deployer->sink->count; i++) {
        const struct diagnostic *said = &deployer->sink->items[i];
        if (said->span.file == span.file && said->span.start == span.start &&
            str_equal(said->message, text))
            return;
    }
    enum severity severity = deployer->config->stream ? SEVERITY_WARNING : SEVERITY_INFO;
    diagnostics_add(deployer->sink, severity, "unresolved", span, "%.*s", STR_ARG(text));
}

struct str deployer_path(struct deployer *deployer, struct str path)
{
    struct str joined =
        str_format(deployer->arena, "%.*s/%.*s", STR_ARG(deployer->config->root), STR_ARG(path));
    return path_clean(deployer->arena, joined);
}

bool deployer_write(struct deployer *deployer, struct str text, struct value dot, bool strict,
                    struct span span, struct str *ret_text)
{
    struct rule_expression_problem problem = {0};
    const struct rule_expression *expression = map_get(&deployer->expressions[strict], text);
    if (!str_contains(text, STR("{{"))) {
        *ret_text = text;
        return true;
    }
    if (!expression)
        expression = rule_expression_parse(deployer->arena, deployer->language, text,
                                           strict ? RULE_STRICT_TEXT : RULE_TEXT, &problem);
    if (expression) {
        map_put(deployer->arena, &deployer->expressions[strict], text, (void *)expression);
        if (rule_text_write(deployer->arena, expression, dot, ret_text, &problem))
            return true;
    }
    deployer_unresolved(deployer, span, "the template cannot be filled in: %.*s",
                        STR_ARG(problem.message));
    return false;
}

/* --- charts --- */

static const struct str_list *charts_of(struct deployer *deployer)
{
    if (!deployer->charts_listed)
        deployer->charts = chart_directories(deployer->tree, deployer->arena);
    deployer->charts_listed = true;
    return &deployer->charts;
}

/* A copy of the chart that somebody put into the tree: name and version are the same, or there is
 * no version to compare. */
static struct str find_vendored(struct deployer *deployer, struct str name, struct str version)
{
    const struct str_list *directories = charts_of(deployer);
    for (size_t i = 0; i < directories->count; i++) {
        const struct chart *chart =
            chart_load(deployer->arena, deployer->tree, directories->items[i], &limits_default);
        if (chart && !chart->is_library && str_equal(chart->name, name) &&
            str_equal(chart->version, version))
            return directories->items[i].p ? directories->items[i] : STR("");
    }
    return (struct str){0};
}

struct str deployer_find_chart(struct deployer *deployer, struct str repository, struct str name,
                               struct str version)
{
    struct arena *arena = deployer->arena;
    struct str_list names = {0};
    if (repository.n) {
        vector_push(arena, &names, path_join(arena, repository, name));
        vector_push(arena, &names, path_join(arena, path_name(repository), name));
    }
    vector_push(arena, &names, name);
    for (size_t i = 0; i < names.count; i++) {
        bool mapped = false;
        for (size_t k = 0; k < deployer->config->chart_sources.count && !mapped; k++)
            mapped = glob_match(deployer->config->chart_sources.items[k].name, names.items[i]);
        struct str found =
            mapped ? chart_place_find(arena, deployer->tree, deployer->config, names.items[i])
                   : (struct str){0};
        if (found.p)
            return found;
    }
    return version.n ? find_vendored(deployer, path_name(name), version) : (struct str){0};
}

/* --- layers --- */

void deployment_add_file(struct deployer *deployer, struct deployment *deployment, struct str path,
                         bool optional, struct span named_at)
{
    vector_push(deployer->arena, &deployment->layers,
                ((struct deployed_layer){path, NULL, optional, named_at}));
}

void deployment_add_unknown(struct deployer *deployer, struct deployment *deployment,
                            struct str name, struct span named_at)
{
    struct str key = str_join(deployer->arena, STR("unknown "), name);
    const struct layer *layer = map_get(&deployer->written, key);
    if (!layer) {
        layer = layer_parse(deployer->arena, name, STR(""), 0, LAYER_UNKNOWN, &limits_default);
        map_put(deployer->arena, &deployer->written, key, (void *)layer);
    }
    vector_push(deployer->arena, &deployment->layers,
                ((struct deployed_layer){name, layer, true, named_at}));
}

/* The first layer of a file brings the file's comments with it, if it is no template. */
static const struct yaml_stream *stream_of(struct deployer *deployer, const struct file *file,
                                           const struct yaml_node *values)
{
    if (file && !map_has(&deployer->inline_files, file->path)) {
        map_put(deployer->arena, &deployer->inline_files, file->path, (void *)file);
        const struct yaml_stream *whole = yaml_parse(deployer->arena, file, &limits_default);
        if (whole->complete && !str_contains(file->path, STR("/templates/")))
            return whole;
    }
    struct yaml_stream *stream = arena_make(deployer->arena, struct yaml_stream);
    stream->documents = arena_make(deployer->arena, struct yaml_document);
    stream->documents[0] = (struct yaml_document){(struct yaml_node *)values, values->span};
    stream->document_count = 1;
    stream->complete = true;
    return stream;
}

/* The same values, written at the same place, are one layer of all who get them. */
static const struct layer *layer_of(struct deployer *deployer, const struct yaml_node *values)
{
    const struct file *file = tree_file(deployer->tree, values->span.file);
    struct str path = file ? str_format(deployer->arena, "%.*s:%u", STR_ARG(file->path),
                                        file_line_of(file, values->span.start))
                           : STR("values");
    const struct layer *known = map_get(&deployer->written, path);
    if (known && yaml_equal(known->root, values))
        return known;
    struct layer *layer = arena_make(deployer->arena, struct layer);
    layer->path = path;
    layer->kind = LAYER_FILE;
    layer->is_rendered = deployer->is_in_chart;
    layer->file = file;
    layer->stream = stream_of(deployer, file, values);
    layer->root = values;
    map_put(deployer->arena, &deployer->written, path, layer);
    return layer;
}

void deployment_add_values(struct deployer *deployer, struct deployment *deployment,
                           const struct yaml_node *values)
{
    if (!values || values->kind != YAML_MAP || !values->map.count)
        return;
    const struct layer *layer = layer_of(deployer, values);
    vector_push(deployer->arena, &deployment->layers,
                ((struct deployed_layer){layer->path, layer, false, values->span}));
}

/* --- all together --- */

static bool is_configured(const struct config *config, struct str environment)
{
    for (size_t i = 0; i < config->environments.count; i++) {
        if (str_equal(config->environments.items[i].name, environment))
            return true;
    }
    return !config->environments.count;
}

static void settle_environments(struct deployer *deployer)
{
    struct deployments *found = &deployer->found;
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        struct deployment *deployment = &found->items[i];
        if (!deployment->environment.p)
            deployment->environment = environment_of_nothing(deployer->config);
        if (deployment->environment.p && is_configured(deployer->config, deployment->environment))
            found->items[kept++] = *deployment;
        else
            deployer_unresolved(deployer, deployment->span,
                                "it does not show to which environment %.*s belongs",
                                STR_ARG(deployment->full_name));
    }
    found->count = kept;
}

static void report_unresolved(struct deployer *deployer)
{
    size_t count = deployer->found.unresolved_count;
    if (count)
        diagnostics_add(deployer->sink, SEVERITY_INFO, "unresolved", (struct span){0},
                        "%zu parts of what is deployed cannot be worked out from the files", count);
}

struct deployments deployments_find(struct arena *arena, struct tree *tree,
                                    const struct config *config, struct diagnostics *sink)
{
    struct deployer deployer = {.arena = arena, .tree = tree, .config = config, .sink = sink};
    if (!config->argocd.is_given && !config->flux.count && !config->helmfile.count &&
        !config->from.count)
        return deployer.found;
    deployer.language = rule_language_new_dialect(arena, &limits_default, RULE_DIALECT_ARGOCD);
    deploy_argocd(&deployer);
    deploy_flux(&deployer);
    deploy_helmfile(&deployer);
    deploy_from(&deployer);
    settle_environments(&deployer);
    report_unresolved(&deployer);
    if (deployer.templates)
        template_store_close(deployer.templates);
    return deployer.found;
}
