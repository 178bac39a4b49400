#include "helmfile.h"
#include "parameters.h"

struct release_reading {
    struct helmfile *helmfile;
    struct deployer *deployer;
    const struct yaml_node *release;
    struct value dot;
    struct deployment deployment;
};

/* --- templates of releases --- */

static bool fill(void *context, const struct yaml_node *node, struct str text, struct span span,
                 struct str *ret_text)
{
    struct release_reading *reading = context;
    (void)node;
    return deployer_write(reading->deployer, text, reading->dot, false, span, ret_text);
}

/* `inherit: [{template: name}]` */
static const struct yaml_node *inherited(struct helmfile *helmfile, const struct yaml_node *release)
{
    struct node_list parents = node_items(release, "inherit");
    const struct yaml_node *merged = NULL;
    for (size_t i = 0; i < parents.count; i++) {
        struct str name = node_text(parents.items[i], "template");
        const struct yaml_entry *entry =
            helmfile->templates ? yaml_find(helmfile->templates, name) : NULL;
        if (entry)
            merged = node_merge(helmfile->deployer->arena, merged, entry->value);
        else
            deployer_unresolved(helmfile->deployer, parents.items[i]->span,
                                "there is no template %.*s", STR_ARG(name));
    }
    return node_merge(helmfile->deployer->arena, merged, release);
}

/* What is read of a release. Hooks, for example, have templates that only Helmfile can fill in. */
static struct yaml_node *known_part(struct arena *arena, const struct yaml_node *release)
{
    static const char *const keys[] = {"name",
                                       "namespace",
                                       "chart",
                                       "version",
                                       "labels",
                                       "installed",
                                       "installedTemplate",
                                       "condition",
                                       "values",
                                       "secrets",
                                       "valuesTemplate",
                                       "set",
                                       "missingFileHandler"};
    struct yaml_node *part = node_map(arena, release->span);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct yaml_entry *entry = yaml_find(release, str_from_c(keys[i]));
        if (entry)
            node_set(arena, part, entry->key, entry->key_span, entry->value);
    }
    return part;
}

/* --- whether it is installed --- */

/* `condition: web.enabled`, a path in the values of the environment. */
static bool holds(struct helmfile *helmfile, struct str condition)
{
    const struct value_map *map = helmfile->values;
    struct str rest = condition;
    while (rest.p && map) {
        const struct value *value = value_map_get(map, str_cut(&rest, '.'));
        if (!rest.p)
            return value && value_is_true(*value);
        map = value && value->type == VALUE_MAP ? value->map : NULL;
    }
    return false;
}

static bool is_installed(struct helmfile *helmfile, const struct yaml_node *release)
{
    struct str condition = node_text(release, "condition");
    return !str_is(node_text(release, "installed"), "false") &&
           !str_is(node_text(release, "installedTemplate"), "false") &&
           (!condition.n || holds(helmfile, condition));
}

/* --- layers --- */

static void add_file(struct release_reading *reading, const struct yaml_node *named)
{
    struct deployer *deployer = reading->deployer;
    struct str path = helmfile_path(reading->helmfile, yaml_text(named));
    struct str handler = node_text(reading->release, "missingFileHandler");
    bool optional = handler.n && !str_is(handler, "Error");
    const struct file *file =
        path.p && str_ends_with(path, STR(".gotmpl")) ? tree_find(deployer->tree, path) : NULL;
    struct str text;
    if (!path.p) {
        deployment_add_unknown(deployer, &reading->deployment, yaml_text(named), named->span);
    } else if (file && file->state == FILE_READ) {
        if (deployer_write(deployer, file->bytes, reading->dot, false,
                           (struct span){file->id, 0, 0}, &text))
            deployment_add_values(deployer, &reading->deployment,
                                  yaml_root(node_parse_rendered(deployer->arena, text, file)));
        else
            deployment_add_unknown(deployer, &reading->deployment, path, named->span);
    } else {
        struct str_list paths = {0};
        if (glob_is_pattern(path))
            paths = tree_glob(deployer->tree, deployer->arena, path);
        for (size_t i = 0; i < paths.count; i++)
            deployment_add_file(deployer, &reading->deployment, paths.items[i], true, named->span);
        if (!glob_is_pattern(path))
            deployment_add_file(deployer, &reading->deployment, path, optional, named->span);
    }
}

static void add_list(struct release_reading *reading, const char *key)
{
    struct node_list items = node_items(reading->release, key);
    for (size_t i = 0; i < items.count; i++) {
        if (items.items[i]->kind == YAML_MAP)
            deployment_add_values(reading->deployer, &reading->deployment, items.items[i]);
        else
            add_file(reading, items.items[i]);
    }
}

static void add_secrets(struct release_reading *reading)
{
    struct node_list items = node_items(reading->release, "secrets");
    for (size_t i = 0; i < items.count; i++) {
        struct str path = helmfile_path(reading->helmfile, yaml_text(items.items[i]));
        deployment_add_unknown(reading->deployer, &reading->deployment,
                               path.p ? path : yaml_text(items.items[i]), items.items[i]->span);
    }
}

static void add_set(struct release_reading *reading)
{
    struct node_list items = node_items(reading->release, "set");
    struct set_parameter_list list = {0};
    for (size_t i = 0; i < items.count; i++) {
        const struct yaml_node *value = yaml_value(items.items[i], "value");
        if (value)
            vector_push(reading->deployer->arena, &list,
                        ((struct set_parameter){.name = node_text(items.items[i], "name"),
                                                .value = yaml_text(value),
                                                .span = value->span}));
    }
    deployment_add_parameters(reading->deployer, &reading->deployment, &list);
}

/* --- charts --- */

static struct str find_chart(struct release_reading *reading)
{
    struct helmfile *helmfile = reading->helmfile;
    struct deployer *deployer = reading->deployer;
    struct str chart = node_text(reading->release, "chart");
    struct str path = helmfile_path(helmfile, chart);
    struct str file = path.p ? path_join(deployer->arena, path, STR("Chart.yaml")) : path;
    if (file.p && tree_has_file(deployer->tree, file))
        return path.n ? path : STR("");
    struct str name = chart;
    struct str repository = str_cut(&name, '/');
    for (size_t i = 0; name.p && i < helmfile->repository_names.count; i++) {
        if (!str_equal(helmfile->repository_names.items[i], repository))
            continue;
        struct str found = deployer_find_chart(deployer, helmfile->repository_urls.items[i], name,
                                               node_text(reading->release, "version"));
        if (found.p)
            return found;
    }
    return deployer_find_chart(deployer, STR(""), chart, node_text(reading->release, "version"));
}

void helmfile_read_release(struct helmfile *helmfile, const struct yaml_node *written)
{
    struct deployer *deployer = helmfile->deployer;
    const struct yaml_node *whole = inherited(helmfile, written);
    struct release_reading reading = {.helmfile = helmfile, .deployer = deployer};
    struct node_change change = {.text = fill, .context = &reading};
    reading.dot = helmfile_dot(helmfile, whole);
    reading.release = node_copy(deployer->arena, known_part(deployer->arena, whole), &change);
    if (!reading.release || !is_installed(helmfile, reading.release))
        return;
    const struct yaml_node *name = yaml_value(reading.release, "name");
    struct str namespace = node_text(reading.release, "namespace");
    bool has_environment =
        !str_is(helmfile->environment, "default") || deployer->config->environments.count == 0;
    reading.dot = helmfile_dot(helmfile, reading.release);
    reading.deployment = (struct deployment){
        .application =
            name_without_environment(deployer->arena, yaml_text(name), helmfile->environment),
        .full_name = path_join(deployer->arena, namespace, yaml_text(name)),
        .environment = has_environment ? helmfile->environment : (struct str){0},
        .release_name = yaml_text(name),
        .namespace = namespace.n ? namespace : helmfile->namespace,
        .span = name ? name->span : reading.release->span,
    };
    reading.deployment.chart_directory = find_chart(&reading);
    add_list(&reading, "values");
    add_list(&reading, "valuesTemplate");
    add_secrets(&reading);
    add_set(&reading);
    vector_push(deployer->arena, &deployer->found, reading.deployment);
}
