#ifndef BULKHEAD_CHART_PACKAGE_H
#define BULKHEAD_CHART_PACKAGE_H

#include "chart.h"
#include "schema.h"

/* A chart with everything that rendering it needs, its subcharts included. Immutable, shared by all
 * releases and threads, lives in the arena it was loaded into. */
struct chart_package {
    const struct chart *chart;
    struct chart_file_list templates; /* what lies below templates/, sorted by name */
    struct chart_file_list files;     /* what .Files sees */
    struct chart_file_list crds;      /* what lies below crds/ */
    const struct schema *schema; /* values.schema.json; NULL when there is none or a wrong one */
    struct str schema_problem;   /* why it is wrong; p == NULL when it is not */
    const struct chart_package *const *subcharts; /* loaded from charts/ or file:// */
    size_t subchart_count;
    bool is_incomplete; /* charts/ holds something that cannot be read as a chart */
    const struct chart_dependency *const *missing; /* declared, and in neither place */
    size_t missing_count;
};

/* A chart's place in one release: what is left of it after dependencies were processed (conditions,
 * tags, aliases, import-values), with the values that its templates see. Lives in the release's
 * arena. */
struct chart_instance {
    const struct chart_package *package;
    struct str name; /* the alias, else the chart's name */
    struct str path; /* as in "# Source:", without the file: "parent/charts/name" */
    const struct chart_instance *parent; /* NULL at the root */
    struct value_map *values;            /* what .Values is; a child's also is the parent's entry */
    struct chart_instance *const *children;
    size_t child_count;
};

/* How a release's charts are put together. */
struct chart_load_options {
    const struct limits *limits;
    bool strict_dependencies; /* what is missing is an error, as in Helm */
    unsigned helm;            /* 3: its words and its way to read values files; else those of 4 */
};

/* The chart in a directory of the tree, or in the .tgz file at the path, with all subcharts: those
 * in charts/, and those that Chart.yaml declares with a file:// repository and that are not there.
 * NULL: it is none, and why was reported; what Helm says of a file that is no YAML is reported
 * behind our own words, as kind "render". What is missing or broken otherwise is reported and left
 * out: a dependency that is not there (kind "missing-dependency", a warning), a broken archive. */
const struct chart_package *chart_package_load(struct arena *arena, struct tree *tree,
                                               struct str path,
                                               const struct chart_load_options *options,
                                               struct diagnostics *sink);

/* The package in a release: dependencies are processed (conditions, tags, aliases, import-values)
 * and the values of all charts coalesced (helm, pkg/chart/v2/util/dependencies.go and
 * pkg/chart/common/util/coalesce.go). `values` are the user's and are not changed. NULL when the
 * values do not fit the charts, which was reported. */
const struct chart_instance *chart_instantiate(struct arena *arena,
                                               const struct chart_package *package,
                                               const struct value_map *values,
                                               struct diagnostics *sink);

/* Whether the values of the chart and of all subcharts are as their values.schema.json want them.
 * If not, *ret_text is Helm's message, and what is wrong is added to the list, with values paths
 * from the root's values. */
bool chart_check_schemas(struct arena *arena, const struct chart_instance *root,
                         struct str *ret_text, struct schema_violation_list *violations);

#endif
