#include "kind_file.h"

#include "object.h"

void kind_file_complain(struct kind_file *file, struct span span, const char *what,
                        struct str detail)
{
    diagnostics_add(file->sink, SEVERITY_ERROR, file->topic, span, "%s%.*s", what, STR_ARG(detail));
    file->good = false;
}

void kind_file_check_keys(struct kind_file *file, const struct yaml_node *map,
                          const char *const *known, size_t count)
{
    if (map->kind != YAML_MAP) {
        kind_file_complain(file, map->span, "a map is needed here", STR(""));
        return;
    }
    for (size_t i = 0; i < map->map.count; i++) {
        const struct yaml_entry *entry = &map->map.entries[i];
        if (!str_is_one_of(entry->key, known, count))
            kind_file_complain(file, entry->key_span, "unknown key ", entry->key);
    }
}

struct str_list kind_file_texts(struct kind_file *file, const struct yaml_node *node)
{
    struct str_list texts = {0};
    if (node && node->kind == YAML_STRING)
        vector_push(file->arena, &texts, yaml_text(node));
    for (size_t i = 0; node && node->kind == YAML_LIST && i < node->list.count; i++)
        vector_push(file->arena, &texts, yaml_text(node->list.items[i]));
    return texts;
}

struct kind_condition kind_condition_read(struct kind_file *file, const struct yaml_node *node)
{
    struct kind_condition condition = {0};
    if (node && node->kind == YAML_MAP && node->map.count == 1) {
        condition.path = node->map.entries[0].key;
        condition.words = kind_file_texts(file, node->map.entries[0].value);
    } else if (node) {
        condition.path = yaml_text(node);
        if (!condition.path.n)
            kind_file_complain(file, node->span,
                               "a path or a map of one path to words is needed here", STR(""));
    }
    return condition;
}

bool kind_condition_holds(const struct kind_condition *condition, const struct yaml_node *object)
{
    const struct yaml_node *node = object_at(object, condition->path);
    if (!node || node->kind == YAML_NULL || (node->kind == YAML_BOOL && !node->boolean))
        return false;
    return !condition->words.count || str_list_has(&condition->words, yaml_text(node));
}

static void read_bytes(struct kind_file *file, struct str bytes, uint32_t id,
                       void (*read)(struct kind_file *file, void *context), void *context)
{
    const struct yaml_stream *stream = yaml_parse_bytes(file->arena, bytes, id, &limits_default);
    file->root = yaml_root(stream);
    file->good = stream->complete;
    diagnostics_append(file->sink, &stream->problems);
    read(file, context);
}

void kind_files_read(struct kind_file *file, struct tree *user_tree, struct str glob,
                     struct embedded_texts embedded,
                     void (*read)(struct kind_file *file, void *context), void *context)
{
    struct str_list paths = {0};
    if (user_tree)
        paths = tree_glob(user_tree, file->arena, glob);
    for (size_t i = 0; i < paths.count; i++) {
        const struct file *found = tree_find(user_tree, paths.items[i]);
        read_bytes(file, found->bytes, found->id, read, context);
    }
    for (size_t i = 0; i < embedded.count; i++)
        read_bytes(file, str_from_c(embedded.items[i]), 0, read, context);
}
