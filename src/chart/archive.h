#ifndef BULKHEAD_CHART_ARCHIVE_H
#define BULKHEAD_CHART_ARCHIVE_H

#include "chart.h"

/* The files of a packed chart (.tgz), in memory, with the names that they have in the chart: the
 * first part of each path, the chart's name, is cut off. False when the archive is broken, has a
 * member that leads out of it, or exceeds a limit: *ret_problem says which. */
bool archive_read(struct arena *arena, struct str bytes, const struct limits *limits,
                  struct chart_file_list *ret_files, struct str *ret_problem);

#endif
