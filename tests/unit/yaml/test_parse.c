#include "yaml_unit.h"

static const struct yaml_stream *parse_within(const char *text, unsigned depth, uint64_t nodes)
{
    struct limits *limits = arena_make(&arena, struct limits);
    *limits = limits_default;
    limits->yaml_depth = depth;
    limits->yaml_alias_nodes = nodes;
    return yaml_parse_bytes(&arena, str_from_c(text), 1, limits);
}

static void reads_as(const char *text, const char *same)
{
    ck_assert_msg(parse(text)->complete, "not complete: %s", text);
    ck_assert_msg(yaml_equal(root_of(text), root_of(same)), "%s is not %s", text, same);
}

/* Keys: sigs.k8s.io/yaml 1.6.0. */

START_TEST(keys_become_strings)
{
    reads_as("n: 1", "'false': 1");
    reads_as("ON: 1", "'true': 1");
    reads_as("0x10: 1", "'16': 1");
    reads_as("-0: 1", "'0': 1");
    reads_as("1_0.50: 1", "'10.5': 1");
    reads_as("1e3: 1", "'1000': 1");
    reads_as("1234567.5: 1", "'1.2345675e+06': 1");
    reads_as("0.1: 1", "'0.1': 1");
    reads_as("1e300: 1", "'.inf': 1");
    reads_as("-.inf: 1", "'-.inf': 1");
    reads_as(".NaN: 1", "'.nan': 1");
    reads_as("2024-01-01: 1", "'2024-01-01': 1");
    reads_as("!!str 1: 1", "'1': 1");
    const struct yaml_node *root = root_of("n: 1\n2: 2\nc: 3\n'y': 4\n");
    static const enum yaml_kind kinds[] = {YAML_BOOL, YAML_NUMBER, YAML_STRING, YAML_STRING};
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(root->map.entries[i].key_kind, kinds[i]);
}
END_TEST

START_TEST(some_keys_are_refused)
{
    only_problem("a: 1\n~: 2\n", "syntax", 5);
    only_problem("? [a]\n: 2\n", "syntax", 2);
    only_problem("? {a: 1}\n: 2\n", "syntax", 2);
    only_problem("18446744073709551615: 2\n", "syntax", 0);
}
END_TEST

START_TEST(of_equal_keys_the_last_one_stays)
{
    const char *text = "k: 1\nl: 2\nk: 3\n";
    const struct diagnostic *problem = only_problem(text, "duplicate-key", 10);
    ck_assert_int_eq(problem->severity, SEVERITY_WARNING);
    ck_assert_source(text, problem->related, "k");
    ck_assert_uint_eq(problem->related.start, 0);
    ck_assert(parse(text)->complete);
    reads_as(text, "{k: 3, l: 2}");
    ck_assert_uint_eq(root_of(text)->map.count, 2);
    only_problem("n: 1\nno: 2\n", "duplicate-key", 5);
    ck_assert_uint_eq(parse("k: 1\nk: 2\nk: 3\n")->problems.count, 2);
}
END_TEST

/* Merges: goyaml.v2 merges where "<<" stands, unlike what YAML's description of it says. */

START_TEST(merges_happen_where_they_stand)
{
    reads_as("b: &b {x: 1, z: 2}\nm: {<<: *b, x: 3}", "b: {x: 1, z: 2}\nm: {x: 3, z: 2}");
    reads_as("b: &b {x: 1, z: 2}\nm: {x: 3, <<: *b}", "b: {x: 1, z: 2}\nm: {x: 1, z: 2}");
    reads_as("k: {<<: {a: 1}, b: 2}", "k: {a: 1, b: 2}");
    reads_as("k: {<<: [{a: 1, b: 1}, {a: 2, c: 2}]}", "k: {a: 1, b: 1, c: 2}");
    reads_as("k: {<<: []}", "k: {}");
    ck_assert_ptr_nonnull(yaml_value(value_of("k: {'<<': {a: 1}}"), "<<"));
    reads_as("k: {! '<<': {a: 1}}", "k: {a: 1}");
    reads_as("k: {!!merge '<<': {a: 1}}", "k: {a: 1}");
    ck_assert_uint_eq(parse("b: &b {x: 1}\nm: {<<: *b, x: 3}")->problems.count, 0);
}
END_TEST

START_TEST(merged_entries_stand_where_they_are_written)
{
    const char *text = "b: &b {x: 1}\nm:\n  <<: *b\n  z: 2\n";
    const struct yaml_node *map = yaml_value(root_of(text), "m");
    ck_assert(map->map.entries[0].merged);
    ck_assert_uint_eq(map->map.entries[0].key_span.start, 7);
    ck_assert_source(text, map->map.entries[0].value->span, "1");
    ck_assert(!map->map.entries[1].merged);
    ck_assert_source(text, map->span, "<<: *b\n  z: 2");
}
END_TEST

START_TEST(only_maps_can_be_merged)
{
    only_problem("k: {<<: 5}\n", "syntax", 8);
    only_problem("k: {<<: [{a: 1}, 5]}\n", "syntax", 17);
    only_problem("k: {<<: ~}\n", "syntax", 8);
    only_problem("a: &a [{x: 1}]\nk: {<<: *a}\n", "syntax", 23);
}
END_TEST

START_TEST(aliases_share_the_content_of_their_anchor)
{
    const char *text = "k: &a {x: [1]}\nl: *a\nm: &a 2\no: *a\n";
    const struct yaml_node *root = root_of(text);
    ck_assert_ptr_eq(yaml_value(root, "l")->map.entries, yaml_value(root, "k")->map.entries);
    ck_assert_source(text, yaml_value(root, "l")->span, "*a");
    reads_as(text, "{k: {x: [1]}, l: {x: [1]}, m: 2, o: 2}");
}
END_TEST

START_TEST(aliases_need_an_anchor_above_in_their_document)
{
    only_problem("k: *a\nl: &a 1\n", "syntax", 3);
    only_problem("k: &a [*a]\n", "syntax", 7);
    only_problem("k: &a 1\n---\nk: *a\n", "syntax", 15);
    ck_assert_int_eq(value_of("k: *a\n")->kind, YAML_NULL);
}
END_TEST

START_TEST(aliases_cannot_inflate_a_document)
{
    const char *bomb = "a: &a [1, 1, 1, 1]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\nd: 5\n";
    const struct yaml_stream *stream = parse_within(bomb, 100, 60);
    ck_assert(!stream->complete);
    ck_assert_uint_eq(stream->problems.count, 1);
    ck_assert_str_eq(stream->problems.items[0].kind, "limit");
    ck_assert_source(bomb, stream->problems.items[0].span, "*b");
    ck_assert(yaml_value(yaml_root(stream), "d")->number == 5);
    const struct yaml_node *list = yaml_value(yaml_root(stream), "c");
    ck_assert_int_eq(list->list.items[3]->kind, YAML_NULL);
    ck_assert(parse_within(bomb, 100, 200)->complete);
}
END_TEST

static unsigned height_of(const struct yaml_node *node)
{
    unsigned most = 0;
    for (size_t i = 0; node->kind == YAML_LIST && i < node->list.count; i++) {
        unsigned height = height_of(node->list.items[i]);
        most = height > most ? height : most;
    }
    for (size_t i = 0; node->kind == YAML_MAP && i < node->map.count; i++) {
        unsigned height = height_of(node->map.entries[i].value);
        most = height > most ? height : most;
    }
    return node->kind >= YAML_LIST ? most + 1 : 0;
}

START_TEST(nesting_is_bounded)
{
    const struct yaml_stream *stream = parse_within("k: [[[[1]]]]\n", 5, 100);
    ck_assert(stream->complete);
    ck_assert_uint_eq(height_of(yaml_root(stream)), 5);
    stream = parse_within("k: [[[[[1]]]]]\n", 5, 100);
    ck_assert_str_eq(stream->problems.items[0].kind, "limit");
    ck_assert_uint_eq(stream->problems.count, 1);
    stream = parse_within("- - - - - - 1\n", 5, 100);
    ck_assert_str_eq(stream->problems.items[0].kind, "limit");
}
END_TEST

START_TEST(aliases_count_towards_nesting)
{
    ck_assert(parse_within("a: &a [[1]]\nk: [[*a]]\n", 5, 100)->complete);
    const struct yaml_stream *stream = parse_within("a: &a [[1]]\nk: [[[*a]]]\n", 5, 100);
    ck_assert_uint_eq(stream->problems.count, 1);
    ck_assert_str_eq(stream->problems.items[0].kind, "limit");
    ck_assert_uint_le(height_of(yaml_root(stream)), 5);
}
END_TEST

START_TEST(ten_megabytes_of_brackets_end_soon)
{
    struct text text = {.arena = &arena};
    text_add_repeated(&text, '[', 10 * 1000 * 1000);
    const struct yaml_stream *stream =
        yaml_parse_bytes(&arena, text_str(&text), 1, &limits_default);
    ck_assert_uint_eq(stream->problems.count, 1);
    ck_assert_str_eq(stream->problems.items[0].kind, "limit");
}
END_TEST

START_TEST(many_values_deep_in_brackets_end_soon)
{
    struct text text = {.arena = &arena};
    text_add_repeated(&text, '[', 900);
    for (int i = 0; i < 1000 * 1000; i++)
        text_add_c(&text, "a,");
    const struct yaml_stream *stream =
        yaml_parse_bytes(&arena, text_str(&text), 1, &limits_default);
    ck_assert_uint_eq(stream->problems.count, 1);
    ck_assert_str_eq(stream->problems.items[0].kind, "limit");
}
END_TEST

START_TEST(directives_are_bounded)
{
    struct text text = {.arena = &arena};
    for (int i = 0; i < 1000; i++)
        text_format(&text, "%%TAG !t%d! x\n", i);
    text_add_c(&text, "---\nk: 1\n");
    const struct yaml_stream *stream =
        yaml_parse_bytes(&arena, text_str(&text), 1, &limits_default);
    ck_assert_str_eq(stream->problems.items[0].kind, "limit");
    reads_as("%TAG !t! x\n---\nk: 1", "k: 1");
}
END_TEST

START_TEST(broken_files_keep_what_was_read)
{
    const struct yaml_stream *stream = parse("a: 1\nk:\n  x: [1, {y: 2\nz: 3\n");
    ck_assert(!stream->complete);
    const struct yaml_node *root = yaml_root(stream);
    ck_assert(yaml_value(root, "a")->number == 1);
    ck_assert(yaml_at(root, STR("k.x"))->list.items[0]->number == 1);
    root = root_of("a: 1\nk: @x\n");
    ck_assert(yaml_value(root, "a")->number == 1);
    ck_assert_int_eq(yaml_value(root, "k")->kind, YAML_NULL);
}
END_TEST

START_TEST(files_that_are_not_utf_8)
{
    only_problem("k: a\nl: \xFF\n", "encoding", 8);
    only_problem("k: \x01\n", "encoding", 3);
    only_problem("\xFF\xFEk\n", "encoding", 0);
    only_problem("# c\n\xEF\xBB\xBF"
                 "b: 2\n",
                 "encoding", 4);
    struct str nul = STR("k: a\0b\n");
    const struct yaml_stream *stream = yaml_parse_bytes(&arena, nul, 1, &limits_default);
    ck_assert_uint_eq(stream->problems.count, 1);
    ck_assert_str_eq(stream->problems.items[0].kind, "encoding");
    ck_assert_uint_eq(stream->problems.items[0].span.start, 4);
}
END_TEST

START_TEST(files_with_nothing_in_them)
{
    static const char *const empty[] = {"", "\n\n", "# c\n", "---\n", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        ck_assert_msg(parse(empty[i])->complete, "problem in \"%s\"", empty[i]);
        ck_assert_int_eq(root_of(empty[i])->kind, YAML_NULL);
    }
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
}
END_TEST

UNIT_TESTS("yaml/parse", ONCE(keys_become_strings), ONCE(some_keys_are_refused),
           ONCE(of_equal_keys_the_last_one_stays), ONCE(merges_happen_where_they_stand),
           ONCE(merged_entries_stand_where_they_are_written), ONCE(only_maps_can_be_merged),
           ONCE(aliases_share_the_content_of_their_anchor),
           ONCE(aliases_need_an_anchor_above_in_their_document),
           ONCE(aliases_cannot_inflate_a_document), ONCE(nesting_is_bounded),
           ONCE(aliases_count_towards_nesting), ONCE(ten_megabytes_of_brackets_end_soon),
           ONCE(many_values_deep_in_brackets_end_soon), ONCE(directives_are_bounded),
           ONCE(broken_files_keep_what_was_read), ONCE(files_that_are_not_utf_8),
           ONCE(files_with_nothing_in_them), EACH(problems_have_a_place_and_leave_a_tree, wrong))
