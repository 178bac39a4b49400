#include "request.h"
#include "subject.h"

/* Kinds of the protocol. */
enum { SYMBOL_FUNCTION = 12, SYMBOL_STRING = 15, SYMBOL_NUMBER, SYMBOL_BOOLEAN, SYMBOL_ARRAY };
enum { SYMBOL_OBJECT = 19, SYMBOL_NULL = 21 };

static int kind_of(const struct yaml_node *node)
{
    static const int kinds[] = {
        [YAML_NULL] = SYMBOL_NULL,     [YAML_BOOL] = SYMBOL_BOOLEAN, [YAML_NUMBER] = SYMBOL_NUMBER,
        [YAML_STRING] = SYMBOL_STRING, [YAML_LIST] = SYMBOL_ARRAY,   [YAML_MAP] = SYMBOL_OBJECT,
    };
    return kinds[node->kind];
}

static json_t *symbol(const struct request *request, struct str name, int kind, struct span whole,
                      struct span selection)
{
    return json_pack("{s:o, s:i, s:o, s:o}", "name",
                     message_text(request->arena, name.n ? name : STR("\"\"")), "kind", kind,
                     "range", view_range(request->view, whole), "selectionRange",
                     view_range(request->view, selection));
}

static json_t *symbols_of(const struct request *request, const struct yaml_node *node);

static json_t *symbol_of_entry(const struct request *request, const struct yaml_entry *entry)
{
    const struct yaml_node *value = entry->value;
    struct span whole = entry->key_span;
    if (value->span.end > whole.end)
        whole.end = value->span.end;
    json_t *item = symbol(request, entry->key, kind_of(value), whole, entry->key_span);
    if (value->kind < YAML_LIST)
        json_object_set_new(item, "detail",
                            message_text(request->arena, yaml_brief(request->arena, value, 60)));
    else
        json_object_set_new(item, "children", symbols_of(request, value));
    return item;
}

static json_t *symbol_of_item(const struct request *request, const struct yaml_node *item,
                              size_t index)
{
    const struct yaml_node *name = yaml_value(item, "name");
    struct str title = yaml_text(name);
    if (!title.n)
        title = str_format(request->arena, "[%zu]", index);
    json_t *result = symbol(request, title, kind_of(item), item->span, item->span);
    json_object_set_new(result, "children", symbols_of(request, item));
    return result;
}

/* What is shared by an alias or "<<" is shown where it is written. */
static json_t *symbols_of(const struct request *request, const struct yaml_node *node)
{
    json_t *list = json_array();
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        bool is_here = !entry->merged && entry->key_span.start >= node->span.start;
        if (is_here)
            json_array_append_new(list, symbol_of_entry(request, entry));
    }
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++) {
        const struct yaml_node *item = node->list.items[i];
        if (item->kind >= YAML_LIST && item->span.start >= node->span.start)
            json_array_append_new(list, symbol_of_item(request, item, i));
    }
    return list;
}

static json_t *definitions_of(const struct request *request)
{
    json_t *list = json_array();
    struct mention_list mentions = mentions_find(request->arena, request->file);
    for (size_t i = 0; i < mentions.count; i++) {
        const struct mention *mention = &mentions.items[i];
        if (mention->kind == MENTION_DEFINE)
            json_array_append_new(list, symbol(request, mention->path, SYMBOL_FUNCTION,
                                               mention->span, mention->span));
    }
    return list;
}

/* A template is hardly ever YAML; a file of values is, but for a moment while it is written. */
json_t *answer_document_symbol(const struct request *request)
{
    const struct yaml_stream *stream = yaml_parse(request->arena, request->file, &limits_default);
    bool is_template = !stream->complete && !layer_of_file(request->view, request->file);
    if (!path_is_yaml(request->path) || is_template)
        return definitions_of(request);
    json_t *list = json_array();
    for (size_t i = 0; i < stream->document_count; i++) {
        json_t *symbols = symbols_of(request, stream->documents[i].root);
        json_array_extend(list, symbols);
        json_decref(symbols);
    }
    return list;
}
