#ifndef BULKHEAD_TREE_LISTING_H
#define BULKHEAD_TREE_LISTING_H

#include "tree.h"

/* Private to tree/: what the backs that walk folders have in common. */

/* True for "." and "..", and for folders that hold nothing of a repository's own. */
bool list_skips(struct str name);
/* Appends the path; false when the limit is reached, which is reported once. */
bool list_add_path(struct arena *arena, struct str path, const struct limits *limits,
                   struct str_list *paths, struct diagnostics *sink);
/* Why a symbolic link was not followed. */
void list_report_nowhere(struct str path, struct diagnostics *sink);
void list_report_circle(struct str path, struct diagnostics *sink);
void list_report_own_parent(struct str path, struct diagnostics *sink);
void list_report_depth(struct str path, const struct limits *limits, struct diagnostics *sink);

#endif
