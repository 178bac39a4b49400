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

/* What Helm 4.1.4 says of a rendered document, less "YAML parse error on c/t.yaml: ". */
#define JSON "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
static const struct {
    const char *text, *problem;
} documents[] = {
    {"a: 1\nb: c: d\n",
     "error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context"},
    {"[1]", JSON "array into Go value of type util.SimpleHead"},
    {"x", JSON "string into Go value of type util.SimpleHead"},
    {"true", JSON "bool into Go value of type util.SimpleHead"},
    {"kind: {a: 1}", JSON "object into Go struct field SimpleHead.kind of type string"},
    {"KIND: [1]", JSON "array into Go struct field SimpleHead.kind of type string"},
    {"metadata: 1", JSON "number into Go struct field SimpleHead.metadata of type struct { Name "
                         "string \"json:\\\"name\\\"\"; Annotations map[string]string "
                         "\"json:\\\"annotations\\\"\" }"},
    {"metadata: {name: {a: 1}}", JSON "object into Go struct field .metadata.name of type string"},
    {"metadata: {annotations: [1]}",
     JSON "array into Go struct field .metadata.annotations of type map[string]string"},
    {"metadata: {annotations: {b: {}, a: [1]}}",
     JSON "array into Go struct field .metadata.annotations of type string"},
    {"metadata: {annotations: {a: {}}, name: [1]}\nkind: {}",
     JSON "object into Go struct field SimpleHead.kind of type string"},
    {"metadata: {name: [1], annotations: {a: {}}}",
     JSON "object into Go struct field .metadata.annotations of type string"},
    {"kind: 1\nmetadata: {name: true, annotations: {a: 1, b: true, c: 1.5}}", NULL},
    {"metadata: {name: ~, annotations: ~}", NULL},
    {"# c", NULL},
    {"~", NULL},
};

static const struct render_options helm_4 = {.helm = 4, .limits = &limits_default};
static const struct render_options helm_3 = {.helm = 3, .limits = &limits_default};

START_TEST(documents_are_refused_as_helm_refuses_them)
{
    struct arena arena = {0};
    struct rendered_file file = {.name = STR("c/t.yaml"), .text = str_from_c(documents[_i].text)};
    struct rendered_list files = {&file, 1, 1};
    struct manifest_list manifests;
    struct str problem = {0};
    bool done = manifests_sort(&arena, &files, &helm_4, &manifests, &problem);
    ck_assert_int_eq(done, !documents[_i].problem);
    if (!done)
        ck_assert_str(
            problem,
            str_format(&arena, "YAML parse error on c/t.yaml: %s", documents[_i].problem).p);
    arena_release(&arena);
}
END_TEST

/* As Helm 4.1.4 and 3.17.2 print them. */
static const struct {
    const struct render_options *options;
    const char *kinds;
} orders[] = {
    {&helm_4, "Namespace Job APIService MutatingWebhookConfiguration "
              "ValidatingWebhookConfiguration Backup Widget "},
    {&helm_3, "Namespace Job APIService Backup MutatingWebhookConfiguration "
              "ValidatingWebhookConfiguration Widget "},
};

START_TEST(kinds_are_in_the_order_of_installing)
{
    struct arena arena = {0};
    struct rendered_file file = {
        .name = STR("c/t.yaml"),
        .text = STR("kind: Widget\n---\nkind: ValidatingWebhookConfiguration\n---\nkind: Job\n"
                    "---\nkind: Backup\n---\nkind: MutatingWebhookConfiguration\n---\n"
                    "kind: APIService\n---\nkind: Namespace\n")};
    struct rendered_list files = {&file, 1, 1};
    struct manifest_list manifests;
    struct str problem;
    struct text kinds = {.arena = &arena};
    ck_assert(manifests_sort(&arena, &files, orders[_i].options, &manifests, &problem));
    for (size_t i = 0; i < manifests.count; i++)
        text_format(&kinds, "%.*s ", STR_ARG(manifests.items[i].kind));
    ck_assert_str(text_str(&kinds), orders[_i].kinds);
    arena_release(&arena);
}
END_TEST

START_TEST(helm_3_names_its_own_type)
{
    struct arena arena = {0};
    struct rendered_file file = {.name = STR("c/t.yaml"), .text = STR("[1]")};
    struct rendered_list files = {&file, 1, 1};
    struct manifest_list manifests;
    struct str problem = {0};
    ck_assert(!manifests_sort(&arena, &files, &helm_3, &manifests, &problem));
    ck_assert_str(problem, "YAML parse error on c/t.yaml: " JSON
                           "array into Go value of type releaseutil.SimpleHead");
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("manifest", EACH(splits, split_cases),
           EACH(kinds_are_in_the_order_of_installing, orders), ONCE(helm_3_names_its_own_type),
           EACH(documents_are_refused_as_helm_refuses_them, documents))
