#ifndef BULKHEAD_EVAL_CONTEXT_H
#define BULKHEAD_EVAL_CONTEXT_H

#include "render.h"

/* Private to eval/: the objects that Helm passes to templates (engine.go, recAllTpls). */

/* The dot of a chart's templates: Values, Chart, Release, Capabilities, Files and, with the same of
 * every subchart, Subcharts. */
struct value_map *context_new(struct arena *arena, const struct chart_instance *root,
                              const struct render_options *options);

/* .Files: data is a struct value_map of bytes by name. */
extern const struct object_type files_type;
struct value files_new(struct arena *arena, const struct chart_file_list *files);

/* .Chart as a map, which it is in Helm 4 (pkg/chart, MetadataAsMap). */
struct value_map *chart_metadata(struct arena *arena, const struct chart_instance *instance);

/* .Capabilities */
struct value capabilities_object(struct arena *arena, const struct capabilities *capabilities);

#endif
