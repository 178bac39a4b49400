#include "workload_kind.h"

#include "values/values.h"

/* --- places --- */

static void add_place(struct kind_file *file, struct workload_pods *pods, struct str pod,
                      struct str object)
{
    vector_push(file->arena, &pods->places, ((struct workload_place){pod, object}));
}

static struct str below(struct kind_file *file, struct str path, const char *rest)
{
    return str_format(file->arena, "%.*s%s%s", STR_ARG(path), path.n ? "." : "", rest);
}

/* Pod templates of Kubernetes' own form: the rest of the pod's parts lies in them. */
static void read_templates(struct kind_file *file, struct workload_pods *pods,
                           const struct yaml_node *node)
{
    struct str_list templates = kind_file_texts(file, node);
    for (size_t i = 0; i < templates.count; i++) {
        struct str path = templates.items[i];
        add_place(file, pods, STR("labels"), below(file, path, "metadata.labels"));
        add_place(file, pods, STR("annotations"), below(file, path, "metadata.annotations"));
        add_place(file, pods, STR(""), below(file, path, "spec"));
    }
}

/* `path: part` is one part at a path, `path: [part, …]` are parts below it by their own names. */
static void read_parts(struct kind_file *file, struct workload_pods *pods,
                       const struct yaml_node *node)
{
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        if (entry->value->kind != YAML_LIST)
            add_place(file, pods, yaml_text(entry->value), entry->key);
        struct str_list names = {0};
        if (entry->value->kind == YAML_LIST)
            names = kind_file_texts(file, entry->value);
        for (size_t k = 0; k < names.count; k++)
            add_place(file, pods, names.items[k],
                      below(file, entry->key, str_to_c(file->arena, names.items[k])));
    }
}

static void read_replicas(struct kind_file *file, struct workload_pods *pods,
                          const struct yaml_node *node)
{
    static const char *const known[] = {"at", "otherwise", "default"};
    KIND_FILE_CHECK_KEYS(file, node, known);
    pods->default_replicas = yaml_value(node, "default");
    for (size_t i = 0; i < 2; i++) {
        struct str path = yaml_text(yaml_value(node, known[i]));
        if (path.p)
            add_place(file, pods, STR("replicas"), path);
    }
}

static void read_containers(struct kind_file *file, struct workload_pods *pods,
                            const struct yaml_node *node)
{
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++) {
        const struct yaml_node *fields = node->list.items[i];
        struct str name = yaml_text(yaml_value(fields, "name"));
        if (!name.n)
            kind_file_complain(file, fields->span, "a container needs a name", STR(""));
        vector_push(file->arena, &pods->containers,
                    ((struct workload_container_kind){name, fields}));
    }
}

/* --- pods --- */

static bool is_set(const struct yaml_node *pods, const char *key)
{
    const struct yaml_node *node = yaml_value(pods, key);
    return node && node->kind == YAML_BOOL && node->boolean;
}

static void read_places(struct kind_file *file, struct workload_pods *pods,
                        const struct yaml_node *node)
{
    for (size_t i = 0; i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        if (str_is(entry->key, "template"))
            read_templates(file, pods, entry->value);
        else if (str_is(entry->key, "parts"))
            read_parts(file, pods, entry->value);
        else if (str_is(entry->key, "replicas"))
            read_replicas(file, pods, entry->value);
        else if (str_is(entry->key, "containers"))
            read_containers(file, pods, entry->value);
    }
}

static void read_pods(struct kind_file *file, struct workload_kind *kind,
                      const struct yaml_node *node)
{
    static const char *const known[] = {
        "name",
        "each",
        "when",
        "unless",
        "needs",
        "template",
        "replicas",
        "parts",
        "containers",
        "moreContainers",
        "onEveryNode",
        "toCompletion",
        "takesNoScheduling",
    };
    KIND_FILE_CHECK_KEYS(file, node, known);
    if (!file->good)
        return;
    const struct yaml_node *needs = yaml_value(node, "needs");
    struct str name = yaml_text(yaml_value(node, "name"));
    struct workload_pods pods = {
        .name = name.p ? name : STR(""),
        .each = yaml_text(yaml_value(node, "each")),
        .when = kind_condition_read(file, yaml_value(node, "when")),
        .unless = kind_condition_read(file, yaml_value(node, "unless")),
        .needs_kind = yaml_text(yaml_value(needs, "kind")),
        .needs_without = yaml_text(yaml_value(needs, "without")),
        .more_containers = yaml_text(yaml_value(node, "moreContainers")),
        .is_on_every_node = is_set(node, "onEveryNode"),
        .is_to_completion = is_set(node, "toCompletion"),
        .takes_no_scheduling = is_set(node, "takesNoScheduling"),
    };
    read_places(file, &pods, node);
    vector_push(file->arena, &kind->pods, pods);
}

/* `makes: {Service: [NAME, …], GROUP/KIND: NAME}` */
static void read_makes(struct kind_file *file, struct workload_kind *kind,
                       const struct yaml_node *node)
{
    if (node && node->kind != YAML_MAP)
        kind_file_complain(file, node->span, "a map of kinds to names is needed here", STR(""));
    for (size_t i = 0; node && node->kind == YAML_MAP && i < node->map.count; i++) {
        struct str whole = node->map.entries[i].key;
        size_t slash = str_find_char(whole, '/');
        struct workload_made made = {
            .group = slash == STR_NOT_FOUND ? STR("") : str_slice(whole, 0, slash),
            .kind = slash == STR_NOT_FOUND ? whole : str_from(whole, slash + 1),
            .names = kind_file_texts(file, node->map.entries[i].value),
        };
        vector_push(file->arena, &kind->makes, made);
    }
}

static void read_kind(struct kind_file *file, void *context)
{
    static const char *const known[] = {"kind", "groups", "operator", "stopped", "pods", "makes"};
    struct workload_kinds *kinds = context;
    const struct yaml_node *root = file->root;
    const struct yaml_node *pods = yaml_value(root, "pods");
    KIND_FILE_CHECK_KEYS(file, root, known);
    struct workload_kind kind = {
        .kind = yaml_text(yaml_value(root, "kind")),
        .groups = kind_file_texts(file, yaml_value(root, "groups")),
        .operator_name = yaml_text(yaml_value(root, "operator")),
        .stopped = kind_condition_read(file, yaml_value(root, "stopped")),
    };
    bool has_pods = pods && pods->kind == YAML_LIST;
    if (!kind.kind.n || !kind.groups.count || !has_pods)
        kind_file_complain(file, root->span, "`kind`, `groups` and a list of `pods` are needed",
                           STR(""));
    read_makes(file, &kind, yaml_value(root, "makes"));
    for (size_t i = 0; file->good && has_pods && i < pods->list.count; i++)
        read_pods(file, &kind, pods->list.items[i]);
    if (file->good)
        vector_push(file->arena, kinds, kind);
}

struct workload_kinds workload_kinds_load(struct arena *arena, struct tree *user_tree,
                                          struct diagnostics *sink)
{
    struct workload_kinds kinds = {0};
    struct kind_file file = {.arena = arena, .sink = sink, .topic = "workload"};
    struct embedded_texts embedded = {embedded_workloads, embedded_workload_count};
    kind_files_read(&file, user_tree, STR(".bulkhead/workloads/*.yaml"), embedded, read_kind,
                    &kinds);
    return kinds;
}

const struct workload_kind *workload_kind_find(const struct workload_kinds *kinds, struct str group,
                                               struct str kind)
{
    for (size_t i = 0; i < kinds->count; i++) {
        const struct workload_kind *found = &kinds->items[i];
        if (str_equal(found->kind, kind) && str_list_has(&found->groups, group))
            return found;
    }
    return NULL;
}
