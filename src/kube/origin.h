#ifndef BULKHEAD_KUBE_ORIGIN_H
#define BULKHEAD_KUBE_ORIGIN_H

#include "chart/chart.h"

/* Who wrote the values of a release: its values files, its chart's defaults, and those of the
 * subcharts. */
struct origins {
    const struct chart_package *package;
    const struct merged *merged; /* the values files over the chart's defaults; NULL: none */
    bool is_partly_unknown;      /* some layer cannot be read */
};

/* Layers are given lowest first, without the chart's defaults. Lives in the arena. */
struct origins origins_of(struct arena *arena, const struct chart_package *package,
                          const struct layer *const *layers, size_t layer_count);

/* Who wrote the value at the values path from the root: node == NULL when it is not known, as of
 * --set, and of what a template changed. A map or list of several layers counts
 * as written by the highest of them. */
struct merged_value origin_find(struct arena *arena, const struct origins *origins, struct str path,
                                struct value value);
/* The same for a path where nothing stands: the innermost map around it that some layer writes.
 * *ret_path is that map's path. */
struct merged_value origin_around(struct arena *arena, const struct origins *origins,
                                  struct str path, struct str *ret_path);

#endif
