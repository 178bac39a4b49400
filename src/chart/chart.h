#ifndef BULKHEAD_CHART_CHART_H
#define BULKHEAD_CHART_CHART_H

#include "values/values.h"

/* A chart as a person has it: a directory of the tree or a packed file. Lives in the arena it was
 * loaded into; immutable. */
struct chart_dependency {
    struct str name, alias, version, repository, condition;
    struct str_list tags;
    const struct yaml_node *import_values; /* NULL when not written */
    struct span span;
};

/* A file of a chart. */
struct chart_file {
    struct str name; /* relative to the chart: "templates/deployment.yaml" */
    struct str bytes;
    uint32_t file; /* for spans; 0 in a packed chart */
};
struct chart_file_list {
    struct chart_file *items;
    size_t count, capacity;
};

struct chart {
    struct str directory; /* where Chart.yaml lies; of a packed chart the archive's path */
    struct str name, version, app_version, type;
    bool is_library;
    struct span name_span;
    const struct yaml_node *metadata; /* the root of Chart.yaml, a map */
    struct chart_dependency *dependencies;
    size_t dependency_count;
    const struct layer *defaults; /* values.yaml; NULL when there is none */
};

/* The chart in the directory, or NULL when no Chart.yaml is there or it is not readable as a map
 * with a name; problems of the YAML stay in the returned chart's files and are reported by the
 * caller. */
const struct chart *chart_load(struct arena *arena, struct tree *tree, struct str directory,
                               const struct limits *limits);
/* Directories of all charts of the tree, in byte order, without the charts that lie in another
 * chart's charts/ folder. */
struct str_list chart_directories(struct tree *tree, struct arena *arena);

#include "ignore.h"
#include "package.h"

#endif
