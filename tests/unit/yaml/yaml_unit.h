#ifndef BULKHEAD_TESTS_YAML_UNIT_H
#define BULKHEAD_TESTS_YAML_UNIT_H

#include "../unit.h"
#include "yaml/yaml.h"

/* What the tests of yaml/ share: text in, tree out, with the arena of the test program. */
UNIT_ARENA(arena)

static inline const struct yaml_stream *parse(const char *text)
{
    return yaml_parse_bytes(&arena, str_from_c(text), 1, &limits_default);
}

static inline const struct yaml_node *root_of(const char *text)
{
    return yaml_root(parse(text));
}

/* The value of the key "k" in a text that holds it. */
static inline const struct yaml_node *value_of(const char *text)
{
    const struct yaml_node *value = yaml_value(root_of(text), "k");
    ck_assert_msg(value != NULL, "no key k in: %s", text);
    return value;
}

/* The bytes of the text that the span covers. */
static inline struct str source(const char *text, struct span span)
{
    ck_assert_uint_eq(span.file, 1);
    ck_assert_uint_le(span.start, span.end);
    ck_assert_uint_le(span.end, strlen(text));
    return str_slice(str_from_c(text), span.start, span.end);
}

/* The one problem of the text, which must be of that kind and stand at the offset. */
static inline const struct diagnostic *only_problem(const char *text, const char *kind, size_t at)
{
    const struct yaml_stream *stream = parse(text);
    ck_assert_msg(stream->problems.count == 1, "%zu problems in: %s", stream->problems.count, text);
    const struct diagnostic *problem = &stream->problems.items[0];
    ck_assert_str_eq(problem->kind, kind);
    ck_assert_msg(problem->span.start == at, "%s: at %u, expected %zu: %.*s", text,
                  problem->span.start, at, STR_ARG(problem->message));
    return problem;
}

#define ck_assert_source(text, span, expected) ck_assert_str(source((text), (span)), (expected))

#endif
