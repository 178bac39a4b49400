#include <stdio.h>
#include <sys/stat.h>

#include "cli.h"
#include "template_output.h"

#define DEBUG_HINT "Use --debug flag to render out invalid YAML"

static const struct option options[] = {
    {"values", "FILE", "values file, may be given several times", 'f'},
    {"set", "KEY=VALUE", "values, as helm takes them"},
    {"set-string", "KEY=VALUE", "the same, every value a string"},
    {"set-file", "KEY=FILE", "the same, the value is the content of the file"},
    {"set-json", "KEY=JSON", "the same, the value is JSON"},
    {"set-literal", "KEY=TEXT", "the same, the text has no special characters"},
    {"namespace", "NAME", "namespace of the release; default: default", 'n'},
    {"name-template", "TEMPLATE", "the release's name, as a template"},
    {"generate-name", NULL, "taken and without effect, as in helm template", 'g'},
    {"show-only", "TEMPLATE", "print only this template; globs, repeatable", 's'},
    {"include-crds", NULL, "print the chart's crds/ too"},
    {"skip-tests", NULL, "leave hooks of helm test out"},
    {"no-hooks", NULL, "leave all hooks out"},
    {"is-upgrade", NULL, "set .Release.IsUpgrade"},
    {"output-dir", "DIRECTORY", "write files below it instead of printing"},
    {"release-name", NULL, "a folder of the release's name in --output-dir"},
    {"trace", NULL, "write behind every line where it came from"},
    {"debug", NULL, "print what was rendered also if it is no YAML"},
    {"kube-version", "VERSION", "Kubernetes version of .Capabilities"},
    {"api-versions", "VERSIONS", "more API versions of .Capabilities", 'a'},
    {"helm-version", "3|4", "whose ways to follow; default: 4"},
    {"skip-schema-validation", NULL, "do not check values.schema.json"},
    {"strict-dependencies", NULL, "a dependency that is not there is an error"},
    {"validate", NULL, "refused: no cluster is asked"},
    {"post-renderer", "NAME", "refused: nothing is executed"},
    {"dependency-update", NULL, "refused: nothing is downloaded"},
    {"config", "FILE", "configuration file, instead of .bulkhead.yaml"},
    {"path", "PATH", "where the repository of ENV/APP is; default: here"},
};

/* What is to be rendered, and how. */
struct job {
    struct invocation *invocation;
    struct str chart; /* its path in the tree */
    struct value_map *values;
    VECTOR(const struct layer *) layers; /* the files behind the values, lowest first */
    struct capabilities *capabilities;
    unsigned helm;
    struct str release, namespace;
    struct diagnostics problems;
};

static bool fail(struct str message)
{
    fprintf(stderr, "Error: %.*s\n", STR_ARG(message));
    return false;
}

static bool given(const struct job *job, const char *name)
{
    return option_given(&job->invocation->arguments, name);
}

/* --- values --- */

/* A file of the operating system, wherever it lies. */
static const struct file *read_file(struct arena *arena, struct str path)
{
    struct str directory = path_directory(path);
    bool is_absolute = path.n && path.p[0] == '/';
    struct str root = directory.n ? directory : is_absolute ? STR("/") : STR(".");
    struct tree *tree = tree_open_disk(arena, root, &limits_default);
    const struct file *file = tree_find(tree, path_name(path));
    tree_close(tree);
    return file && file->state == FILE_READ ? file : NULL;
}

static bool read_for_set(void *context, struct arena *arena, struct str path, struct str *ret_bytes)
{
    (void)context;
    const struct file *file = read_file(arena, path);
    if (file)
        *ret_bytes = file->bytes;
    return file != NULL;
}

/* Where the file is no YAML, in our words. */
static void print_syntax(struct str path, const struct file *file, const struct yaml_stream *stream)
{
    for (size_t i = 0; i < stream->problems.count; i++) {
        const struct diagnostic *problem = &stream->problems.items[i];
        uint32_t line = file_line_of(file, problem->span.start);
        uint32_t column = problem->span.start - file->line_starts[line - 1] + 1;
        fprintf(stderr, "%.*s:%u:%u: %s: %.*s\n", STR_ARG(path), line, column,
                severity_name(problem->severity), STR_ARG(problem->message));
    }
}

static bool merge_file(struct job *job, struct str path)
{
    struct arena *arena = job->invocation->arena;
    const struct file *file = read_file(arena, path);
    if (!file)
        return fail(str_format(arena, "open %.*s: no such file or directory", STR_ARG(path)));
    struct layer *layer = arena_make(arena, struct layer);
    *layer = *layer_parse(arena, path, file->bytes, 0, LAYER_FILE, &limits_default);
    layer->file = file;
    const struct yaml_stream *stream = layer->stream;
    struct str refusal =
        yaml_values_refusal(arena, stream, file->bytes, &limits_default, job->helm);
    if (refusal.p) {
        print_syntax(path, file, stream);
        return fail(
            str_format(arena, "failed to parse %.*s: %.*s", STR_ARG(path), STR_ARG(refusal)));
    }
    const struct yaml_node *root = job->helm == 3 ? yaml_root(stream) : yaml_merged(arena, stream);
    if (root->kind != YAML_MAP)
        return true;
    value_map_merge(job->values, value_from_yaml(arena, root).map);
    vector_push(arena, &job->layers, layer);
    return true;
}

/* Helm's order: files, then --set-json, --set, --set-string, --set-file, --set-literal. */
static const struct {
    const char *option;
    enum set_kind kind;
} set_order[] = {
    {"set-json", SET_JSON}, {"set", SET_TYPED},           {"set-string", SET_STRING},
    {"set-file", SET_FILE}, {"set-literal", SET_LITERAL},
};

/* What Helm says of a --set… flag that it cannot read; of JSON, only that. */
static struct str set_problem(const struct job *job, const char *option, struct str text,
                              struct str problem)
{
    struct arena *arena = job->invocation->arena;
    if (strcmp(option, "set-json") != 0)
        return str_format(arena, "failed parsing --%s data: %.*s", option, STR_ARG(problem));
    bool is_object = job->helm != 3 && str_starts_with(str_trim(text), STR("{"));
    return str_format(arena, "failed parsing --set-json data%s %.*s", is_object ? " JSON:" : "",
                      STR_ARG(text));
}

static bool apply_sets(struct job *job)
{
    struct arena *arena = job->invocation->arena;
    const struct arguments *arguments = &job->invocation->arguments;
    for (size_t i = 0; i < sizeof set_order / sizeof *set_order; i++) {
        struct set_options how = {.kind = set_order[i].kind, .read = read_for_set};
        for (size_t k = 0; k < arguments->count; k++) {
            struct str problem = {0};
            if (strcmp(arguments->items[k].option->name, set_order[i].option) != 0)
                continue;
            struct str text = arguments->items[k].value;
            bool is_known = how.kind != SET_JSON || job->helm != 3 ||
                            !str_starts_with(str_trim(text), STR("{"));
            if (is_known && values_set(arena, job->values, text, &how, &problem))
                continue;
            return fail(set_problem(job, set_order[i].option, text, problem));
        }
    }
    return true;
}

static bool read_values(struct job *job)
{
    struct arena *arena = job->invocation->arena;
    struct str_list files = option_values(arena, &job->invocation->arguments, "values");
    for (size_t i = 0; i < files.count; i++) {
        if (!merge_file(job, files.items[i]))
            return false;
    }
    return apply_sets(job);
}

/* --- the release --- */

static struct render_options options_of(const struct job *job)
{
    return (struct render_options){
        .release = job->release,
        .namespace = job->namespace,
        .is_upgrade = given(job, "is-upgrade"),
        .helm = job->helm,
        .capabilities = job->capabilities,
        .limits = &limits_default,
    };
}

static bool read_capabilities(struct job *job)
{
    struct arena *arena = job->invocation->arena;
    const struct arguments *arguments = &job->invocation->arguments;
    struct str version = option_value(arguments, "kube-version", "");
    struct str_list versions = option_values(arena, arguments, "api-versions");
    struct str helm = option_value(arguments, "helm-version", "4");
    if (!str_is(helm, "3") && !str_is(helm, "4"))
        return fail(STR("--helm-version is 3 or 4"));
    job->helm = str_is(helm, "3") ? 3 : 4;
    job->capabilities = capabilities_default(arena, job->helm);
    for (size_t i = 0; i < versions.count; i++)
        vector_push(arena, &job->capabilities->api_versions, versions.items[i]);
    if (version.n && !capabilities_set_kube_version(arena, job->capabilities, version, job->helm))
        return fail(str_format(arena,
                               "invalid kube version '%.*s': could not parse \"%.*s\" as version",
                               STR_ARG(version), STR_ARG(version)));
    return true;
}

static bool is_there(struct arena *arena, struct str path)
{
    struct stat status;
    return stat(str_to_c(arena, path), &status) == 0;
}

/* `template ENV/APP`: a release of the model, not a path. */
static bool is_release_name(struct job *job)
{
    const struct str_list *words = &job->invocation->arguments.positional;
    struct arena *arena = job->invocation->arena;
    return words->count == 1 && str_find_char(words->items[0], '/') != STR_NOT_FOUND &&
           words->items[0].p[0] != '/' && words->items[0].p[0] != '.' &&
           !is_there(arena, words->items[0]);
}

static bool open_release(struct job *job)
{
    struct invocation *invocation = job->invocation;
    struct arena *arena = invocation->arena;
    bool good;
    const struct release *release =
        repository_open_release(invocation, invocation->arguments.positional.items[0], &good);
    if (!release)
        return false;
    if (!release->chart)
        return fail(str_format(arena, "the chart of %.*s is not in the repository",
                               STR_ARG(release->name)));
    job->chart = release->chart->directory;
    job->release = release->release_name;
    job->namespace = release->namespace;
    job->values = release_file_values(arena, release);
    for (size_t i = 0; i < release->layer_count; i++) {
        const struct layer *layer = release->layers[i].layer;
        if (layer && layer->kind == LAYER_FILE)
            vector_push(arena, &job->layers, layer);
    }
    return true;
}

/* Our problems, then what Helm says, if there is an error of Helm's. Whether there was no error;
 * the warnings of a chart do not stop it. */
static bool print_problems(struct job *job)
{
    struct diagnostics ours = {.arena = job->invocation->arena};
    struct str helm = {0};
    for (size_t i = 0; i < job->problems.count; i++) {
        const struct diagnostic *problem = &job->problems.items[i];
        if (strcmp(problem->kind, "render") != 0)
            vector_push(ours.arena, &ours, *problem);
        else if (!helm.p)
            helm = problem->message;
    }
    bool good = repository_print_problems(&job->invocation->repository, &ours, false);
    return helm.p ? fail(helm) : good;
}

/* --name-template: rendered as the one template of a chart. */
static bool render_name(struct job *job, struct str template)
{
    struct arena *arena = job->invocation->arena;
    const struct tree_memory_file files[] = {
        {STR("Chart.yaml"), STR("apiVersion: v2\nname: name\nversion: 0.0.0\n")},
        {STR("templates/name"), template},
    };
    struct chart_load_options load = {.limits = &limits_default};
    struct tree *tree = tree_open_memory(arena, files, sizeof files / sizeof *files);
    struct renderer *renderer = renderer_new(arena, tree, &load);
    struct render_options how = options_of(job);
    struct renderer_input input = {
        .package = renderer_load(renderer, STR(""), &job->problems),
        .values = value_map_new(arena, MAP_ANY),
        .options = &how,
    };
    struct rendering rendering;
    renderer_render(renderer, arena, &input, &job->problems, &rendering);
    if (rendering.files.count) {
        job->release = rendering.files.items[0].text;
        job->problems.count = 0; /* the name need not be a manifest */
    }
    renderer_close(renderer);
    tree_close(tree);
    return rendering.files.count || print_problems(job);
}

static bool name_release(struct job *job)
{
    const struct arguments *arguments = &job->invocation->arguments;
    struct str template = option_value(arguments, "name-template", "");
    job->release = STR("release-name");
    if (arguments->positional.count < 2)
        return !template.n || render_name(job, template);
    job->release = arguments->positional.items[0];
    if (given(job, "generate-name"))
        return fail(STR("cannot set --generate-name and also specify a name"));
    return !template.n || fail(STR("cannot set --name-template and also specify a name"));
}

static bool open_chart(struct job *job)
{
    struct invocation *invocation = job->invocation;
    const struct str_list *words = &invocation->arguments.positional;
    struct str_list paths = {0};
    struct str chart = words->items[words->count - 1];
    if (!is_there(invocation->arena, chart))
        return fail(str_format(invocation->arena, "path \"%.*s\" not found", STR_ARG(chart)));
    vector_push(invocation->arena, &paths, chart);
    if (!repository_find(invocation, &paths))
        return false;
    const struct str_list *below = &invocation->repository.paths;
    job->chart = below->count ? below->items[0] : STR("");
    job->namespace = option_value(&invocation->arguments, "namespace", "default");
    return name_release(job);
}

/* --- all together --- */

/* What Helm says, and that --debug shows what was rendered; or that. */
static bool print_failure(struct job *job, const struct template_output *output,
                          const struct rendered_list *files)
{
    struct str problem;
    bool is_debug = given(job, "debug");
    if (is_debug && !template_output_broken(output, files, &problem))
        return fail(problem);
    print_problems(job);
    if (!is_debug)
        fprintf(stderr, "\n" DEBUG_HINT "\n");
    return false;
}

static struct template_output output_of(const struct job *job)
{
    struct arena *arena = job->invocation->arena;
    const struct arguments *arguments = &job->invocation->arguments;
    struct template_output output = {.arena = arena,
                                     .repository = &job->invocation->repository,
                                     .include_crds = given(job, "include-crds"),
                                     .skip_tests = given(job, "skip-tests"),
                                     .no_hooks = given(job, "no-hooks"),
                                     .show_only = option_values(arena, arguments, "show-only")};
    if (given(job, "output-dir"))
        output.directory = option_value(arguments, "output-dir", "");
    if (given(job, "release-name"))
        output.release = job->release;
    return output;
}

static bool render_chart(struct job *job, struct renderer *renderer,
                         const struct chart_package *package)
{
    struct render_options how = options_of(job);
    struct renderer_input input = {
        .package = package,
        .values = job->values,
        .options = &how,
        .layers = job->layers.items,
        .layer_count = job->layers.count,
        .skips_schemas = given(job, "skip-schema-validation"),
        .checks_kube_version = true,
    };
    struct template_output output = output_of(job);
    struct origins origins =
        origins_of(job->invocation->arena, package, job->layers.items, job->layers.count);
    struct rendering rendering;
    struct str problem;
    how.is_traced = given(job, "trace");
    output.origins = how.is_traced ? &origins : NULL;
    job->problems.count = 0;
    if (!renderer_render(renderer, job->invocation->arena, &input, &job->problems, &rendering))
        return rendering.root ? print_failure(job, &output, &rendering.files) : print_problems(job);
    return print_problems(job) &&
           (template_output(&output, &rendering, &problem) || (problem.p && fail(problem)));
}

/* What listing had to report of the chart's files: links that lead nowhere or in a circle, what is
 * not readable, limits. */
static void add_tree_problems(struct job *job)
{
    const struct diagnostics *listed = tree_problems(job->invocation->repository.tree);
    for (size_t i = 0; i < listed->count; i++) {
        struct str message = listed->items[i].message;
        struct str path = str_slice(message, 0, str_find(message, STR(": ")));
        if (path_is_below(path, job->chart))
            vector_push(job->invocation->arena, &job->problems, listed->items[i]);
    }
}

static bool check_type(const struct chart *chart)
{
    return !chart->is_library || fail(STR("library charts are not installable"));
}

static bool load_and_render(struct job *job)
{
    struct invocation *invocation = job->invocation;
    struct chart_load_options how = {&limits_default, given(job, "strict-dependencies"), job->helm};
    struct renderer *renderer = renderer_new(invocation->arena, invocation->repository.tree, &how);
    const struct chart_package *package = renderer_load(renderer, job->chart, &job->problems);
    add_tree_problems(job);
    bool done = print_problems(job) && package && check_type(package->chart) &&
                render_chart(job, renderer, package);
    renderer_close(renderer);
    return done;
}

/* Flags of helm for what is never done here. */
static bool check_refused(const struct job *job)
{
    static const struct {
        const char *option, *why;
    } refused[] = {
        {"validate", "no cluster is asked"},
        {"post-renderer", "nothing is executed"},
        {"dependency-update", "nothing is downloaded: run helm dependency update before"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (given(job, refused[i].option))
            return usage_error(job->invocation->command, "--%s is refused: %s", refused[i].option,
                               refused[i].why) == EXIT_CLEAN;
    }
    return true;
}

static int run(struct invocation *invocation)
{
    struct job job = {.invocation = invocation, .problems = {.arena = invocation->arena}};
    job.values = value_map_new(invocation->arena, MAP_ANY);
    if (!check_refused(&job) || !read_capabilities(&job))
        return EXIT_NOT_DONE;
    if (!(is_release_name(&job) ? open_release(&job) : open_chart(&job)) || !read_values(&job))
        return EXIT_NOT_DONE;
    return load_and_render(&job) ? EXIT_CLEAN : EXIT_FINDINGS;
}

const struct cli_command command_template = {
    .name = "template",
    .arguments = "[NAME] CHART | ENV/APP",
    .help = "Renders a chart as `helm template` does, or a release of the repository.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .least_arguments = 1,
    .most_arguments = 2,
    .run = run,
};
