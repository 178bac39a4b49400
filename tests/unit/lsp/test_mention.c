#include "lsp/mention.h"

#include "unit.h"

UNIT_ARENA(arena)

static struct mention_list find(const char *text)
{
    struct tree_memory_file *file = arena_make(&arena, struct tree_memory_file);
    *file = (struct tree_memory_file){STR("a.yaml"), str_from_c(text)};
    struct tree *tree = tree_open_memory(&arena, file, 1);
    struct mention_list list = mentions_find(&arena, tree_find(tree, STR("a.yaml")));
    tree_close(tree);
    return list;
}

static const struct mention_case {
    const char *text;
    enum mention_kind kind;
    const char *path; /* NULL: nothing is named */
    uint32_t start;
} samples[] = {
    {"{{ .Values.a.b }}", MENTION_VALUES, "a.b", 11},
    {"{{ $.Values.a }}", MENTION_VALUES, "a", 12},
    {"{{- $root.Values.a.b| x }}", MENTION_VALUES, "a.b", 17},
    {"{{ if and .Values.a", MENTION_VALUES, "a", 18}, /* half-typed */
    {"{{ include \"x.y\" . }}", MENTION_INCLUDE, "x.y", 12},
    {"{{ template `x` }}", MENTION_INCLUDE, "x", 13},
    {"{{- define \"x\" -}}", MENTION_DEFINE, "x", 12},
    {".Values.a", MENTION_VALUES, NULL, 0},
    {"{{ \".Values.a\" }}", MENTION_VALUES, NULL, 0},
    {"{{/* .Values.a }} */}}", MENTION_VALUES, NULL, 0},
    {"{{ .Values }}", MENTION_VALUES, NULL, 0},
    {"{{ .MyValues.a }}", MENTION_VALUES, NULL, 0},
    {"{{ \"\\", MENTION_VALUES, NULL, 0},
};

START_TEST(names_in_templates)
{
    const struct mention_case *each = &samples[_i];
    struct mention_list list = find(each->text);
    ck_assert_uint_eq(list.count, each->path ? 1 : 0);
    if (!each->path)
        return;
    ck_assert_int_eq(list.items[0].kind, each->kind);
    ck_assert_str(list.items[0].path, each->path);
    ck_assert_uint_eq(list.items[0].span.start, each->start);
}
END_TEST

START_TEST(what_is_being_typed)
{
    struct mention_begun begun;
    ck_assert(mention_begins(&arena, STR("{{ .Values.a.b.cd"), 17, &begun));
    ck_assert_str(begun.path, "a.b");
    ck_assert_str(begun.key, "cd");
    ck_assert(mention_begins(&arena, STR("{{ .Values. }}"), 11, &begun));
    ck_assert_str(begun.path, "");
    ck_assert_str(begun.key, "");
    ck_assert(!mention_begins(&arena, STR("{{ x }} .Values.a"), 17, &begun));
    ck_assert(!mention_begins(&arena, STR("{{ .Chart.N"), 11, &begun));
}
END_TEST

UNIT_TESTS("lsp/mention", EACH(names_in_templates, samples), ONCE(what_is_being_typed))
