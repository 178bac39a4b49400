#include "unit.h"

#include "values/values.h"

static struct layer layer_of(struct arena *arena, const char *text)
{
    const struct yaml_stream *stream =
        yaml_parse_bytes(arena, str_from_c(text), 1, &limits_default);
    return (struct layer){.kind = LAYER_FILE, .stream = stream, .root = yaml_root(stream)};
}

struct seen {
    struct arena *arena;
    struct text text;
    const char *closed; /* a key that is not gone into */
};

static bool note(void *context, const struct layer_value *value)
{
    struct seen *seen = context;
    struct str path = layer_value_path(seen->arena, value);
    text_format(&seen->text, "%.*s(%.*s) ", STR_ARG(path), STR_ARG(layer_value_key(value)));
    return !value->entry || !str_is(value->entry->key, seen->closed);
}

START_TEST(a_walk_meets_every_value_once_parents_first)
{
    struct arena arena = {0};
    struct layer layer = layer_of(&arena, "a: {b: 1, c.d: [x, {e: 2}]}\nf: {g: 1}\n");
    struct seen seen = {.arena = &arena, .text = {.arena = &arena}, .closed = "f"};
    layer_walk(&layer, note, &seen);
    ck_assert_str(text_str(&seen.text), "a(a) a.b(b) a.c\\.d(c.d) a.c\\.d[0](c.d) a.c\\.d[1](c.d) "
                                        "a.c\\.d[1].e(e) f(f) ");
    arena_release(&arena);
}
END_TEST

START_TEST(merged_keys_are_met_where_they_are_written)
{
    struct arena arena = {0};
    struct layer layer = layer_of(&arena, "a: &a {b: 1}\nc: {<<: *a, d: 2}\n");
    struct seen seen = {.arena = &arena, .text = {.arena = &arena}, .closed = ""};
    layer_walk(&layer, note, &seen);
    ck_assert_str(text_str(&seen.text), "a(a) a.b(b) c(c) c.d(d) ");
    arena_release(&arena);
}
END_TEST

static bool find_in(void *context, const struct layer_value *value)
{
    const struct layer *const *layers = context;
    const struct yaml_node *node = layer_value_elsewhere(layers[0], value);
    if (value->entry && str_is(value->entry->key, "b"))
        ck_assert_str(yaml_text(node), "other");
    else if (!value->entry || value->parent)
        ck_assert_ptr_null(node);
    return true;
}

START_TEST(another_layer_is_asked_at_the_same_path)
{
    struct arena arena = {0};
    struct layer layer = layer_of(&arena, "a: {b: 1, c: 2}\nd: [1]\ne: {f: 1}\n");
    struct layer other = layer_of(&arena, "a: {b: other}\nd: [2]\ne: 3\n");
    const struct layer *context = &other;
    layer_walk(&layer, find_in, &context);
    arena_release(&arena);
}
END_TEST

START_TEST(a_file_without_a_map_has_nothing_to_walk)
{
    struct arena arena = {0};
    struct seen seen = {.arena = &arena, .text = {.arena = &arena}, .closed = ""};
    struct layer list = layer_of(&arena, "- a\n");
    struct layer outside = {.kind = LAYER_UNKNOWN};
    layer_walk(&list, note, &seen);
    layer_walk(&outside, note, &seen);
    ck_assert_uint_eq(seen.text.n, 0);
    arena_release(&arena);
}
END_TEST

START_TEST(a_value_that_is_not_written_is_shown_at_its_key)
{
    struct arena arena = {0};
    struct layer layer = layer_of(&arena, "a:\nb: ''\n");
    const struct yaml_entry *bare = yaml_find(layer.root, STR("a"));
    const struct yaml_entry *quoted = yaml_find(layer.root, STR("b"));
    ck_assert_uint_eq(value_span(bare->value, bare->key_span).start, 0);
    ck_assert_uint_eq(value_span(quoted->value, quoted->key_span).start, 6);
    arena_release(&arena);
}
END_TEST

static struct span span_in(struct arena *arena, const char *text, const char *part)
{
    struct layer layer = layer_of(arena, text);
    struct file file = {.id = 1, .bytes = str_from_c(text)};
    layer.file = &file;
    const struct yaml_node *node = yaml_value(layer.root, "a");
    size_t at = str_find(node->text, str_from_c(part));
    ck_assert_uint_ne(at, STR_NOT_FOUND);
    return file_text_span(layer.file, node->span, str_slice(node->text, at, at + strlen(part)));
}

START_TEST(a_part_of_a_text_is_shown_where_it_stands)
{
    struct arena arena = {0};
    ck_assert_uint_eq(span_in(&arena, "a: one two\n", "two").start, 7);
    ck_assert_uint_eq(span_in(&arena, "a: |\n  one\n  two\n", "two").start, 13);
    ck_assert_uint_eq(span_in(&arena, "a: |\n  one\n  two\n", "two").end, 16);
    ck_assert_uint_eq(span_in(&arena, "a: \"\\tone\"\n", "one").start, 6);
    /* Twice: which of them is not known. */
    ck_assert_uint_eq(span_in(&arena, "a: |\n  one\n  one\n", "one").start, 3);
    /* Not in the file as such. */
    ck_assert_uint_eq(span_in(&arena, "a: \"\\x6fne\"\n", "one").start, 3);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("walk", ONCE(a_walk_meets_every_value_once_parents_first),
           ONCE(merged_keys_are_met_where_they_are_written),
           ONCE(another_layer_is_asked_at_the_same_path),
           ONCE(a_part_of_a_text_is_shown_where_it_stands),
           ONCE(a_file_without_a_map_has_nothing_to_walk),
           ONCE(a_value_that_is_not_written_is_shown_at_its_key))
