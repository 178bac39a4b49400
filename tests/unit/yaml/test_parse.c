#include "unit.h"
#include "yaml/yaml.h"

static struct arena arena;

static void release(void)
{
    arena_release(&arena);
}

static const struct yaml_stream *parse(const char *text)
{
    return yaml_parse_bytes(&arena, str_from_c(text), 1, &limits_default);
}

static struct str written(const char *text, struct span span)
{
    return str_slice(str_from_c(text), span.start, span.end);
}

/* The value of `k` in the text, and what its span covers. */
static const struct {
    const char *text, *covered;
    enum yaml_style style;
} spans[] = {
    {"k: plain text # no\n", "plain text", YAML_PLAIN},
    {"k: 'it''s'\n", "'it''s'", YAML_SINGLE_QUOTED},
    {"k: \"a\\nb\"\n", "\"a\\nb\"", YAML_DOUBLE_QUOTED},
    {"k: |\n  a\n  b\n\nz: 1\n", "|\n  a\n  b", YAML_LITERAL},
    {"k: >-\n  a\n  b\n", ">-\n  a\n  b", YAML_FOLDED},
    {"k: [a, {b: c}] # no\n", "[a, {b: c}]", YAML_FLOW},
    {"k:\n  - a\n  - b # no\n\nz: 1\n", "- a\n  - b", YAML_BLOCK},
    {"k:\n  a: 1\n  b:\n    - x\n# no\nz: 1\n", "a: 1\n  b:\n    - x", YAML_BLOCK},
    {"k:\nz: 1\n", "", YAML_PLAIN},
    {"k: &x !!str 5\n", "5", YAML_PLAIN},
    {"k: &x\n  a: 1\n", "a: 1", YAML_BLOCK},
    {"k: first\n  second\n", "first\n  second", YAML_PLAIN},
    {"\xC3\xA4: 1\nk: \xC3\xB6l\n", "\xC3\xB6l", YAML_PLAIN},
    {"a: 1\r\nk: v\r\n", "v", YAML_PLAIN},
    {"\xEF\xBB\xBFk: v\n", "v", YAML_PLAIN},
};

START_TEST(spans_cover_what_is_written)
{
    const struct yaml_stream *stream = parse(spans[_i].text);
    const struct yaml_node *node = yaml_value(yaml_root(stream), "k");
    ck_assert_msg(node && stream->complete, "%s", spans[_i].text);
    ck_assert_str(written(spans[_i].text, node->span), spans[_i].covered);
    ck_assert_int_eq(node->style, spans[_i].style);
    release();
}
END_TEST

START_TEST(an_empty_value_lies_behind_its_colon)
{
    const struct yaml_node *node = yaml_value(yaml_root(parse("key:   # nothing\n")), "key");
    ck_assert_uint_eq(node->span.start, 4);
    ck_assert_uint_eq(node->span.end, 4);
    ck_assert_int_eq(node->kind, YAML_NULL);
    release();
}
END_TEST

START_TEST(strings_point_into_the_file_where_they_stand_there)
{
    const char *text = "a: plain\nb: 'quoted'\nc: 'it''s'\n";
    const struct yaml_node *root = yaml_root(parse(text));
    ck_assert_ptr_eq(yaml_value(root, "a")->text.p, text + 3);
    ck_assert_ptr_eq(yaml_value(root, "b")->text.p, text + 13);
    ck_assert_str(yaml_value(root, "c")->text, "it's");
    release();
}
END_TEST

START_TEST(aliases_have_their_own_place_and_the_content_of_their_anchor)
{
    const char *text = "a: &x {b: 1}\nc: *x\n";
    const struct yaml_node *root = yaml_root(parse(text));
    const struct yaml_node *alias = yaml_value(root, "c");
    ck_assert_str(written(text, alias->span), "*x");
    ck_assert(yaml_equal(alias, yaml_value(root, "a")));
    release();
}
END_TEST

START_TEST(merged_keys_replace_what_stands_above_them)
{
    /* As Helm 3.17.2 and 4.1.4 print them. */
    const struct yaml_node *root =
        yaml_root(parse("b: &b {x: 1, q: 2}\nm: {q: 3, <<: *b}\nk: {<<: *b, q: 3}\n"
                        "l: {<<: [{x: 8, w: 9}, *b]}\n"));
    ck_assert_double_eq(yaml_at(root, STR("m.q"))->number, 2);
    ck_assert_double_eq(yaml_at(root, STR("k.q"))->number, 3);
    ck_assert_double_eq(yaml_at(root, STR("l.x"))->number, 8);
    ck_assert_double_eq(yaml_at(root, STR("l.q"))->number, 2);
    ck_assert(yaml_find(yaml_value(root, "k"), STR("x"))->merged);
    ck_assert(!yaml_find(yaml_value(root, "k"), STR("q"))->merged);
    release();
}
END_TEST

START_TEST(of_duplicate_keys_the_last_counts_and_both_are_known)
{
    const char *text = "a: 1\nb: 2\na: 3\n";
    const struct yaml_stream *stream = parse(text);
    ck_assert_double_eq(yaml_value(yaml_root(stream), "a")->number, 3);
    ck_assert_uint_eq(yaml_root(stream)->map.count, 2);
    ck_assert(stream->complete);
    ck_assert_uint_eq(stream->problems.count, 1);
    const struct diagnostic *problem = &stream->problems.items[0];
    ck_assert_str(str_from_c(problem->kind), "duplicate-key");
    ck_assert_uint_eq(problem->span.start, 10);
    ck_assert_uint_eq(problem->related.start, 0);
    release();
}
END_TEST

/* What is wrong, its kind, and the offset at which it is reported. */
static const struct {
    const char *text, *kind;
    uint32_t at;
} wrong[] = {
    {"a: 1\nb: [1, 2\n", "syntax", 14},
    {"a: *nowhere\n", "syntax", 3},
    {"a: &a [*a]\n", "syntax", 7},
    {"a:\n\tb: 1\n", "syntax", 3},
    {"a: caf\xE9\n", "encoding", 6},
    {"\xFF\xFE"
     "a",
     "encoding", 0},
    {"m: {<<: 5}\n", "syntax", 8},
    {"a: b: c\n", "syntax", 4},
    {"a: 'open\n", "syntax", 9},
};

START_TEST(problems_have_a_place_and_leave_a_tree)
{
    const struct yaml_stream *stream = parse(wrong[_i].text);
    ck_assert(!stream->complete);
    ck_assert_uint_ge(stream->problems.count, 1);
    ck_assert_str(str_from_c(stream->problems.items[0].kind), wrong[_i].kind);
    ck_assert_uint_eq(stream->problems.items[0].span.start, wrong[_i].at);
    ck_assert_ptr_nonnull(yaml_root(stream));
    release();
}
END_TEST

START_TEST(what_was_read_before_an_error_stays)
{
    const struct yaml_stream *stream = parse("a: {b: 1}\nc: [x, y\n");
    ck_assert_double_eq(yaml_at(yaml_root(stream), STR("a.b"))->number, 1);
    release();
}
END_TEST

START_TEST(documents_are_told_apart)
{
    const struct yaml_stream *stream = parse("a: 1\n---\nb: 2\n---\n");
    ck_assert_uint_eq(stream->document_count, 3);
    ck_assert_ptr_nonnull(yaml_value(stream->documents[1].root, "b"));
    ck_assert_int_eq(stream->documents[2].root->kind, YAML_NULL);
    ck_assert_uint_eq(parse("")->document_count, 1);
    release();
}
END_TEST

START_TEST(limits_stop_what_grows)
{
    struct limits limits = limits_default;
    limits.yaml_alias_nodes = 100;
    struct str bomb = STR("a: &a [x, x, x, x, x, x, x, x, x, x]\n"
                          "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: 1\n");
    const struct yaml_stream *stream = yaml_parse_bytes(&arena, bomb, 1, &limits);
    ck_assert_str(str_from_c(stream->problems.items[0].kind), "limit");
    limits.yaml_depth = 10;
    struct text deep = {.arena = &arena};
    text_add_repeated(&deep, '[', 50);
    stream = yaml_parse_bytes(&arena, text_str(&deep), 1, &limits);
    ck_assert_str(str_from_c(stream->problems.items[0].kind), "limit");
    release();
}
END_TEST

START_TEST(large_maps_are_indexed)
{
    struct text text = {.arena = &arena};
    for (int i = 0; i < 500; i++)
        text_format(&text, "key%d: %d\n", i, i);
    const struct yaml_node *root =
        yaml_root(yaml_parse_bytes(&arena, text_str(&text), 1, &limits_default));
    ck_assert_ptr_nonnull(root->map.index);
    ck_assert_double_eq(yaml_value(root, "key321")->number, 321);
    ck_assert_ptr_null(yaml_value(root, "key500"));
    release();
}
END_TEST

UNIT_TESTS("yaml/parse", EACH(spans_cover_what_is_written, spans),
           ONCE(an_empty_value_lies_behind_its_colon),
           ONCE(strings_point_into_the_file_where_they_stand_there),
           ONCE(aliases_have_their_own_place_and_the_content_of_their_anchor),
           ONCE(merged_keys_replace_what_stands_above_them),
           ONCE(of_duplicate_keys_the_last_counts_and_both_are_known),
           EACH(problems_have_a_place_and_leave_a_tree, wrong),
           ONCE(what_was_read_before_an_error_stays), ONCE(documents_are_told_apart),
           ONCE(limits_stop_what_grows), ONCE(large_maps_are_indexed))
