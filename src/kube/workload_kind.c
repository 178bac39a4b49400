#include "workload_kind.h"

#include "values/values.h"

struct loader {
    struct arena *arena;
    struct diagnostics *sink;
    struct workload_kinds kinds;
    bool good; /* the current file, so far */
};

static void complain(struct loader *loader, struct span span, const char *what, struct str detail)
{
    diagnostics_add(loader->sink, SEVERITY_ERROR, "workload", span, "%s%.*s", what,
                    STR_ARG(detail));
    loader->good = false;
}

static void check_keys(struct loader *loader, const struct yaml_node *map, const char *const *known,
                       size_t count)
{
    if (map->kind != YAML_MAP) {
        complain(loader, map->span, "a map is needed here", STR(""));
        return;
    }
    for (size_t i = 0; i < map->map.count; i++) {
        if (!str_is_one_of(map->map.entries[i].key, known, count))
            complain(loader, map->map.entries[i].key_span, "unknown key ", map->map.entries[i].key);
    }
}

#define CHECK_KEYS(loader, map, known)                                                             \
    check_keys((loader), (map), (known), sizeof(known) / sizeof *(known))

static struct str_list read_texts(struct loader *loader, const struct yaml_node *node)
{
    struct str_list texts = {0};
    if (node && node->kind == YAML_STRING)
        vector_push(loader->arena, &texts, yaml_text(node));
    for (size_t i = 0; node && node->kind == YAML_LIST && i < node->list.count; i++)
        vector_push(loader->arena, &texts, yaml_text(node->list.items[i]));
    return texts;
}

/* --- places --- */

static void add_place(struct loader *loader, struct workload_pods *pods, struct str pod,
                      struct str object)
{
    vector_push(loader->arena, &pods->places, ((struct workload_place){pod, object}));
}

static struct str below(struct loader *loader, struct str path, const char *rest)
{
    return str_format(loader->arena, "%.*s%s%s", STR_ARG(path), path.n ? "." : "", rest);
}

/* Pod templates of Kubernetes' own form: the rest of the pod's parts lies in them. */
static void read_templates(struct loader *loader, struct workload_pods *pods,
                           const struct yaml_node *node)
{
    struct str_list templates = read_texts(loader, node);
    for (size_t i = 0; i < templates.count; i++) {
        struct str path = templates.items[i];
        add_place(loader, pods, STR("labels"), below(loader, path, "metadata.labels"));
        add_place(loader, pods, STR("annotations"), below(loader, path, "metadata.annotations"));
        add_place(loader, pods, STR(""), below(loader, path, "spec"));
    }
}

/* `path: part` is one part at a path, `path: [part, …]` are parts below it by their own names. */
static void read_parts(struct loader *loader, struct workload_pods *pods,
                       const struct yaml_node *node)
{
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        if (entry->value->kind != YAML_LIST)
            add_place(loader, pods, yaml_text(entry->value), entry->key);
        struct str_list names = {0};
        if (entry->value->kind == YAML_LIST)
            names = read_texts(loader, entry->value);
        for (size_t k = 0; k < names.count; k++)
            add_place(loader, pods, names.items[k],
                      below(loader, entry->key, str_to_c(loader->arena, names.items[k])));
    }
}

static void read_replicas(struct loader *loader, struct workload_pods *pods,
                          const struct yaml_node *node)
{
    static const char *const known[] = {"at", "otherwise", "default"};
    CHECK_KEYS(loader, node, known);
    pods->default_replicas = yaml_value(node, "default");
    for (size_t i = 0; i < 2; i++) {
        struct str path = yaml_text(yaml_value(node, known[i]));
        if (path.p)
            add_place(loader, pods, STR("replicas"), path);
    }
}

static void read_containers(struct loader *loader, struct workload_pods *pods,
                            const struct yaml_node *node)
{
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++) {
        const struct yaml_node *fields = node->list.items[i];
        struct str name = yaml_text(yaml_value(fields, "name"));
        if (!name.n)
            complain(loader, fields->span, "a container needs a name", STR(""));
        vector_push(loader->arena, &pods->containers,
                    ((struct workload_container_kind){name, fields}));
    }
}

/* --- pods --- */

static struct workload_condition read_condition(struct loader *loader, const struct yaml_node *node)
{
    struct workload_condition condition = {0};
    if (node && node->kind == YAML_MAP && node->map.count == 1) {
        condition.path = node->map.entries[0].key;
        condition.words = read_texts(loader, node->map.entries[0].value);
    } else if (node) {
        condition.path = yaml_text(node);
        if (!condition.path.n)
            complain(loader, node->span, "a path or a map of one path to words is needed here",
                     STR(""));
    }
    return condition;
}

static bool is_set(const struct yaml_node *pods, const char *key)
{
    const struct yaml_node *node = yaml_value(pods, key);
    return node && node->kind == YAML_BOOL && node->boolean;
}

static void read_places(struct loader *loader, struct workload_pods *pods,
                        const struct yaml_node *node)
{
    for (size_t i = 0; i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        if (str_is(entry->key, "template"))
            read_templates(loader, pods, entry->value);
        else if (str_is(entry->key, "parts"))
            read_parts(loader, pods, entry->value);
        else if (str_is(entry->key, "replicas"))
            read_replicas(loader, pods, entry->value);
        else if (str_is(entry->key, "containers"))
            read_containers(loader, pods, entry->value);
    }
}

static void read_pods(struct loader *loader, struct workload_kind *kind,
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
    CHECK_KEYS(loader, node, known);
    if (!loader->good)
        return;
    const struct yaml_node *needs = yaml_value(node, "needs");
    struct str name = yaml_text(yaml_value(node, "name"));
    struct workload_pods pods = {
        .name = name.p ? name : STR(""),
        .each = yaml_text(yaml_value(node, "each")),
        .when = read_condition(loader, yaml_value(node, "when")),
        .unless = read_condition(loader, yaml_value(node, "unless")),
        .needs_kind = yaml_text(yaml_value(needs, "kind")),
        .needs_without = yaml_text(yaml_value(needs, "without")),
        .more_containers = yaml_text(yaml_value(node, "moreContainers")),
        .is_on_every_node = is_set(node, "onEveryNode"),
        .is_to_completion = is_set(node, "toCompletion"),
        .takes_no_scheduling = is_set(node, "takesNoScheduling"),
    };
    read_places(loader, &pods, node);
    vector_push(loader->arena, &kind->pods, pods);
}

static void add_kind(struct loader *loader, struct str bytes, uint32_t file)
{
    static const char *const known[] = {"kind", "groups", "operator", "stopped", "pods"};
    const struct yaml_stream *stream =
        yaml_parse_bytes(loader->arena, bytes, file, &limits_default);
    const struct yaml_node *root = yaml_root(stream);
    const struct yaml_node *pods = yaml_value(root, "pods");
    diagnostics_append(loader->sink, &stream->problems);
    loader->good = stream->complete;
    CHECK_KEYS(loader, root, known);
    struct workload_kind kind = {
        .kind = yaml_text(yaml_value(root, "kind")),
        .groups = read_texts(loader, yaml_value(root, "groups")),
        .operator_name = yaml_text(yaml_value(root, "operator")),
        .stopped = read_condition(loader, yaml_value(root, "stopped")),
    };
    if (!kind.kind.n || !kind.groups.count || !pods || pods->kind != YAML_LIST)
        complain(loader, root->span, "`kind`, `groups` and a list of `pods` are needed", STR(""));
    for (size_t i = 0; loader->good && i < pods->list.count; i++)
        read_pods(loader, &kind, pods->list.items[i]);
    if (loader->good)
        vector_push(loader->arena, &loader->kinds, kind);
}

static void add_user_kinds(struct loader *loader, struct tree *tree)
{
    struct str_list paths = tree_glob(tree, loader->arena, STR(".bulkhead/workloads/*.yaml"));
    for (size_t i = 0; i < paths.count; i++) {
        const struct file *file = tree_find(tree, paths.items[i]);
        add_kind(loader, file->bytes, file->id);
    }
}

struct workload_kinds workload_kinds_load(struct arena *arena, struct tree *user_tree,
                                          struct diagnostics *sink)
{
    struct loader loader = {.arena = arena, .sink = sink};
    if (user_tree)
        add_user_kinds(&loader, user_tree);
    for (size_t i = 0; i < embedded_workload_count; i++)
        add_kind(&loader, str_from_c(embedded_workloads[i]), 0);
    return loader.kinds;
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
