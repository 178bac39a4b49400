#include "yaml_unit.h"

static void covers(const char *text, const char *path, const char *expected)
{
    const struct yaml_node *node = yaml_at(root_of(text), str_from_c(path));
    ck_assert_msg(node != NULL, "nothing at %s in: %s", path, text);
    ck_assert_source(text, node->span, expected);
}

START_TEST(scalars_of_every_style)
{
    covers("k:  plain text  # c\n", "k", "plain text");
    covers("k: two\n  lines\n\nl: 1\n", "k", "two\n  lines");
    covers("k: 'it''s'  # c\n", "k", "'it''s'");
    covers("k: \"a\\\"\n  b\"\n", "k", "\"a\\\"\n  b\"");
    covers("k: |  # c\n  a\n  b\n\n\n# c\nl: 1\n", "k", "|  # c\n  a\n  b");
    covers("k: |+\n  a\n\nl: 1\n", "k", "|+\n  a");
    covers("k: >-\n  a\n   b\n", "k", ">-\n  a\n   b");
    covers("k: |\nl: 1\n", "k", "|");
    covers("k: |2\n   a", "k", "|2\n   a");
}
END_TEST

START_TEST(nothing_stands_right_behind_the_colon)
{
    const char *text = "k:   # c\n\nl:\nm: [a, , b]\n";
    covers("k:   # c\n\nl: 1\n", "k", "");
    ck_assert_uint_eq(yaml_value(root_of("k:   # c\nl: 1\n"), "k")->span.start, 2);
    ck_assert_uint_eq(yaml_value(root_of(text), "l")->span.start, 12);
    const struct yaml_node *list = root_of("- a\n-\n- b\n");
    ck_assert_uint_eq(list->list.count, 3);
    ck_assert_uint_eq(list->list.items[1]->span.start, 5);
    ck_assert_uint_eq(list->list.items[1]->span.end, 5);
}
END_TEST

START_TEST(block_collections_end_with_their_last_child)
{
    covers("k:\n  - a\n  - b: 1\n    c: [x]  # c\n\n# c\nl: 1\n", "k", "- a\n  - b: 1\n    c: [x]");
    covers("k:\n- a\n- b\n\nl: 1\n", "k", "- a\n- b");
    covers("# c\n\nk:\n  a:\n    b: 1\n\n  # c\nl: 1\n", "k", "a:\n    b: 1");
    covers("k:\n  a: 1\n  b:\n\nl: 1\n", "k", "a: 1\n  b:");
    const char *text = "# c\n---\n# c\nk: 1\nl: 2  # c\n\n";
    ck_assert_source(text, root_of(text)->span, "k: 1\nl: 2");
}
END_TEST

START_TEST(flow_collections_end_with_their_bracket)
{
    covers("k: [a, {b: c},\n  d ]  # c\n", "k", "[a, {b: c},\n  d ]");
    covers("k: [a, {b: c},\n  d ]\n", "k", "[a, {b: c},\n  d ]");
    covers("k: {}\n", "k", "{}");
    covers("k: {a: {b: [ ] } }\n", "k.a", "{b: [ ] }");
    const char *text = "[a: b, c]\n";
    ck_assert_source(text, root_of(text)->list.items[0]->span, "a: b");
}
END_TEST

START_TEST(anchors_and_tags_stand_before_the_value)
{
    covers("k: &a value\n", "k", "value");
    covers("k: !!str &a 'v'\n", "k", "'v'");
    covers("k: &a !!map\n  # c\n  x: 1\nl: 2\n", "k", "x: 1");
    covers("k: &a\n  - x\nl: *a\n", "k", "- x");
    covers("k: &a\n  - x\nl: *a  # c\n", "l", "*a");
    covers("k: &a [x]\n", "k", "[x]");
    covers("k: &a\nl: 1\n", "k", "");
    covers("k: &a # c\n  &b x: 1\n", "k", "&b x: 1");
    covers("k: ! 'v'\n", "k", "'v'");
    covers("k: !!str |-\n  a\n", "k", "|-\n  a");
}
END_TEST

START_TEST(keys_of_every_style)
{
    const char *text =
        "plain key: 1\n'quoted': 2\n\"dou\\x62le\": 3\n? asked\n: 4\n&a anchored: 5\n";
    static const char *const keys[] = {"plain key", "'quoted'", "\"dou\\x62le\"", "asked",
                                       "anchored"};
    const struct yaml_node *root = root_of(text);
    ck_assert_uint_eq(root->map.count, 5);
    for (size_t i = 0; i < 5; i++)
        ck_assert_source(text, root->map.entries[i].key_span, keys[i]);
    ck_assert_str(root->map.entries[2].key, "double");
}
END_TEST

START_TEST(offsets_count_bytes)
{
    covers("\xC3\xA9\xE6\x97\xA5: 1\nk: \xF0\x9F\x98\x80 x  # \xC3\xA9\nl: end\n", "k",
           "\xF0\x9F\x98\x80 x");
    covers("\xC3\xA9\xE6\x97\xA5: 1\nk: \xF0\x9F\x98\x80 x  # \xC3\xA9\nl: end\n", "l", "end");
    covers("\xEF\xBB\xBFk: a\r\nl:\r\n  - b\r\n  - c\r\n\r\nm: |\r\n  t\r\n\r\no: 1\r\n", "k", "a");
    covers("\xEF\xBB\xBFk: a\r\nl:\r\n  - b\r\n  - c\r\n\r\nm: |\r\n  t\r\n\r\no: 1\r\n", "l",
           "- b\r\n  - c");
    covers("\xEF\xBB\xBFk: a\r\nl:\r\n  - b\r\n  - c\r\n\r\nm: |\r\n  t\r\n\r\no: 1\r\n", "m",
           "|\r\n  t");
    covers("\xEF\xBB\xBFk: a\r\nl:\r\n  - b\r\n  - c\r\n\r\nm: |\r\n  t\r\n\r\no: 1\r\n", "o", "1");
    covers("k: a\rl: b\r", "l", "b");
    covers("k: \"\xE2\x80\xA8\xC2\x85\"\nl: b\n", "l", "b");
}
END_TEST

START_TEST(text_without_escapes_is_a_slice_of_the_file)
{
    const char *text = "k: abc\nl: 'def'\nm: \"ghi\"\n";
    const struct yaml_node *root = root_of(text);
    ck_assert_ptr_eq(yaml_value(root, "k")->text.p, text + 3);
    ck_assert_ptr_eq(yaml_value(root, "l")->text.p, text + 11);
    ck_assert_ptr_eq(yaml_value(root, "m")->text.p, text + 20);
}
END_TEST

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
    ck_assert_source(spans[_i].text, node->span, spans[_i].covered);
    ck_assert_int_eq(node->style, spans[_i].style);
}
END_TEST

UNIT_TESTS("yaml/position", ONCE(scalars_of_every_style),
           ONCE(nothing_stands_right_behind_the_colon),
           ONCE(block_collections_end_with_their_last_child),
           ONCE(flow_collections_end_with_their_bracket),
           ONCE(anchors_and_tags_stand_before_the_value), ONCE(keys_of_every_style),
           ONCE(offsets_count_bytes), ONCE(text_without_escapes_is_a_slice_of_the_file),
           EACH(spans_cover_what_is_written, spans))
