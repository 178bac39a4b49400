#include "chart/chart.h"
#include "unit.h"

/* Chart.yaml, and why Helm 4.1.4 does not load the chart; "" when it does. */
static const struct {
    const char *metadata, *problem;
} charts[] = {
    {"apiVersion: v2\nversion: 1\n", "validation: chart.metadata.name is required"},
    {"apiVersion: v2\nname: ../c\nversion: 1\n",
     "validation: chart.metadata.name \"../c\" is invalid"},
    {"apiVersion: v2\nname: \".\"\nversion: 1\n",
     "validation: chart.metadata.name \".\" is not allowed"},
    {"apiVersion: v2\nname: ..\nversion: 1\n",
     "validation: chart.metadata.name \"..\" is not allowed"},
    {"apiVersion: v2\nname: a/b\nversion: 1\n",
     "validation: chart.metadata.name \"a/b\" is invalid"},
    {"apiVersion: v2\nname: c\n", "validation: chart.metadata.version is required"},
    {"apiVersion: v2\nname: c\nversion: x\"y\n",
     "validation: chart.metadata.version \"x\\\"y\" is invalid"},
    {"apiVersion: v2\nname: c\nversion: 1.2.3.4\n",
     "validation: chart.metadata.version \"1.2.3.4\" is invalid"},
    {"name: c\nversion: 1\n", ""},
    {"apiVersion: v3\nname: c\nversion: 1\n", "invalid chart apiVersion"},
    {"apiVersion: v4\nname: c\nversion: 1\n", "unsupported chart version"},
    {"apiVersion: v4\n", "unsupported chart version"},
    {"apiVersion: v2\nname: c\nversion: 1\ntype: x\n",
     "validation: chart.metadata.type must be application or library"},
    {"apiVersion: v2\nname: c\nversion: 1\nmaintainers: [null]\n",
     "validation: maintainers must not contain empty or null nodes"},
    {"apiVersion: v2\nname: c\nversion: 1\ndependencies: [{name: a, alias: b.c}]\n",
     "validation: dependency \"a\" has disallowed characters in the alias"},
    {"apiVersion: v2\nname: c\nversion: 1\ndependencies: [{name: a, alias: b}, {name: b}]\n",
     "validation: more than one dependency with name or alias \"b\""},
    {"apiVersion: v2\nname: c\nversion: 1\ndependencies: [null]\n",
     "validation: dependencies must not contain empty or null nodes"},
    {"1\n", "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot "
            "unmarshal number into Go value of type loader.chartBase"},
    {"[a]\n", "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot "
              "unmarshal array into Go value of type loader.chartBase"},
    {"x\n", "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot "
            "unmarshal string into Go value of type loader.chartBase"},
    {"true\n", "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot "
               "unmarshal bool into Go value of type loader.chartBase"},
    {"apiVersion: v2\nname: c\nversion: 1\nmaintainers: [{name: a}, null]\ntype: q\n",
     "validation: chart.metadata.type must be application or library"},
    {"apiVersion: v2\nname: a/\nversion: 1\n", "validation: chart.metadata.name \"a/\" is invalid"},
    {"apiVersion: 2\nname: c\nversion: 1\n", "unsupported chart version"},
    {"apiVersion: [v2]\nname: c\nversion: 1\n",
     "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
     "array into Go struct field chartBase.apiVersion of type string"},
    {"apiVersion: v2\nname: [c]\nversion: 1\n",
     "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
     "array into Go struct field Metadata.name of type string"},
    {"apiVersion: v2\nname: c\nversion: 1\ndependencies: x\n",
     "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
     "string into Go struct field Metadata.dependencies of type []*v2.Dependency"},
    {"apiVersion: v2\nname: c\nversion: 1\nkeywords: x\n",
     "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
     "string into Go struct field Metadata.keywords of type []string"},
    {"apiVersion: v2\nname: \"c\\u0007\"\nversion: 1\n", ""},
};

START_TEST(charts_are_refused_as_helm_refuses_them)
{
    struct arena arena = {0};
    struct diagnostics sink = {.arena = &arena};
    const struct tree_memory_file files[] = {
        {STR("Chart.yaml"), str_from_c(charts[_i].metadata)},
        {STR("templates/x.yaml"), STR("a: 1\n")},
    };
    struct chart_load_options load = {.limits = &limits_default};
    struct tree *tree = tree_open_memory(&arena, files, sizeof files / sizeof *files);
    const struct chart_package *package = chart_package_load(&arena, tree, STR(""), &load, &sink);
    ck_assert_int_eq(package == NULL, charts[_i].problem[0] != '\0');
    if (!package)
        ck_assert_str(sink.items[0].message, charts[_i].problem);
    tree_close(tree);
    arena_release(&arena);
}
END_TEST

UNIT_TESTS("chart/metadata", EACH(charts_are_refused_as_helm_refuses_them, charts))
