#include "read.h"

#include <stdarg.h>

void config_error(struct config_reader *reader, struct span span, const char *format, ...)
{
    struct text message = {.arena = reader->arena};
    va_list args;
    va_start(args, format);
    text_format_list(&message, format, args);
    va_end(args);
    struct str text = text_str(&message);
    diagnostics_add(reader->sink, SEVERITY_ERROR, "config", span, "%.*s", STR_ARG(text));
    reader->errors++;
}

bool config_expect(struct config_reader *reader, const struct yaml_node *node, enum yaml_kind kind,
                   const char *what)
{
    if (node->kind == kind)
        return true;
    if (node->kind != YAML_NULL)
        config_error(reader, node->span, "%s must be a %s, not a %s", what, yaml_kind_name(kind),
                     yaml_kind_name(node->kind));
    return false;
}

static bool is_scalar(const struct yaml_node *node)
{
    return node->kind != YAML_LIST && node->kind != YAML_MAP;
}

static void read_text(struct config_reader *reader, const struct yaml_node *node, const char *what,
                      struct str *target)
{
    if (is_scalar(node))
        *target = yaml_text(node);
    else
        config_error(reader, node->span, "%s must be a string, not a %s", what,
                     yaml_kind_name(node->kind));
}

void config_read_texts(struct config_reader *reader, const struct yaml_node *node,
                       struct str_list *target)
{
    if (node->kind == YAML_NULL)
        return;
    if (node->kind != YAML_LIST) {
        struct str text = {0};
        read_text(reader, node, "each item", &text);
        if (text.p)
            vector_push(reader->arena, target, text);
        return;
    }
    for (size_t i = 0; i < node->list.count; i++) {
        struct str text = {0};
        read_text(reader, node->list.items[i], "each item", &text);
        if (text.p)
            vector_push(reader->arena, target, text);
    }
}

static void read_field(struct config_reader *reader, const struct config_field *field,
                       const struct yaml_node *node, void *target)
{
    char *place = (char *)target + field->offset;
    switch (field->type) {
    case FIELD_TEXT:
        read_text(reader, node, field->name, (struct str *)(void *)place);
        break;
    case FIELD_TEXTS:
        config_read_texts(reader, node, (struct str_list *)(void *)place);
        break;
    case FIELD_FLAG:
        if (config_expect(reader, node, YAML_BOOL, field->name))
            *(bool *)place = node->boolean;
        break;
    case FIELD_NODE:
        *(const struct yaml_node **)(void *)place = node;
        break;
    case FIELD_READ:
        field->read(reader, node, place);
        break;
    case FIELD_ITEMS:
        config_each_item(reader, node, field->name, field->read, place);
        break;
    }
}

static void report_unknown(struct config_reader *reader, const struct yaml_entry *entry,
                           const char *what, const struct config_field *fields, size_t count)
{
    struct str_list names = {0};
    for (size_t i = 0; i < count; i++)
        vector_push(reader->arena, &names, str_from_c(fields[i].name));
    struct str near = similar_find(entry->key, names.items, names.count);
    if (near.p)
        config_error(reader, entry->key_span, "unknown key `%.*s` in %s, did you mean `%.*s`?",
                     STR_ARG(entry->key), what, STR_ARG(near));
    else
        config_error(reader, entry->key_span, "unknown key `%.*s` in %s; known are %.*s",
                     STR_ARG(entry->key), what,
                     STR_ARG(str_list_join(reader->arena, &names, STR(", "))));
}

void config_read_map(struct config_reader *reader, const struct yaml_node *node, const char *what,
                     const struct config_field *fields, size_t field_count, void *target)
{
    if (!config_expect(reader, node, YAML_MAP, what))
        return;
    for (size_t i = 0; i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        const struct config_field *field = NULL;
        for (size_t k = 0; k < field_count && !field; k++) {
            if (str_is(entry->key, fields[k].name))
                field = &fields[k];
        }
        if (field)
            read_field(reader, field, entry->value, target);
        else
            report_unknown(reader, entry, what, fields, field_count);
    }
}

void config_each_item(struct config_reader *reader, const struct yaml_node *node, const char *what,
                      void (*read)(struct config_reader *reader, const struct yaml_node *node,
                                   void *target),
                      void *target)
{
    if (!config_expect(reader, node, YAML_LIST, what))
        return;
    for (size_t i = 0; i < node->list.count; i++)
        read(reader, node->list.items[i], target);
}
