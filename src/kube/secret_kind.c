#include "secret_kind.h"

static bool is_set(const struct yaml_node *map, const char *key)
{
    const struct yaml_node *node = yaml_value(map, key);
    return node && node->kind == YAML_BOOL && node->boolean;
}

static struct secret_keys read_keys(struct kind_file *file, const struct yaml_node *node)
{
    static const char *const known[] = {"when", "maps", "texts", "always"};
    KIND_FILE_CHECK_KEYS(file, node, known);
    return (struct secret_keys){
        .when = kind_condition_read(file, yaml_value(node, "when")),
        .maps = kind_file_texts(file, yaml_value(node, "maps")),
        .texts = kind_file_texts(file, yaml_value(node, "texts")),
        .always = kind_file_texts(file, yaml_value(node, "always")),
    };
}

static void read_making(struct kind_file *file, struct secret_kind *kind,
                        const struct yaml_node *node)
{
    static const char *const known[] = {"name", "each", "when", "unless", "shared", "open", "keys"};
    KIND_FILE_CHECK_KEYS(file, node, known);
    const struct yaml_node *keys = yaml_value(node, "keys");
    struct secret_making making = {
        .names = kind_file_texts(file, yaml_value(node, "name")),
        .each = yaml_text(yaml_value(node, "each")),
        .when = kind_condition_read(file, yaml_value(node, "when")),
        .unless = kind_condition_read(file, yaml_value(node, "unless")),
        .shared = kind_condition_read(file, yaml_value(node, "shared")),
        .open = kind_file_texts(file, yaml_value(node, "open")),
        .is_open = !keys,
    };
    if (!making.names.count)
        kind_file_complain(file, node->span, "what is made needs a `name`", STR(""));
    if (keys && keys->kind == YAML_MAP)
        vector_push(file->arena, &making.keys, read_keys(file, keys));
    for (size_t i = 0; keys && keys->kind == YAML_LIST && i < keys->list.count; i++)
        vector_push(file->arena, &making.keys, read_keys(file, keys->list.items[i]));
    vector_push(file->arena, &kind->makes, making);
}

static void read_kind(struct kind_file *file, void *context)
{
    static const char *const known[] = {"kind",  "groups", "namesOnlyThese", "makes",  "uses",
                                        "reads", "writes", "stores",         "servers"};
    struct secret_kinds *kinds = context;
    const struct yaml_node *root = file->root;
    const struct yaml_node *makes = yaml_value(root, "makes");
    KIND_FILE_CHECK_KEYS(file, root, known);
    struct secret_kind kind = {
        .kinds = kind_file_texts(file, yaml_value(root, "kind")),
        .groups = kind_file_texts(file, yaml_value(root, "groups")),
        .names_only_these = is_set(root, "namesOnlyThese"),
        .uses = kind_file_texts(file, yaml_value(root, "uses")),
        .reads = kind_file_texts(file, yaml_value(root, "reads")),
        .writes = kind_file_texts(file, yaml_value(root, "writes")),
        .stores = kind_file_texts(file, yaml_value(root, "stores")),
        .servers = kind_file_texts(file, yaml_value(root, "servers")),
    };
    if (!kind.kinds.count || !kind.groups.count)
        kind_file_complain(file, root->span, "`kind` and `groups` are needed", STR(""));
    for (size_t i = 0; makes && makes->kind == YAML_LIST && i < makes->list.count; i++)
        read_making(file, &kind, makes->list.items[i]);
    if (file->good)
        vector_push(file->arena, kinds, kind);
}

struct secret_kinds secret_kinds_load(struct arena *arena, struct tree *user_tree,
                                      struct diagnostics *sink)
{
    struct secret_kinds kinds = {0};
    struct kind_file file = {.arena = arena, .sink = sink, .topic = "secret-kind"};
    struct embedded_texts embedded = {embedded_secret_kinds, embedded_secret_kind_count};
    kind_files_read(&file, user_tree, STR(".bulkhead/secret-kinds/*.yaml"), embedded, read_kind,
                    &kinds);
    return kinds;
}

const struct secret_kind *secret_kind_find(const struct secret_kinds *kinds, struct str group,
                                           struct str kind)
{
    for (size_t i = 0; i < kinds->count; i++) {
        const struct secret_kind *found = &kinds->items[i];
        if (str_list_has(&found->kinds, kind) && str_list_has(&found->groups, group))
            return found;
    }
    return NULL;
}
