#include "oracle_unit.h"

/* Every snippet of snippets/recorded.json renders to what Helm printed for it, or fails with the
 * same message. */

#ifndef RECORDED
#define RECORDED "recorded.json"
#endif

/* The files of a group with the snippet in its place. */
static size_t make_files(struct arena *arena, const json_t *group, const json_t *snippet,
                         struct tree_memory_file files[8])
{
    const char *name;
    json_t *text;
    size_t count = 0;
    json_object_foreach(json_object_get(group, "files"), name, text)
    {
        struct str bytes = str_from_c(json_string_value(text));
        files[count++] =
            (struct tree_memory_file){str_from_c(name), str_replace(arena, bytes, STR("TEMPLATE"),
                                                                    member(snippet, "template"))};
    }
    if (json_object_get(snippet, "values"))
        files[count++] = (struct tree_memory_file){STR("values.yaml"), member(snippet, "values")};
    return count;
}

/* What stands between the outer brackets of the block, without its indentation. */
static struct str between_brackets(struct arena *arena, struct str text)
{
    struct text out = {.arena = arena};
    struct str rest = str_from(text, strlen("out: |-\n"));
    for (bool is_first = true; rest.p; is_first = false) {
        struct str line = str_cut(&rest, '\n');
        if (!is_first)
            text_add_char(&out, '\n');
        text_add(&out, str_starts_with(line, STR("  ")) ? str_from(line, 2) : line);
    }
    struct str all = text_str(&out);
    size_t start = str_find_char(all, '[');
    size_t end = str_find_last_char(all, ']');
    return start == STR_NOT_FOUND || end == STR_NOT_FOUND ? all : str_slice(all, start + 1, end);
}

/* "Error: MESSAGE" and the line about --debug, less both. */
static struct str recorded_error(struct str error)
{
    struct str message = str_from(error, strlen("Error: "));
    return str_slice(message, 0, str_find(message, STR("\n\nUse --debug")));
}

static bool is_as_recorded(struct arena *arena, const json_t *snippet, struct outcome outcome)
{
    if (outcome.done != !json_object_get(snippet, "error"))
        return false;
    if (outcome.done)
        return str_equal(str_trim(between_brackets(arena, outcome.text)),
                         str_trim(member(snippet, "output")));
    return str_equal(outcome.text, recorded_error(member(snippet, "error")));
}

static size_t check_group(struct arena *arena, const json_t *group)
{
    size_t index;
    size_t wrong = 0;
    json_t *snippet;
    json_array_foreach(json_object_get(group, "cases"), index, snippet)
    {
        struct tree_memory_file files[8];
        size_t count = make_files(arena, group, snippet, files);
        struct outcome outcome = render_chart(arena, files, count, 4, true);
        wrong += count_wrong(snippet, is_as_recorded(arena, snippet, outcome), outcome);
        arena_reset(arena);
    }
    return wrong;
}

START_TEST(snippets_give_what_helm_gave)
{
    struct arena arena = {0};
    json_error_t error;
    json_t *recorded = json_load_file(RECORDED, 0, &error);
    ck_assert_ptr_nonnull(recorded);
    const json_t *group = json_array_get(json_object_get(recorded, "groups"), (size_t)_i);
    ck_assert_uint_gt(json_array_size(json_object_get(group, "cases")), 250);
    ck_assert_uint_eq(check_group(&arena, group), 0);
    json_decref(recorded);
    arena_release(&arena);
}
END_TEST

enum { GROUPS = 2 };

UNIT_TESTS("oracle", {snippets_give_what_helm_gave, GROUPS})
