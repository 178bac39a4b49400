#include <stdio.h>
#include <sys/stat.h>

#include "cli.h"
#include "kube/kube.h"

static const struct option options[] = {
    {"values", "FILE", "values file, may be given several times", 'f'},
    {"set", "KEY=VALUE", "values, as helm takes them"},
    {"set-string", "KEY=VALUE", "the same, every value a string"},
    {"set-file", "KEY=FILE", "the same, the value is the content of the file"},
    {"set-json", "KEY=JSON", "the same, the value is JSON"},
    {"set-literal", "KEY=TEXT", "the same, the text has no special characters"},
    {"namespace", "NAME", "namespace of the release; default: default", 'n'},
    {"show-only", "TEMPLATE", "print only this template; globs, repeatable", 's'},
    {"include-crds", NULL, "print the chart's crds/ too"},
    {"skip-tests", NULL, "leave hooks of helm test out"},
    {"no-hooks", NULL, "leave all hooks out"},
    {"is-upgrade", NULL, "set .Release.IsUpgrade"},
    {"kube-version", "VERSION", "Kubernetes version of .Capabilities"},
    {"api-versions", "VERSIONS", "more API versions of .Capabilities", 'a'},
    {"helm-version", "3|4", "whose ways to follow; default: 4"},
    {"strict-dependencies", NULL, "a dependency that is not there is an error"},
    {"config", "FILE", "configuration file, instead of .bulkhead.yaml"},
    {"path", "PATH", "where the repository of ENV/APP is; default: here"},
};

/* What is to be rendered, and how. */
struct job {
    struct invocation *invocation;
    struct str chart; /* its path in the tree */
    struct value_map *values;
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

static bool merge_file(struct job *job, struct str path)
{
    struct arena *arena = job->invocation->arena;
    const struct file *file = read_file(arena, path);
    if (!file)
        return fail(str_format(arena, "open %.*s: no such file or directory", STR_ARG(path)));
    const struct yaml_stream *stream = yaml_parse_bytes(arena, file->bytes, 0, &limits_default);
    for (size_t i = 0; i < stream->problems.count; i++) {
        const struct diagnostic *problem = &stream->problems.items[i];
        if (problem->severity == SEVERITY_ERROR)
            return fail(str_format(arena, "failed to parse %.*s: line %u: %.*s", STR_ARG(path),
                                   file_line_of(file, problem->span.start),
                                   STR_ARG(problem->message)));
    }
    const struct yaml_node *root = job->helm == 3 ? yaml_root(stream) : yaml_merged(arena, stream);
    if (root->kind == YAML_NULL)
        return true;
    if (root->kind != YAML_MAP)
        return fail(str_format(arena, "failed to parse %.*s: it is no map", STR_ARG(path)));
    value_map_merge(job->values, value_from_yaml(arena, root).map);
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

static bool apply_sets(struct job *job)
{
    struct arena *arena = job->invocation->arena;
    const struct arguments *arguments = &job->invocation->arguments;
    for (size_t i = 0; i < sizeof set_order / sizeof *set_order; i++) {
        struct set_options how = {.kind = set_order[i].kind, .read = read_for_set};
        for (size_t k = 0; k < arguments->count; k++) {
            struct str problem;
            if (strcmp(arguments->items[k].option->name, set_order[i].option) != 0)
                continue;
            if (!values_set(arena, job->values, arguments->items[k].value, &how, &problem))
                return fail(str_format(arena, "failed parsing --%s data: %.*s", set_order[i].option,
                                       STR_ARG(problem)));
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
        return fail(str_format(arena, "invalid kube version '%.*s'", STR_ARG(version)));
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
    return true;
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
    job->release = words->count > 1 ? words->items[0] : STR("release-name");
    job->namespace = option_value(&invocation->arguments, "namespace", "default");
    return true;
}

/* Whether there was an error; the warnings of a chart do not stop it. */
static bool print_problems(struct job *job)
{
    return repository_print_problems(&job->invocation->repository, &job->problems, false);
}

/* --- output --- */

static void add_document(struct text *out, struct str path, struct str text)
{
    text_format(out, "---\n# Source: %.*s\n%.*s\n", STR_ARG(path), STR_ARG(text));
}

static void add_crds(struct job *job, struct text *out, const struct chart_instance *instance)
{
    const struct chart_file_list *crds = &instance->package->crds;
    for (size_t i = 0; i < crds->count; i++)
        add_document(out, path_join(job->invocation->arena, instance->path, crds->items[i].name),
                     crds->items[i].bytes);
    for (size_t i = 0; i < instance->child_count; i++)
        add_crds(job, out, instance->children[i]);
}

static void add_manifests(struct job *job, struct text *out, const struct manifest_list *manifests,
                          bool hooks)
{
    bool skips_tests = given(job, "skip-tests");
    for (size_t i = 0; i < manifests->count; i++) {
        const struct manifest *manifest = &manifests->items[i];
        if (manifest->is_hook == hooks && !(manifest->is_test && skips_tests))
            add_document(out, manifest->path, manifest->text);
    }
}

/* The path behind the chart's name in the line "# Source: ". */
static struct str source_of(struct str manifest)
{
    size_t at = str_find(manifest, STR("# Source: "));
    if (at == STR_NOT_FOUND)
        return (struct str){0};
    struct str line = str_from(manifest, at + strlen("# Source: "));
    line = str_slice(line, 0, str_find_char(line, '\n'));
    size_t slash = str_find_char(line, '/');
    return slash == STR_NOT_FOUND ? (struct str){0} : str_from(line, slash + 1);
}

static bool show_only(struct job *job, struct str all, struct text *out)
{
    struct arena *arena = job->invocation->arena;
    struct str_list wanted = option_values(arena, &job->invocation->arguments, "show-only");
    struct str_list documents = manifests_split(arena, all);
    for (size_t i = 0; i < wanted.count; i++) {
        bool found = false;
        for (size_t k = 0; k < documents.count; k++) {
            struct str source = source_of(documents.items[k]);
            if (!source.p || !go_path_match(wanted.items[i], source))
                continue;
            text_format(out, "---\n%.*s\n", STR_ARG(documents.items[k]));
            found = true;
        }
        if (!found)
            return fail(str_format(arena, "could not find template %.*s in chart",
                                   STR_ARG(wanted.items[i])));
    }
    return true;
}

static bool print_manifests(struct job *job, const struct chart_instance *root,
                            const struct manifest_list *manifests)
{
    struct arena *arena = job->invocation->arena;
    struct text resources = {.arena = arena};
    struct text all = {.arena = arena};
    struct text shown = {.arena = arena};
    if (given(job, "include-crds"))
        add_crds(job, &resources, root);
    add_manifests(job, &resources, manifests, false);
    text_format(&all, "%.*s\n", STR_ARG(str_trim(text_str(&resources))));
    if (!given(job, "no-hooks"))
        add_manifests(job, &all, manifests, true);
    if (!given(job, "show-only"))
        return print(text_str(&all));
    return show_only(job, text_str(&all), &shown) && print(text_str(&shown));
}

/* --- all together --- */

/* What Helm asks of a chart before it renders it. */
static bool check_chart(struct job *job, const struct chart *chart)
{
    struct arena *arena = job->invocation->arena;
    struct semver version;
    struct str wanted = yaml_text(yaml_value(chart->metadata, "kubeVersion"));
    if (chart->is_library)
        return fail(STR("library charts are not installable"));
    if (!wanted.n)
        return true;
    const struct semver_constraint *constraint = semver_constraint_parse(arena, wanted);
    if (constraint && semver_parse(job->capabilities->normalized, &version) &&
        semver_satisfies(&version, constraint))
        return true;
    return fail(str_format(arena,
                           "chart requires kubeVersion: %.*s which is incompatible with "
                           "Kubernetes %.*s",
                           STR_ARG(wanted), STR_ARG(job->capabilities->kube_version)));
}

/* Why a release was not rendered, as Helm says it. */
static bool print_failure(struct job *job)
{
    const struct diagnostic *last = &job->problems.items[job->problems.count - 1];
    return strcmp(last->kind, "render") == 0 ? fail(last->message) : print_problems(job);
}

static bool render_chart(struct job *job, struct renderer *renderer,
                         const struct chart_package *package)
{
    struct render_options how = {
        .release = job->release,
        .namespace = job->namespace,
        .is_upgrade = given(job, "is-upgrade"),
        .helm = job->helm,
        .capabilities = job->capabilities,
        .limits = &limits_default,
    };
    struct renderer_input input = {package, job->values, &how};
    struct rendering rendering;
    job->problems.count = 0;
    if (!renderer_render(renderer, job->invocation->arena, &input, &job->problems, &rendering))
        return print_failure(job);
    return print_problems(job) && print_manifests(job, rendering.root, &rendering.manifests);
}

static bool load_and_render(struct job *job)
{
    struct invocation *invocation = job->invocation;
    struct chart_load_options how = {&limits_default, given(job, "strict-dependencies")};
    struct renderer *renderer = renderer_new(invocation->arena, invocation->repository.tree, &how);
    const struct chart_package *package = renderer_load(renderer, job->chart, &job->problems);
    bool done = print_problems(job) && package && check_chart(job, package->chart) &&
                render_chart(job, renderer, package);
    renderer_close(renderer);
    return done;
}

static int run(struct invocation *invocation)
{
    struct job job = {.invocation = invocation, .problems = {.arena = invocation->arena}};
    job.values = value_map_new(invocation->arena, MAP_ANY);
    if (!read_capabilities(&job))
        return EXIT_NOT_DONE;
    if (!(is_release_name(&job) ? open_release(&job) : open_chart(&job)) || !read_values(&job))
        return EXIT_NOT_DONE;
    return load_and_render(&job) ? EXIT_CLEAN : EXIT_FINDINGS;
}

const struct command command_template = {
    .name = "template",
    .arguments = "[NAME] CHART | ENV/APP",
    .help = "Renders a chart as `helm template` does, or a release of the repository.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .least_arguments = 1,
    .most_arguments = 2,
    .run = run,
};
