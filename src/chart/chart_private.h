#ifndef BULKHEAD_CHART_CHART_PRIVATE_H
#define BULKHEAD_CHART_CHART_PRIVATE_H

#include "chart.h"

/* Private to chart/. */

/* A chart from the root of its Chart.yaml and, for version 1 charts, of its requirements.yaml,
 * which counts when Chart.yaml lists no dependencies; it may be NULL. `defaults` is left to the
 * caller. NULL when there is no name. */
struct chart *chart_from(struct arena *arena, struct str directory,
                         const struct yaml_node *metadata, const struct yaml_node *requirements);

/* Why Helm does not load a chart with this Chart.yaml and, for version 1 charts, requirements.yaml,
 * in its words; p == NULL when it does. `is_root`: it is no subchart. */
struct str chart_metadata_problem(struct arena *arena, const struct yaml_node *metadata,
                                  const struct yaml_node *requirements, bool is_root,
                                  unsigned helm);

/* Helm drops the mark at the start of every file of a chart. */
struct str without_byte_order_mark(struct str bytes);

#endif
