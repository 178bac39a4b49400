/* Any bytes: parsing ends, spans lie in the file and within their parents. */
#include <stdlib.h>

#include "yaml/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_span(struct span span, size_t size)
{
    require(span.start <= span.end && span.end <= size);
}

/* An alias and what is merged stand elsewhere. */
static void check_node(const struct yaml_node *node, size_t size, unsigned depth)
{
    check_span(node->span, size);
    require(depth <= limits_default.yaml_depth + 1);
    if (node->kind == YAML_LIST) {
        for (size_t i = 0; i < node->list.count && i < 100; i++)
            check_node(node->list.items[i], size, depth + 1);
    } else if (node->kind == YAML_MAP) {
        for (size_t i = 0; i < node->map.count && i < 100; i++) {
            const struct yaml_entry *entry = &node->map.entries[i];
            check_span(entry->key_span, size);
            require(yaml_find(node, entry->key) == entry);
            check_node(entry->value, size, depth + 1);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct limits limits = limits_default;
    limits.yaml_alias_nodes = 10000; /* this walk expands aliases */
    const struct yaml_stream *stream =
        yaml_parse_bytes(&arena, (struct str){(const char *)data, size}, 1, &limits);
    require(stream->document_count > 0);
    for (size_t i = 0; i < stream->document_count; i++)
        check_node(stream->documents[i].root, size, 0);
    for (size_t i = 0; i < stream->comment_count; i++) {
        check_span(stream->comments[i].span, size);
        require(data[stream->comments[i].span.start] == '#');
    }
    for (size_t i = 0; i < stream->problems.count; i++)
        check_span(stream->problems.items[i].span, size);
    yaml_brief(&arena, yaml_root(stream), 80);
    arena_release(&arena);
    return 0;
}
