#include "unit.h"
#include "values/values.h"

UNIT_ARENA(arena)

/* A layer of the text; "" is a layer that sets nothing. */
static const struct layer *layer_of(const char *text, enum layer_kind kind)
{
    struct layer *layer = arena_make(&arena, struct layer);
    layer->kind = kind;
    layer->stream = yaml_parse_bytes(&arena, str_from_c(text), 1, &limits_default);
    layer->root = yaml_root(layer->stream);
    return layer;
}

/* The chart's defaults (NULL: none) below up to three files. */
static const struct merged *merge(const char *defaults, const char *one, const char *two,
                                  const char *three)
{
    const struct layer *layers[4];
    const char *const files[] = {one, two, three};
    size_t count = 0;
    if (defaults)
        layers[count++] = layer_of(defaults, LAYER_CHART);
    for (size_t i = 0; i < 3 && files[i]; i++)
        layers[count++] = layer_of(files[i], LAYER_FILE);
    return merge_layers(&arena, layers, count);
}

/* Merged values as one line, children in the order of their first writing; what a null deletes is
 * left out. */
static void write(struct text *out, const struct merged *merged)
{
    if (!merged->expanded) {
        text_add(out, yaml_brief(&arena, merged_winner(merged)->node, 200));
        return;
    }
    text_add_char(out, '{');
    const char *comma = "";
    for (size_t i = 0; i < merged->child_count; i++) {
        if (merged->children[i].deletes_default)
            continue;
        text_format(out, "%s%.*s: ", comma, STR_ARG(merged->children[i].key));
        write(out, &merged->children[i]);
        comma = ", ";
    }
    text_add_char(out, '}');
}

/* Expected values: `helm template` 4.1.4 with `.Values | toJson` for the same files. */
static const struct {
    const char *defaults, *one, *two, *three, *result;
} merges[] = {
    {NULL, "a: {x: 1}", "a: {w: 2}", NULL, "{a: {x: 1, w: 2}}"},
    {NULL, "a: [1, 2]", "a: [3]", NULL, "{a: [3]}"},
    {NULL, "a: {x: 1}", "a: {}", NULL, "{a: {x: 1}}"},
    {NULL, "a: [1]", "a: []", NULL, "{a: []}"},
    {NULL, "a: {x: 1}", "a: 5", "a: {w: 2}", "{a: {w: 2}}"},
    {NULL, "a: 1", "b: 2", NULL, "{a: 1, b: 2}"},
    {NULL, "a: {x: 1}", "a:", NULL, "{a: null}"},
    {"a: {x: 1}", "a: {w: 2}", NULL, NULL, "{a: {x: 1, w: 2}}"},
    {"a: {x: 1}\nb: 1", "a:", NULL, NULL, "{b: 1}"},
    {"a: {x: 1}\nb: 1", "a: {z: 3}", "a:", NULL, "{b: 1}"},
    {"a: {x: 1}", "a:", "a: {w: 2}", NULL, "{a: {x: 1, w: 2}}"},
    {"a: {x: 1}", "a: {x: ~, w: 2}", NULL, NULL, "{a: {w: 2}}"},
    {"a: {x: 1}", "a: 5", NULL, NULL, "{a: 5}"},
    {"a: 5", "a: {x: 1}", NULL, NULL, "{a: {x: 1}}"},
    {"a: 1", "", NULL, NULL, "{a: 1}"},
};

START_TEST(layers_merge_as_helm_merges_them)
{
    struct text out = {.arena = &arena};
    write(&out, merge(merges[_i].defaults, merges[_i].one, merges[_i].two, merges[_i].three));
    ck_assert_str(text_str(&out), merges[_i].result);
    arena_release(&arena);
}
END_TEST

START_TEST(the_chain_tells_what_is_hidden)
{
    const struct merged *root = merge(NULL, "a: [1]\nm: {x: 1}", "a: [2]\nm: {x: 2}", "a: []");
    const struct merged *a = merged_child(root, STR("a"));
    ck_assert_uint_eq(a->write_count, 3);
    ck_assert_ptr_eq(merged_hidden(a), &a->writes[1]);
    ck_assert_ptr_eq(merged_winner(a), &a->writes[2]);
    const struct merged *m = merged_child(root, STR("m"));
    ck_assert_ptr_null(merged_hidden(m));
    const struct merged *x = merged_child(m, STR("x"));
    ck_assert_str(merged_path(&arena, x), "m.x");
    ck_assert_double_eq(merged_hidden(x)->node->number, 1);
    arena_release(&arena);
}
END_TEST

START_TEST(values_are_found_at_any_depth)
{
    const struct merged *root =
        merge("d: {gone: {x: 1}}", "a: {b: {c: [x, {k: 7}]}}\n'x.y': {z: 1}",
              "a: {d: 1}\nd: {gone: }", NULL);
    ck_assert_double_eq(merged_at(root, STR("a.b.c[1].k")).node->number, 7);
    ck_assert_double_eq(merged_at(root, STR("a.d")).node->number, 1);
    ck_assert_double_eq(merged_at(root, STR("x\\.y.z")).node->number, 1);
    ck_assert_ptr_null(merged_at(root, STR("a.b.c[2]")).node);
    ck_assert_ptr_null(merged_at(root, STR("a.b.x")).node);
    ck_assert_ptr_null(merged_at(root, STR("d.gone")).node);
    ck_assert_ptr_null(merged_at(root, STR("d.gone.x")).node);
    ck_assert_ptr_nonnull(merged_at(root, STR("")).node);
    arena_release(&arena);
}
END_TEST

/* The lower layer and the upper one, and whether the upper one changes x above the layer of z. */
static const struct {
    const char *lower, *upper;
    bool is_above;
} aboves[] = {
    {"{x: a, z: b}", "{x: c}", true},
    {"{x: a, z: b}", "{x: a}", false},
    {"{x: a, z: b}", "{x: c, z: d}", false},
    {"{x: a, z: b}", "{z: d}", false},
    {"{x: a}", "{x: c}", false},
    {"{z: b}", "{x: c}", false},
};

START_TEST(a_layer_changes_one_key_above_the_layer_of_another)
{
    const struct merged *root = merge(NULL, aboves[_i].lower, aboves[_i].upper, NULL);
    const struct merged *x = merged_child_above(root, STR("x"), STR("z"));
    ck_assert_int_eq(x != NULL, aboves[_i].is_above);
    arena_release(&arena);
}
END_TEST

START_TEST(unknown_layers_are_passed_over)
{
    const struct layer *layers[] = {layer_of("a: 1", LAYER_FILE), layer_of("a: 2", LAYER_UNKNOWN)};
    const struct merged *root = merge_layers(&arena, layers, 2);
    ck_assert_double_eq(merged_at(root, STR("a")).node->number, 1);
    root = merge_layers(&arena, layers + 1, 1);
    ck_assert_ptr_null(merged_at(root, STR("a")).node);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("values/merge", EACH(layers_merge_as_helm_merges_them, merges),
           ONCE(the_chain_tells_what_is_hidden), ONCE(values_are_found_at_any_depth),
           EACH(a_layer_changes_one_key_above_the_layer_of_another, aboves),
           ONCE(unknown_layers_are_passed_over))
