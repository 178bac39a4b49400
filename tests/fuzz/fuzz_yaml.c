#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "yaml/yaml.h"

/* What must hold of every tree, whatever the bytes are. Values that came through an alias or "<<"
 * stand elsewhere in the file, so containment ends at them. */

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "broken at line %d: %s\n", __LINE__, #condition);                      \
            __builtin_trap();                                                                      \
        }                                                                                          \
    } while (0)

static const struct limits small = {.yaml_depth = 60, .yaml_alias_nodes = 3000};

static bool is_inside(struct span inner, struct span outer)
{
    return inner.start >= outer.start && inner.end <= outer.end;
}

static void check_span(struct str bytes, struct span span)
{
    REQUIRE(span.file == 7);
    REQUIRE(span.start <= span.end);
    REQUIRE(span.end <= bytes.n);
}

static bool is_alias(struct str bytes, const struct yaml_node *node)
{
    return node->span.start < bytes.n && bytes.p[node->span.start] == '*';
}

static void check_node(struct str bytes, const struct yaml_node *node, unsigned depth)
{
    check_span(bytes, node->span);
    REQUIRE(depth <= small.yaml_depth);
    REQUIRE(yaml_equal(node, node) || node->kind >= YAML_NUMBER);
    bool inside = !is_alias(bytes, node);
    uint32_t reached = node->span.start;
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++) {
        const struct yaml_node *item = node->list.items[i];
        check_node(bytes, item, depth + 1);
        REQUIRE(!inside || (is_inside(item->span, node->span) && item->span.start >= reached));
        reached = item->span.end;
    }
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        const struct yaml_entry *entry = &node->map.entries[i];
        check_span(bytes, entry->key_span);
        check_node(bytes, entry->value, depth + 1);
        REQUIRE(yaml_find(node, entry->key) == entry);
        if (inside && !entry->merged) {
            REQUIRE(is_inside(entry->key_span, node->span));
            REQUIRE(is_inside(entry->value->span, node->span));
            REQUIRE(entry->key_span.end <= entry->value->span.start);
        }
    }
}

static void check_comments(struct str bytes, const struct yaml_stream *stream)
{
    uint32_t reached = 0;
    for (size_t i = 0; i < stream->comment_count; i++) {
        const struct yaml_comment *comment = &stream->comments[i];
        check_span(bytes, comment->span);
        REQUIRE(comment->span.start >= reached);
        REQUIRE(bytes.p[comment->span.start] == '#');
        REQUIRE(str_find_char(comment->text, '\n') == STR_NOT_FOUND);
        reached = comment->span.end;
    }
}

static void check_problems(struct str bytes, const struct yaml_stream *stream)
{
    bool failed = false;
    for (size_t i = 0; i < stream->problems.count; i++) {
        const struct diagnostic *problem = &stream->problems.items[i];
        check_span(bytes, problem->span);
        REQUIRE(problem->message.n > 0);
        if (problem->related.file)
            check_span(bytes, problem->related);
        failed = failed || problem->severity == SEVERITY_ERROR;
    }
    REQUIRE(stream->complete == !failed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct str bytes = {(const char *)data, size};
    const struct yaml_stream *stream = yaml_parse_bytes(&arena, bytes, 7, &small);
    REQUIRE(stream->document_count > 0);
    for (size_t i = 0; i < stream->document_count; i++) {
        check_span(bytes, stream->documents[i].span);
        check_node(bytes, stream->documents[i].root, 0);
        REQUIRE(yaml_brief(&arena, stream->documents[i].root, 40).n <= 43);
    }
    check_comments(bytes, stream);
    check_problems(bytes, stream);
    arena_release(&arena);
    return 0;
}
