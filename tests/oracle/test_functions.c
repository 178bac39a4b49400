#include "oracle_unit.h"

#include "eval/functions.h"

/* Every call of snippets/functions.json, which record.py wrote, gives what Helm 4 and Helm 3 made
 * of it. */

static json_t *load(void)
{
    json_error_t error;
    json_t *recorded = json_load_file(RECORDED, JSON_ALLOW_NUL, &error);
    ck_assert_msg(recorded != NULL, "%s: %d", error.text, error.line);
    return recorded;
}

static const unsigned versions[] = {4, 3};

START_TEST(calls_give_what_helm_gave)
{
    json_t *recorded = load();
    ck_assert_uint_eq(check_templates(recorded, versions[_i]), 0);
    json_decref(recorded);
}
END_TEST

static const json_t *cases_of(const json_t *recorded, struct str function)
{
    size_t index;
    json_t *group;
    json_array_foreach(json_object_get(recorded, "groups"), index, group)
    {
        if (str_equal(member(group, "name"), function))
            return json_object_get(group, "cases");
    }
    return NULL;
}

static size_t count_with(const json_t *cases, const char *name)
{
    size_t index;
    size_t count = 0;
    json_t *one;
    json_array_foreach(cases, index, one) count += json_object_get(one, name) != NULL;
    return count;
}

START_TEST(every_function_is_called)
{
    struct arena arena = {0};
    struct map functions = {0};
    json_t *recorded = load();
    functions_list(&arena, 4, &functions);
    ck_assert_uint_gt(functions.count, 200);
    for (size_t i = 0; i < functions.count; i++) {
        struct str name = functions.items[i].key;
        const json_t *cases = cases_of(recorded, name);
        size_t good = count_with(cases, "output") + count_with(cases, "shape");
        size_t bad = count_with(cases, "error");
        const struct function *function = functions.items[i].value;
        bool always_fails = str_is(name, "fail") || str_is(name, "call");
        bool takes_anything = function->variadic && !function->parameters[1];
        ck_assert_msg((good || always_fails) && (bad || takes_anything),
                      "%.*s: %zu calls work, %zu fail", STR_ARG(name), good, bad);
    }
    json_decref(recorded);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("functions", EACH(calls_give_what_helm_gave, versions), ONCE(every_function_is_called))
