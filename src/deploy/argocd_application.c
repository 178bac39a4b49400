#include "argocd.h"
#include "parameters.h"

struct application_reading {
    struct argocd *argocd;
    struct deployer *deployer;
    const struct yaml_node *application;
    const struct argocd_origin *origin;
    struct str name;
    struct node_list sources;
    struct str environment; /* p == NULL: none shows */
};

/* --- which environment --- */

static bool names_environment(struct str key)
{
    static const char *const keys[] = {"env", "environment", "stage"};
    size_t dot = str_find_last_char(key, '.');
    size_t slash = str_find_last_char(key, '/');
    size_t at = dot == STR_NOT_FOUND ? slash : slash == STR_NOT_FOUND || dot > slash ? dot : slash;
    return STR_IS_ONE_OF(at == STR_NOT_FOUND ? key : str_from(key, at + 1), keys);
}

static void add_parameter_clues(struct deployer *deployer, const struct value_map *map,
                                struct environment_clues *clues)
{
    for (size_t i = 0; map && i < map->count; i++) {
        struct value value = map->entries[i].value;
        if (value.type == VALUE_MAP)
            add_parameter_clues(deployer, value.map, clues);
        else if (value.type == VALUE_STRING && value.length &&
                 names_environment(map->entries[i].key))
            vector_push(deployer->arena, &clues->names, value_str(value));
    }
}

static void add_label_clues(struct application_reading *reading, struct environment_clues *clues)
{
    struct deployer *deployer = reading->deployer;
    const struct yaml_node *labels = yaml_at(reading->application, STR("metadata.labels"));
    for (size_t i = 0; labels && labels->kind == YAML_MAP && i < labels->map.count; i++) {
        const struct yaml_entry *label = &labels->map.entries[i];
        if (names_environment(label->key) ||
            str_equal(label->key, deployer->config->label_environment))
            vector_push(deployer->arena, &clues->names, yaml_text(label->value));
    }
}

static void add_source_clues(struct deployer *deployer, const struct yaml_node *source,
                             struct environment_clues *clues)
{
    struct node_list files = node_items(source, "helm.valueFiles");
    struct node_list parameters = node_items(source, "helm.parameters");
    for (size_t i = 0; i < parameters.count; i++) {
        if (names_environment(node_text(parameters.items[i], "name")))
            vector_push(deployer->arena, &clues->names, node_text(parameters.items[i], "value"));
    }
    for (size_t i = files.count; i-- > 0;)
        vector_push(deployer->arena, &clues->texts, yaml_text(files.items[i]));
    if (node_text(source, "path").n)
        vector_push(deployer->arena, &clues->texts, node_text(source, "path"));
}

static struct str find_environment(struct application_reading *reading)
{
    struct deployer *deployer = reading->deployer;
    struct environment_clues clues = {
        .namespace = node_text(reading->application, "spec.destination.namespace"),
        .cluster = node_text(reading->application, "spec.destination.name"),
        .inherited = reading->origin->environment,
    };
    add_parameter_clues(deployer, reading->origin->parameters, &clues);
    add_label_clues(reading, &clues);
    vector_push(deployer->arena, &clues.texts, clues.namespace);
    for (size_t i = 0; i < reading->sources.count; i++)
        add_source_clues(deployer, reading->sources.items[i], &clues);
    vector_push(deployer->arena, &clues.texts, reading->name);
    vector_push(deployer->arena, &clues.texts, clues.cluster);
    vector_push(deployer->arena, &clues.texts,
                node_text(reading->application, "spec.destination.server"));
    vector_push(deployer->arena, &clues.texts, node_text(reading->application, "spec.project"));
    const struct file *file = tree_file(deployer->tree, reading->application->span.file);
    if (file && !reading->origin->parameters)
        vector_push(deployer->arena, &clues.texts, file->path);
    return environment_of_clues(deployer, &clues);
}

/* --- layers --- */

static const struct yaml_node *source_of_ref(struct application_reading *reading, struct str ref)
{
    for (size_t i = 0; i < reading->sources.count; i++) {
        if (str_equal(node_text(reading->sources.items[i], "ref"), ref))
            return reading->sources.items[i];
    }
    return NULL;
}

static bool is_this_repository(struct argocd *argocd, const struct yaml_node *source)
{
    return source && map_has(&argocd->repositories, node_text(source, "repoURL"));
}

/* A layer that several files may match, in the order of their names. */
static void add_files(struct application_reading *reading, struct deployment *deployment,
                      struct str path, bool optional, struct span span)
{
    struct deployer *deployer = reading->deployer;
    if (!glob_is_pattern(path)) {
        deployment_add_file(deployer, deployment, path, optional, span);
        return;
    }
    struct str_list found = tree_glob(deployer->tree, deployer->arena, path);
    for (size_t i = 0; i < found.count; i++)
        deployment_add_file(deployer, deployment, found.items[i], optional, span);
}

static void add_of_ref(struct application_reading *reading, struct deployment *deployment,
                       const struct yaml_node *file, bool optional)
{
    struct deployer *deployer = reading->deployer;
    struct str rest = str_from(yaml_text(file), 1);
    struct str ref = str_cut(&rest, '/');
    const struct yaml_node *source = source_of_ref(reading, ref);
    struct str path = deployer_path(deployer, rest);
    if (path.p && tree_has_file(deployer->tree, path) && source)
        map_put(deployer->arena, &reading->argocd->repositories, node_text(source, "repoURL"),
                deployer);
    else if (!path.p || (!glob_is_pattern(path) && !is_this_repository(reading->argocd, source))) {
        if (!source)
            deployer_unresolved(deployer, file->span, "no source has the ref %.*s", STR_ARG(ref));
        deployment_add_unknown(deployer, deployment, yaml_text(file), file->span);
        return;
    }
    add_files(reading, deployment, path, optional, file->span);
}

static void add_value_file(struct application_reading *reading, struct deployment *deployment,
                           const struct yaml_node *source, const struct yaml_node *file)
{
    struct deployer *deployer = reading->deployer;
    struct str name = yaml_text(file);
    const struct yaml_node *ignores = yaml_at(source, STR("helm.ignoreMissingValueFiles"));
    bool optional = ignores && ignores->kind == YAML_BOOL && ignores->boolean;
    if (str_starts_with(name, STR("$"))) {
        add_of_ref(reading, deployment, file, optional);
        return;
    }
    struct str path = {0};
    if (str_starts_with(name, STR("/")))
        path = deployer_path(deployer, str_from(name, 1));
    else if (!str_contains(name, STR("://")) && deployment->chart_directory.p)
        path = path_clean(deployer->arena,
                          path_join(deployer->arena, deployment->chart_directory, name));
    if (path.p)
        add_files(reading, deployment, path, optional, file->span);
    else
        deployment_add_unknown(deployer, deployment, name, file->span);
}

/* `values` is text, `valuesObject` wins over it. */
static void add_inline_values(struct deployer *deployer, struct deployment *deployment,
                              const struct yaml_node *source)
{
    const struct yaml_node *object = yaml_at(source, STR("helm.valuesObject"));
    const struct yaml_node *text = yaml_at(source, STR("helm.values"));
    if (object && object->kind == YAML_MAP) {
        deployment_add_values(deployer, deployment, object);
    } else if (text && text->kind == YAML_STRING) {
        const struct yaml_stream *stream =
            node_parse_text(deployer->arena, deployer->tree, text, text->text);
        diagnostics_append(deployer->sink, &stream->problems);
        deployment_add_values(deployer, deployment, yaml_root(stream));
    }
}

static void add_source_parameters(struct deployer *deployer, struct deployment *deployment,
                                  const struct yaml_node *source)
{
    struct set_parameter_list list = {0};
    struct node_list parameters = node_items(source, "helm.parameters");
    for (size_t i = 0; i < parameters.count; i++) {
        const struct yaml_node *forced = yaml_value(parameters.items[i], "forceString");
        const struct yaml_node *value = yaml_value(parameters.items[i], "value");
        vector_push(deployer->arena, &list,
                    ((struct set_parameter){
                        .name = node_text(parameters.items[i], "name"),
                        .value = yaml_text(value),
                        .is_string = forced && forced->kind == YAML_BOOL && forced->boolean,
                        .span = value ? value->span : parameters.items[i]->span,
                    }));
    }
    deployment_add_parameters(deployer, deployment, &list);
}

static void add_layers(struct application_reading *reading, struct deployment *deployment,
                       const struct yaml_node *source)
{
    struct node_list files = node_items(source, "helm.valueFiles");
    for (size_t i = 0; i < files.count; i++)
        add_value_file(reading, deployment, source, files.items[i]);
    add_inline_values(reading->deployer, deployment, source);
    add_source_parameters(reading->deployer, deployment, source);
}

/* --- sources --- */

static struct str chart_of(struct application_reading *reading, const struct yaml_node *source)
{
    struct deployer *deployer = reading->deployer;
    struct str chart = node_text(source, "chart");
    struct str repository = node_text(source, "repoURL");
    if (chart.n)
        return deployer_find_chart(deployer, repository, chart,
                                   node_text(source, "targetRevision"));
    struct str path = deployer_path(deployer, node_text(source, "path"));
    struct str file = path_join(deployer->arena, path, STR("Chart.yaml"));
    if (!path.p || !tree_has_file(deployer->tree, file))
        return (struct str){0};
    map_put(deployer->arena, &reading->argocd->repositories, repository, deployer);
    return path.n ? path : STR("");
}

static bool is_helm(struct application_reading *reading, const struct yaml_node *source)
{
    return node_text(source, "chart").n || yaml_value(source, "helm") ||
           chart_of(reading, source).p;
}

static struct str domain_of(struct application_reading *reading)
{
    const struct value *domain = reading->origin->parameters
                                     ? argocd_parameter(reading->origin->parameters, STR("domain"))
                                     : NULL;
    return domain && domain->type == VALUE_STRING ? value_str(*domain) : (struct str){0};
}

/* The first source gives the application its name, others add their chart's. */
static struct str source_name(struct application_reading *reading, const struct yaml_node *source,
                              size_t number)
{
    struct arena *arena = reading->deployer->arena;
    struct str name = name_without_environment(arena, reading->name, reading->environment);
    struct str chart = node_text(source, "chart");
    if (!number)
        return name;
    return str_format(arena, "%.*s-%.*s", STR_ARG(name),
                      STR_ARG(chart.n ? chart : path_name(node_text(source, "path"))));
}

static void add_release(struct application_reading *reading, const struct yaml_node *source,
                        size_t number)
{
    struct deployer *deployer = reading->deployer;
    const struct yaml_node *name = yaml_at(reading->application, STR("metadata.name"));
    struct str release_name = node_text(source, "helm.releaseName");
    struct deployment deployment = {
        .application = source_name(reading, source, number),
        .full_name = reading->name,
        .environment = reading->environment,
        .release_name = release_name.n ? release_name : reading->name,
        .namespace = node_text(reading->application, "spec.destination.namespace"),
        .domain = domain_of(reading),
        .chart_directory = chart_of(reading, source),
        .span = name ? name->span : reading->application->span,
        .manifest = reading->application,
        .set = reading->origin->set,
        .maker = reading->origin->maker,
    };
    add_layers(reading, &deployment, source);
    vector_push(deployer->arena, &deployer->found, deployment);
    if (deployment.chart_directory.p &&
        chart_makes_applications(deployer->arena, deployer->tree, deployment.chart_directory))
        argocd_read_chart(reading->argocd, &deployment);
}

/* A folder of manifests, in which there may be other Applications. */
static void read_folder(struct application_reading *reading, const struct yaml_node *source)
{
    struct deployer *deployer = reading->deployer;
    struct str folder = deployer_path(deployer, node_text(source, "path"));
    const struct yaml_node *recurses = yaml_at(source, STR("directory.recurse"));
    bool deep = recurses && recurses->kind == YAML_BOOL && recurses->boolean;
    struct argocd_origin origin = {.environment = reading->environment,
                                   .maker = reading->application};
    struct str_list paths = tree_below(deployer->tree, folder);
    for (size_t i = 0; folder.n && i < paths.count; i++) {
        struct str path = paths.items[i];
        const struct file *file =
            path_is_yaml(path) && (deep || str_equal(path_directory(path), folder))
                ? tree_find(deployer->tree, path)
                : NULL;
        if (!file || !str_contains(file->bytes, STR("argoproj.io/")))
            continue;
        const struct yaml_stream *stream = deployer_parse(deployer, path);
        for (size_t k = 0; stream && k < stream->document_count; k++)
            argocd_read_object(reading->argocd, stream->documents[k].root, &origin);
    }
}

void argocd_read_application(struct argocd *argocd, const struct yaml_node *application,
                             const struct argocd_origin *origin)
{
    struct application_reading reading = {
        .argocd = argocd,
        .deployer = argocd->deployer,
        .application = application,
        .origin = origin,
        .name = node_text(application, "metadata.name"),
        .sources = node_items(application, "spec.sources"),
    };
    struct yaml_node *only[1];
    if (!reading.sources.count) {
        only[0] = (struct yaml_node *)yaml_at(application, STR("spec.source"));
        reading.sources = (struct node_list){only, only[0] ? 1 : 0};
    }
    reading.environment = find_environment(&reading);
    size_t number = 0;
    for (size_t i = 0; i < reading.sources.count; i++) {
        const struct yaml_node *source = reading.sources.items[i];
        if (is_helm(&reading, source))
            add_release(&reading, source, number++);
        else if (node_text(source, "path").n)
            read_folder(&reading, source);
    }
}
