#include "flux.h"

struct release_reading {
    struct flux *flux;
    struct deployer *deployer;
    const struct kustomize_object *release;
    const struct kustomize_objects *objects;
    struct deployment deployment;
};

/* --- charts --- */

static const struct yaml_node *source_of(struct release_reading *reading, const char *path)
{
    const struct yaml_node *reference = yaml_at(reading->release->node, str_from_c(path));
    struct str kind = node_text(reference, "kind");
    for (size_t i = 0; i < reading->flux->sources.count; i++) {
        const struct kustomize_object *source = &reading->flux->sources.items[i];
        if (str_equal(source->kind, kind) && str_equal(source->name, node_text(reference, "name")))
            return source->node;
    }
    return NULL;
}

static struct str chart_in_tree(struct deployer *deployer, struct str path)
{
    struct str file = path_join(deployer->arena, path, STR("Chart.yaml"));
    bool there = path.p && tree_has_file(deployer->tree, file);
    return there ? (path.n ? path : STR("")) : (struct str){0};
}

static void find_chart(struct release_reading *reading)
{
    struct deployer *deployer = reading->deployer;
    const struct yaml_node *node = reading->release->node;
    const struct yaml_node *source = source_of(reading, "spec.chart.spec.sourceRef");
    struct str chart = node_text(node, "spec.chart.spec.chart");
    struct str kind = node_text(node, "spec.chart.spec.sourceRef.kind");
    struct str *directory = &reading->deployment.chart_directory;
    if (chart.n && !str_is(kind, "HelmRepository"))
        *directory = chart_in_tree(deployer, deployer_path(deployer, chart));
    else if (chart.n)
        *directory = deployer_find_chart(deployer, node_text(source, "spec.url"), chart,
                                         node_text(node, "spec.chart.spec.version"));
    source = source_of(reading, "spec.chartRef");
    struct str url = node_text(source, "spec.url");
    if (!chart.n && url.n)
        *directory = deployer_find_chart(deployer, path_directory(url), path_name(url),
                                         node_text(source, "spec.ref.tag"));
}

/* --- layers --- */

static void add_chart_files(struct release_reading *reading)
{
    struct deployer *deployer = reading->deployer;
    struct node_list files = node_items(reading->release->node, "spec.chart.spec.valuesFiles");
    for (size_t i = 0; i < files.count; i++) {
        struct str name = yaml_text(files.items[i]);
        struct str path = deployer_path(deployer, name);
        struct str beside = path_clean(
            deployer->arena, path_join(deployer->arena, reading->deployment.chart_directory, name));
        bool in_chart = reading->deployment.chart_directory.p && beside.p &&
                        tree_has_file(deployer->tree, beside);
        if (in_chart || (path.p && tree_has_file(deployer->tree, path)))
            deployment_add_file(deployer, &reading->deployment, in_chart ? beside : path, false,
                                files.items[i]->span);
        else
            deployment_add_unknown(deployer, &reading->deployment, name, files.items[i]->span);
    }
}

/* The key of a ConfigMap or Secret that is made from a file. */
static bool add_generated(struct release_reading *reading, const struct kustomize_object *object,
                          struct str key, struct span span)
{
    for (size_t i = 0; i < object->files.count; i++) {
        const struct kustomize_file *file = &object->files.items[i];
        if (!str_equal(file->key, key) || !file->path.p)
            continue;
        deployment_add_file(reading->deployer, &reading->deployment, file->path, false, span);
        return true;
    }
    return false;
}

/* The key of a ConfigMap or Secret that is written as a manifest. */
static bool add_written(struct release_reading *reading, const struct kustomize_object *object,
                        struct str key)
{
    struct deployer *deployer = reading->deployer;
    bool is_secret = str_is(object->kind, "Secret");
    const struct yaml_node *data = yaml_value(object->node, is_secret ? "stringData" : "data");
    const struct yaml_entry *entry = data ? yaml_find(data, key) : NULL;
    if (!entry || entry->value->kind != YAML_STRING || yaml_value(object->node, "sops"))
        return false;
    const struct yaml_stream *stream =
        node_parse_text(deployer->arena, deployer->tree, entry->value, entry->value->text);
    deployment_add_values(deployer, &reading->deployment, yaml_root(stream));
    return true;
}

static void add_reference(struct release_reading *reading, const struct yaml_node *reference)
{
    struct str kind = node_text(reference, "kind");
    struct str name = node_text(reference, "name");
    struct str key = node_text(reference, "valuesKey");
    const struct kustomize_object *object =
        kustomize_find(reading->objects, str_is(kind, "Secret") ? "Secret" : "ConfigMap", name);
    key = key.n ? key : STR("values.yaml");
    if (object && !yaml_value(reference, "targetPath") &&
        (add_generated(reading, object, key, reference->span) || add_written(reading, object, key)))
        return;
    struct str called =
        str_format(reading->deployer->arena, "%.*s/%.*s", STR_ARG(kind), STR_ARG(name));
    deployment_add_unknown(reading->deployer, &reading->deployment, called, reference->span);
}

static void add_layers(struct release_reading *reading)
{
    struct node_list references = node_items(reading->release->node, "spec.valuesFrom");
    add_chart_files(reading);
    for (size_t i = 0; i < references.count; i++)
        add_reference(reading, references.items[i]);
    for (size_t i = 0; i < reading->release->values.count; i++)
        deployment_add_values(reading->deployer, &reading->deployment,
                              reading->release->values.items[i]);
}

/* --- names --- */

static struct str release_name(struct deployer *deployer, const struct kustomize_object *release)
{
    struct str name = node_text(release->node, "spec.releaseName");
    struct str target = node_text(release->node, "spec.targetNamespace");
    if (name.n || !target.n)
        return name.n ? name : release->name;
    return str_format(deployer->arena, "%.*s-%.*s", STR_ARG(target), STR_ARG(release->name));
}

static struct str find_environment(struct deployer *deployer,
                                   const struct kustomize_object *release, struct str inherited,
                                   struct str namespace)
{
    const struct file *file = tree_file(deployer->tree, release->node->span.file);
    struct environment_clues clues = {.inherited = inherited, .namespace = namespace};
    vector_push(deployer->arena, &clues.texts, namespace);
    vector_push(deployer->arena, &clues.texts, release->name);
    if (file)
        vector_push(deployer->arena, &clues.texts, file->path);
    return environment_of_clues(deployer, &clues);
}

void flux_read_release(struct flux *flux, const struct kustomize_object *release,
                       const struct kustomize_objects *objects, struct str inherited)
{
    struct deployer *deployer = flux->deployer;
    struct str target = node_text(release->node, "spec.targetNamespace");
    struct str namespace = target.n ? target : release->namespace;
    struct str environment = find_environment(deployer, release, inherited, namespace);
    const struct yaml_node *name = yaml_at(release->node, STR("metadata.name"));
    struct release_reading reading = {
        .flux = flux,
        .deployer = deployer,
        .release = release,
        .objects = objects,
        .deployment =
            {
                .application =
                    name_without_environment(deployer->arena, release->name, environment),
                .full_name = path_join(deployer->arena, namespace, release->name),
                .environment = environment,
                .release_name = release_name(deployer, release),
                .namespace = namespace,
                .span = name ? name->span : release->node->span,
            },
    };
    find_chart(&reading);
    add_layers(&reading);
    vector_push(deployer->arena, &deployer->found, reading.deployment);
}
