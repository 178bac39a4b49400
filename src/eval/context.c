#include "context.h"

#include "evaluation.h"

/* --- .Chart --- */

/* The fields of Chart.yaml that .Chart has as a text: the name in templates and in the file. */
static const struct {
    const char *name, *key;
} metadata_texts[] = {
    {"APIVersion", "apiVersion"},
    {"AppVersion", "appVersion"},
    {"Condition", "condition"},
    {"Description", "description"},
    {"Home", "home"},
    {"Icon", "icon"},
    {"KubeVersion", "kubeVersion"},
    {"Tags", "tags"},
    {"Type", "type"},
    {"Version", "version"},
};

static struct value text_of(const struct yaml_node *map, const char *key)
{
    struct str text = yaml_text(yaml_value(map, key));
    return value_string(text.p ? text : STR(""));
}

static struct value texts_of(struct arena *arena, const struct yaml_node *node)
{
    struct value_list *list = value_list_new(arena, LIST_ANY, 0);
    for (size_t i = 0; node && node->kind == YAML_LIST && i < node->list.count; i++)
        value_list_add(arena, list, value_string(yaml_text(node->list.items[i])));
    return value_of_list(list);
}

static struct value maintainers_of(struct arena *arena, const struct yaml_node *node)
{
    static const char *const fields[][2] = {{"Email", "email"}, {"Name", "name"}, {"URL", "url"}};
    struct value_list *list = value_list_new(arena, LIST_ANY, 0);
    for (size_t i = 0; node && node->kind == YAML_LIST && i < node->list.count; i++) {
        struct value_map *map = value_map_new(arena, MAP_ANY);
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
            value_map_set(map, str_from_c(fields[k][0]),
                          text_of(node->list.items[i], fields[k][1]));
        value_list_add(arena, list, value_of_map(map));
    }
    return value_of_list(list);
}

static struct value annotations_of(struct arena *arena, const struct yaml_node *node)
{
    struct value_map *map = value_map_new(arena, MAP_STRING);
    map->is_nil = !node || node->kind != YAML_MAP;
    for (size_t i = 0; node && node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        value_map_set(map, entry->key, value_string(yaml_text(entry->value)));
    }
    return value_of_map(map);
}

/* Helm writes both forms of import-values as maps of child and parent, and drops others. */
static struct value import_of(struct arena *arena, const struct yaml_node *import)
{
    static const char *const names[] = {"child", "parent"};
    struct value_map *map = value_map_new(arena, MAP_STRING);
    for (size_t i = 0; i < 2; i++) {
        const struct yaml_node *given = yaml_value(import, names[i]);
        struct value value = given ? value_from_yaml(arena, given) : value_nil();
        value_map_set(map, str_from_c(names[i]), value_string(value_to_text(arena, value, 4)));
    }
    if (import->kind != YAML_MAP) {
        value_map_set(map, STR("child"),
                      value_string(str_join(arena, STR("exports."), yaml_text(import))));
        value_map_set(map, STR("parent"), value_string(STR(".")));
    }
    return value_of_map(map);
}

static struct value dependency_of(struct arena *arena, const struct chart_dependency *dependency)
{
    struct value_map *map = value_map_new(arena, MAP_ANY);
    struct value_list *tags = value_list_new(arena, LIST_ANY, 0);
    struct value_list *imports = value_list_new(arena, LIST_ANY, 0);
    const struct yaml_node *import = dependency->import_values;
    for (size_t i = 0; i < dependency->tags.count; i++)
        value_list_add(arena, tags, value_string(dependency->tags.items[i]));
    for (size_t i = 0; import && import->kind == YAML_LIST && i < import->list.count; i++) {
        const struct yaml_node *item = import->list.items[i];
        if (item->kind == YAML_MAP || item->kind == YAML_STRING)
            value_list_add(arena, imports, import_of(arena, item));
    }
    struct str name = dependency->alias.n ? dependency->alias : dependency->name;
    value_map_set(map, STR("Name"), value_string(name));
    value_map_set(map, STR("Version"), value_string(dependency->version));
    value_map_set(map, STR("Repository"), value_string(dependency->repository));
    value_map_set(map, STR("Condition"), value_string(dependency->condition));
    value_map_set(map, STR("Alias"), value_string(dependency->alias));
    value_map_set(map, STR("Enabled"), value_bool(true));
    value_map_set(map, STR("Tags"), value_of_list(tags));
    value_map_set(map, STR("ImportValues"), value_of_list(imports));
    return value_of_map(map);
}

/* Only dependencies that are part of the release are left. */
static struct value dependencies_of(struct arena *arena, const struct chart_instance *instance)
{
    const struct chart *chart = instance->package->chart;
    struct value_list *list = value_list_new(arena, LIST_ANY, 0);
    for (size_t i = 0; i < chart->dependency_count; i++) {
        const struct chart_dependency *dependency = &chart->dependencies[i];
        struct str name = dependency->alias.n ? dependency->alias : dependency->name;
        bool found = false;
        for (size_t k = 0; k < instance->child_count && !found; k++)
            found = str_equal(instance->children[k]->name, name);
        if (found)
            value_list_add(arena, list, dependency_of(arena, dependency));
    }
    return value_of_list(list);
}

struct value_map *chart_metadata(struct arena *arena, const struct chart_instance *instance)
{
    const struct yaml_node *metadata = instance->package->chart->metadata;
    const struct yaml_node *deprecated = yaml_value(metadata, "deprecated");
    struct value_map *map = value_map_new(arena, MAP_ANY);
    for (size_t i = 0; i < sizeof metadata_texts / sizeof *metadata_texts; i++)
        value_map_set(map, str_from_c(metadata_texts[i].name),
                      text_of(metadata, metadata_texts[i].key));
    value_map_set(map, STR("Name"), value_string(instance->name));
    value_map_set(map, STR("Sources"), texts_of(arena, yaml_value(metadata, "sources")));
    value_map_set(map, STR("Keywords"), texts_of(arena, yaml_value(metadata, "keywords")));
    value_map_set(map, STR("Maintainers"),
                  maintainers_of(arena, yaml_value(metadata, "maintainers")));
    value_map_set(map, STR("Annotations"),
                  annotations_of(arena, yaml_value(metadata, "annotations")));
    value_map_set(map, STR("Deprecated"),
                  value_bool(deprecated && deprecated->kind == YAML_BOOL && deprecated->boolean));
    value_map_set(map, STR("Dependencies"), dependencies_of(arena, instance));
    value_map_set(map, STR("IsRoot"), value_bool(!instance->parent));
    return map;
}

/* --- .Capabilities --- */

static struct str print_kube_version(struct arena *arena, const void *data)
{
    (void)arena;
    return ((const struct capabilities *)data)->normalized;
}

static const struct object_field kube_version_fields[] = {
    {"Version", "Version", .text_offset = offsetof(struct capabilities, kube_version)},
    {"normalizedVersion", NULL, .text_offset = offsetof(struct capabilities, normalized)},
    {"Major", "Major", .text_offset = offsetof(struct capabilities, major)},
    {"Minor", "Minor", .text_offset = offsetof(struct capabilities, minor)},
};
static const struct object_field kube_version_fields_3[] = {
    {"Version", "Version", .text_offset = offsetof(struct capabilities, kube_version)},
    {"Major", "Major", .text_offset = offsetof(struct capabilities, major)},
    {"Minor", "Minor", .text_offset = offsetof(struct capabilities, minor)},
};

static const struct object_member kube_version_members[] = {
    TEXT_FIELD("Version", struct capabilities, kube_version),
    TEXT_FIELD("Major", struct capabilities, major),
    TEXT_FIELD("Minor", struct capabilities, minor),
    TEXT_METHOD("GitVersion", struct capabilities, kube_version),
    TEXT_METHOD("String", struct capabilities, normalized),
};
static const struct object_type kube_version_type = {
    .name = "common.KubeVersion",
    .kind = "struct",
    .members = kube_version_members,
    .member_count = sizeof kube_version_members / sizeof *kube_version_members,
    .fields = kube_version_fields,
    .field_count = sizeof kube_version_fields / sizeof *kube_version_fields,
    .print = print_kube_version,
    .prints_by_address = true,
};
static const struct object_type kube_version_type_3 = {
    .name = "chartutil.KubeVersion",
    .kind = "struct",
    .members = kube_version_members,
    .member_count = sizeof kube_version_members / sizeof *kube_version_members,
    .fields = kube_version_fields_3,
    .field_count = sizeof kube_version_fields_3 / sizeof *kube_version_fields_3,
    .print = print_kube_version,
    .prints_by_address = true,
};

static bool has_api_version(struct call *call, const void *data, struct value *ret_value)
{
    const struct capabilities *capabilities = data;
    *ret_value =
        value_bool(str_list_has(&capabilities->api_versions, value_str(call->arguments[0])));
    return true;
}

static struct value_list *api_versions_list(struct arena *arena, const void *data)
{
    const struct capabilities *capabilities = data;
    struct value_list *list = value_list_new(arena, LIST_STRING, capabilities->api_versions.count);
    for (size_t i = 0; i < capabilities->api_versions.count; i++)
        value_list_add(arena, list, value_string(capabilities->api_versions.items[i]));
    return list;
}

static struct value api_versions_to_plain(struct arena *arena, const void *data)
{
    return value_of_list(api_versions_list(arena, data));
}

static struct str print_api_versions(struct arena *arena, const void *data)
{
    const struct capabilities *capabilities = data;
    return str_format(arena, "[%.*s]",
                      STR_ARG(str_list_join(arena, &capabilities->api_versions, STR(" "))));
}

static const struct object_member api_versions_members[] = {
    {"Has", has_api_version, .parameters = {PARAMETER_STRING}, .is_method = true},
};
static const struct object_type api_versions_type = {
    .name = "common.VersionSet",
    .name3 = "chartutil.VersionSet",
    .kind = "slice",
    .members = api_versions_members,
    .member_count = sizeof api_versions_members / sizeof *api_versions_members,
    .print = print_api_versions,
    .to_plain = api_versions_to_plain,
    .to_list = api_versions_list,
};

/* BuildInfo; Helm 3 does not know the version of client-go. */
static const struct object_member helm_version_members[] = {
    TEXT_FIELD("Version", struct capabilities, helm_version),
    TEXT_FIELD("GitCommit", struct capabilities, git_commit),
    TEXT_FIELD("GitTreeState", struct capabilities, git_tree_state),
    TEXT_FIELD("GoVersion", struct capabilities, go_version),
    TEXT_FIELD("KubeClientVersion", struct capabilities, kube_client_version),
};
#define BUILD_FIELD(field_name, json_name, field)                                                  \
    {                                                                                              \
        .name = (field_name), .json = (json_name), .omits_empty = true,                            \
        .text_offset = offsetof(struct capabilities, field)                                        \
    }
static const struct object_field helm_version_fields[] = {
    BUILD_FIELD("Version", "version", helm_version),
    BUILD_FIELD("GitCommit", "git_commit", git_commit),
    BUILD_FIELD("GitTreeState", "git_tree_state", git_tree_state),
    BUILD_FIELD("GoVersion", "go_version", go_version),
    {"KubeClientVersion", "kube_client_version",
     .text_offset = offsetof(struct capabilities, kube_client_version)},
};
enum { HELM_VERSION_FIELDS = sizeof helm_version_fields / sizeof *helm_version_fields };
static const struct object_type helm_version_type = {
    .name = "version.BuildInfo",
    .kind = "struct",
    .members = helm_version_members,
    .member_count = HELM_VERSION_FIELDS,
    .fields = helm_version_fields,
    .field_count = HELM_VERSION_FIELDS,
};
static const struct object_type helm_version_type_3 = {
    .name = "version.BuildInfo",
    .kind = "struct",
    .members = helm_version_members,
    .member_count = HELM_VERSION_FIELDS - 1,
    .fields = helm_version_fields,
    .field_count = HELM_VERSION_FIELDS - 1,
};

static bool is_of_helm_3(const struct capabilities *capabilities)
{
    return str_starts_with(capabilities->helm_version, STR("v3."));
}

static struct value kube_version_of(struct arena *arena, const void *data)
{
    return object_new(arena, is_of_helm_3(data) ? &kube_version_type_3 : &kube_version_type, data);
}

static struct value api_versions_of(struct arena *arena, const void *data)
{
    return object_new(arena, &api_versions_type, data);
}

static struct value helm_version_of(struct arena *arena, const void *data)
{
    return object_new(arena, is_of_helm_3(data) ? &helm_version_type_3 : &helm_version_type, data);
}

static bool get_kube_version(struct call *call, const void *data, struct value *ret_value)
{
    *ret_value = kube_version_of(call->arena, data);
    return true;
}

static bool get_api_versions(struct call *call, const void *data, struct value *ret_value)
{
    *ret_value = api_versions_of(call->arena, data);
    return true;
}

static bool get_helm_version(struct call *call, const void *data, struct value *ret_value)
{
    *ret_value = helm_version_of(call->arena, data);
    return true;
}

static bool copy_capabilities(struct call *call, const void *data, struct value *ret_value)
{
    *ret_value = capabilities_object(call->arena, data);
    return true;
}

static const struct object_member capabilities_members[] = {
    {"KubeVersion", get_kube_version, .is_method = false},
    {"APIVersions", get_api_versions, .is_method = false},
    {"HelmVersion", get_helm_version, .is_method = false},
    {"Copy", copy_capabilities, .is_method = true},
};
static const struct object_field capabilities_fields[] = {
    {"KubeVersion", "KubeVersion", .get = kube_version_of},
    {"APIVersions", "APIVersions", .get = api_versions_of},
    {"HelmVersion", "HelmVersion", .get = helm_version_of},
};
static const struct object_type capabilities_type = {
    .name = "*common.Capabilities",
    .name3 = "*chartutil.Capabilities",
    .kind = "ptr",
    .members = capabilities_members,
    .member_count = sizeof capabilities_members / sizeof *capabilities_members,
    .fields = capabilities_fields,
    .field_count = sizeof capabilities_fields / sizeof *capabilities_fields,
};

struct value capabilities_object(struct arena *arena, const struct capabilities *capabilities)
{
    return object_new(arena, &capabilities_type, capabilities);
}

/* --- the whole --- */

static struct value_map *release_of(struct arena *arena, const struct render_options *options)
{
    struct value_map *map = value_map_new(arena, MAP_ANY);
    value_map_set(map, STR("Name"), value_string(options->release));
    value_map_set(map, STR("Namespace"), value_string(options->namespace));
    value_map_set(map, STR("IsUpgrade"), value_bool(options->is_upgrade));
    value_map_set(map, STR("IsInstall"), value_bool(!options->is_upgrade));
    value_map_set(map, STR("Revision"), value_int(1));
    value_map_set(map, STR("Service"), value_string(STR("Helm")));
    return map;
}

static struct value_map *dot_of(struct arena *arena, const struct chart_instance *instance,
                                struct value release, struct value capabilities)
{
    struct value_map *dot = value_map_new(arena, MAP_ANY);
    struct value_map *subcharts = value_map_new(arena, MAP_ANY);
    for (size_t i = 0; i < instance->child_count; i++) {
        const struct chart_instance *child = instance->children[i];
        value_map_set(subcharts, child->name,
                      value_of_map(dot_of(arena, child, release, capabilities)));
    }
    value_map_set(dot, STR("Chart"), value_of_map(chart_metadata(arena, instance)));
    value_map_set(dot, STR("Files"), files_new(arena, &instance->package->files));
    value_map_set(dot, STR("Release"), release);
    value_map_set(dot, STR("Capabilities"), capabilities);
    value_map_set(dot, STR("Values"), value_of_values(instance->values));
    value_map_set(dot, STR("Subcharts"), value_of_map(subcharts));
    return dot;
}

struct value_map *context_new(struct arena *arena, const struct chart_instance *root,
                              const struct render_options *options)
{
    return dot_of(arena, root, value_of_map(release_of(arena, options)),
                  capabilities_object(arena, options->capabilities));
}
