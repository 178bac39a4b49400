#ifndef BULKHEAD_TESTS_YAML_SAME_STREAM_H
#define BULKHEAD_TESTS_YAML_SAME_STREAM_H

#include <stdio.h>

#include "yaml/private.h"

/* That the plain reader gives what libyaml's events give, for the unit test and the fuzzer. Each
 * function returns false, and has printed what differs, when it does not. */

#define SAME(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "differs at line %d: %s\n", __LINE__, #condition);                     \
            return false;                                                                          \
        }                                                                                          \
    } while (0)

static inline bool is_same_span(struct span a, struct span b)
{
    return a.file == b.file && a.start == b.start && a.end == b.end;
}

static inline bool is_same_node(const struct yaml_node *a, const struct yaml_node *b)
{
    SAME(a->kind == b->kind);
    SAME(a->style == b->style);
    SAME(is_same_span(a->span, b->span));
    SAME(str_equal(a->text, b->text) && !a->text.p == !b->text.p);
    SAME(a->kind != YAML_BOOL || a->boolean == b->boolean);
    SAME(a->kind != YAML_NUMBER || memcmp(&a->number, &b->number, sizeof a->number) == 0);
    SAME(a->kind != YAML_LIST || a->list.count == b->list.count);
    SAME(a->kind != YAML_MAP || a->map.count == b->map.count);
    for (size_t i = 0; a->kind == YAML_LIST && i < a->list.count; i++)
        SAME(is_same_node(a->list.items[i], b->list.items[i]));
    for (size_t i = 0; a->kind == YAML_MAP && i < a->map.count; i++) {
        const struct yaml_entry *left = &a->map.entries[i];
        const struct yaml_entry *right = &b->map.entries[i];
        SAME(str_equal(left->key, right->key));
        SAME(left->key_kind == right->key_kind && left->merged == right->merged);
        SAME(is_same_span(left->key_span, right->key_span));
        SAME(yaml_find(a, left->key) == left);
        SAME(is_same_node(left->value, right->value));
    }
    return true;
}

static inline bool is_same_stream(const struct yaml_stream *a, const struct yaml_stream *b)
{
    SAME(a->complete == b->complete);
    SAME(a->problems.count == b->problems.count && !a->problems.count);
    SAME(str_equal(a->refusal, b->refusal) && !a->refusal.p && !b->refusal.p);
    SAME(a->document_count == b->document_count);
    for (size_t i = 0; i < a->document_count; i++) {
        SAME(is_same_span(a->documents[i].span, b->documents[i].span));
        SAME(is_same_node(a->documents[i].root, b->documents[i].root));
    }
    SAME(a->comment_count == b->comment_count);
    for (size_t i = 0; i < a->comment_count; i++) {
        SAME(is_same_span(a->comments[i].span, b->comments[i].span));
        SAME(str_equal(a->comments[i].text, b->comments[i].text));
        SAME(a->comments[i].alone == b->comments[i].alone);
    }
    return true;
}

/* True as well when the plain reader leaves the bytes to libyaml; *ret_taken tells which. */
static inline bool reads_the_same(struct arena *arena, struct str bytes,
                                  const struct limits *limits, bool *ret_taken)
{
    const struct yaml_stream *plain = plain_parse(arena, bytes, 7, limits);
    *ret_taken = plain != NULL;
    if (!plain || is_same_stream(plain, parse_events(arena, bytes, 7, limits)))
        return true;
    fprintf(stderr, "in: %.*s\n", STR_ARG(bytes));
    return false;
}

#undef SAME

#endif
