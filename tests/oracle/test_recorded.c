#include <jansson.h>

#include "kube/kube.h"
#include "unit.h"

/* Every snippet of snippets/recorded.json renders to what Helm printed for it, or fails with the
 * same message. */

#ifndef RECORDED
#define RECORDED "recorded.json"
#endif

struct outcome {
    bool done;
    struct str text; /* the output, or why there is none */
};

static struct str member(const json_t *object, const char *name)
{
    return str_from_c(json_string_value(json_object_get(object, name)));
}

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

static struct outcome render_files(struct arena *arena, struct tree *tree,
                                   struct template_store *store)
{
    struct diagnostics problems = {.arena = arena};
    struct chart_load_options load = {.limits = &limits_default};
    struct rendered_list files;
    struct render_failure failure;
    struct manifest_list manifests;
    struct str problem;
    const struct chart_package *package =
        chart_package_load(arena, tree, STR(""), &load, &problems);
    for (size_t i = 0; i < problems.count; i++) {
        if (strcmp(problems.items[i].kind, "render") == 0)
            return (struct outcome){false, problems.items[i].message};
    }
    const struct chart_instance *root =
        chart_instantiate(arena, package, value_map_new(arena, MAP_ANY), &problems);
    struct render_options how = {.release = STR("rel"),
                                 .namespace = STR("ns"),
                                 .helm = 4,
                                 .capabilities = capabilities_default(arena, 4),
                                 .limits = &limits_default};
    if (!render(arena, store, root, &how, &files, &failure))
        return (struct outcome){false, failure.message};
    if (!manifests_sort(arena, &files, &limits_default, &manifests, &problem))
        return (struct outcome){false, problem};
    return (struct outcome){true, manifests.count ? manifests.items[0].text : STR("")};
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
        struct template_store *store = template_store_new(arena, &limits_default);
        size_t count = make_files(arena, group, snippet, files);
        struct tree *tree = tree_open_memory(arena, files, count);
        struct outcome outcome = render_files(arena, tree, store);
        if (!is_as_recorded(arena, snippet, outcome)) {
            wrong++;
            fprintf(stderr, "%s\n  gives %.*s\n",
                    json_string_value(json_object_get(snippet, "template")), STR_ARG(outcome.text));
        }
        tree_close(tree);
        template_store_close(store);
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
