#include "engine/compare.h"

#include "unit.h"

UNIT_ARENA(arena)

static const struct yaml_node *parse(const char *text)
{
    return text ? yaml_root(yaml_parse_bytes(&arena, str_from_c(text), 0, &limits_default)) : NULL;
}

/* "changed a.b: 1 → 2" on a line each. */
static struct str describe(const char *before, const char *after)
{
    struct text text = {.arena = &arena};
    struct field_change_list changes = fields_compare(&arena, parse(before), parse(after));
    for (size_t i = 0; i < changes.count; i++) {
        const struct field_change *change = &changes.items[i];
        struct change_texts texts = field_change_texts(&arena, change);
        text_format(&text, "%s%s %.*s: %.*s → %.*s", i ? "\n" : "", change_name(change->kind),
                    STR_ARG(change->path), STR_ARG(texts.before), STR_ARG(texts.after));
    }
    return text_str(&text);
}

static const struct {
    const char *before, *after, *changes;
} pairs[] = {
    {"{a: 1, b: {c: x}}", "b:\n  c: x # the same\na: 1.0\n", ""},
    {"{a: 1, b: 2}", "{b: 3, c: 4}", "removed a: 1 → \nchanged b: 2 → 3\nadded c:  → 4"},
    {"a: '1'", "a: 1", "changed a: \"1\" → 1"},
    {"a: {}", "a: []", "changed a: {} → []"},
    {"a: null", "{}", "removed a: null → "},
    {"c: [{name: x, image: a}, {name: y}]", "c: [{name: z}, {name: y}, {name: x, image: b}]",
     "changed c[x].image: a → b\nadded c[z]:  → {name: z}\n"
     "changed c: [{name: x, image: a}, {name: y}] → [{name: z}, {name: y}, {name: x, image: b}]"},
    {"m: [{name: v, mountPath: /a}, {name: v, mountPath: /b}]",
     "m: [{name: v, mountPath: /b, readOnly: true}, {name: w, mountPath: /c}]",
     "removed m[/a]: {name: v, mountPath: /a} → \nadded m[/b].readOnly:  → true\n"
     "added m[/c]:  → {name: w, mountPath: /c}"},
    {"args: [a, b, c]", "args: [a, x, b, c]", "added args[1]:  → x"},
    {"args: [a, b]", "args: [b, a]", "changed args[0]: a → b\nchanged args[1]: b → a"},
    {"l: [a]", "l: []", "changed l: [a] → []"},
    {"t: |\n  one\n  two\n", "t: |\n  one\n  three\n  four\n",
     "changed t: line 2: two → line 2: three"},
    {"t: |\n  one\n", "t: |\n  one\n  two\n", "changed t: ends before line 2 → line 2: two"},
    {NULL, "a: 1", "added :  → {a: 1}"},
};

START_TEST(the_smallest_parts_that_differ_are_told)
{
    ck_assert_str(describe(pairs[_i].before, pairs[_i].after), pairs[_i].changes);
}
END_TEST

START_TEST(paths_lead_to_the_part_on_each_side)
{
    const struct yaml_node *before = parse("c: [{name: x, v: 1}, {name: y}]");
    const struct yaml_node *after = parse("c: [{name: y}, {name: x, v: 2}]");
    struct field_change_list changes = fields_compare(&arena, before, after);
    ck_assert_uint_eq(changes.count, 2);
    ck_assert_str(changes.items[0].path_before, "c[0].v");
    ck_assert_str(changes.items[0].path_after, "c[1].v");
    ck_assert_ptr_eq(object_at(before, changes.items[0].path_before), changes.items[0].before);
    ck_assert_ptr_eq(object_at(after, changes.items[0].path_after), changes.items[0].after);
}
END_TEST

UNIT_TESTS("compare_fields", EACH(the_smallest_parts_that_differ_are_told, pairs),
           ONCE(paths_lead_to_the_part_on_each_side))
