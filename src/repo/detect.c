#include "detect.h"

#include <stdlib.h>

#include "pattern.h"

void detect_add_environment(struct detection *detection, struct str name)
{
    for (size_t i = 0; i < detection->config->environments.count; i++) {
        if (str_equal(detection->config->environments.items[i].name, name))
            return;
    }
    struct config_environment *environment =
        vector_add(detection->arena, &detection->config->environments);
    environment->name = name;
}

static int compare_environments(const void *a, const void *b)
{
    const struct config_environment *left = a;
    const struct config_environment *right = b;
    if (left->cluster_scope != right->cluster_scope)
        return left->cluster_scope ? 1 : -1;
    unsigned left_rank = environment_word_rank(left->name);
    unsigned right_rank = environment_word_rank(right->name);
    if (left_rank != right_rank)
        return left_rank < right_rank ? -1 : 1;
    return str_compare(left->name, right->name);
}

void detect_sort_environments(struct detection *detection)
{
    struct config *config = detection->config;
    if (config->environments.count)
        qsort(config->environments.items, config->environments.count,
              sizeof *config->environments.items, compare_environments);
}

void detect_add_layer(struct detection *detection, struct str pattern)
{
    struct config_layer *layer = vector_add(detection->arena, &detection->config->layers);
    layer->pattern = pattern;
    layer->optional = true;
}

static bool has_line(struct str bytes, const char *start)
{
    struct str prefix = str_from_c(start);
    struct str in_text = {0};
    char buffer[64];
    buffer[0] = '\n';
    memcpy(buffer + 1, prefix.p, prefix.n);
    in_text = (struct str){buffer, prefix.n + 1};
    return str_starts_with(bytes, prefix) || str_contains(bytes, in_text);
}

/* The first line that is neither empty nor a comment; p == NULL for none. */
static struct str first_line(struct str bytes)
{
    while (bytes.p) {
        struct str line = str_trim(str_cut(&bytes, '\n'));
        if (line.n && line.p[0] != '#' && !str_is(line, "---"))
            return line;
    }
    return (struct str){0};
}

/* Patches of Kustomize are lists. A file without content is believed by its name. */
static bool is_map(struct str bytes, struct str path)
{
    struct str line = first_line(bytes);
    if (!line.p)
        return str_contains(path_name(path), STR("values"));
    return !str_starts_with(line, STR("- ")) && str_find_char(bytes, ':') != STR_NOT_FOUND;
}

bool detect_is_values(struct detection *detection, struct str path)
{
    const struct file *file = tree_find(detection->tree, path);
    if (!file || file->state != FILE_READ)
        return false;
    struct str bytes = file->bytes;
    struct str byte_order_mark = STR("\xEF\xBB\xBF");
    if (str_starts_with(bytes, byte_order_mark))
        bytes = str_from(bytes, byte_order_mark.n);
    bool object = has_line(bytes, "apiVersion:") && has_line(bytes, "kind:");
    /* Unquoted braces are filled in by another tool before Helm sees the file. */
    bool template = str_contains(bytes, STR(": {{")) || str_contains(bytes, STR("- {{"));
    return !object && !template && is_map(bytes, path);
}

/* --- identities --- */

static void read_tolerations(struct detection *detection, const struct yaml_node *list,
                             struct config_environment *environment)
{
    if (!list || list->kind != YAML_LIST || list->list.count != 1)
        return;
    const struct yaml_node *toleration = list->list.items[0];
    struct str key = yaml_text(yaml_value(toleration, "key"));
    if (!str_ends_with(key, STR("environment")) && !str_ends_with(key, STR("env")))
        return;
    environment->taint = yaml_text(yaml_value(toleration, "value"));
    detection->config->label_environment = key;
}

static void read_selector(struct detection *detection, const struct yaml_node *selector,
                          struct config_environment *environment)
{
    if (!selector || selector->kind != YAML_MAP || selector->map.count != 1)
        return;
    const struct yaml_entry *entry = &selector->map.entries[0];
    if (!str_ends_with(entry->key, STR("pool")))
        return;
    environment->pool = yaml_text(entry->value);
    detection->config->label_pool = entry->key;
}

static void set_if_new(struct str *field, struct str value)
{
    if (!field->n && value.n && !str_contains(value, STR("{{")))
        *field = value;
}

static void read_identity(struct detection *detection, const struct yaml_node *map,
                          struct config_environment *environment)
{
    set_if_new(&environment->namespace, yaml_text(yaml_value(map, "namespace")));
    set_if_new(&environment->domain, yaml_text(yaml_value(map, "domain")));
    read_selector(detection, yaml_value(map, "nodeSelector"), environment);
    read_tolerations(detection, yaml_value(map, "tolerations"), environment);
}

static void read_layer(struct detection *detection, struct str pattern,
                       struct config_environment *environment)
{
    static const struct application none;
    if (!pattern_names_environment(pattern) || pattern_names_application(pattern))
        return;
    struct str path = pattern_fill(detection->arena, pattern, environment, &none);
    const struct file *file = path.p ? tree_find(detection->tree, path) : NULL;
    if (!file || file->state != FILE_READ)
        return;
    const struct yaml_node *root = yaml_root(yaml_parse(detection->arena, file, &limits_default));
    read_identity(detection, root, environment);
    read_identity(detection, yaml_value(root, "global"), environment);
}

/* A name that is more than one environment's: that of an application, or the beginning of another
 * environment's namespace (shop, shop-dev). */
static bool is_common_name(const struct config *config, struct str name)
{
    for (size_t i = 0; i < config->environments.count; i++) {
        struct str other = config->environments.items[i].namespace;
        if (other.n > name.n && str_starts_with(other, name) && other.p[name.n] == '-')
            return true;
    }
    for (size_t i = 0; i < config->applications.count; i++) {
        if (str_equal(config->applications.items[i].name, name))
            return true;
    }
    for (size_t i = 0; i < config->application_charts.count; i++) {
        if (str_equal(path_name(config->application_charts.items[i]), name))
            return true;
    }
    return false;
}

static void forget_common_namespaces(struct config *config)
{
    for (size_t i = 0; i < config->environments.count; i++) {
        struct str *namespace = &config->environments.items[i].namespace;
        if (is_common_name(config, *namespace))
            *namespace = (struct str){0};
    }
}

void detect_identities(struct detection *detection)
{
    struct config *config = detection->config;
    for (size_t i = 0; i < config->environments.count; i++) {
        for (size_t k = 0; k < config->layers.count; k++)
            read_layer(detection, config->layers.items[k].pattern, &config->environments.items[i]);
    }
    forget_common_namespaces(config);
}

/* --- all together --- */

/* The first of the files that has the text; p == NULL for none. Hidden folders hold tests and
 * templates. */
static struct str find_text(struct detection *detection, const struct str_list *paths,
                            const char *text)
{
    enum { MOST_READ = 1000 };
    for (size_t i = 0; i < paths->count && i < MOST_READ; i++) {
        struct str path = paths->items[i];
        if (path.p[0] == '.' || str_contains(path, STR("/.")))
            continue;
        const struct file *file = tree_find(detection->tree, path);
        if (file && file->state == FILE_READ && str_contains(file->bytes, str_from_c(text)))
            return path;
    }
    return (struct str){0};
}

static void report_other_tools(struct detection *detection, bool deployers_are_read)
{
    static const struct {
        const char *pattern, *text, *name;
        bool is_deployer;
    } tools[] = {
        {"**/helmfile{,.d/*}.{yaml,yaml.gotmpl,yml}", "", "Helmfile", true},
        {"**/*.{yaml,yml}", "kind: ApplicationSet", "an Argo CD ApplicationSet", true},
        {"**/*.{yaml,yml}", "kind: Application\n", "an Argo CD Application", true},
        {"**/*.{yaml,yml}", "kind: HelmRelease", "a Flux HelmRelease", true},
        {"**/fleet.yaml", "", "Fleet", false},
    };
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
        if (tools[i].is_deployer && deployers_are_read)
            continue;
        struct str_list paths =
            tree_glob(detection->tree, detection->arena, str_from_c(tools[i].pattern));
        struct str found = find_text(detection, &paths, tools[i].text);
        if (found.p)
            diagnostics_add(detection->sink, SEVERITY_INFO, "detection", (struct span){0},
                            "%.*s (%s) does not say enough, or is not read: what is deployed is "
                            "concluded from the names of values files",
                            STR_ARG(found), tools[i].name);
    }
}

bool model_detect(struct arena *arena, struct tree *tree, struct diagnostics *sink,
                  struct config *ret_config)
{
    struct config config = config_default();
    struct detection detection = {arena, tree, sink, &config};
    bool deployed = detect_deployers(&detection);
    report_other_tools(&detection, deployed);
    bool found = deployed || detect_components(&detection) || detect_patterns(&detection) ||
                 detect_charts(&detection);
    if (!found)
        return false;
    detect_sort_environments(&detection);
    detect_identities(&detection);
    *ret_config = config;
    return true;
}
