#ifndef BULKHEAD_CHART_IGNORE_H
#define BULKHEAD_CHART_IGNORE_H

#include "base/base.h"

/* .helmignore (helm, pkg/ignore): what of a chart's directory does not belong to the chart. */
struct ignore_rules;

/* The rules of the text and Helm's own; the text may be empty. NULL when a line is no pattern:
 * *ret_line is its text. Lives in the arena. */
const struct ignore_rules *ignore_parse(struct arena *arena, struct str text, struct str *ret_line);
/* True when the file, or a directory that it lies in, is ignored. */
bool ignore_has(const struct ignore_rules *rules, struct str path);

/* Go's filepath.Match: "*" and "?" stay within a name, classes [a-z] and [^a], "\" escapes. False
 * also when the pattern is none. */
bool go_path_match(struct str pattern, struct str name);

#endif
