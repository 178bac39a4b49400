#include "kube/kube.h"
#include "unit.h"

/* Each text has documents behind a separator and dashes that separate nothing: the search for the
 * next separator must end. Expected as Helm's SplitManifests gives. */
static const struct {
    const char *text;
    size_t count;
    const char *last;
} split_cases[] = {
    {"a: 1", 1, "a: 1"},
    {"---\na: 1\n---\nb: 2\n", 2, "b: 2"},
    {"a: 1\n---\nb: -----END KEY-----\n", 2, "b: -----END KEY-----"},
    {"a: |\n  -----BEGIN KEY-----\n", 1, "a: |\n  -----BEGIN KEY-----"},
    {"a: 1\n---\n---\nb: 2", 2, "---\nb: 2"},
};

START_TEST(splits)
{
    struct arena arena = {0};
    struct str_list documents = manifests_split(&arena, str_from_c(split_cases[_i].text));
    ck_assert_uint_eq(documents.count, split_cases[_i].count);
    ck_assert_str(documents.items[documents.count - 1], split_cases[_i].last);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("manifest", EACH(splits, split_cases))
